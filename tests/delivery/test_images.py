"""Signed addresses of images: what is public, and for how long."""

from __future__ import annotations

from typing import Any

from django.test import Client

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from tests.delivery.client import fetch, problem
from tests.factories import ImageFactory, PartnerPageFactory, SiteTree


@pytest.fixture
def address(client: Client, site_tree: SiteTree) -> str:
    """The address of a public partner's logo, in a collection of its own."""
    collection = Collection.get_first_root_node().add_child(name="Bilder")
    partner = PartnerPageFactory(logo=ImageFactory(collection=collection))
    src: str = fetch(client, f"/partners/{partner.translation_key}")["logo"]["src"]
    return src.removeprefix("http://localhost")


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_image_is_answered_with_what_caches_need_alone(client: Client, address: str) -> None:
    answer = client.get(address, headers={"accept-language": "sv"})

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("image/")
    assert read(answer)
    assert answer["ETag"].startswith('"')
    assert not {"Vary", "Content-Language"} & set(answer.headers)


def test_copy_of_an_image_is_confirmed(client: Client, address: str) -> None:
    etag = client.get(address)["ETag"]

    confirmed = client.get(address, headers={"if-none-match": etag})

    assert confirmed.status_code == 304
    assert confirmed["ETag"] == etag
    assert confirmed["Cache-Control"] == "max-age=3600, public"
    assert client.get(address, headers={"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize("is_above", [False, True])
def test_image_of_a_closed_collection_is_not_found(client: Client, address: str, *, is_above: bool) -> None:
    etag = client.get(address).get("ETag", '"none"')
    own = Collection.objects.get(name="Bilder")
    closed = own.get_parent() if is_above else own
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")

    assert problem(client, address.removeprefix("/delivery/v1"))["status"] == 404
    assert client.get(address)["Cache-Control"] == "no-store"
    assert client.get(address, headers={"if-none-match": etag}).status_code == 404


@pytest.mark.parametrize(("size", "scale"), [((2560, 1280), 0.5), ((640, 320), 1)])
def test_the_focal_point_lies_on_the_image_that_is_given(
    client: Client, site_tree: SiteTree, size: tuple[int, int], scale: float
) -> None:
    width, height = size
    image = ImageFactory(
        file__width=width,
        file__height=height,
        focal_point_x=600,
        focal_point_y=300,
        focal_point_width=200,
        focal_point_height=100,
    )
    logo = fetch(client, f"/partners/{PartnerPageFactory(logo=image).translation_key}")["logo"]

    assert (logo["width"], logo["height"]) == (width * scale, height * scale)
    assert logo["focal_point"] == {"x": 600 * scale, "y": 300 * scale, "width": 200 * scale, "height": 100 * scale}
