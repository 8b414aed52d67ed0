"""What changes by the calendar alone is written as a change before the first answer of the day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from .marks import mark, mark_reset
from .models import ContentVersion
from .versions import Version, current_version, draw_token

#: Given the last day that was written and today, returns the rows that read differently.
DailyRows = Callable[[datetime.date, datetime.date], Iterable[Model]]

_daily_rows: list[DailyRows] = []


def register_daily_rows(rows: DailyRows) -> None:
    """Have rows that change from one local day to the next, such as by a status, counted as changed that day."""
    if rows not in _daily_rows:
        _daily_rows.append(rows)


def start_day_if_due() -> Version:
    """Return the current version; the first call of a local day writes that day's changes before it does."""
    version = current_version()
    if version.day is not None and version.day >= timezone.localdate():
        return version
    start_day()
    return current_version()


def start_day() -> None:
    """Mark what reads differently today than on the last day that was written; does nothing the second time."""
    today = timezone.localdate()
    with transaction.atomic():
        ContentVersion.objects.get_or_create(pk=ContentVersion.ONLY, defaults={"token": draw_token()})
        written = ContentVersion.objects.select_for_update().get(pk=ContentVersion.ONLY).day
        # Not back either: the clock of another machine may be a little ahead.
        if written is not None and written >= today:
            return
        if written is None:
            # The first day of all: what was public before anybody counted is told as one reset.
            mark_reset()
        else:
            for rows in _daily_rows:
                for row in rows(written, today):
                    mark(row)
        ContentVersion.objects.filter(pk=ContentVersion.ONLY).update(day=today)
