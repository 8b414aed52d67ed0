"""Wagtail's v3 shows anybody the redirects to what is public, and all of them to who may manage them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, PageViewRestriction

import pytest

from tests.factories import PartnerPageFactory, SiteTree
from tests.users import make_user

pytestmark = pytest.mark.django_db

LIST = "/api/v3/redirects/"


@pytest.fixture
def redirects(site_tree: SiteTree) -> dict[str, Redirect]:
    """Redirects by where they lead."""
    Redirect.objects.all().delete()
    private = PartnerPageFactory()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    pages = {"public": PartnerPageFactory(), "draft": PartnerPageFactory(live=False), "private": private}
    made = {name: Redirect.objects.create(old_path=f"/{name}", redirect_page=page) for name, page in pages.items()}
    made["address"] = Redirect.objects.create(old_path="/address", redirect_link="https://example.se/")
    made["nowhere"] = Redirect.objects.create(old_path="/nowhere")
    return made


def names(answer: Any) -> set[str]:
    return {item["old_path"].strip("/") for item in answer.json()["items"]}


def with_token(**values: Any) -> Client:
    _row, token = APIToken.create_token(user=make_user("redirecting", **values), name="test")
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_anybody_sees_the_redirects_to_what_is_public(client: Client, redirects: dict[str, Redirect]) -> None:
    answer = client.get(LIST)

    assert names(answer) == {"public", "address"}
    assert answer.json()["count"] == 2


@pytest.mark.parametrize("name", ["draft", "private"])
def test_no_filter_and_no_address_tells_of_another(client: Client, redirects: dict[str, Redirect], name: str) -> None:
    hidden = redirects[name]

    assert names(client.get(LIST, {"redirect_page": hidden.redirect_page_id})) == set()
    assert names(client.get(LIST, {"old_path": hidden.old_path})) == set()
    assert client.get(f"{LIST}{hidden.pk}/").status_code == 404
    assert client.get(f"{LIST}find/?id={hidden.pk}").status_code == 404
    assert client.get(f"{LIST}find/?html_path={hidden.old_path}").status_code == 404


def test_one_is_found_by_its_path_and_by_its_id(client: Client, redirects: dict[str, Redirect]) -> None:
    shown = redirects["public"]

    for query in (f"html_path={shown.old_path}", f"id={shown.pk}"):
        answer = client.get(f"{LIST}find/?{query}", follow=True)
        assert answer.json()["redirect_page_id"] == shown.redirect_page_id


def test_who_may_manage_redirects_sees_all(redirects: dict[str, Redirect]) -> None:
    client = with_token(is_superuser=True)

    assert names(client.get(LIST)) == set(redirects)
    assert client.get(f"{LIST}{redirects['draft'].pk}/").status_code == 200
    assert client.get(f"{LIST}?order=-old_path").json()["items"][0]["old_path"] == "/public"


def test_token_without_the_permission_sees_what_anybody_sees(redirects: dict[str, Redirect]) -> None:
    assert names(with_token().get(LIST)) == {"public", "address"}


def test_redirects_are_still_written(redirects: dict[str, Redirect]) -> None:
    client = with_token(is_superuser=True)

    made = client.post(LIST, {"old_path": "/new", "redirect_link": "https://example.se/"}, "application/json")

    assert made.status_code == 201
    assert client.delete(f"{LIST}{made.json()['id']}/").status_code == 204
