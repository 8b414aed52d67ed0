"""How the database comes to the rows of a list: by what was asked for, and not by reading the site in a language."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from tests.delivery.client import fetch
from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree, StrategyFactory
from wagtail_partnerships.site_pages.models import PartnerPage

pytestmark = pytest.mark.django_db

#: Indexes of columns that half of the site, or nearly all of it, has in common.
UNSELECTIVE = re.compile(r"\((locale_id|alias_of_id|live)=\?\)")
WHOLE_TABLE = re.compile(r"SCAN (wagtailcore_page|partnerships_pages_\w+page)\b")


@pytest.fixture
def content(site_tree: SiteTree) -> dict[str, str]:
    strategy = StrategyFactory()
    kind = PartnerPage.OrganisationType.MUNICIPALITY
    partner = PartnerPageFactory(organisation_type=kind, region="SE-U", strategies=[strategy])
    AgreementPageFactory(parties=[partner], agreement_types=["mou"], strategies=[strategy])
    return {"partner": str(partner.translation_key), "strategy": str(strategy.translation_key)}


def queries(client: Client, path: str, **query: str) -> list[str]:
    """The queries that count and find a list's rows."""
    fetch(client, path, **query)
    with CaptureQueriesContext(connection) as captured:
        fetch(client, path, **query, limit=19)
    table = f'FROM "partnerships_pages_{path.strip("/").removesuffix("s")}page" INNER JOIN "wagtailcore_page"'
    of_rows = [entry["sql"] for entry in captured if table in entry["sql"]]
    found = [sql for sql in of_rows if "LIMIT 19" in sql or "COUNT(" in sql]
    assert len(found) == 2, of_rows
    return found


with_indexed_filters = pytest.mark.parametrize(
    ("path", "query", "column"),
    [
        ("/partners", ("region", "SE-U"), "region"),
        ("/partners", ("organisation_type", "municipality"), "organisation_type"),
        ("/partners", ("country", "SE"), "country"),
        ("/partners", ("agreement_type", "mou"), "agreement_type"),
        ("/agreements", ("agreement_type", "mou"), "agreement_type"),
        ("/agreements", ("region", "SE-U"), "region"),
        ("/agreements", ("country", "SE"), "country"),
        ("/agreements", ("partner", "partner"), "translation_key"),
        ("/agreements", ("strategy", "strategy"), "translation_key"),
    ],
)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="It is SQLite that plans without statistics.")
@with_indexed_filters
def test_a_filter_leads_sqlite_to_its_rows(
    client: Client, content: dict[str, str], path: str, query: tuple[str, str], column: str
) -> None:
    parameter, value = query
    for sql in queries(client, path, **{parameter: content.get(value, value)}):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            steps = [row[3] for row in cursor.fetchall()]
        assert any(f"({column}=?)" in step for step in steps), steps
        assert not [step for step in steps if UNSELECTIVE.search(step)], steps
        assert not [step for step in steps if WHOLE_TABLE.match(step)], steps


@pytest.mark.skipif(connection.vendor != "postgresql", reason="These are PostgreSQL's settings.")
@with_indexed_filters
def test_postgresql_can_use_the_index_of_a_filter(
    client: Client, content: dict[str, str], path: str, query: tuple[str, str], column: str
) -> None:
    parameter, value = query
    for sql in queries(client, path, **{parameter: content.get(value, value)}):
        with connection.cursor() as cursor:
            # What is left is to read each table by an index of its own: in tables this small, any plan is a good one.
            for method in ("seqscan", "nestloop", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{method} = off")
            cursor.execute(f"EXPLAIN {sql}")
            steps = [row[0] for row in cursor.fetchall()]
        assert any(re.search(rf"Index Cond: \(+{column}\b", step) for step in steps), steps
