"""The report of agreements, its exports, and the deadlines on the first page of the admin."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

import pytest
import time_machine
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from benchmarks.bulk import write_pages
from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, site_tree, translated
from tests.users import make_editor, make_officer
from wagtail_partnerships.site_pages.models import AgreementPage, FormerName, PartnerPage
from wagtail_partnerships.snippets.spreadsheets import plain_cell

pytestmark = pytest.mark.django_db

REPORT = "partnerships_agreement_report_results"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-11-24T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def editor(db: None) -> User:
    return make_officer("editor", site_tree().swedish.agreements, "change", language="sv")


@pytest.fixture
def agreements() -> Any:
    """Three agreements that differ in everything one filters by."""
    county_board = PartnerPageFactory(title="Länsstyrelsen")
    AgreementPageFactory(
        title="Gammalt",
        parties=[county_board],
        signed="2014-01",
        end_kind="date",
        end_date="2016",
        responsible_unit="Rektors kansli",
    )
    AgreementPageFactory(
        title="Snart slut",
        parties=["Volvo"],
        valid_from="2020",
        end_kind="date",
        end_date="2027-05",
        agreement_types=["framework_agreement"],
        responsible_unit="Samverkan",
    )
    AgreementPageFactory(title="Odaterat", live=False)
    return county_board


@pytest.mark.parametrize(("language", "day"), [("sv", "6 januari 2027"), ("en", "6 January 2027")])
def test_the_last_day_to_give_notice_is_told_as_a_day(client: Client, language: str, day: str) -> None:
    AgreementPageFactory(parties=["Volvo"], end_kind="date", end_date="2027-05", notice_date=datetime.date(2027, 1, 6))
    client.force_login(make_officer("officer", site_tree().swedish.agreements, "change", language=language))
    row = BeautifulSoup(client.get(reverse(REPORT)).content, "html.parser").select_one("tbody tr")
    assert row is not None
    assert day in [cell.get_text(strip=True) for cell in row.find_all("td")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Gammalt", "Snart slut", "Odaterat"}),
        ({"status": "expired"}, {"Gammalt"}),
        ({"status": ["expired", "active"]}, {"Gammalt", "Snart slut", "Odaterat"}),
        ({"agreement_type": "framework_agreement"}, {"Snart slut"}),
        ({"responsible_unit": "Rektors kansli"}, {"Gammalt"}),
        ({"year": "2015"}, {"Gammalt"}),
        ({"year": "2026"}, {"Snart slut"}),
        ({"year": "2018"}, set()),
        ({"undated": "true"}, {"Odaterat"}),
        ({"undated": "false"}, {"Gammalt", "Snart slut"}),
        ({"due_within": "12"}, {"Snart slut"}),
        ({"due_within": "6"}, set()),
        ({"live": "false"}, {"Odaterat"}),
    ],
)
def test_the_report_is_filtered(admin_client: Client, agreements: Any, query: dict[str, Any], found: set[str]) -> None:
    page = admin_client.get(reverse(REPORT), query).content.decode()
    assert {title for title in ("Gammalt", "Snart slut", "Odaterat") if title in page} == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Länsstyrelsen", "Gammalt"),
        ("styrelse", "Gammalt"),
        ("LÄNSSTYRELSEN", "Gammalt"),
        ("statens", "Gammalt"),
        ("County", "Gammalt"),
        ("volv", "Snart slut"),
        (" Volvo ", "Snart slut"),
    ],
)
def test_the_report_is_filtered_by_a_partys_name(admin_client: Client, agreements: Any, typed: str, found: str) -> None:
    agreements.former_names.add(FormerName(name="Statens länsnämnd"))
    agreements.save_revision().publish()
    translated(agreements, site_tree().english.locale, title="County board")
    page = admin_client.get(reverse(REPORT), {"partner": typed}).content.decode()
    assert {title for title in ("Gammalt", "Snart slut") if title in page} == {found}


@pytest.mark.parametrize("url", ["partnerships_agreement_report", "partnerships_agreements:index"])
def test_a_thousand_partners_make_no_longer_form(admin_client: Client, url: str) -> None:
    def length() -> int:
        page = admin_client.get(reverse(url), {"status": "active"})
        return len(page.content)

    length()
    few, locale = length(), site_tree().swedish.locale
    partners = [PartnerPage(title=f"P {number}", slug=f"p{number}", locale=locale) for number in range(1000)]
    write_pages(site_tree().swedish.partners, partners)
    assert length() == pytest.approx(few, abs=100)


@pytest.mark.parametrize(
    "query",
    [
        {"year": "x"},
        {"year": "99999999999"},
        {"partner": "0"},
        {"partner": "a)(["},
        {"status": "\0"},
        {"p": "x"},
        {"ordering": "x"},
    ],
)
def test_odd_filters_are_answered(admin_client: Client, agreements: Any, query: dict[str, str]) -> None:
    assert admin_client.get(reverse("partnerships_agreement_report"), query).status_code == 200


@pytest.mark.parametrize("ordering", ["title", "-status_code", "last_day", "-starts_on", "notice_date", "live"])
def test_the_report_is_sorted(admin_client: Client, agreements: Any, ordering: str) -> None:
    assert "Odaterat" in admin_client.get(reverse(REPORT), {"ordering": ordering}).content.decode()


def test_sorting_by_title_goes_both_ways(admin_client: Client, agreements: Any) -> None:
    up = admin_client.get(reverse(REPORT), {"ordering": "title"}).content.decode()
    down = admin_client.get(reverse(REPORT), {"ordering": "-title"}).content.decode()
    assert up.index("Gammalt") < up.index("Snart slut")
    assert down.index("Gammalt") > down.index("Snart slut")


def test_each_agreement_stands_once(admin_client: Client, agreements: Any) -> None:
    translated(AgreementPage.objects.get(title="Gammalt"), site_tree().english.locale, title="Old")
    assert "Old" not in admin_client.get(reverse(REPORT)).content.decode()


def test_the_report_shows_only_what_the_user_may_edit(client: Client, agreements: Any, editor: User) -> None:
    client.force_login(editor)
    assert "Gammalt" in client.get(reverse(REPORT)).content.decode()
    other = make_officer("other", site_tree().swedish.partners, "change")
    client.force_login(other)
    assert "Gammalt" not in client.get(reverse(REPORT)).content.decode()


def exported(client: Client, form: str, url: str = "partnerships_agreement_report", **query: Any) -> list[list[Any]]:
    response = client.get(reverse(url), {"export": form, **query})
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode())))
    sheet = load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_holds_what_the_filter_leaves(admin_client: Client, agreements: Any, form: str) -> None:
    heading, *rows = exported(admin_client, form, status="expired")
    [row] = [dict(zip(heading, row, strict=True)) for row in rows]
    assert row["Titel"] == "Gammalt"
    assert row["Avtalets status"] == "Utgånget"
    assert row["Parter"] == "Länsstyrelsen"
    assert row["Slut"] == "2016"


FORMULAS = ["=1+1", "+46 21", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(admin_client: Client, form: str, formula: str) -> None:
    AgreementPageFactory(title=f"{formula}|t", slug="formel", parties=[f"{formula}|p"], responsible_unit=f"{formula}|u")
    cells = [str(cell) for row in exported(admin_client, form) for cell in row]
    assert sum(cell.startswith("'") for cell in cells) == 3
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_characters_that_no_sheet_can_hold_are_left_out(admin_client: Client) -> None:
    AgreementPageFactory(title="Ett\x0bavtal", slug="tecken")
    assert "Ettavtal" in [row[0] for row in exported(admin_client, "xlsx")]


def test_plain_cells_leave_other_values_alone() -> None:
    day = datetime.date(2026, 1, 1)
    assert [plain_cell(value) for value in (day, 7, None, "a=b", "")] == [day, 7, None, "a=b", ""]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("url", ["partnerships_partners:index", "wagtailsnippets_partnerships_snippets_contact:list"])
def test_other_exports_hold_no_formula_either(admin_client: Client, form: str, url: str) -> None:
    PartnerPageFactory(title="=cmd", slug="cmd")
    ContactFactory(name="=cmd", phone="+358 9 123 4567")
    cells = [str(cell) for row in exported(admin_client, form, url) for cell in row]
    assert "'=cmd" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def dashboard(client: Client) -> str:
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    return page[page.index("partnership-deadlines") :] if "partnership-deadlines" in page else ""


def test_the_dashboard_groups_deadlines(client: Client, editor: User) -> None:
    for title, end, notice in (
        ("Tre", "2027-02-24", None),
        ("Sex", "2027-02-25", None),
        ("Tolv", "2027-11-24", None),
        ("Säg upp", "2030", datetime.date(2027, 1, 1)),
        ("Senare", "2027-11-25", None),
    ):
        AgreementPageFactory(title=title, valid_from="2020", end_kind="date", end_date=end, notice_date=notice)
    client.force_login(editor)
    panel = dashboard(client)
    order = ["Inom 3 månader", "Säg upp", "Tre", "Inom 6 månader", "Sex", "Inom 12 månader", "Tolv"]
    assert [panel.index(text) for text in order] == sorted(panel.index(text) for text in order)
    assert "Senare" not in panel
    assert "1 januari 2027" in panel
    assert "?due_within=3" not in panel


def test_a_termination_comes_before_what_was_agreed(admin_client: Client) -> None:
    AgreementPageFactory(
        title="Uppsagt snart",
        end_kind="date",
        end_date="2027-11-24",
        notice_date=datetime.date(2027, 1, 1),
        outcome="terminated",
        outcome_date="2027-04-30",
    )
    panel = dashboard(admin_client)
    assert "30 april 2027" in panel
    assert "24 november 2027" not in panel
    assert "1 januari 2027" not in panel
    row = BeautifulSoup(admin_client.get(reverse(REPORT), {"due_within": "6"}).content, "html.parser")
    assert "30 april 2027" in [cell.get_text(strip=True) for cell in row.select("tbody td")]
    assert "Uppsagt snart" not in admin_client.get(reverse(REPORT), {"due_within": "3"}).content.decode()
    [heading, [*cells]] = exported(admin_client, "csv")
    assert dict(zip(heading, cells, strict=True))["Slut"] == "2027-04-30"


def test_an_undated_agreement_that_is_terminated_soon_wears_a_badge(admin_client: Client) -> None:
    AgreementPageFactory(outcome="terminated", outcome_date="2027-04-30")
    assert "Löper snart ut" in admin_client.get(reverse(REPORT)).content.decode()


def test_who_does_not_manage_agreements_sees_no_deadlines(client: Client) -> None:
    AgreementPageFactory(title="Eget avtal", end_kind="date", end_date="2027-01")
    client.force_login(make_editor("editor", site_tree().swedish.agreements, "change", "publish"))

    assert client.get(reverse("partnerships_agreement_report")).status_code in {302, 403}
    assert "partnership-deadlines" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_dashboard_counts_what_it_does_not_list(client: Client, editor: User) -> None:
    for number in range(9):
        AgreementPageFactory(title=f"Avtal {number}", valid_from="2020", end_kind="date", end_date="2027-01")
    client.force_login(editor)
    assert "?due_within=3" in dashboard(client)
    assert "1 till" in dashboard(client)


def test_the_dashboard_says_so_if_nothing_is_due(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert "Inget avtal som du arbetar med" in dashboard(client)


def test_the_dashboard_shows_nothing_to_who_may_edit_no_agreement(client: Client) -> None:
    AgreementPageFactory(title="Hemligt", valid_from="2020", end_kind="date", end_date="2027-01")
    client.force_login(make_officer("other", site_tree().swedish.partners, "change"))
    assert "Hemligt" not in dashboard(client)
    client.force_login(make_officer("locker", site_tree().swedish.partners, "lock"))
    assert dashboard(client) == ""
