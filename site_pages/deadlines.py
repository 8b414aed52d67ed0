"""The days of an agreement that must not pass unnoticed, and which agreements they are watched for."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Case, DateField, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Locale

from ..snippets.choosable import rows_to_choose
from ..snippets.planner import is_no_alias
from .status import LAST_DAY, AgreementStatus, last_day_of

if TYPE_CHECKING:
    from .models import AgreementPage
    from .querysets import AgreementPageQuerySet

#: How many months before a deadline people are told of it, the last first.
HORIZONS = (3, 6, 12)


class DeadlineKind(models.TextChoices):
    """What falls due on a day."""

    END = "end", _("Ends")
    NOTICE = "notice", _("Last day to give notice")
    REVIEW = "review", _("To be reviewed")


#: Of what people are told in good time: a review is a plan of their own, and stands in the calendar.
TOLD_KINDS = (DeadlineKind.END, DeadlineKind.NOTICE)


def months_later(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later, or the last day of that month if it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def deadlines_of(agreement: AgreementPage) -> Iterator[tuple[DeadlineKind, datetime.date]]:
    """Yield what falls due for an agreement, and when. Of a terminated one that is its end alone."""
    days = {DeadlineKind.END: last_day_of(agreement)}
    if agreement.outcome != agreement.Outcome.TERMINATED:
        days |= {DeadlineKind.NOTICE: agreement.notice_date, DeadlineKind.REVIEW: agreement.review_date}
    for kind, day in days.items():
        if day is not None:
            yield kind, day


def _unless_terminated(column: str) -> Case:
    return Case(When(~Q(outcome="terminated"), then=F(column)), output_field=DateField())


#: The SQL counterpart of ``deadlines_of``.
DEADLINES = {
    DeadlineKind.END: LAST_DAY,
    DeadlineKind.NOTICE: _unless_terminated("notice_date"),
    DeadlineKind.REVIEW: _unless_terminated("review_date"),
}


AgreementsT = TypeVar("AgreementsT", bound="AgreementPageQuerySet")


def sources(agreements: AgreementsT) -> AgreementsT:
    """Keep one row of each agreement: its source, which tells its dates."""
    rows: AgreementsT = rows_to_choose(agreements.filter(is_no_alias()), Locale.get_default())  # type: ignore[assignment]  # keeps the class
    return rows


def watched(agreements: AgreementsT, day: datetime.date | None = None) -> AgreementsT:
    """Keep the live sources that hold or will hold on ``day`` and that no live agreement renews."""
    renewals = agreements.model._default_manager.filter(
        is_no_alias(), live=True, renews__translation_key=OuterRef("translation_key")
    ).exclude(outcome="in_preparation")
    return (
        sources(agreements.filter(live=True))
        .with_status(day)
        .filter(status_code__in=[AgreementStatus.ACTIVE, AgreementStatus.UPCOMING])
        .filter(~Exists(renewals.order_by()))
    )


def approaching(agreements: AgreementsT, kind: DeadlineKind, day: datetime.date | None = None) -> AgreementsT:
    """Keep the watched agreements with such a deadline within the longest horizon of ``day``.

    Adds ``deadline`` and ``months``, the shortest horizon that it lies within.
    """
    day = day or timezone.localdate()
    return (
        watched(agreements, day)
        .annotate(deadline=DEADLINES[kind])
        .filter(deadline__gte=day, deadline__lte=months_later(day, max(HORIZONS)))
        .annotate(
            months=Case(
                *[When(deadline__lte=months_later(day, months), then=Value(months)) for months in HORIZONS],
                output_field=IntegerField(),
            )
        )
    )
