"""What was found once stays found: addresses lead on when pages move, and feed readers get a feed that holds."""

from __future__ import annotations

import datetime
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.site_pages.addresses import strategy_path
from wagtail_partnerships.site_pages.models import PartnerIndexPage, PartnerPage, PartnershipSettings

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Any) -> Callable[[Any, str], str]:
    """Publish a page under another slug and return the path that it had."""

    def publish(page: Any, slug: str) -> str:
        page = type(page).objects.get(pk=page.pk)
        before: str = page.get_url()
        page.slug = slug
        # Wagtail writes its redirects once the new slug is committed.
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        return before

    return publish


@pytest.fixture
def versions(site_tree: SiteTree) -> tuple[PartnerPage, PartnerPage]:
    """A partner in Swedish and in English."""
    partner = PartnerPageFactory(title="Länsstyrelsen", slug="lansstyrelsen")
    return partner, translated(partner, site_tree.english.locale, title="County board", slug="county-board")


def route(client: Client, path: str) -> Any:
    return client.get("/delivery/v1/routes", {"path": path}).json()


def lands_on(path: str, client: Client) -> None:
    """Assert that visitors and programs who ask for a page's former path are sent to the page that there is now."""
    response = client.get(path, follow=True)
    assert [status for _url, status in response.redirect_chain] == [301]
    assert response.status_code == 200
    answer = route(client, path)
    assert answer["outcome"] == "redirect"
    assert answer["is_permanent"]
    assert answer["location"].endswith(response.request["PATH_INFO"])


def test_a_new_slug_keeps_the_old_address_in_both_languages(
    client: Client, versions: tuple[PartnerPage, PartnerPage], rename: Callable[..., str]
) -> None:
    for page, slug in zip(versions, ("lansstyrelsen-u", "county-board-u"), strict=True):
        lands_on(rename(page, slug), client)


def test_a_renamed_list_keeps_the_addresses_of_the_pages_below(
    client: Client, versions: tuple[PartnerPage, PartnerPage], site_tree: SiteTree, rename: Callable[..., str]
) -> None:
    paths = [page.url for page in versions]
    rename(site_tree.swedish.partners, "samverkansparter")
    rename(site_tree.english.partners, "whom-we-work-with")
    for path in paths:
        lands_on(path, client)


def test_a_moved_page_keeps_its_old_address(client: Client, versions: tuple[PartnerPage, PartnerPage]) -> None:
    for page in versions:
        home = page.get_parent().get_parent()
        elsewhere = home.add_child(instance=PartnerIndexPage(title="Andra", slug="andra", locale=page.locale))
        path = page.url
        page.move(elsewhere, pos="last-child")
        lands_on(path, client)


def test_an_address_used_again_leads_to_who_uses_it_now(
    client: Client, site_tree: SiteTree, rename: Callable[..., str]
) -> None:
    path = rename(PartnerPageFactory(slug="kommunen"), "kommunen-ny")
    heir = PartnerPageFactory(title="Arvtagaren", slug="kommunen")

    assert heir.url == path
    assert "Arvtagaren" in client.get(path).content.decode()
    assert route(client, path)["outcome"] == "document"


def test_a_former_address_of_what_is_no_more_public_leads_nowhere(
    client: Client, site_tree: SiteTree, rename: Callable[..., str]
) -> None:
    partner = PartnerPageFactory(slug="kommunen")
    path = rename(partner, "kommunen-ny")
    PartnerPage.objects.get(pk=partner.pk).unpublish()

    assert client.get(path, follow=True).status_code == 404
    assert route(client, path)["status"] == 404


class TestFeed:
    def test_holds_to_rfc_4287(self, client: Client, site_tree: SiteTree) -> None:
        for number in range(2):
            AgreementPageFactory(title=f"Avtal {number} & <b>", purpose="Syfte").save_revision().publish()
        for path, language in (("/sv/agreements.atom", "sv"), ("/en/agreements.atom", "en")):
            response = client.get(path)
            feed = ET.fromstring(response.content)
            assert feed.tag == f"{ATOM}feed"
            assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
            assert feed.find(f"{ATOM}author/{ATOM}name") is not None
            links = {link.get("rel"): link.get("href") or "" for link in feed.findall(f"{ATOM}link")}
            assert links["self"] == f"http://localhost{path}"
            for holder in (feed, *feed.findall(f"{ATOM}entry")):
                for name in ("id", "title", "updated"):
                    assert len(holder.findall(f"{ATOM}{name}")) == 1, name
                assert re.fullmatch(r"(https?://|urn:uuid:)\S+", holder.findtext(f"{ATOM}id") or "")
                assert datetime.datetime.fromisoformat(holder.findtext(f"{ATOM}updated") or "").tzinfo
                assert all((link.get("href") or "").startswith("http://") for link in holder.findall(f"{ATOM}link"))
            ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
            assert len(set(ids)) == len(ids) == 2

    def test_an_entry_says_its_language(self, client: Client, site_tree: SiteTree) -> None:
        agreement = AgreementPageFactory(title="Avtal om fiske")
        agreement.save_revision().publish()
        entry = ET.fromstring(client.get("/en/agreements.atom").content).find(f"{ATOM}entry")

        assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"


