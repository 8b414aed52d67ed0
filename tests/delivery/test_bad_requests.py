"""What can't be answered: each a problem that says why, whatever the address, the method or the host."""

from typing import Any
from urllib.parse import parse_qsl

from django.test import Client

import pytest

from tests.delivery.client import ROOT, fetch, problem
from tests.factories import ImageFactory, PartnerPageFactory, SiteTree, translated
from wagtail_partnerships.cms.delivery.models import PublicItem
from wagtail_partnerships.site_pages.models import PartnerPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 404),
        ("/partners/", 404),
        ("/nowhere", 404),
        ("/partners/1", 404),
        ("/partners/%00", 404),
        ("/%ff", 404),
        ("/sv/", 404),
        ("/images/x/1/width-1/a.png", 404),
        ("/images/x/99999999999999999999999999/width-1/a.png", 404),
        ("/images/%00/1/%00/%00", 404),
        ("/partners?%00=1", 400),
        ("/partners?=1", 400),
        ("/partners?limit", 400),
        ("/partners?limit=", 400),
        ("/partners?limit=1&limit=2", 400),
        ("/partners?limit=99999999999999999999999999999999", 400),
        ("/partners?page=1e3", 400),
        ("/partners?locale=%ff", 400),
        ("/partners?locale=", 400),
        ("/partners?sort=", 400),
        ("/partners?fields=,", 400),
        ("/partners?cv=1&cv=2", 400),
        (f"/partners?cv={'0' * 201}", 400),
        ("/pages?facets=kind", 400),
        ("/routes?path=sv", 400),
        ("/routes?fallback=source", 400),
        ("/changes?since=%F0%9F%98%80", 400),
        ("/openapi?lang=sv", 400),
        ("/docs?lang=sv", 400),
    ],
)
def test_bad_address_is_a_problem(client: Client, site_tree: SiteTree, path: str, status: int) -> None:
    response = client.get(f"{ROOT}{path}")

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json()["detail"]


@pytest.mark.parametrize("value", ["+5", " 5", "5 ", "5_0", "٥", "５", "1e2", "5.0", "-0", "0x5", "5\n", "9" * 5000])
@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/partners", "page"),
        ("/partners", "limit"),
        ("/routes", "limit"),
        ("/search?q=a", "page"),
        ("/changes", "limit"),
    ],
)
def test_a_number_is_written_in_plain_digits(
    client: Client, site_tree: SiteTree, path: str, parameter: str, value: str
) -> None:
    path, _mark, query = path.partition("?")
    answer = problem(client, path, **{parameter: value}, **dict(parse_qsl(query)))

    assert answer["status"] == 400
    assert [error["parameter"] for error in answer["errors"]] == [parameter]
    assert fetch(client, path, **{parameter: "05"}, **dict(parse_qsl(query)))


@pytest.mark.parametrize("sort", ["title,-title", "-title,title", "title,title", "modified_at,title,-modified_at"])
def test_an_order_names_each_field_once(client: Client, site_tree: SiteTree, sort: str) -> None:
    answer = problem(client, "/partners", sort=sort)

    assert answer["status"] == 400
    assert [error["parameter"] for error in answer["errors"]] == ["sort"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/partners", "/openapi", "/nowhere", "/images/x/1/width-1/a.png"])
def test_other_methods_are_told_which_there_are(client: Client, site_tree: SiteTree, method: str, path: str) -> None:
    response = getattr(client, method)(f"{ROOT}{path}")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_unknown_host_is_a_problem(client: Client, site_tree: SiteTree) -> None:
    response = client.get(f"{ROOT}/partners", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ({"colour": "red"}, "organisation_type"),
        ({"sort": "price"}, "modified_at"),
        ({"fields": "internal_notes"}, "agreements_total"),
        ({"facets": "title"}, "agreement_status"),
        ({"locale": "de"}, "sv"),
        ({"agreement_status": "open"}, "in_preparation"),
        ({"region": "SE-Q"}, "SE-AB"),
        ({"country": "XX"}, "SE"),
        ({"view": "whole"}, "summary"),
    ],
)
def test_refusal_names_what_is_known(client: Client, site_tree: SiteTree, query: dict[str, str], known: str) -> None:
    [error] = problem(client, "/partners", **query)["errors"]

    assert error["parameter"] == next(iter(query))
    assert known in error["detail"]


@pytest.mark.parametrize("question", ["{", "!?", "😀", "\ufffd", '"', "%"])
def test_a_question_without_words_finds_nothing(client: Client, site_tree: SiteTree, question: str) -> None:
    PartnerPageFactory()

    assert fetch(client, "/search", q=question)["_meta"]["total"] == 0
    assert fetch(client, "/partners", q=question)["_meta"]["total"] == 0


def test_an_id_that_is_public_no_more_is_gone_in_every_language(client: Client, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory()
    PublicItem.objects.create(
        site=site_tree.site, resource="partner", translation_key=partner.translation_key, language_code="sv"
    )
    path = f"/partners/{partner.translation_key}"
    assert problem(client, path, locale="en")["status"] == 404

    partner.unpublish()

    assert problem(client, path)["status"] == 410
    assert problem(client, path, locale="en", fallback="source")["status"] == 410


def test_a_translation_that_is_removed_is_gone_while_the_source_stays(client: Client, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory()
    english: Any = translated(partner, site_tree.english.locale)
    for language in ("sv", "en"):
        PublicItem.objects.create(
            site=site_tree.site, resource="partner", translation_key=partner.translation_key, language_code=language
        )

    PartnerPage.objects.get(pk=english.pk).unpublish()

    assert problem(client, f"/partners/{partner.translation_key}", locale="en")["status"] == 410
    assert fetch(client, f"/partners/{partner.translation_key}", locale="en", fallback="source")["locale"] == "sv"


def test_an_image_is_served_at_its_signed_address_alone(client: Client, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(logo=ImageFactory())
    address = fetch(client, f"/partners/{partner.translation_key}")["logo"]["src"]

    response = client.get(address)
    head = client.head(address)
    changed = client.get(address.replace("width-", "width-1"))

    assert response["Content-Type"] == "image/jpeg"
    assert (head.status_code, head.getvalue(), head["Content-Type"]) == (200, b"", "image/jpeg")
    assert (changed.status_code, changed["Content-Type"]) == (404, "application/problem+json")
