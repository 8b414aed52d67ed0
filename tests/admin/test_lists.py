"""The lists of partners and agreements: columns, filters, search, and how many queries they cost."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    StrategyFactory,
    site_tree,
    translated,
)
from tests.users import make_user
from wagtail_partnerships.site_pages.models import AgreementParty
from wagtail_partnerships.snippets.partial_dates import PartialDate

pytestmark = pytest.mark.django_db

AGREEMENTS = "partnerships_agreements:index"
PARTNERS = "partnerships_partners:index"


def listed(client: Client, name: str, **query: str | list[str]) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    html = response.content.decode()
    return html[html.index("<main") :] if "<main" in html else html


@pytest.fixture
def agreements() -> None:
    """An expired letter of intent with a county board, and a framework agreement without dates with a company."""
    county_board = PartnerPageFactory(title="Länsstyrelsen", region="SE-U")
    company = PartnerPageFactory(title="Volvo", organisation_type="company", region="SE-D")
    AgreementPageFactory(
        title="Gammal avsikt",
        parties=[county_board],
        signed="2014-01",
        end_kind="date",
        end_date="2016",
        reference_number="1-814/2014",
    )
    AgreementPageFactory(title="Ramavtalet", parties=[company], agreement_types=["framework_agreement"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "expired"}, "Gammal avsikt"),
        ({"status": "active"}, "Ramavtalet"),
        ({"has_dates": "false"}, "Ramavtalet"),
        ({"has_dates": "true"}, "Gammal avsikt"),
        ({"agreement_type": "framework_agreement"}, "Ramavtalet"),
        ({"organisation_type": "company"}, "Ramavtalet"),
        ({"region": "SE-U"}, "Gammal avsikt"),
        ({"q": "rama"}, "Ramavtalet"),
        ({"q": "814/2014"}, "Gammal avsikt"),
        ({"q": "volvo"}, "Ramavtalet"),
        ({"q": "volvo", "status": "active", "ordering": "-status_code"}, "Ramavtalet"),
    ],
)
@pytest.mark.parametrize("explore", [False, True])
def test_agreements_are_found_by_filter_and_search(
    admin_client: Client, agreements: None, query: dict[str, str], found: str, explore: bool
) -> None:
    if explore:
        index = site_tree().swedish.agreements
        page = admin_client.get(reverse("wagtailadmin_explore_results", args=[index.pk]), query).content.decode()
    else:
        page = listed(admin_client, "partnerships_agreements:index_results", **query)
    other = {"Gammal avsikt": "Ramavtalet", "Ramavtalet": "Gammal avsikt"}[found]
    assert found in page
    assert other not in page


def test_agreements_can_be_filtered_by_partner(admin_client: Client) -> None:
    partner = PartnerPageFactory(title="Länsstyrelsen")
    AgreementPageFactory(title="Vårt", parties=[partner])
    AgreementPageFactory(title="Deras", parties=["Någon annan"])
    page = listed(admin_client, "partnerships_agreements:index_results", partner="styrelsen")
    assert "Vårt" in page
    assert "Deras" not in page


def test_the_list_shows_each_agreements_badge(admin_client: Client) -> None:
    AgreementPageFactory(end_kind="date", end_date="2016")
    assert "Utgång" in (page := listed(admin_client, AGREEMENTS)) or "Expired" in page


def test_an_agreement_without_dates_wears_no_badge(admin_client: Client) -> None:
    AgreementPageFactory(title="Utan datum")
    page = admin_client.get(reverse("partnerships_agreements:index_results")).content.decode()
    row = page[page.index("Utan datum") :]
    assert "Active" not in row
    assert "Aktiv" not in row


def test_many_parties_are_counted(admin_client: Client) -> None:
    AgreementPageFactory(parties=[f"Kommun {number}" for number in range(17)])
    page = listed(admin_client, AGREEMENTS)
    assert "Kommun 2" in page
    assert "Kommun 3" not in page
    assert "14" in page


@pytest.mark.parametrize("ordering", ["title", "-status_code", "end_date_latest", "locale", "live", "nonsense"])
def test_agreements_can_be_sorted(admin_client: Client, agreements: None, ordering: str) -> None:
    assert "Ramavtalet" in listed(admin_client, AGREEMENTS, ordering=ordering)


@pytest.mark.parametrize("typed", ['"', "\0", "%", "(", "å" * 300])
@pytest.mark.parametrize("name", [AGREEMENTS, PARTNERS])
def test_odd_searches_are_answered(admin_client: Client, agreements: None, name: str, typed: str) -> None:
    listed(admin_client, name, q=typed)


def test_partners_can_be_filtered_by_type_and_by_their_agreements(admin_client: Client, agreements: None) -> None:
    by_type = listed(admin_client, "partnerships_partners:index_results", organisation_type="company")
    by_agreement = listed(admin_client, "partnerships_partners:index_results", agreement_type="letter_of_intent")
    assert "Volvo" in by_type
    assert "Länsstyrelsen" not in by_type
    assert "Länsstyrelsen" in by_agreement
    assert "Volvo" not in by_agreement


def fill(count: int) -> None:
    english = site_tree().english.locale
    for number in range(count):
        partner = PartnerPageFactory(title=f"P{number}-{count}")
        agreement = AgreementPageFactory(
            title=f"A{number}-{count}",
            parties=[partner, AgreementParty(name="Annan")],
            signed=PartialDate("2014-01"),
            agreement_types=["mou", "other"],
        )
        if number == 0:
            translated(agreement, english)


def test_an_untranslated_agreement_can_be_translated_from_the_list(admin_client: Client) -> None:
    site_tree()
    agreement = AgreementPageFactory()
    url = reverse("wagtail_localize:submit_page_translation", args=[agreement.pk])
    assert url in listed(admin_client, AGREEMENTS)
    translated(agreement, site_tree().english.locale)
    assert url not in listed(admin_client, AGREEMENTS)


@pytest.mark.slow
@pytest.mark.parametrize("name", [AGREEMENTS, PARTNERS])
def test_a_long_list_costs_no_more_queries_than_a_short_one(admin_client: Client, name: str) -> None:
    fill(2)
    listed(admin_client, name)
    with CaptureQueriesContext(connection) as short:
        listed(admin_client, name)
    fill(12)
    listed(admin_client, name)
    with CaptureQueriesContext(connection) as long:
        listed(admin_client, name)
    assert len(long) == len(short)
    assert len(short) < 60


@pytest.mark.parametrize(
    "chooser",
    [
        "partnerships_partner_chooser",
        "partnerships_agreement_chooser",
        "wagtailsnippetchoosers_partnerships_snippets_contact",
        "wagtailsnippetchoosers_partnerships_snippets_strategy",
    ],
)
def test_a_chooser_calls_the_language_what_the_lists_call_it(client: Client, chooser: str) -> None:
    AgreementPageFactory(parties=[PartnerPageFactory()], contacts=[ContactFactory()], strategies=[StrategyFactory()])
    client.force_login(make_user("editor", language="sv", is_superuser=True))
    html = BeautifulSoup(client.get(reverse(f"{chooser}:choose_results")).content, "html.parser")
    assert "Språk" in [heading.get_text(strip=True) for heading in html.select("thead th")]


@pytest.mark.slow
@pytest.mark.parametrize("chooser", ["partnerships_partner_chooser", "partnerships_agreement_chooser"])
def test_a_chooser_costs_as_many_queries_for_many_rows(admin_client: Client, chooser: str) -> None:
    fill(2)
    url = reverse(f"{chooser}:choose_results")
    admin_client.get(url)
    with CaptureQueriesContext(connection) as short:
        admin_client.get(url)
    fill(12)
    with CaptureQueriesContext(connection) as long:
        admin_client.get(url)
    assert len(long) == len(short)
