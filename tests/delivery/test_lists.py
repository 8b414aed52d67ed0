"""Lists: pages, forms, filters, facets, orders and search."""

from datetime import date

from django.test import Client
from django.utils import timezone

import pytest

from tests.delivery.client import fetch, problem, titles
from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree, StrategyFactory, translated
from wagtail_partnerships.cms.delivery.listings import base
from wagtail_partnerships.site_pages.models import AgreementParty, PartnerPage

pytestmark = pytest.mark.django_db
Kind = PartnerPage.OrganisationType


def test_swedish_list_sorts_by_the_swedish_alphabet(client: Client, site_tree: SiteTree) -> None:
    for title in ["Örebro", "Zeta", "Ängelholm", "Åre", "Alfa 10", "Alfa 9", "Élan", "Fä"]:
        PartnerPageFactory(title=title)

    assert titles(client, "/partners") == ["Alfa 9", "Alfa 10", "Élan", "Fä", "Zeta", "Åre", "Ängelholm", "Örebro"]
    assert titles(client, "/partners", sort="-title")[0] == "Örebro"


def test_english_list_sorts_swedish_names_among_the_plain_letters(client: Client, site_tree: SiteTree) -> None:
    for title in ["Örebro", "Zeta", "Ängelholm", "Beta"]:
        PartnerPageFactory(title=title)

    assert titles(client, "/partners", locale="en", fallback="source") == ["Ängelholm", "Beta", "Örebro", "Zeta"]


def test_pages_of_a_list_hold_each_document_once(client: Client, site_tree: SiteTree) -> None:
    for number in range(5):
        PartnerPageFactory(title=f"Partner {number}")

    first = fetch(client, "/partners", limit=2)
    second = fetch(client, "/partners", limit=2, page=2)
    third = fetch(client, "/partners", limit=2, page=3)

    assert first["_meta"] | {"content_version": ""} == {
        "total": 5,
        "page": 1,
        "pages": 3,
        "limit": 2,
        "locale": "sv",
        "content_version": "",
    }
    assert len({item["id"] for page in (first, second, third) for item in page["items"]}) == 5
    assert first["_links"]["prev"] is None
    assert first["_links"]["next"] == second["_links"]["self"] | {"rel": "next"}
    assert third["_links"]["next"] is None


def test_page_beyond_the_last_is_empty_and_links_back(client: Client, site_tree: SiteTree) -> None:
    PartnerPageFactory()

    envelope = fetch(client, "/partners", page=7)

    assert envelope["items"] == []
    assert envelope["_links"]["prev"]["href"] == envelope["_links"]["first"]["href"]


def test_fields_give_these_and_what_is_always_sure(client: Client, site_tree: SiteTree) -> None:
    PartnerPageFactory(title="Ett")

    envelope = fetch(client, "/partners", fields="title,contacts")

    assert envelope["view"] == "fields"
    assert envelope["items"][0].keys() == {"id", "resource", "locale", "title", "contacts"}


def test_partners_filter_by_their_columns_and_by_one_agreement(client: Client, site_tree: SiteTree) -> None:
    town = PartnerPageFactory(title="Stad", organisation_type=Kind.MUNICIPALITY, region="SE-U")
    agency = PartnerPageFactory(title="Myndighet", organisation_type=Kind.GOVERNMENT_AGENCY)
    AgreementPageFactory(parties=[town], agreement_types=["mou"], end_kind="date", end_date="2015")
    AgreementPageFactory(parties=[town], agreement_types=["consortium"])
    AgreementPageFactory(parties=[agency], agreement_types=["mou"])

    assert titles(client, "/partners", organisation_type="municipality") == ["Stad"]
    assert titles(client, "/partners", region="SE-U") == ["Stad"]
    assert titles(client, "/partners", agreement_type=["mou", "consortium"]) == ["Myndighet", "Stad"]
    assert titles(client, "/partners", agreement_type="mou", agreement_status="active") == ["Myndighet"]
    assert titles(client, "/partners", agreement_status="expired") == ["Stad"]


def test_agreements_filter_by_date_status_party_and_strategy(client: Client, site_tree: SiteTree) -> None:
    strategy = StrategyFactory()
    partner = PartnerPageFactory(country="SE")
    AgreementPageFactory(title="Öppet", valid_from="2020", parties=[partner])
    AgreementPageFactory(title="Slut", valid_from="2010", end_kind="date", end_date="2012-06", strategies=[strategy])

    assert titles(client, "/agreements", valid_on="2012-06-30") == ["Slut"]
    assert titles(client, "/agreements", valid_on="2021-01-01") == ["Öppet"]
    assert titles(client, "/agreements", expires_before="2012-07-01") == ["Slut"]
    assert titles(client, "/agreements", partner=str(partner.translation_key)) == ["Öppet"]
    assert titles(client, "/agreements", strategy=str(strategy.translation_key)) == ["Slut"]
    assert titles(client, "/agreements", country="SE") == ["Öppet"]
    assert titles(client, "/agreements", sort="-valid_from") == ["Öppet", "Slut"]


