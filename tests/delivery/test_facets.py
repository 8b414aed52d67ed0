"""The count of a code is the total of the list, were that facet's filter set to the code and nothing else changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from tests.delivery.client import fetch
from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree, StrategyFactory, translated
from wagtail_partnerships.cms.delivery.listings.base import Listing
from wagtail_partnerships.cms.delivery.listings.partnerships import AgreementListing, PartnerListing
from wagtail_partnerships.cms.delivery.scope import Scope
from wagtail_partnerships.site_pages.models import AgreementParty, PartnerPage
from wagtail_partnerships.site_pages.status import AgreementStatus
from wagtail_partnerships.snippets.models import Strategy

pytestmark = pytest.mark.django_db

Query = dict[str, Any]
KINDS = [kind.value for kind in PartnerPage.OrganisationType][:4]
CODES: dict[str, list[str]] = {
    "organisation_type": KINDS,
    "region": ["SE-U", "SE-D", "SE-AB"],
    "country": ["SE", "NO", "FI"],
    "agreement_type": ["mou", "other", "consortium", "sub_agreement", "letter_of_intent"],
    "agreement_status": AgreementStatus.values,
}
FILTERS: list[Query] = [
    {"agreement_status": ["active"]},
    {"agreement_type": ["mou", "consortium"], "valid_on": "2019-06-30"},
    {"is_expiring": "true"},
    {"expires_before": "2022-01-01", "organisation_type": [KINDS[1]], "region": ["SE-U"]},
    {"country": ["SE"], "organisation_type": KINDS[:2], "agreement_status": ["active"]},
    {"strategy": ["strategy"], "region": ["SE-U", "SE-D"]},
    {"q": "avtal", "country": ["NO"]},
]
OF_AGREEMENTS: list[Query] = [{"partner": ["partner"], "organisation_type": [KINDS[1]]}]
LANGUAGES: list[Query] = [{}, {"locale": "en", "fallback": "source"}]


@pytest.fixture
def keys(site_tree: SiteTree) -> dict[str, str]:
    """A site where partners have agreements of several kinds each, and agreements parties of several kinds."""
    english = site_tree.english.locale
    strategy = StrategyFactory()
    partners = [
        PartnerPageFactory(
            title=f"Partner {number}",
            organisation_type=KINDS[number % 3],
            country="SE" if number < 5 else "NO",
            region=("SE-U", "SE-D")[number % 2] if number < 5 else "",
            strategies=[strategy] if number % 3 == 0 else [],
        )
        for number in range(7)
    ]
    hidden = PartnerPageFactory(title="Partner i det fördolda", region="SE-AB")
    soon = (timezone.localdate() + timedelta(days=30)).isoformat()
    ends: list[Query] = [
        {},
        {"valid_from": "2018", "end_kind": "date", "end_date": "2020"},
        {"valid_from": "2021"},
        {"valid_from": "2010", "end_kind": "date", "end_date": soon},
        {"outcome": "in_preparation"},
    ]
    types = [["mou", "other"], ["consortium"], ["mou"], ["sub_agreement"]]
    for number in range(14):
        agreement = AgreementPageFactory(
            title=f"Avtal {number}",
            parties=[
                partners[number % 7],
                AgreementParty(partner=partners[(number * 2 + 1) % 7], country="FI" if number % 5 == 0 else ""),
                hidden,
                AgreementParty(name="Utan sida", country=["", "FI", "NO"][number % 3]),
            ],
            agreement_types=types[number % 4],
            strategies=[strategy] if number % 4 == 0 else [],
            **ends[number % 5],
        )
        if number % 3 == 0:
            translated(agreement, english)
    for partner in partners[1::2]:
        translated(partner, english)
    # Its source is no longer public, but its translation is.
    partners[3].unpublish()
    hidden.unpublish()
    AgreementPageFactory(title="Avtal i utkast", parties=partners, agreement_types=["mou"], live=False)
    return {"partner": str(partners[0].translation_key), "strategy": str(strategy.translation_key)}


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
@pytest.mark.parametrize(
    ("listing", "filters"),
    [(PartnerListing(), FILTERS), (AgreementListing(), FILTERS + OF_AGREEMENTS)],
    ids=["partners", "agreements"],
)
def test_facet_counts_what_its_filter_gives(
    rf: RequestFactory, keys: dict[str, str], listing: Listing[Any], filters: list[Query], language: Query
) -> None:
    assert CODES.keys() == listing.facets.keys()
    wrong = []
    for query in filters:
        named = {
            name: [keys.get(one, one) for one in value] if isinstance(value, list) else value
            for name, value in query.items()
        }
        asked = named | language
        parameters = listing.parameters(**asked, facets=",".join(CODES))
        scope = Scope(rf.get("/"), parameters)
        found = listing.facet_counts(scope, parameters)
        for name, codes in CODES.items():
            counts = {value["code"]: value["count"] for value in found[name]}
            totals = {
                code: listing.filtered(scope, listing.parameters(**asked | {name: [code]})).count() for code in codes
            }
            gives = {code: total for code, total in totals.items() if total}
            if counts != gives:
                wrong.append((query, name, counts, gives))

    assert wrong == []


def _total(client: Client, path: str, query: Query) -> int:
    return int(fetch(client, path, **query, limit=1)["_meta"]["total"])


def test_facet_of_strategies_counts_what_its_filter_gives(client: Client, keys: dict[str, str]) -> None:
    PartnerPageFactory(strategies=[StrategyFactory(kind=kind) for kind in Strategy.Kind])
    queries: list[Query] = [{}, {"kind": "regional"}, {"partner": keys["partner"]}, {"q": "strategi"}]
    for query in queries:
        for value in fetch(client, "/strategies", **query, facets="kind")["_facets"]["kind"]:
            assert value["count"] == _total(client, "/strategies", query | {"kind": value["code"]}), (query, value)


def test_all_facets_are_counted_by_one_query(client: Client, keys: dict[str, str]) -> None:
    for path, facets in (("/partners", PartnerListing.facets), ("/agreements", AgreementListing.facets)):
        costs = []
        for asked in ({}, {"facets": "region"}, {"facets": ",".join(facets)}):
            _total(client, path, {"agreement_status": "active", "region": "SE-U"})
            with CaptureQueriesContext(connection) as captured:
                fetch(client, path, agreement_status="active", region="SE-U", q="avtal", **asked)
            costs.append(len(captured))

        assert costs == [costs[0], costs[0] + 1, costs[0] + 1]
