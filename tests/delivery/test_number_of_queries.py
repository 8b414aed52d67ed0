"""A cold answer costs the same number of queries for one row and for many."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest

from tests.delivery.client import ROOT
from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
)
from wagtail_partnerships.cms.delivery.feed import read_feed
from wagtail_partnerships.cms.delivery.store import local_store
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage

#: What a cold answer costs at most, once somebody has asked anything since the last edit: the first to ask also reads
#: what then stands (the site, its languages, its settings).
MOST_FOR_JSON, MOST_FOR_HTML = 15, 20

Paths = Callable[[PartnerPage, AgreementPage], list[str]]


def _json_paths(partner: PartnerPage, agreement: AgreementPage) -> list[str]:
    facets = "facets=organisation_type,region,agreement_type,agreement_status"
    return [
        f"{ROOT}{path}"
        for path in (
            "/partners",
            "/partners?view=full",
            f"/partners?{facets}",
            f"/partners?view=full&agreement_status=active&{facets}",
            f"/partners/{partner.translation_key}",
            "/agreements",
            "/agreements?view=full",
            "/agreements?facets=agreement_type,agreement_status,region",
            f"/agreements/{agreement.translation_key}",
            "/strategies",
            "/strategies?view=full",
            "/pages",
            "/pages?view=full",
            "/routes?limit=100",
            f"/routes?path={partner.url}",
            "/search?q=partner",
            "/search?q=strategi",
            "/changes",
            "/settings",
            "/vocabularies",
        )
    ]


def _html_paths(partner: PartnerPage, agreement: AgreementPage) -> list[str]:
    return [partner.url, agreement.url]


def _add_to(partner: PartnerPage, number: int) -> AgreementPage:
    """Give a partner agreements, each with everything that costs a query."""
    agreement = None
    for _one in range(number):
        contact, strategy = ContactFactory(photo=ImageFactory()), StrategyFactory(document=DocumentFactory())
        other = PartnerPageFactory(logo=ImageFactory(), contacts=[contact], strategies=[strategy])
        first = AgreementPageFactory(parties=[partner, other], strategies=[strategy], documents=[DocumentFactory()])
        agreement = AgreementPageFactory(
            parties=[partner], contacts=[contact], renews=first, part_of=first, content=_links(other, DocumentFactory())
        )
    assert agreement is not None
    return agreement


def _links(page: Page, document: Any) -> str:
    html = f'<p><a linktype="page" id="{page.pk}">a</a> <a linktype="document" id="{document.pk}">b</a></p>'
    return json.dumps([{"type": "rich_text", "value": html, "id": str(uuid4())}])


def _costs(client: Client, paths: list[str]) -> dict[str, int]:
    client.get(f"{ROOT}/settings")
    costs = {}
    for path in paths:
        # What lives as long as the process: templates, addresses, labels.
        assert client.get(path).status_code == 200, path
        local_store.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        costs[path] = len(queries)
    return costs


def _check(client: Client, tree: SiteTree, paths: Paths, *, most: int) -> None:
    partner = PartnerPageFactory(
        logo=ImageFactory(),
        contacts=[ContactFactory()],
        strategies=[StrategyFactory()],
        content=_links(tree.swedish.home, DocumentFactory()),
    )
    agreement = _add_to(partner, 1)
    asked = paths(partner, agreement)
    read_feed(tree.site, None)
    few = _costs(client, asked)
    _add_to(partner, 4)
    read_feed(tree.site, None)

    assert _costs(client, asked) == few
    assert {path: cost for path, cost in few.items() if cost > most} == {}


@pytest.mark.slow
def test_many_rows_cost_json_as_many_queries_as_few(client: Client, committed_tree: SiteTree) -> None:
    _check(client, committed_tree, _json_paths, most=MOST_FOR_JSON)


@pytest.mark.slow
def test_many_agreements_cost_a_page_as_many_queries_as_one(client: Client, committed_tree: SiteTree) -> None:
    _check(client, committed_tree, _html_paths, most=MOST_FOR_HTML)