@pytest.fixture
def norwegian(site_tree: SiteTree) -> None:
    """Agreements whose parties are in Norway by their pages or by the agreements, of which nobody may see some."""
    kind = Kind.MUNICIPALITY
    swedish, page = PartnerPageFactory(country="SE", organisation_type=kind), PartnerPageFactory(country="NO")
    hidden = PartnerPageFactory(country="NO", organisation_type=kind)
    for title, *parties in [
        ("Sida", AgreementParty(partner=page)),
        ("Utan sida", AgreementParty(name="Oslo", country="NO")),
        ("Med sida", AgreementParty(partner=swedish, country="NO")),
        ("Två parter", AgreementParty(name="Bergen", country="NO"), AgreementParty(partner=swedish)),
        ("Dold sida", AgreementParty(partner=hidden, name="Dold")),
        ("Dold part", AgreementParty(partner=hidden, country="NO")),
        ("Dold med land", AgreementParty(partner=hidden, name="Tromsø", country="NO")),
    ]:
        AgreementPageFactory(title=title, parties=parties)
    hidden.unpublish()


@pytest.mark.parametrize("is_in_order", [True, False])
def test_country_of_a_party_is_the_one_that_the_agreement_gives_else_its_pages(
    client: Client, norwegian: None, monkeypatch: pytest.MonkeyPatch, is_in_order: bool
) -> None:
    monkeypatch.setattr(base.Listing, "_is_read_in_order", lambda *_arguments: is_in_order)

    found = titles(client, "/agreements", country="NO")
    municipalities = titles(client, "/agreements", country="NO", organisation_type="municipality")

    assert found == ["Dold med land", "Med sida", "Sida", "Två parter", "Utan sida"]
    assert municipalities == ["Med sida"]
    assert titles(client, "/agreements", country="SE") == ["Två parter"]
    assert titles(client, "/agreements", country="SE", organisation_type="municipality") == ["Två parter"]


def test_countries_are_counted_as_they_are_found(client: Client, norwegian: None) -> None:
    facet = fetch(client, "/agreements", facets="country")["_facets"]["country"]

    assert {value["code"]: value["count"] for value in facet} == {"NO": 5, "SE": 1}


def test_expiring_agreements_are_found(client: Client, site_tree: SiteTree) -> None:
    soon = date.fromordinal(timezone.localdate().toordinal() + 30).isoformat()
    AgreementPageFactory(title="Snart", valid_from="2010", end_kind="date", end_date=soon)
    AgreementPageFactory(title="Sedan")

    assert titles(client, "/agreements", is_expiring="true") == ["Snart"]
    assert titles(client, "/agreements", is_expiring="false") == ["Sedan"]


def test_dates_sort_with_none_last_both_ways(client: Client, site_tree: SiteTree) -> None:
    for title, signed in [("Tidigt", "2014"), ("Sent", "2014-01-02"), ("Okänt", None)]:
        AgreementPageFactory(title=title, signed=signed)

    assert titles(client, "/agreements", sort="signed") == ["Tidigt", "Sent", "Okänt"]
    assert titles(client, "/agreements", sort="-signed") == ["Sent", "Tidigt", "Okänt"]


def test_facets_count_what_another_choice_would_give(client: Client, site_tree: SiteTree) -> None:
    town = PartnerPageFactory(organisation_type=Kind.MUNICIPALITY, region="SE-U")
    agency = PartnerPageFactory(organisation_type=Kind.GOVERNMENT_AGENCY)
    AgreementPageFactory(parties=[town, agency], agreement_types=["mou", "other"])
    AgreementPageFactory(parties=[town], agreement_types=["mou"])

    facets = fetch(
        client, "/partners", facets="organisation_type,region,agreement_type", organisation_type="municipality"
    )["_facets"]

    assert {value["code"]: value["count"] for value in facets["organisation_type"]} == {
        "municipality": 1,
        "government_agency": 1,
    }
    assert facets["region"] == [{"code": "SE-U", "label": "Västmanland", "count": 1}]
    assert {value["code"]: value["count"] for value in facets["agreement_type"]} == {"mou": 1, "other": 1}


