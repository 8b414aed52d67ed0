"""How the database comes to the rows of a list: by what was asked for, and not by reading the site in a language."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from tests.delivery.client import fetch
from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree, StrategyFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="EXPLAIN QUERY PLAN is SQLite's own"),
]

#: Indexes of columns that half of the site, or nearly all of it, has in common.
UNSELECTIVE = re.compile(r"\((locale_id|alias_of_id|live)=\?\)")


@pytest.fixture
def content(site_tree: SiteTree) -> dict[str, str]:
    strategy = StrategyFactory()
    partner = PartnerPageFactory(region="SE-U", strategies=[strategy])
    AgreementPageFactory(parties=[partner], agreement_types=["mou"], strategies=[strategy])
    return {"partner": str(partner.translation_key), "strategy": str(strategy.translation_key)}


def plans(client: Client, path: str, **query: str) -> list[list[str]]:
    """The plans of the queries that count and find a list's rows, each as its steps."""
    fetch(client, path, **query)
    with CaptureQueriesContext(connection) as captured:
        fetch(client, path, **query, limit=19)
    table = f'FROM "partnerships_pages_{path.strip("/").removesuffix("s")}page" INNER JOIN "wagtailcore_page"'
    found = [
        sql for sql in (entry["sql"] for entry in captured) if table in sql and ("LIMIT 19" in sql or "COUNT(" in sql)
    ]
    with connection.cursor() as cursor:
        plans = []
        for sql in found:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plans.append([row[3] for row in cursor.fetchall()])
    assert plans
    return plans


@pytest.mark.parametrize(
    ("path", "query", "index"),
    [
        ("/partners", ("region", "SE-U"), "(region=?)"),
        ("/partners", ("organisation_type", "municipality"), "(organisation_type=?)"),
        ("/partners", ("country", "SE"), "(country=?)"),
        ("/partners", ("agreement_type", "mou"), "(agreement_type=?)"),
        ("/agreements", ("agreement_type", "mou"), "(agreement_type=?)"),
        ("/agreements", ("region", "SE-U"), "(region=?)"),
        ("/agreements", ("partner", "partner"), "(translation_key=?)"),
        ("/agreements", ("strategy", "strategy"), "(translation_key=?)"),
    ],
)
def test_a_filter_leads_to_its_rows(
    client: Client, content: dict[str, str], path: str, query: tuple[str, str], index: str
) -> None:
    parameter, value = query
    for plan in plans(client, path, **{parameter: content.get(value, value)}):
        assert any(index in step for step in plan), plan
        assert not [step for step in plan if UNSELECTIVE.search(step)], plan
        assert not [step for step in plan if re.match(r"SCAN (wagtailcore_page|partnerships_pages_\w+page)\b", step)], (
            plan
        )
