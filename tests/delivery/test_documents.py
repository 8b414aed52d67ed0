"""Lists and details of every kind of document: the shapes that consumers build on."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.test import Client

import pytest

from tests.delivery.client import ROOT, fetch
from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.site_pages.models import AgreementPage

pytestmark = pytest.mark.django_db


def test_partner_comes_with_everything_its_page_shows(client: Client, site_tree: SiteTree) -> None:
    contact = ContactFactory(name="Emma Mossberg", phone="021-10 19 93")
    strategy = StrategyFactory(name="Växa i Västmanland")
    partner = PartnerPageFactory(title="Länsstyrelsen Västmanland", contacts=[contact], region="SE-U")
    AgreementPageFactory(title="Avsiktsförklaring", parties=[partner], strategies=[strategy], signed="2014-01")

    document = fetch(client, f"/partners/{partner.translation_key}")

    assert document["title"] == "Länsstyrelsen Västmanland"
    assert document["region"] == {"code": "SE-U", "label": "Västmanland"}
    [agreement] = document["agreements"]
    assert agreement["period"]["signed"] == {
        "value": "2014-01",
        "precision": "month",
        "earliest": "2014-01-01",
        "latest": "2014-01-31",
    }
    assert agreement["parties"][0]["partner"]["id"] == str(partner.translation_key)
    assert agreement["contacts"][0]["source"] == "partner"
    assert [strategy["title"] for strategy in document["strategies"]] == ["Växa i Västmanland"]
    assert document["contacts"][0]["phone"]["number"] == "+4621101993"


@pytest.mark.parametrize("plural", ["partners", "agreements", "strategies", "pages"])
@pytest.mark.parametrize("view", ["summary", "full"])
def test_every_list_gives_both_views(client: Client, site_tree: SiteTree, plural: str, view: str) -> None:
    partner = PartnerPageFactory(strategies=[StrategyFactory()], contacts=[ContactFactory()])
    AgreementPageFactory(parties=[partner])

    envelope = fetch(client, f"/{plural}", view=view)

    assert envelope["view"] == view
    assert envelope["_meta"]["total"] == len(envelope["items"]) >= 1


def test_detail_in_english_without_translation_is_404_or_falls_back(client: Client, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(title="Bara svenska")
    path = f"/partners/{partner.translation_key}"

    assert client.get(f"{ROOT}{path}", {"locale": "en"}).status_code == 404
    assert fetch(client, path, locale="en", fallback="source")["locale"] == "sv"


def test_list_with_fallback_holds_each_document_once(client: Client, site_tree: SiteTree) -> None:
    both = PartnerPageFactory(title="Båda")
    translated(both, site_tree.english.locale, title="Both")
    PartnerPageFactory(title="Svenska")

    plain = fetch(client, "/partners", locale="en")
    fallback = fetch(client, "/partners", locale="en", fallback="source")

    assert [item["title"] for item in plain["items"]] == ["Both"]
    assert [item["title"] for item in fallback["items"]] == ["Both", "Svenska"]
    assert fallback["_meta"]["total"] == 2


def test_contact_has_an_address_and_no_list(client: Client, site_tree: SiteTree) -> None:
    contact = ContactFactory()
    PartnerPageFactory(contacts=[contact])

    assert fetch(client, f"/contacts/{contact.translation_key}")["name"] == contact.name
    assert client.get(f"{ROOT}/contacts").status_code == 404


def test_routes_finds_a_path_with_letters_beyond_ascii_in_either_spelling(client: Client, site_tree: SiteTree) -> None:
    # A host may allow such slugs; they are Wagtail's default.
    partner = PartnerPageFactory(title="Västerås stad", slug="västerås-stad")
    [listed] = [item for item in fetch(client, "/routes")["items"] if item["id"] == str(partner.translation_key)]

    for path in (listed["path"], unquote(listed["path"])):
        found = client.get(f"{ROOT}/routes", {"path": path}).json()
        assert found["document"]["id"] == str(partner.translation_key), path


@pytest.mark.parametrize("spell", [str.upper, str.capitalize, str.swapcase])
def test_an_id_is_the_same_in_capital_letters(client: Client, site_tree: SiteTree, spell: Callable[[str], str]) -> None:
    partner = PartnerPageFactory(translation_key=UUID("abcdef01-2345-4abc-8def-abcdefabcdef"))
    key = str(partner.translation_key)

    assert fetch(client, f"/partners/{spell(key)}") == fetch(client, f"/partners/{key}")
    assert [item["id"] for item in fetch(client, "/partners", id=spell(key))["items"]] == [key]
    assert client.get(f"{ROOT}/agreements/{spell(key)}").status_code == 404


def test_links_in_rich_text_have_whole_addresses(client: Client, site_tree: SiteTree) -> None:
    other, document = PartnerPageFactory(slug="region"), DocumentFactory()
    links = (
        f'<p><a linktype="page" id="{other.pk}">Region</a> <a linktype="document" id="{document.pk}">Avtal</a>'
        ' <a href="/sv/sok/">Sök</a> <a href="https://example.org/">Ut</a> <a href="#villkor">Villkor</a></p>'
    )
    partner = PartnerPageFactory(introduction=links)
    partner.content = [{"type": "fact_box", "value": {"heading": "", "text": links}}]
    partner.save_revision().publish()

    shown = fetch(client, f"/partners/{partner.translation_key}")

    [region] = shown["introduction"]["links"]
    expected = [
        region["url"],
        f"http://localhost{document.url}",
        "http://localhost/sv/sok/",
        "https://example.org/",
        "#villkor",
    ]
    assert region["url"] == "http://localhost/sv/partner/region/"
    for text in (shown["introduction"], shown["content"][0]["text"]):
        assert re.findall(r'href="([^"]*)"', text["html"]) == expected


def test_strategy_has_its_address_wherever_it_is_shown(client: Client, site_tree: SiteTree) -> None:
    strategy = StrategyFactory(name="Växa")
    partner = PartnerPageFactory(strategies=[strategy])
    agreement = AgreementPageFactory(parties=[partner], strategies=[strategy])
    translated(strategy, site_tree.english.locale, name="Grow")
    key = strategy.translation_key
    english = {"locale": "en", "fallback": "source"}
    whole = fetch(client, f"/partners/{partner.translation_key}", **english)

    shown = [
        fetch(client, f"/strategies/{key}", **english),
        *fetch(client, "/strategies", **english)["items"],
        *fetch(client, "/strategies", fields="url,path", **english)["items"],
        *fetch(client, "/search", q="Grow", resource="strategy", **english)["items"],
        *fetch(client, f"/agreements/{agreement.translation_key}", **english)["strategies"],
        *whole["strategies"],
        *whole["agreements"][0]["strategies"],
    ]

    path = f"/en/strategies/grow-{key.hex[:12]}/"
    assert [(item["url"], item["path"]) for item in shown] == [(f"http://localhost{path}", path)] * 7
    assert client.get(path).status_code == 200


def test_terminated_agreement_tells_since_when_and_not_why(client: Client, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory()
    ended: dict[str, Any] = {"outcome": "terminated", "outcome_date": "2024-05", "outcome_reason": "Oense"}
    terminated, prepared = AgreementPageFactory.create_batch(2, parties=[partner], **ended)
    # A date that was left behind, which the form refuses.
    AgreementPage.objects.filter(pk=prepared.pk).update(outcome="in_preparation")
    AgreementPageFactory(parties=[partner])

    listed = {item["id"]: item["period"]["terminated"] for item in fetch(client, "/agreements")["items"]}
    shown = fetch(client, f"/partners/{partner.translation_key}")["agreements"]

    date = listed.pop(str(terminated.translation_key))
    assert date == {"value": "2024-05", "precision": "month", "earliest": "2024-05-01", "latest": "2024-05-31"}
    assert list(listed.values()) == [None, None]
    assert [entry["period"]["terminated"] for entry in shown].count(date) == 1
    assert "Oense" not in str(shown)
