"""The status of an agreement on a given local day: computed from its dates, never stored."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..snippets.partial_dates import PartialDate
from ..snippets.planner import is_no_alias

if TYPE_CHECKING:
    from .models import AgreementPage
    from .querysets import AgreementPageQuerySet

#: An agreement is expiring when it ends within this many days, unless ``PARTNERSHIPS_EXPIRING_DAYS`` says otherwise.
DEFAULT_EXPIRING_DAYS = 180


class AgreementStatus(models.TextChoices):
    """What readers and filters are told; the first that matches, in this order but for active, holds."""

    IN_PREPARATION = "in_preparation", _("In preparation")
    TERMINATED = "terminated", _("Terminated")
    SUPERSEDED = "superseded", _("Superseded")
    EXPIRED = "expired", _("Expired")
    UPCOMING = "upcoming", _("Upcoming")
    # Its context tells it from what else is active, such as users in Wagtail: not everything is neuter in Swedish.
    ACTIVE = "active", pgettext_lazy("agreement", "Active")


#: How lists sort: what is in force first, what is over last.
STATUS_ORDER = (
    AgreementStatus.ACTIVE,
    AgreementStatus.UPCOMING,
    AgreementStatus.IN_PREPARATION,
    AgreementStatus.SUPERSEDED,
    AgreementStatus.EXPIRED,
    AgreementStatus.TERMINATED,
)


def expiring_days() -> int:
    """Return how many days before its end an agreement counts as expiring."""
    return int(getattr(settings, "PARTNERSHIPS_EXPIRING_DAYS", DEFAULT_EXPIRING_DAYS))


def start_of(agreement: AgreementPage) -> datetime.date | None:
    """Return the first day that valid from, else since, else signed can mean."""
    for partial_date in (agreement.valid_from, agreement.since, agreement.signed):
        # What code assigned may be no date, which validation refuses.
        if isinstance(partial_date, PartialDate):
            return partial_date.earliest
    return None


def end_of(agreement: AgreementPage) -> datetime.date | None:
    """Return the last day that the end date can mean; None if until further notice or not stated."""
    if agreement.end_kind == agreement.EndKind.DATE and isinstance(agreement.end_date, PartialDate):
        return agreement.end_date.latest
    return None


def ending_of(agreement: AgreementPage) -> PartialDate | None:
    """Return when it ends at the latest: its end date or, if it is terminated sooner, the date as of which it is."""
    endings = []
    if agreement.outcome == agreement.Outcome.TERMINATED:
        endings.append(agreement.outcome_date)
    if agreement.end_kind == agreement.EndKind.DATE:
        endings.append(agreement.end_date)
    dates = [ending for ending in endings if isinstance(ending, PartialDate)]
    return min(dates, key=lambda date: date.latest, default=None)


def last_day_of(agreement: AgreementPage) -> datetime.date | None:
    """Return the last day that ``ending_of`` can mean; None if it is open."""
    ending = ending_of(agreement)
    return ending.latest if ending else None


def has_started(agreement: AgreementPage, day: datetime.date) -> bool:
    """Tell whether an agreement, leaving aside its end, is in force on ``day``: neither in preparation nor upcoming."""
    start = start_of(agreement)
    return agreement.outcome != agreement.Outcome.IN_PREPARATION and (start is None or start <= day)


def status_of(agreement: AgreementPage, day: datetime.date, *, is_superseded: bool) -> AgreementStatus:
    """Compute the status of one agreement on ``day``, given whether a live successor has started by then."""
    start, end = start_of(agreement), end_of(agreement)
    if agreement.outcome == agreement.Outcome.IN_PREPARATION:
        return AgreementStatus.IN_PREPARATION
    if agreement.outcome == agreement.Outcome.TERMINATED and (
        agreement.outcome_date is None or agreement.outcome_date.earliest <= day
    ):
        return AgreementStatus.TERMINATED
    if is_superseded:
        return AgreementStatus.SUPERSEDED
    if end is not None and end < day:
        return AgreementStatus.EXPIRED
    if start is not None and start > day:
        return AgreementStatus.UPCOMING
    return AgreementStatus.ACTIVE


def is_expiring_on(agreement: AgreementPage, status: AgreementStatus, day: datetime.date) -> bool:
    """Tell whether an active agreement ends, by itself or terminated, within ``expiring_days()`` of ``day``."""
    last = last_day_of(agreement)
    return (
        status == AgreementStatus.ACTIVE and last is not None and last <= day + datetime.timedelta(days=expiring_days())
    )


START = Coalesce("valid_from_earliest", "since_earliest", "signed_earliest")
END = Case(When(end_kind="date", then=F("end_date_latest")), output_field=DateField())
_TERMINATION = Case(When(outcome="terminated", then=F("outcome_date_latest")), output_field=DateField())
#: The SQL counterpart of ``last_day_of``. Databases disagree on what the least of a day and NULL is.
LAST_DAY = Least(Coalesce(END, _TERMINATION), Coalesce(_TERMINATION, END))


AgreementsT = TypeVar("AgreementsT", bound="AgreementPageQuerySet")


def annotate_successor(agreements: AgreementsT, day: datetime.date | None = None) -> AgreementsT:
    """Add ``has_successor``: whether a live agreement that renews this one has started by ``day``, by default today."""
    successors = (
        agreements.model._default_manager.filter(
            is_no_alias(), live=True, renews__translation_key=OuterRef("translation_key")
        )
        .exclude(outcome="in_preparation")
        .annotate(successor_start=START)
        .filter(Q(successor_start__isnull=True) | Q(successor_start__lte=day or timezone.localdate()))
        .order_by()
    )
    return agreements.annotate(has_successor=Exists(successors))


def annotate_status(agreements: AgreementsT, day: datetime.date | None = None) -> AgreementsT:
    """Add ``starts_on``, ``ends_on``, ``status_code`` and ``expiring`` as of ``day``, by default the local today."""
    names = ("starts_on", "ends_on", "status_code", "expiring")
    return alias_status(agreements, day).annotate(**{name: F(name) for name in names})


def alias_status(agreements: AgreementsT, day: datetime.date | None = None) -> AgreementsT:
    """Make the same known to conditions alone, beside ``has_successor``, of which each column would ask anew.

    The SQL counterpart of ``status_of`` and ``is_expiring_on``, the same on SQLite and PostgreSQL.
    """
    day = day or timezone.localdate()
    return (
        annotate_successor(agreements, day)
        .alias(starts_on=START, ends_on=END, last_day=LAST_DAY)
        .alias(
            status_code=Case(
                When(outcome="in_preparation", then=Value(AgreementStatus.IN_PREPARATION)),
                When(
                    Q(outcome="terminated") & (Q(outcome_date__isnull=True) | Q(outcome_date_earliest__lte=day)),
                    then=Value(AgreementStatus.TERMINATED),
                ),
                When(has_successor=True, then=Value(AgreementStatus.SUPERSEDED)),
                When(ends_on__lt=day, then=Value(AgreementStatus.EXPIRED)),
                When(starts_on__gt=day, then=Value(AgreementStatus.UPCOMING)),
                default=Value(AgreementStatus.ACTIVE),
                output_field=models.CharField(),
            )
        )
        .alias(
            expiring=Case(
                When(
                    status_code=AgreementStatus.ACTIVE,
                    last_day__lte=day + datetime.timedelta(days=expiring_days()),
                    then=Value(True),
                ),
                default=Value(False),
                output_field=models.BooleanField(),
            )
        )
    )
