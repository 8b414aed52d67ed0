"""Terminating an agreement before its time."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from ..snippets.partial_dates import PartialDate
from .models import AgreementPage
from .status import end_of, start_of


def check_termination(agreement: AgreementPage, date: PartialDate) -> None:
    """Raise ValidationError if an agreement can't be terminated as of ``date``, saying why."""
    start, end = start_of(agreement), end_of(agreement)
    if start is not None and date.latest < start:
        raise ValidationError(
            _("The agreement starts on %(date)s: it can't be terminated before it has begun.")
            % {"date": PartialDate(start.isoformat()).display}
        )
    if end is not None and date.earliest > end:
        raise ValidationError(
            _("The agreement ends on %(date)s by itself: choose an earlier date.")
            % {"date": PartialDate(end.isoformat()).display}
        )


@transaction.atomic
def terminate(agreement: AgreementPage, date: PartialDate, reason: str, user: Any, *, publish: bool) -> bool:
    """Write the termination into an agreement and its history, and tell whether readers see it.

    A draft of other changes keeps them as a draft, and learns of the termination as well. With ``publish`` a live
    agreement is published. Checks and permissions are the caller's affair.
    """
    row = AgreementPage.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    draft = row.get_latest_revision_as_object() if row.has_unpublished_changes else None
    published = publish and row.live
    if published:
        _write(row, date, reason, user).publish(user=user, changed=True)
    if draft is not None or not published:
        _write(draft or row, date, reason, user)
    return published


def _write(agreement: AgreementPage, date: PartialDate, reason: str, user: Any) -> Any:
    agreement.outcome = agreement.Outcome.TERMINATED
    agreement.outcome_date = date
    agreement.outcome_reason = reason
    revision = agreement.save_revision(user=user, clean=False)
    log(
        agreement,
        "partnerships.terminate",
        user=user,
        revision=revision,
        data={"date": date.value, "reason": reason},
        content_changed=True,
    )
    return revision
