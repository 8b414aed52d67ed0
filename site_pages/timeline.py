"""Agreements on a time axis: each a bar, paler where its dates leave open when it began or ended."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .catalogue import AgreementEntry
from .models import AgreementPage
from .status import AgreementStatus, ending_of

#: A drawing with more bars than this can't be read; the table has them all.
MAX_BARS = 40
ROW_HEIGHT = 44
AXIS_HEIGHT = 28
#: How many ems a label may take in each width of the drawing, which the style sheet tells apart by these names.
_LABEL_WIDTHS = {"narrow": 21.0, "phone": 24.5, "medium": 42.0, "wide": 64.0}
_OVER = frozenset({AgreementStatus.EXPIRED, AgreementStatus.TERMINATED, AgreementStatus.SUPERSEDED})


@dataclass(frozen=True)
class Tick:
    """A year on the axis, at ``x`` per cent of the width."""

    year: int
    x: float


@dataclass(frozen=True)
class Label:
    """What an agreement is called in drawings of some widths, one after the other."""

    text: str
    widths: list[str]


@dataclass(frozen=True)
class Bar:
    """One agreement: where it surely holds, and before and after that where it may. All x and widths in per cent."""

    labels: list[Label]
    language: str
    y: int
    start: float
    sure_start: float
    sure_width: float
    width: float
    is_open: bool
    is_over: bool

    @property
    def text_y(self) -> int:
        return self.y + 14

    @property
    def bar_y(self) -> int:
        return self.y + 20


class Timeline:
    """The drawing of a list of agreements as of ``day``; those without any date are left to the table."""

    def __init__(self, entries: Sequence[AgreementEntry], day: datetime.date) -> None:
        dated = [entry for entry in entries if _beginning(entry.page) is not None]
        shown = dated[:MAX_BARS]
        self.left_out = len(entries) - len(shown)
        firsts = [begin[0] for entry in shown if (begin := _beginning(entry.page))]
        lasts = [entry.last_day for entry in shown if entry.last_day]
        self.first_year = min([day, *firsts]).year
        self.last_year = max([day.year + 1, *(last.year + 1 for last in lasts)])
        self._origin = datetime.date(self.first_year, 1, 1).toordinal()
        self._length = datetime.date(self.last_year, 1, 1).toordinal() - self._origin
        self.today = self._x(day)
        self.bars = [self._bar(entry, row) for row, entry in enumerate(shown)]
        self.height = AXIS_HEIGHT + ROW_HEIGHT * len(self.bars)

    @property
    def ticks(self) -> list[Tick]:
        """Every year if there is room, else every second, fifth, tenth …"""
        years = self.last_year - self.first_year
        step = next((step for step in (1, 2, 5, 10, 20, 50, 100) if years / step <= 7), 200)
        first = -(-self.first_year // step) * step
        ticks = [Tick(year, self._x(datetime.date(year, 1, 1))) for year in range(first, self.last_year, step)]
        # A year's name stands to the right of its line and would leave the drawing there.
        return [tick for tick in ticks if tick.x <= 90]

    def _x(self, day: datetime.date) -> float:
        share = (day.toordinal() - self._origin) / self._length
        return round(min(max(share, 0.0), 1.0) * 100, 2)

    def _bar(self, entry: AgreementEntry, row: int) -> Bar:
        beginning = _beginning(entry.page)
        assert beginning is not None  # only dated ones are drawn
        start, sure_start = (self._x(day) for day in beginning)
        end = ending_of(entry.page)
        last = self._x(end.latest) if end else 100.0
        sure_last = max(self._x(end.earliest) if end else 100.0, sure_start)
        return Bar(
            labels=_labels(entry.page.title),
            language=entry.page.locale.language_code,
            y=AXIS_HEIGHT + row * ROW_HEIGHT,
            start=start,
            sure_start=sure_start,
            sure_width=round(max(sure_last - sure_start, 0.0), 2),
            width=round(max(last - start, 0.6), 2),
            is_open=end is None,
            is_over=entry.status in _OVER,
        )


def _labels(title: str) -> list[Label]:
    """Cut a title for each width of the drawing; in those where it is the same there is one label."""
    labels: list[Label] = []
    for name, ems in _LABEL_WIDTHS.items():
        text = _cut(title, ems)
        if labels and labels[-1].text == text:
            labels[-1].widths.append(name)
        else:
            labels.append(Label(text, [name]))
    return labels


def _cut(text: str, ems: float) -> str:
    """Cut a text that would be wider than so many ems: SVG neither breaks lines nor shortens them."""
    if sum(map(_width, text)) <= ems:
        return text
    width, kept = _width("…"), ""
    for character in text:
        width += _width(character)
        if width > ems:
            break
        kept += character
    return f"{kept.rstrip()}…"


def _width(character: str) -> float:
    """Return about how many ems a character takes in a sans-serif type, rather too many than too few."""
    if unicodedata.combining(character):
        return 0.0
    if character in "fijlrtI.,:;!|'’()[] /-":
        return 0.36
    if unicodedata.east_asian_width(character) in "WF" or character in "MWmw@%…—":
        return 1.0
    return 0.76 if character.isupper() else 0.6


def _beginning(agreement: AgreementPage) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day on which it can have begun, or None if nothing tells."""
    for partial_date in (agreement.valid_from, agreement.since, agreement.signed):
        if partial_date is not None:
            return partial_date.earliest, partial_date.latest
    return None
