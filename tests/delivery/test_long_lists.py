"""Long lists are read in their order until a page is full, and hold what they hold when what matches is sorted."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from tests.delivery.client import fetch
from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree, StrategyFactory, translated
from wagtail_partnerships.cms.delivery.listings import base
from wagtail_partnerships.site_pages.models import PartnerPage

pytestmark = pytest.mark.django_db

QUERIES: list[dict[str, Any]] = [
    {},
    {"region": "SE-U"},
    {"region": ["SE-U", "SE-D"], "sort": "-title"},
    {"organisation_type": "municipality"},
    {"country": "SE", "limit": 2, "page": 2},
    {"agreement_type": "mou"},
    {"agreement_type": "mou", "agreement_status": "active"},
    {"agreement_type": ["mou", "other"], "region": "SE-U"},
    {"agreement_status": "active"},
    {"agreement_status": "expired"},
    {"strategy": "strategy"},
    {"strategy": "strategy", "organisation_type": "municipality"},
    {"locale": "en"},
    {"locale": "en", "fallback": "source", "region": "SE-U"},
    {"locale": "en", "fallback": "source", "agreement_type": "mou"},
]
OF_AGREEMENTS: list[dict[str, Any]] = [
    {"partner": "partner"},
    {"partner": "partner", "region": "SE-D"},
    {"sort": "signed"},
    {"sort": "-signed", "region": "SE-U"},
    {"sort": "valid_to,-title"},
]
#: The index that leads a long list of a path.
IN_ORDER: list[tuple[str, dict[str, Any], str]] = [
    ("/partners", {}, "partnerships_partner_swedish"),
    ("/partners", {"locale": "en"}, "partnerships_partner_plain"),
    ("/partners", {"region": "SE-U"}, "partnerships_partner_swedish"),
    ("/partners", {"agreement_type": "mou"}, "partnerships_partner_swedish"),
    ("/partners", {"agreement_status": "active"}, "partnerships_partner_swedish"),
    ("/partners", {"strategy": "strategy"}, "partnerships_partner_swedish"),
    ("/agreements", {"agreement_status": "active"}, "partnerships_agreement_swedish"),
    ("/agreements", {"agreement_type": "mou", "sort": "-title"}, "partnerships_agreement_swedish"),
    ("/agreements", {"region": "SE-U"}, "partnerships_agreement_swedish"),
    ("/agreements", {"strategy": "strategy"}, "partnerships_agreement_swedish"),
    ("/agreements", {"sort": "signed"}, "signed_earliest"),
]


@pytest.fixture
def keys(site_tree: SiteTree) -> dict[str, str]:
    """A site where every filter matches some of several rows, and each has a neighbour that nobody may see."""
    strategy = StrategyFactory()
    partners = []
    for number in range(6):
        partner = PartnerPageFactory(
            title=f"{'ÅBÖA'[number % 4]} {number}",
            organisation_type=PartnerPage.OrganisationType.values[number % 3],
            country="SE" if number < 4 else "NO",
            region=("SE-U", "SE-D")[number % 2] if number < 4 else "",
            strategies=[strategy] if number % 3 == 0 else [],
        )
        partners.append(partner)
        if number % 2:
            translated(partner, site_tree.english.locale)
    hidden = PartnerPageFactory(title="Hidden", region="SE-U")
    for number in range(6):
        agreement = AgreementPageFactory(
            title=f"Avtal {'ÖAÄB'[number % 4]}{number}",
            parties=[partners[number], partners[(number * 3 + 1) % 6], hidden],
            agreement_types=[["mou", "other"], ["consortium"], ["mou"]][number % 3],
            strategies=[strategy] if number % 4 == 0 else [],
            signed="" if number == 5 else f"20{10 + number}",
            end_kind="date" if number % 3 == 0 else "not_stated",
            end_date="2020" if number % 3 == 0 else "",
        )
        if number % 3:
            translated(agreement, site_tree.english.locale)
    hidden.unpublish()
    AgreementPageFactory(title="Avtal A0", parties=[partners[0]], agreement_types=["mou"], live=False)
    return {"partner": str(partners[1].translation_key), "strategy": str(strategy.translation_key)}


def ids(client: Client, path: str, keys: dict[str, str], query: dict[str, Any]) -> list[str]:
    named = {name: keys.get(value, value) if isinstance(value, str) else value for name, value in query.items()}
    return [item["id"] for item in fetch(client, path, **named)["items"]]


@pytest.mark.parametrize(("path", "queries"), [("/partners", QUERIES), ("/agreements", QUERIES + OF_AGREEMENTS)])
def test_list_is_the_same_however_it_is_read(
    client: Client, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch, path: str, queries: list[dict[str, Any]]
) -> None:
    for query in queries:
        monkeypatch.setattr(base.Listing, "_is_read_in_order", lambda *_arguments: False)
        when_sorted = ids(client, path, keys, query)
        monkeypatch.setattr(base.Listing, "_is_read_in_order", lambda *_arguments: True)

        assert len(when_sorted) > 1, query
        assert ids(client, path, keys, query) == when_sorted, query


def test_long_list_is_read_by_the_index_of_its_order(
    client: Client, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MANY_ROWS", 0)
    if connection.vendor == "postgresql":
        # In tables this small any plan is a good one: what is left is to read an index, and sort what ties in it.
        with connection.cursor() as cursor:
            for method in ("seqscan", "hashjoin", "mergejoin", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{method} = off")
    for path, query, index in IN_ORDER:
        with CaptureQueriesContext(connection) as captured:
            ids(client, path, keys, query | {"limit": 19})
        [sql] = [entry["sql"] for entry in captured if "LIMIT 19" in entry["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{sql}")
            steps = [str(row[-1]) for row in cursor.fetchall()]

        assert any(index in step for step in steps), (query, steps)
        assert "USE TEMP B-TREE FOR ORDER BY" not in steps, (query, steps)


def test_few_rows_are_found_by_what_was_asked_for(client: Client, keys: dict[str, str]) -> None:
    with CaptureQueriesContext(connection) as captured:
        for query in ({"region": "SE-U"}, {"partner": "partner"}, {"q": "avtal"}):
            assert ids(client, "/agreements", keys, query)

    assert not [entry["sql"] for entry in captured if "CROSS JOIN" in entry["sql"]]
