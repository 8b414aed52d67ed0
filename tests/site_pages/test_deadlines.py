"""What falls due for an agreement: the rows and the query agree, and a termination comes before what was agreed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.factories import AgreementPageFactory, SiteTree
from wagtail_partnerships.site_pages.deadlines import DeadlineKind, deadlines_of
from wagtail_partnerships.site_pages.models import AgreementPage

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 28)
NOTICE, REVIEW = datetime.date(2026, 12, 28), datetime.date(2026, 12, 1)
UNTIL = {"end_kind": "date", "end_date": "2027-01-27"}

#: How an agreement ends that also has a last day to give notice and a review, and what of it falls due.
CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "on a day": (UNTIL, {"end": "2027-01-27", "notice": "2026-12-28", "review": "2026-12-01"}),
    "on no day": ({}, {"notice": "2026-12-28", "review": "2026-12-01"}),
    "terminated sooner": (UNTIL | {"outcome": "terminated", "outcome_date": "2026-12-18"}, {"end": "2026-12-18"}),
    "terminated in a month": (UNTIL | {"outcome": "terminated", "outcome_date": "2026-12"}, {"end": "2026-12-31"}),
    "terminated later": (UNTIL | {"outcome": "terminated", "outcome_date": "2027-02"}, {"end": "2027-01-27"}),
    "terminated, not stated before": ({"outcome": "terminated", "outcome_date": "2027"}, {"end": "2027-12-31"}),
    "terminated, until further notice before": (
        {"end_kind": "until_further_notice", "outcome": "terminated", "outcome_date": "2026-12-18"},
        {"end": "2026-12-18"},
    ),
}


@pytest.mark.parametrize(("values", "due"), CASES.values(), ids=CASES.keys())
def test_the_query_finds_what_falls_due(site_tree: SiteTree, values: dict[str, Any], due: dict[str, str]) -> None:
    AgreementPageFactory(valid_from="2020", notice_date=NOTICE, review_date=REVIEW, **values)
    days = {kind: datetime.date.fromisoformat(day) for kind, day in due.items()}

    assert dict(deadlines_of(AgreementPage.objects.get())) == days
    within = {kind: day for kind, day in days.items() if day <= datetime.date(2027, 11, 28)}
    assert {kind: row.deadline for kind in DeadlineKind for row in AgreementPage.objects.approaching(kind, DAY)} == (
        within
    )
