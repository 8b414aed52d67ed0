"""Every spreadsheet that our views of the admin give out can be opened safely."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from wagtail.admin.views.mixins import SpreadsheetExportMixin

import pytest

from tests.admin.test_agreement_report import exported
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree, StrategyFactory
from wagtail_partnerships.snippets.spreadsheets import FORMULA_SIGNS, plain_cell

pytestmark = pytest.mark.django_db

TYPED = '=HYPERLINK("https://example.com";"Klicka")'

#: Views that export rows with a text that somebody typed.
EXPORTS = {
    "partnerships_agreement_report",
    "partnerships_contact_report",
    "partnerships_partners:index",
    "partnerships_translation_report",
    "wagtailsnippets_partnerships_snippets_contact:list",
    "wagtailsnippets_partnerships_snippets_strategy:list",
}


def exporting_views(resolver: Any, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from exporting_views(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif _exports(pattern) and not str(pattern.name).endswith("results"):
            yield f"{namespace}{pattern.name}"


def _exports(pattern: URLPattern) -> bool:
    view: Any = pattern.callback
    while not hasattr(view, "view_class") and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    view_class = getattr(view, "view_class", object)
    is_ours = view_class.__module__.startswith("wagtail_partnerships.")
    return (
        is_ours
        and issubclass(view_class, SpreadsheetExportMixin)
        and bool(view.view_initkwargs.get("list_export", view_class.list_export))
    )


def test_no_export_is_forgotten() -> None:
    assert set(exporting_views(get_resolver())) == EXPORTS


@pytest.fixture
def rows(db: None) -> None:
    partner = PartnerPageFactory(title=TYPED, slug="formel")
    partner.save_revision().publish()
    AgreementPageFactory(title=TYPED, slug="avtal", parties=[partner])
    ContactFactory(name=TYPED)
    StrategyFactory(name=TYPED)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("url", sorted(EXPORTS))
def test_a_typed_formula_is_exported_as_text(admin_client: Client, rows: None, url: str, form: str) -> None:
    cells = [str(cell) for row in exported(admin_client, form, url) for cell in row]
    assert any(cell.startswith(f"'{TYPED}") for cell in cells)
    assert not any(cell.startswith(FORMULA_SIGNS) for cell in cells)


@pytest.mark.parametrize(
    ("url", "question"),
    [
        ("partnerships_agreement_report", {"year": "1"}),
        ("partnerships_contact_report", {"need": "rest"}),
        ("partnerships_partners:index", {"region": "SE-XX"}),
        ("partnerships_translation_report", {"locale": "xx"}),
        ("wagtailsnippets_partnerships_snippets_contact:list", {"live": "true", "kind": "nobody"}),
    ],
)
def test_an_export_by_a_filter_that_is_wrong_leads_to_the_page_that_says_so(
    admin_client: Client, rows: None, url: str, question: dict[str, str]
) -> None:
    address = reverse(url)
    response = admin_client.get(address, {**question, "export": "csv"})

    assert (response.status_code, response["Location"]) == (302, f"{address}?{urlencode(question)}")
    filters = admin_client.get(response["Location"]).context["filters"]
    assert filters.form.errors


@pytest.mark.parametrize("url", ["partnerships_agreement_report", "partnerships_contact_report"])
def test_a_report_of_the_source_language_offers_no_other(admin_client: Client, site_tree: SiteTree, url: str) -> None:
    assert "locale" not in admin_client.get(reverse(url)).context["filters"].form.fields


def test_a_number_stays_a_number() -> None:
    assert [plain_cell(number) for number in (-7, -1.5, Decimal(-2))] == [-7, -1.5, Decimal(-2)]
