"""Renewing an agreement: its successor as a draft, with the dates moved on by the length of the period."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from wagtail.log_actions import log
from wagtail.models import Page

from ..snippets.partial_dates import MAX_YEAR, PartialDate
from ..snippets.source_rows import source_of
from .deadlines import months_later
from .models import AgreementPage
from .status import end_of

#: What belongs to the old agreement alone.
NOT_COPIED = ["signatories", "documents", "go_live_at", "expire_at"]

Precision = PartialDate.Precision
_LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


class AlreadyRenewedError(Exception):
    """Somebody has made a successor before; ``successor`` is that agreement, maybe a draft."""

    def __init__(self, successor: AgreementPage) -> None:
        super().__init__(successor.pk)
        self.successor = successor


def partial(day: datetime.date, precision: Precision) -> PartialDate | None:
    """Write a day as exactly as ``precision``; None after the last year that a date may have."""
    return PartialDate(day.isoformat()[: _LENGTHS[precision]]) if day.year <= MAX_YEAR else None


def as_exactly_as_needed(day: datetime.date, precision: Precision) -> PartialDate | None:
    """Return the widest date, but no wider than ``precision``, that begins on ``day``; None if ``partial`` does."""
    wanted = [Precision.YEAR, Precision.MONTH, Precision.DAY]
    for candidate in wanted[wanted.index(precision) :]:
        date = partial(day, candidate)
        if date is None or date.earliest == day:
            return date
    return partial(day, Precision.DAY)


def period_mover(start: PartialDate, end: PartialDate) -> Callable[[datetime.date], datetime.date]:
    """Return what moves a day on by the length of a period, counted as exactly as its two dates tell.

    From 15 January 2014 to 2016 are three years; from March 2020 to February 2022 are 24 months.
    """
    first, last = start.earliest, end.latest
    after = last + datetime.timedelta(days=1)
    years, precisions = last.year - first.year, {start.precision, end.precision}
    if Precision.YEAR in precisions:
        months = 12 * (years + 1)
    elif Precision.MONTH in precisions:
        months = 12 * years + last.month - first.month + 1
    elif after.day == first.day:
        months = 12 * (after.year - first.year) + after.month - first.month
    elif (first.month, first.day) == (2, 29) and (last.day, after.month) == (28, 3):
        # 29 February to 28 February: whole years, though the day after the last one is 1 March.
        months = 12 * years
    else:
        return lambda day: day + (after - first)
    return lambda day: months_later(day, months)


def moved_dates(agreement: AgreementPage) -> dict[str, Any]:
    """Propose the dates of a successor: it starts when the old one has ended, and holds as long.

    A date is as exact as the old one, or more so if the period could not begin there otherwise. Without an end date
    nothing can be proposed, and the kind of end stays. None for a date after the last year that one may have.
    """
    dates: dict[str, Any] = dict.fromkeys(("signed", "valid_from", "end_date", "notice_date", "review_date"))
    dates["end_kind"] = agreement.end_kind
    end, last = agreement.end_date, end_of(agreement)
    if end is None or last is None:
        return dates
    start = agreement.valid_from or agreement.since or agreement.signed
    dates["valid_from"] = as_exactly_as_needed(
        last + datetime.timedelta(days=1), start.precision if start else end.precision
    )
    if start is None:
        # How long it held is not known.
        dates["end_kind"] = agreement.EndKind.NOT_STATED
        return dates
    move = period_mover(start, end)
    # The last day of a month moves to the last day of another, which an end that begins there can't.
    new_end = move(last + datetime.timedelta(days=1)) - datetime.timedelta(days=1)
    dates["end_date"] = partial(new_end, end.precision)
    if dates["end_date"] is None:
        dates["end_kind"] = agreement.EndKind.NOT_STATED
    for name in ("notice_date", "review_date"):
        day = getattr(agreement, name)
        dates[name] = _moved_within_reach(move, day) if day else None
    return dates


def _moved_within_reach(move: Callable[[datetime.date], datetime.date], day: datetime.date) -> datetime.date | None:
    try:
        moved = move(day)
    except (OverflowError, ValueError):
        # Python's own dates end with the year 9999.
        return None
    return moved if moved.year <= MAX_YEAR else None


def successor_of(agreement: AgreementPage) -> AgreementPage | None:
    """Return the agreement that renews this one, a draft too; None if nobody has made any."""
    successors = AgreementPage.objects.sources().filter(renews__translation_key=agreement.translation_key)
    return successors.order_by("-live", "pk").first()


@transaction.atomic
def renew(agreement: AgreementPage, user: Any) -> AgreementPage:
    """Make the successor of an agreement as a draft, and write it into the history of both.

    Raises AlreadyRenewedError if there is one. Permissions are the caller's affair.
    """
    # One renewal at a time: PostgreSQL waits here for another one, SQLite at the beginning of the transaction.
    old = AgreementPage.objects.select_for_update(of=("self",)).get(pk=source_of(agreement).pk)
    if (made := successor_of(old)) is not None:
        raise AlreadyRenewedError(made)
    # What readers are told now, or a draft that never was public as it was last saved.
    template = old if old.live else old.get_latest_revision_as_object()
    dates = moved_dates(template)
    title = template.title
    successor: AgreementPage = template.copy(
        copy_revisions=False,
        keep_live=False,
        user=user,
        log_action=None,
        exclude_fields=NOT_COPIED,
        update_attrs={
            **dates,
            "title": title,
            "draft_title": title,
            "slug": free_slug(old, dates["valid_from"]),
            "renews": old,
            "reference_number": "",
            "renewal_pending": False,
            "outcome": "",
            "outcome_date": None,
            "outcome_reason": "",
            "internal_notes": "",
        },
    )
    named = {"page": {"id": successor.pk, "title": successor.title}, "source": {"id": old.pk, "title": old.title}}
    log(
        successor,
        "partnerships.create_renewal",
        user=user,
        revision=successor.latest_revision,
        data=named,
        content_changed=True,
    )
    log(old, "partnerships.renew", user=user, data=named)
    return successor


def free_slug(agreement: AgreementPage, start: PartialDate | None) -> str:
    """Return an address beside the old agreement's, with the year in which the new one starts if that is known."""
    base = slugify(agreement.slug, allow_unicode=True)[:230]
    candidate = f"{base}-{start.earliest.year}" if start else f"{base}-2"
    number = 2
    while not Page._slug_is_available(candidate, agreement.get_parent()):  # noqa: SLF001  # Wagtail's forms ask it too
        number += 1
        candidate = f"{base}-{start.earliest.year}-{number}" if start else f"{base}-{number}"
    return candidate
