"""Reads the ways in which people in Sweden write a date of unknown precision."""

import re
from itertools import chain
from typing import Any

from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 50

_MONTHS = (
    ("jan", "januari", "january"),
    ("feb", "febr", "februari", "february"),
    ("mar", "mars", "march"),
    ("apr", "april"),
    ("maj", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "augusti", "august"),
    ("sep", "sept", "september"),
    ("okt", "oct", "oktober", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH = rf"(?P<name>{'|'.join(sorted(chain.from_iterable(_MONTHS), key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})"

# Each is matched whole, against lower-case text with single spaces and plain hyphens.
_SPELLINGS = tuple(
    re.compile(pattern)
    for pattern in (
        _YEAR,
        rf"{_YEAR}(?P<separator>[-/.])(?P<month>[0-9]{{1,2}})(?:(?P=separator){_DAY})?",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
        rf"(?P<month>[0-9]{{1,2}})[-/.]{_YEAR}",
        rf"(?:i )?{_MONTH} {_YEAR}",
        rf"(?:den )?{_DAY}(?:\.|:[ae]|st|nd|rd|th)? (?:of )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    )
)
# Swedes put the day first, Americans the month.
_TWO_NUMBERS_AND_YEAR = re.compile(rf"(?P<first>[0-9]{{1,2}})[-/.](?P<second>[0-9]{{1,2}})(?:[-/.] ?| ){_YEAR}")


class UnreadableDateError(ValueError):
    """The text is no date that we read. `message` is a lazy sentence for whoever wrote it, and `params` fill it in."""

    def __init__(self, message: Any, code: str, params: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.message = message
        self.code = code
        self.params = params or {}


def read_date_spelling(text: str) -> str:
    """Return the date in `text` in the form YYYY, YYYY-MM or YYYY-MM-DD; whether such a day exists is not checked.

    Raises `UnreadableDateError` for anything else, and for numbers that can be read as two different days.
    """
    unreadable = UnreadableDateError(
        _("Write a year, a month or a day, like 2014, 2014-01 or 2014-01-15."), "unreadable"
    )
    if len(text) > MAX_LENGTH:
        raise unreadable
    plain = re.sub("[\u2010-\u2015\u2212]", "-", " ".join(text.lower().split()))
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(plain):
            found = match.groupdict()
            month = _MONTH_NUMBERS.get(found.get("name") or "") or found.get("month")
            parts = [int(part) for part in (month, found.get("day")) if part]
            return "-".join([found["year"], *(f"{part:02}" for part in parts)])
    if match := _TWO_NUMBERS_AND_YEAR.fullmatch(plain):
        return _day_of_two_numbers(match["year"], int(match["first"]), int(match["second"]))
    raise unreadable


def _day_of_two_numbers(year: str, first: int, second: int) -> str:
    day_first = f"{year}-{second:02}-{first:02}"
    month_first = f"{year}-{first:02}-{second:02}"
    if first > 12 or first == second or 0 in (first, second):
        return day_first
    if second > 12:
        return month_first
    raise UnreadableDateError(
        _("This can be two different days. Write %(day_first)s or %(month_first)s."),
        "ambiguous",
        {"day_first": day_first, "month_first": month_first},
    )
