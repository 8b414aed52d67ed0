"""The dates that a renewal proposes: as long as the old period, as exact as the old dates."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from wagtail_partnerships.site_pages.deadlines import months_later
from wagtail_partnerships.site_pages.models import AgreementPage
from wagtail_partnerships.site_pages.renewal import moved_dates
from wagtail_partnerships.snippets.partial_dates import PartialDate


def moved(**values: Any) -> dict[str, Any]:
    partial = {"signed", "since", "valid_from", "end_date"}
    agreement = AgreementPage(
        **{name: PartialDate(value) if name in partial else value for name, value in values.items()}
    )
    if "end_date" in values:
        agreement.end_kind = agreement.EndKind.DATE
    return moved_dates(agreement)


@pytest.mark.parametrize(
    ("start", "end", "new_start", "new_end"),
    [
        ("2020", "2022", "2023", "2025"),
        ("2020-01-01", "2022-12-31", "2023-01-01", "2025-12-31"),
        ("2020-03-15", "2022-03-14", "2022-03-15", "2024-03-14"),
        ("2020-03", "2022-02", "2022-03", "2024-02"),
        ("2024-02-29", "2025-02-28", "2025-03-01", "2026-02-28"),
        ("2024-02-29", "2027-02-28", "2027-03-01", "2030-02-28"),
        ("2024-02-29", "2028-02-28", "2028-02-29", "2032-02-28"),
        ("2024-02-29", "2028-02-29", "2028-03-01", "2032-03-01"),
        ("2022-09-01", "2023-08-31", "2023-09-01", "2024-08-31"),
        ("2023-03-01", "2023-08-31", "2023-09-01", "2024-02-29"),
        ("2024-01-10", "2024-01-19", "2024-01-20", "2024-01-29"),
        ("2014-01-15", "2016", "2017-01-01", "2019"),
        ("2020", "2022-06", "2022-07", "2025-06"),
        ("2020-07", "2022", "2023-01", "2025"),
    ],
)
def test_a_period_moves_on_by_its_length(start: str, end: str, new_start: str, new_end: str) -> None:
    dates = moved(valid_from=start, end_date=end)
    assert (str(dates["valid_from"]), str(dates["end_date"])) == (new_start, new_end)


def test_a_successor_never_starts_before_the_old_one_has_ended() -> None:
    for end in ("2022", "2022-06", "2022-06-30", "2022-06-13"):
        for start in ("2020", "2020-02", "2020-02-03"):
            dates = moved(valid_from=start, end_date=end)
            assert dates["valid_from"].earliest == PartialDate(end).latest + datetime.timedelta(days=1)
            assert dates["end_date"].latest > dates["valid_from"].earliest


def test_notice_and_review_move_as_well() -> None:
    dates = moved(
        valid_from="2020-01-01",
        end_date="2022-12-31",
        notice_date=datetime.date(2022, 6, 30),
        review_date=datetime.date(2021, 6, 1),
    )
    assert dates["notice_date"] == datetime.date(2025, 6, 30)
    assert dates["review_date"] == datetime.date(2024, 6, 1)


def test_notice_moves_by_whole_years_from_29_february() -> None:
    dates = moved(valid_from="2024-02-29", end_date="2025-02-28", notice_date=datetime.date(2024, 11, 30))
    assert dates["notice_date"] == datetime.date(2025, 11, 30)


@pytest.mark.parametrize(
    ("start", "end", "new_start", "new_end", "kind"),
    [
        ("2990", "2994", "2995", "2999", "date"),
        ("2990-01-01", "2994-12-31", "2995-01-01", "2999-12-31", "date"),
        ("2990", "2995", "2996", None, "not_stated"),
        ("2990-03", "2995-02", "2995-03", None, "not_stated"),
        ("2990", "2999", None, None, "not_stated"),
        ("2990-03-15", "2999-12-31", None, None, "not_stated"),
        (None, "2999", None, None, "not_stated"),
        ("1000", "2999", None, None, "not_stated"),
    ],
)
def test_no_date_is_proposed_after_the_last_year(
    start: str | None, end: str, new_start: str | None, new_end: str | None, kind: str
) -> None:
    dates = moved(**({"valid_from": start} if start else {}), end_date=end)
    proposed = [dates[name] and str(dates[name]) for name in ("valid_from", "end_date")]
    assert (proposed, dates["end_kind"]) == ([new_start, new_end], kind)


@pytest.mark.parametrize("day", [datetime.date(2998, 6, 30), datetime.date(9999, 12, 31)])
def test_no_notice_or_review_is_proposed_after_the_last_year(day: datetime.date) -> None:
    dates = moved(valid_from="1000", end_date="2999", notice_date=day, review_date=day)
    assert (dates["notice_date"], dates["review_date"]) == (None, None)


def test_until_further_notice_stays() -> None:
    dates = moved(valid_from="2020", end_kind="until_further_notice")
    assert dates["end_kind"] == "until_further_notice"
    assert dates["end_date"] is None
    assert dates["valid_from"] is None


def test_without_a_start_no_end_is_guessed() -> None:
    dates = moved(end_date="2022")
    assert str(dates["valid_from"]) == "2023"
    assert (dates["end_kind"], dates["end_date"]) == ("not_stated", None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-11-24", 3, "2027-02-24"), ("2026-11-30", 3, "2027-02-28"), ("2027-12-31", 6, "2028-06-30")],
)
def test_months_later_keeps_to_the_month(day: str, months: int, later: str) -> None:
    assert months_later(datetime.date.fromisoformat(day), months).isoformat() == later