def nodes(client: Client, path: str) -> dict[str, dict[str, Any]]:
    soup = BeautifulSoup(client.get(path).content.decode(), "html.parser")
    graph = json.loads(soup.find("script", type="application/ld+json").get_text())["@graph"]
    return {node["@type"]: node for node in graph}


class TestStructuredData:
    def test_a_partner_is_an_organisation_of_its_kind(self, client: Client, site_tree: SiteTree) -> None:
        contact = ContactFactory(name="Emma Mossberg", phone="021-10 19 93", email="emma@example.se", role="Ledare")
        for kind, expected in (("municipality", "GovernmentOrganization"), ("non_profit", "NGO")):
            slug = kind.replace("_", "-")
            partner = PartnerPageFactory(title="Föreningen", slug=slug, organisation_type=kind, contacts=[contact])
            found = nodes(client, partner.url)
            assert found[expected]["name"] == "Föreningen"
            point = found["Organization"]["contactPoint"][0]
            assert point["telephone"] == "+4621101993"
            steps = found["BreadcrumbList"]["itemListElement"]
            assert [step["position"] for step in steps] == [1, 2, 3]
            assert steps[-1]["item"] == partner.full_url

    def test_what_an_editor_writes_can_not_end_the_script(self, client: Client, site_tree: SiteTree) -> None:
        title = "</script><script>alert(1)</script>"
        assert nodes(client, PartnerPageFactory(title=title, slug="x").url)["GovernmentOrganization"]["name"] == title


class TestWhatPreviewsAndSearchEnginesRead:
    def test_every_page_has_title_description_and_open_graph(self, client: Client, site_tree: SiteTree) -> None:
        strategy = StrategyFactory(name="Växa", summary="Mer kompetens.")
        partner = PartnerPageFactory(introduction="<p>Om <b>partnern</b>.</p>", strategies=[strategy])
        agreement = AgreementPageFactory(parties=[partner], purpose="Bättre tillsammans.")
        for path, description in (
            (partner.url, "Om partnern."),
            (agreement.url, "Bättre tillsammans."),
            (strategy_path(strategy), "Mer kompetens."),
            ("/sv/strategier/", None),
        ):
            soup = BeautifulSoup(client.get(path).content.decode(), "html.parser")
            tags = {
                tag.get("property") or tag.get("name"): tag["content"] for tag in soup.find_all("meta", content=True)
            }
            assert soup.title.get_text().startswith(tags["og:title"])
            assert tags["description"] == tags["og:description"]
            assert description in (None, tags["description"])
            assert tags["og:url"] == soup.find("link", rel="canonical")["href"] == f"http://localhost{path}"

    def test_a_list_narrowed_down_is_the_list(self, client: Client, site_tree: SiteTree) -> None:
        path = site_tree.swedish.partners.url
        soup = BeautifulSoup(client.get(path, {"organisation_type": "company"}).content.decode(), "html.parser")
        assert soup.find("link", rel="canonical")["href"] == f"http://localhost{path}"


def test_security_txt_holds_to_rfc_9116(client: Client, site_tree: SiteTree) -> None:
    PartnershipSettings.objects.create(site=site_tree.site, security_contact="mailto:security@example.se")
    response = client.get("/.well-known/security.txt")
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    names = [name for name, _value in fields]
    values = dict(fields)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert names.count("Expires") == names.count("Preferred-Languages") == 1
    assert values["Contact"] == "mailto:security@example.se"
    assert values["Canonical"] == "http://localhost/.well-known/security.txt"
    left = datetime.datetime.fromisoformat(values["Expires"]) - timezone.now()
    assert datetime.timedelta(days=90) < left < datetime.timedelta(days=365)


def test_what_asks_for_an_icon_unbidden_is_led_to_it(client: Client, db: None) -> None:
    response = client.get("/favicon.ico")

    assert response.status_code == 301
    assert not response.cookies
    assert response.url == "/static/partnerships/icon.svg"
    assert finders.find(response.url.removeprefix("/static/")) is not None
