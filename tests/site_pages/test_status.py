"""The status of an agreement: the property and the query agree on every precision, day by day."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import override

import pytest
import time_machine

from tests.factories import AgreementPageFactory, SiteTree, translated
from wagtail_partnerships.site_pages.models import AgreementPage
from wagtail_partnerships.site_pages.status import AgreementStatus

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)

#: What an agreement states, and what it is on 23 November 2026: status, and whether it is expiring.
CASES: dict[str, tuple[dict[str, Any], str, bool]] = {
    "no dates": ({}, "active", False),
    "signed in a year": ({"signed": "2014"}, "active", False),
    "signed in this month": ({"signed": "2026-11"}, "active", False),
    "signed today": ({"signed": "2026-11-23"}, "active", False),
    "signed tomorrow": ({"signed": "2026-11-24"}, "upcoming", False),
    "signed next month": ({"signed": "2026-12"}, "upcoming", False),
    "since counts before signed": ({"since": "2009", "signed": "2027"}, "active", False),
    "valid from counts before since": ({"valid_from": "2027", "since": "2009"}, "upcoming", False),
    "until further notice": ({"signed": "2014", "end_kind": "until_further_notice"}, "active", False),
    "ended last year": ({"end_kind": "date", "end_date": "2025"}, "expired", False),
    "ends within this year": ({"end_kind": "date", "end_date": "2026"}, "active", True),
    "ended last month": ({"end_kind": "date", "end_date": "2026-10"}, "expired", False),
    "ends within this month": ({"end_kind": "date", "end_date": "2026-11"}, "active", True),
    "ended yesterday": ({"end_kind": "date", "end_date": "2026-11-22"}, "expired", False),
    "ends today": ({"end_kind": "date", "end_date": "2026-11-23"}, "active", True),
    "ends in 180 days": ({"end_kind": "date", "end_date": "2027-05-22"}, "active", True),
    "ends in 181 days": ({"end_kind": "date", "end_date": "2027-05-23"}, "active", False),
    "upcoming with an end nearby": (
        {"valid_from": "2026-12", "end_kind": "date", "end_date": "2026-12-31"},
        "upcoming",
        False,
    ),
    "in preparation": ({"outcome": "in_preparation", "signed": "2014"}, "in_preparation", False),
    "in preparation though ended": (
        {"outcome": "in_preparation", "end_kind": "date", "end_date": "2020"},
        "in_preparation",
        False,
    ),
    "terminated, no date": ({"outcome": "terminated"}, "terminated", False),
    "terminated this month": ({"outcome": "terminated", "outcome_date": "2026-11"}, "terminated", False),
    "terminated from tomorrow": ({"outcome": "terminated", "outcome_date": "2026-11-24"}, "active", True),
    "terminated from within 180 days, until further notice before": (
        {"outcome": "terminated", "outcome_date": "2027-05-22", "end_kind": "until_further_notice"},
        "active",
        True,
    ),
    "terminated from a month that lasts too long": (
        {"outcome": "terminated", "outcome_date": "2027-05", "end_kind": "date", "end_date": "2028"},
        "active",
        False,
    ),
    "terminated sooner than it ends": (
        {"outcome": "terminated", "outcome_date": "2026-12-18", "end_kind": "date", "end_date": "2030"},
        "active",
        True,
    ),
    "ends sooner than it is terminated": (
        {"outcome": "terminated", "outcome_date": "2030", "end_kind": "date", "end_date": "2026-12-18"},
        "active",
        True,
    ),
    "terminated before it expired": (
        {"outcome": "terminated", "outcome_date": "2019", "end_kind": "date", "end_date": "2020"},
        "terminated",
        False,
    ),
}


def queried(agreement: AgreementPage, day: datetime.date = DAY) -> tuple[str, bool]:
    row = AgreementPage.objects.with_status(day).get(pk=agreement.pk)
    return row.status_code, row.expiring


def computed(agreement: AgreementPage, day: datetime.date = DAY) -> tuple[str, bool]:
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(12)), tick=False):
        row = AgreementPage.objects.get(pk=agreement.pk)
        return row.status.value, row.is_expiring


@pytest.mark.parametrize(("values", "status", "expiring"), CASES.values(), ids=CASES.keys())
def test_status_of_one_agreement(site_tree: SiteTree, values: dict[str, Any], status: str, expiring: bool) -> None:
    agreement = AgreementPageFactory(**values)

    assert queried(agreement) == (status, expiring)
    assert computed(agreement) == (status, expiring)


@pytest.mark.parametrize(
    ("successor", "status"),
    [
        ({"valid_from": "2026"}, AgreementStatus.SUPERSEDED),
        ({}, AgreementStatus.SUPERSEDED),
        ({"valid_from": "2027"}, AgreementStatus.ACTIVE),
        ({"valid_from": "2026", "outcome": "in_preparation"}, AgreementStatus.ACTIVE),
        ({"valid_from": "2026", "live": False}, AgreementStatus.ACTIVE),
    ],
)
def test_a_live_successor_supersedes_once_it_has_started(
    site_tree: SiteTree, successor: dict[str, Any], status: AgreementStatus
) -> None:
    agreement = AgreementPageFactory(signed="2014")
    AgreementPageFactory(renews=agreement, **successor)

    assert queried(agreement) == (status, False)
    assert computed(agreement) == (status, False)


def test_a_translation_is_superseded_with_its_source(site_tree: SiteTree) -> None:
    agreement = AgreementPageFactory(signed="2014")
    english = translated(agreement, site_tree.english.locale)
    AgreementPageFactory(renews=agreement, valid_from="2020")

    assert queried(english) == ("superseded", False)
    assert computed(english) == ("superseded", False)


@pytest.mark.slow
def test_property_and_query_agree_on_every_day_around_every_boundary(site_tree: SiteTree) -> None:
    dates = ("2023", "2024-02", "2024-02-29")
    agreements = [
        AgreementPageFactory(signed=start, end_kind="date", end_date=end)
        for start in dates
        for end in dates
        if end >= start[: len(end)]
    ]
    days = [
        datetime.date(year, month, day) + datetime.timedelta(days=shift)
        for year, month, day in ((2023, 1, 1), (2024, 1, 1), (2024, 2, 1), (2024, 2, 29), (2024, 3, 1))
        for shift in (-181, -180, -1, 0, 1)
    ]

    seen = {queried(agreement, day) for agreement in agreements for day in days}
    differing = [
        (str(agreement.signed), str(agreement.end_date), day)
        for agreement in agreements
        for day in days
        if queried(agreement, day) != computed(agreement, day)
    ]

    assert differing == []
    assert {status for status, _ in seen} == {"upcoming", "active", "expired"}


def test_swedish_labels_agree_with_the_word_for_agreement() -> None:
    with override("sv"):
        labels = {status.value: str(status.label) for status in AgreementStatus}

    assert labels == {
        "in_preparation": "Under förberedelse",
        "terminated": "Uppsagt",
        "superseded": "Ersatt",
        "expired": "Utgånget",
        "upcoming": "Kommande",
        "active": "Gällande",
    }