def test_facets_of_agreements_count_each_agreement_once(client: Client, site_tree: SiteTree) -> None:
    partners = [PartnerPageFactory(organisation_type=Kind.MUNICIPALITY) for _number in range(2)]
    AgreementPageFactory(parties=partners, agreement_types=["mou", "other"])

    facets = fetch(client, "/agreements", facets="agreement_type,agreement_status,organisation_type")["_facets"]

    assert {value["code"]: value["count"] for value in facets["agreement_type"]} == {"mou": 1, "other": 1}
    assert [value["count"] for value in facets["organisation_type"]] == [1]
    assert [(value["code"], value["count"]) for value in facets["agreement_status"]] == [("active", 1)]


@pytest.mark.parametrize("question", ["Lansstyrelsen", "LÄNSSTYRELSEN", "lansst vast", "strategier", "strategi"])
def test_search_finds_without_accents_and_by_the_stem(client: Client, site_tree: SiteTree, question: str) -> None:
    PartnerPageFactory(title="Länsstyrelsen Västmanland", introduction="<p>De regionala strategierna för tillväxt.</p>")
    PartnerPageFactory(title="Andra")

    assert titles(client, "/search", q=question) == ["Länsstyrelsen Västmanland"]
    assert titles(client, "/partners", q=question) == ["Länsstyrelsen Västmanland"]


def test_search_ranks_titles_over_texts_across_kinds(client: Client, site_tree: SiteTree) -> None:
    AgreementPageFactory(title="Aaa", purpose="Ett samarbete om energi.")
    PartnerPageFactory(title="Grön energi")
    PartnerPageFactory(title="Energimyndigheten", strategies=[StrategyFactory(name="Annat")])

    results = fetch(client, "/search", q="energi")

    assert [item["title"] for item in results["items"]] == ["Energimyndigheten", "Grön energi", "Aaa"]
    assert results["_facets"]["resource"] == [
        {"code": "partner", "label": "Samarbetspartner", "count": 2},
        {"code": "agreement", "label": "Avtal", "count": 1},
    ]


def test_search_follows_an_edit_at_once_and_asks_one_language(client: Client, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(title="Gammalt namn")
    translated(partner, site_tree.english.locale, title="Old name")
    partner.title = "Nytt namn"
    partner.save_revision().publish()

    assert titles(client, "/search", q="gammalt") == []
    assert titles(client, "/search", q="nytt") == ["Nytt namn"]
    assert titles(client, "/search", q="nytt", locale="en") == []
    assert titles(client, "/search", q="old", locale="en") == ["Old name"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"colour": "red"}, "colour"),
        ({"page": "0"}, "page"),
        ({"page": "x"}, "page"),
        ({"limit": "101"}, "limit"),
        ({"locale": "zz"}, "locale"),
        ({"fallback": "yes"}, "fallback"),
        ({"view": "tiny"}, "view"),
        ({"sort": "colour"}, "sort"),
        ({"sort": "title,title"}, "sort"),
        ({"fields": "internal_notes"}, "fields"),
        ({"facets": "title"}, "facets"),
        ({"id": "1"}, "id"),
        ({"organisation_type": "planet"}, "organisation_type"),
        ({"region": "SE-ZZZ"}, "region"),
        ({"country": "se"}, "country"),
        ({"valid_on": "2014"}, "valid_on"),
        ({"valid_on": "2014-02-30"}, "valid_on"),
        ({"modified_since": "2014-01-01"}, "modified_since"),
        ({"is_expiring": "1"}, "is_expiring"),
        ({"q": "a\x00b"}, "q"),
        ({"q": ""}, "q"),
        ({"page": ["1", "2"]}, "page"),
    ],
)
def test_bad_parameter_is_400_and_named(
    client: Client, site_tree: SiteTree, query: dict[str, str], parameter: str
) -> None:
    document = problem(client, "/partners", **query)

    assert document["status"] == 400
    assert [error["parameter"] for error in document["errors"]] == [parameter]
    assert document["errors"][0]["detail"]


@pytest.mark.parametrize("path", ["/agreements", "/search"])
def test_question_finds_rows_that_stand_in_by_the_endings_of_their_own_language(
    client: Client, site_tree: SiteTree, path: str
) -> None:
    AgreementPageFactory(title="Avtal om energi")
    translated(AgreementPageFactory(title="Svenska"), site_tree.english.locale, title="The city of today")
    asked = {"locale": "en", "fallback": "source"}

    assert titles(client, path, **asked, q="avtalet") == ["Avtal om energi"]
    assert titles(client, path, **asked, q="city") == ["The city of today"]
    assert titles(client, path, q="avtalet") == ["Avtal om energi"]
