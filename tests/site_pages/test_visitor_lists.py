"""Lists, facets, search, strategies, and what machines are told."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Site

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
from tests.many import copy_rows
from wagtail_partnerships.site_pages.addresses import strategy_path
from wagtail_partnerships.site_pages.colours import DARK_PAPERS, LIGHT_PAPERS, Colour
from wagtail_partnerships.site_pages.models import AgreementParty, PartnerPage, PartnershipSettings
from wagtail_partnerships.site_pages.search_texts import write_search_texts
from wagtail_partnerships.snippets.alphabets import alphabetical_key

pytestmark = pytest.mark.django_db

GARBAGE = ["\x00", '"', "'", "*", "OR", "NEAR(", "å" * 5000, "%", "a AND", "-", "(", "<script>", "\ud7ff", "😀"]


def soup_of(path: str, **query: object) -> BeautifulSoup:
    response = Client().get(path, query)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content.decode(), "html.parser")


def titles(soup: BeautifulSoup) -> list[str]:
    return [entry.get_text(strip=True) for entry in soup.select(".entry h3 a")]


def facet_counts(soup: BeautifulSoup, name: str) -> dict[str, int]:
    options = soup.select(f"ul[aria-labelledby=facet-{name}] a")
    return {
        option.select_one(".facet__label").get_text(strip=True): int(option.select_one(".facet__count").get_text())
        for option in options
    }


class TestPartnerList:
    def test_sorts_by_the_swedish_alphabet(self, site_tree: SiteTree) -> None:
        for title in ("Örebro", "Ängelholm", "Åmål", "Zorn", "adel", "Éclair"):
            PartnerPageFactory(title=title)

        found = titles(soup_of(site_tree.swedish.partners.url))
        assert found == ["adel", "Éclair", "Zorn", "Åmål", "Ängelholm", "Örebro"]

    def test_each_partner_shows_once_in_the_readers_language(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory(title="Länsstyrelsen")
        translated(partner, site_tree.english.locale, title="The county board", slug="county-board")
        PartnerPageFactory(title="Bara på svenska")

        assert titles(soup_of(site_tree.english.partners.url)) == ["Bara på svenska", "The county board"]

    def test_a_facet_narrows_down_and_counts(self, site_tree: SiteTree) -> None:
        for kind, count in (("municipality", 2), ("company", 1)):
            for _number in range(count):
                PartnerPageFactory(organisation_type=kind, region="SE-U")
        PartnerPageFactory(organisation_type="company", region="SE-D")
        path = site_tree.swedish.partners.url

        assert list(facet_counts(soup_of(path), "organisation_type").values()) == [2, 2]
        chosen = soup_of(path, organisation_type="company")
        assert len(titles(chosen)) == 2
        assert facet_counts(chosen, "region") == {"Södermanland": 1, "Västmanland": 1}
        # A facet's own choice does not hide its other options.
        assert list(facet_counts(chosen, "organisation_type").values()) == [2, 2]
        assert len(titles(soup_of(path, organisation_type=["company", "municipality"]))) == 4
        assert len(titles(soup_of(path, organisation_type="company", region="SE-D"))) == 1

    def test_type_and_status_mean_the_same_agreement(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory()
        over = {"valid_from": "2001", "end_kind": "date", "end_date": "2002"}
        AgreementPageFactory(parties=[partner], agreement_types=["mou"], **over)
        AgreementPageFactory(parties=[partner], agreement_types=["consortium"], valid_from="2001")
        path = site_tree.swedish.partners.url

        assert titles(soup_of(path, agreement_type="mou", agreement_status="active")) == []
        assert titles(soup_of(path, agreement_type="mou", agreement_status="expired")) == [partner.title]

    def test_an_empty_list_says_so_and_leads_back(self, site_tree: SiteTree) -> None:
        PartnerPageFactory()
        empty = soup_of(site_tree.swedish.partners.url, q="finnsinte").select_one(".empty")

        assert empty.find("a", href="?") is not None

    def test_a_long_list_has_pages(self, site_tree: SiteTree) -> None:
        for number in range(21):
            PartnerPageFactory(title=f"Partner {number}")
        path = site_tree.swedish.partners.url

        assert titles(soup_of(path))[:3] == ["Partner 0", "Partner 1", "Partner 2"]
        assert titles(soup_of(path, page=2)) == ["Partner 20"]

    @pytest.mark.parametrize("page", ["0", "-1", "9", "999999999999999999999999", "\x00", "x", "²", "1.5"])
    def test_a_page_that_does_not_exist_is_not_found(self, site_tree: SiteTree, page: str) -> None:
        assert Client().get(site_tree.swedish.partners.url, {"page": page}).status_code == 404

    @pytest.mark.parametrize("name", ["q", "organisation_type", "region", "country", "strategy", "sort", "view", "x"])
    @pytest.mark.parametrize("value", GARBAGE)
    def test_garbage_is_left_out_with_a_sentence(self, site_tree: SiteTree, name: str, value: str) -> None:
        PartnerPageFactory()
        for tree in (site_tree.swedish.partners, site_tree.swedish.agreements):
            soup = soup_of(tree.url, **{name: value})
            if name in {"organisation_type", "region", "strategy"} and tree is site_tree.swedish.partners:
                assert soup.select_one(".notice") is not None


class TestAgreementList:
    def test_the_timeline_draws_what_the_table_says(self, site_tree: SiteTree) -> None:
        AgreementPageFactory(title="Öppet avtal", valid_from="2014")
        AgreementPageFactory(title="Slutet avtal", valid_from="2014-01-15", end_kind="date", end_date="2016-03")
        AgreementPageFactory(title="Odaterat avtal")
        soup = soup_of(site_tree.swedish.agreements.url, view="timeline")

        drawing = soup.select_one("figure.timeline svg")
        assert drawing["role"] == "img"
        assert drawing.find(id=drawing["aria-labelledby"].split()[0]).get_text(strip=True)
        drawn = {text.get_text() for text in drawing.select("text:not(.timeline__year)")}
        assert drawn == {"Öppet avtal", "Slutet avtal"}
        assert len(soup.select(".table-scroll tbody tr")) == 3
        assert drawing.find(style=True) is None

    def test_the_timeline_shows_as_much_of_a_title_as_each_width_has_room_for(self, site_tree: SiteTree) -> None:
        title = "Överenskommelse om kompetensförsörjning och yrkeshögskola i Västmanland, Sörmland och Uppsala"
        AgreementPageFactory(title=title, valid_from="2015")
        AgreementPageFactory(title="Ett kort avtal", valid_from="2014")
        drawing = soup_of(site_tree.swedish.agreements.url, view="timeline").select_one("figure.timeline svg")
        *long, short = drawing.select(".timeline__label")

        assert [label["class"][1:] for label in long] == [
            [f"timeline__label--{width}"] for width in ("narrow", "phone", "medium", "wide")
        ]
        texts = [label.get_text() for label in long]
        assert texts[3] == title
        for text, longest in ((texts[0], 45), (texts[1], 50), (texts[2], 85)):
            assert text.endswith("…")
            assert title.startswith(text[:-1])
            assert longest / 2 < len(text) <= longest
        assert short.get_text() == "Ett kort avtal"
        assert len(short["class"]) == 5

    def test_a_partys_name_says_which_language_it_is_in(self, site_tree: SiteTree) -> None:
        county, town = PartnerPageFactory(title="Länsstyrelsen"), PartnerPageFactory(title="Staden & hamnen")
        translated(county, site_tree.english.locale, title="The county board", slug="county-board")
        others = [AgreementParty(name=f"Förening {number}") for number in range(4)]
        agreement = AgreementPageFactory(title="Avtal", parties=[county, town, *others])
        translated(agreement, site_tree.english.locale, title="Agreement", slug="agreement")

        parties = soup_of(site_tree.english.agreements.url).select_one(".entry__parties")
        assert [(part.get_text(), part["lang"]) for part in parties.select("[lang]")] == [("Staden & hamnen", "sv")]
        assert parties.get_text() == "The county board, Staden & hamnen, Förening 0, Förening 1 and 2 more"

    def test_filters_by_status(self, site_tree: SiteTree) -> None:
        AgreementPageFactory(title="Gäller", valid_from="2014")
        AgreementPageFactory(title="Är slut", valid_from="2014", end_kind="date", end_date="2015")

        assert titles(soup_of(site_tree.swedish.agreements.url, agreement_status="expired")) == ["Är slut"]


class TestSearch:
    def test_finds_partners_agreements_and_strategies(self, site_tree: SiteTree) -> None:
        strategy = StrategyFactory(name="Växa i Västmanland")
        partner = PartnerPageFactory(title="Västmanlands museum", strategies=[strategy])
        AgreementPageFactory(title="Avtal om Västmanland", parties=[partner])
        soup = soup_of("/sv/sok/", q="västmanland")

        assert len(titles(soup)) == 3
        assert soup.find("meta", attrs={"name": "robots"})["content"].startswith("noindex")

    @pytest.mark.parametrize("question", ["lansstyrelsen", "LÄNSSTYRELSENS", "vastm", "västmanland länsstyrelse"])
    def test_finds_without_accents_and_by_other_forms_of_a_word(self, site_tree: SiteTree, question: str) -> None:
        partner = PartnerPageFactory(title="Länsstyrelsen Västmanland")
        AgreementPageFactory(title="Avsiktsförklaring", parties=[partner])
        PartnerPageFactory(title="Volvo")

        assert titles(soup_of("/sv/sok/", q=question)) == ["Länsstyrelsen Västmanland", "Avsiktsförklaring"]
        assert titles(soup_of(site_tree.swedish.partners.url, q=question)) == ["Länsstyrelsen Västmanland"]

    @pytest.mark.parametrize("question", ["västmanland", 'R&D "x"=1+1#<b>'])
    def test_the_other_language_is_asked_the_same(self, site_tree: SiteTree, question: str) -> None:
        PartnerPageFactory(title="Länsstyrelsen Västmanland")
        soup = soup_of("/sv/sok/", q=question)
        address = soup.select_one(".languages a")["href"]

        assert address == f"/en/search/?{urlencode({'q': question})}"
        asked = soup_of(address)
        assert asked.find("input", attrs={"name": "q"})["value"] == question
        assert asked.select_one(".languages a")["href"] == f"/sv/sok/?{urlencode({'q': question})}"
        assert "?" not in soup.find("link", rel="canonical")["href"]
        assert all("?" not in link["href"] for link in soup.find_all("link", rel="alternate", hreflang=True))

    def test_without_a_question_the_other_language_is_asked_none(self, site_tree: SiteTree) -> None:
        for path in ("/sv/sok/", "/sv/sok/?q=%20"):
            assert soup_of(path).select_one(".languages a")["href"] == "/en/search/"

    def test_more_hits_than_it_shows_lead_to_the_whole_list(self, site_tree: SiteTree) -> None:
        for number in range(21):
            PartnerPageFactory(title=f"Samverkan {number}")
        soup = soup_of("/sv/sok/", q="samverkan")

        address = f"{site_tree.swedish.partners.url}?q=samverkan"
        assert soup.find("a", href=address) is not None
        assert soup_of(address).find(id="results-heading").get_text(strip=True).startswith("21 ")

    def test_finds_all_however_many(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory(introduction="<p>Forskar om vatten.</p>")
        copies = PartnerPage.objects.filter(pk__in=copy_rows(partner, 230))
        write_search_texts(copies)

        heading = soup_of(site_tree.swedish.partners.url, q="vatten").find(id="results-heading")
        assert heading.get_text(strip=True).startswith("231 ")

    @pytest.mark.parametrize("question", ["", *GARBAGE])
    def test_survives_garbage(self, site_tree: SiteTree, question: str) -> None:
        PartnerPageFactory()
        soup_of("/sv/sok/", q=question)


class TestStrategies:
    def test_shows_who_works_towards_it(self, site_tree: SiteTree) -> None:
        strategy = StrategyFactory(name="Växa i Västmanland", summary="Mer kompetens.")
        partner = PartnerPageFactory(strategies=[strategy])
        agreement = AgreementPageFactory(strategies=[strategy], parties=[PartnerPageFactory(title="Genom avtalet")])
        soup = soup_of(strategy_path(strategy))

        assert {partner.title, agreement.title, "Genom avtalet"} <= set(titles(soup))
        assert "Mer kompetens." in soup.main.get_text()
        assert soup.find("a", href=strategy_path(strategy)) is None or soup.h1.get_text(strip=True) == strategy.name
        assert soup_of("/sv/strategier/").find("a", href=strategy_path(strategy)) is not None

    def test_an_outdated_address_leads_to_the_current_one(self, site_tree: SiteTree) -> None:
        strategy = StrategyFactory(name="Nytt namn")
        PartnerPageFactory(strategies=[strategy])
        path = strategy_path(strategy)

        assert Client().get(path.replace("nytt-namn", "gammalt-namn"))["Location"] == path

    def test_an_unused_or_unpublished_one_is_not_found(self, site_tree: SiteTree) -> None:
        unused, hidden = StrategyFactory(), StrategyFactory(live=False)
        PartnerPageFactory(strategies=[hidden])

        assert Client().get(strategy_path(unused)).status_code == 404
        assert Client().get(strategy_path(hidden)).status_code == 404


class TestMachines:
    def test_the_sitemap_tells_the_language_versions(self, site_tree: SiteTree) -> None:
        partner = PartnerPageFactory()
        english = translated(partner, site_tree.english.locale, title="Partner in English", slug="partner-in-english")
        hidden = PartnerPageFactory(live=False)
        text = Client().get("/sitemap.xml").content.decode()
        urls = {
            url.findtext("{*}loc"): [link.get("hreflang") for link in url.findall("{http://www.w3.org/1999/xhtml}link")]
            for url in ET.fromstring(text)
        }

        assert urls[partner.full_url] == ["sv", "en"]
        assert english.full_url in urls
        assert hidden.slug not in text

    def test_robots_txt_names_the_sitemap(self, site_tree: SiteTree) -> None:
        assert "Sitemap: http://localhost/sitemap.xml" in Client().get("/robots.txt").content.decode()

    def test_security_txt_stands_once_a_contact_is_set(self, site_tree: SiteTree) -> None:
        assert Client().get("/.well-known/security.txt").status_code == 404
        PartnershipSettings.objects.create(site=site_tree.site, security_contact="mailto:security@example.se")
        text = Client().get("/.well-known/security.txt").content.decode()

        assert "Contact: mailto:security@example.se" in text
        assert "Expires: " in text

    def test_the_feed_holds_public_agreements_latest_first(self, site_tree: SiteTree) -> None:
        older, newer = (AgreementPageFactory(title=title) for title in ("Äldre", "Nyare"))
        for agreement in (older, newer):
            agreement.save_revision().publish()
        AgreementPageFactory(title="Utkast", live=False)
        response = Client().get("/sv/agreements.atom")
        feed = ET.fromstring(response.content)

        assert response["Content-Type"].startswith("application/atom+xml")
        assert [entry.findtext("{*}title") for entry in feed.findall("{*}entry")] == ["Nyare", "Äldre"]

    def test_what_xml_can_not_hold_is_a_space_in_the_feed(self, site_tree: SiteTree) -> None:
        Site.objects.update(site_name="Sam\x0bverkan")
        agreement = AgreementPageFactory(title="Avtal\x0bX\uffff", purpose="Först\x0csedan\noch\tså 😀.")
        agreement.save_revision().publish()
        response = Client().get("/sv/agreements.atom")
        feed = ET.fromstring(response.content)

        assert feed.findtext("{*}title") == "Avtal – Sam verkan"
        assert feed.findtext("{*}author/{*}name") == "Sam verkan"
        assert feed.findtext("{*}entry/{*}title") == "Avtal X "
        assert feed.findtext("{*}entry/{*}summary") == "Först sedan\noch\tså 😀."

    def test_an_unknown_address_helps(self, site_tree: SiteTree) -> None:
        response = Client().get("/sv/finns-inte/")
        soup = BeautifulSoup(response.content.decode(), "html.parser")

        assert response.status_code == 404
        assert soup.html["lang"] == "sv"
        assert soup.main.find("form", role="search") is not None

    @pytest.mark.parametrize("colour", ["#ffff00", "#000000", "#ffffff", "#005a70", "#ff0000", "#777777"])
    def test_any_accent_colour_can_be_read(self, colour: str) -> None:
        accent = Colour.parse(colour)
        for papers, darker in ((LIGHT_PAPERS, True), (DARK_PAPERS, False)):
            readable = accent.readable_on(papers, darker=darker)
            assert all(readable.contrast(Colour.parse(paper)) >= 4.5 for paper in papers)


@pytest.mark.slow
class TestQueries:
    @pytest.mark.parametrize("kind", ["partner", "agreement", "partners", "agreements", "timeline"])
    def test_1_and_20_relations_take_the_same_queries(self, site_tree: SiteTree, kind: str) -> None:
        partner, agreement = PartnerPageFactory(), AgreementPageFactory()

        def relate(count: int) -> None:
            for _number in range(count):
                other = PartnerPageFactory(strategies=[StrategyFactory()])
                AgreementPageFactory(
                    parties=[partner, other],
                    contacts=[ContactFactory(phone="021-10 19 93")],
                    strategies=[StrategyFactory()],
                )
                for page, names in (
                    (partner, ("contacts", "strategies", "related_partners")),
                    (agreement, ("contacts", "strategies")),
                ):
                    for name in names:
                        model = type(page)._meta.get_field(name).related_model
                        target = {"contacts": ContactFactory, "strategies": StrategyFactory}.get(
                            name, PartnerPageFactory
                        )()
                        field = {"contacts": "contact", "strategies": "strategy", "related_partners": "partner"}[name]
                        model.objects.create(page_id=page.pk, **{field: target})

        path = {
            "partner": partner.url,
            "agreement": agreement.url,
            "partners": site_tree.swedish.partners.url,
            "agreements": site_tree.swedish.agreements.url,
            "timeline": f"{site_tree.swedish.agreements.url}?view=timeline",
        }[kind]

        def queries() -> int:
            Client().get(path)
            with CaptureQueriesContext(connection) as captured:
                assert Client().get(path).status_code == 200
            return len(captured)

        relate(1)
        with_one = queries()
        relate(19)
        assert queries() == with_one


def test_numbers_in_names_sort_by_their_value() -> None:
    names = ["Avtal 10", "Avtal 9", "Avtal"]
    assert sorted(names, key=lambda name: alphabetical_key(name, "sv")) == ["Avtal", "Avtal 9", "Avtal 10"]
