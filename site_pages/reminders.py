"""Reminds people by mail of what ends or must be given notice: 12, 6 and 3 months before, once each.

What is due is written down first, by address and day, and then sent; unique constraints stop a second run. A mail that
can't be sent is tried again. Killed between handing a mail to the server and noting so, a run can't know whether it
left: the mail is sent once more under the same Message-ID, by which mail servers know it as the same.
"""

from __future__ import annotations

import datetime
import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import django
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Value
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from wagtail.admin.utils import get_admin_base_url

from .deadlines import TOLD_KINDS, DeadlineKind
from .models import AgreementPage, Reminder, ReminderMail

logger = logging.getLogger(__name__)

#: How long a run has for one mail, before another takes it for dead.
SENDING = datetime.timedelta(minutes=10)
LONGEST_WAIT = datetime.timedelta(hours=6)


@dataclass(frozen=True)
class Recipient:
    """Who is reminded: a user, or the fallback address."""

    address: str
    user: Any = None


@dataclass(frozen=True)
class Item:
    """What one reminder tells."""

    agreement: Any
    kind: DeadlineKind
    deadline: datetime.date
    months: int

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.agreement.pk, self.kind.value, self.deadline, self.months)

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)

    @property
    def url(self) -> str:
        return f"{get_admin_base_url() or ''}{reverse('wagtailadmin_pages:edit', args=[self.agreement.pk])}"


def fallback_address() -> str:
    """Return who is reminded of an agreement that nobody is responsible for; empty if that is nobody."""
    return str(getattr(settings, "PARTNERSHIPS_REMINDER_FALLBACK", "") or "")


def recipient_of(agreement: AgreementPage) -> Recipient | None:
    """Return the responsible user, or the fallback if there is none who is active and has an address."""
    user = agreement.responsible_user
    if user is not None and user.is_active and user.email:
        return Recipient(user.email.strip().lower(), user)
    return Recipient(fallback_address().strip().lower()) if fallback_address() else None


def send_reminders() -> None:
    """Write down what is due today, and send what is written down and has not been sent."""
    today = timezone.localdate()
    write_down(today)
    deliver(today)


def items_due(today: datetime.date, mail: ReminderMail | None = None) -> list[Item]:
    """Return what is to be told: what nobody has written down yet, or of ``mail`` what still holds."""
    items = []
    for kind in TOLD_KINDS:
        written = Reminder.objects.filter(
            agreement=OuterRef("pk"), kind=Value(kind.value), deadline=OuterRef("deadline"), months=OuterRef("months")
        )
        agreements = AgreementPage.objects.approaching(kind, today)
        agreements = agreements.filter(Exists(written.filter(mail=mail)) if mail else ~Exists(written))
        rows = agreements.defer_streamfields().select_related("responsible_user__wagtail_userprofile")
        items += [Item(row, kind, row.deadline, row.months) for row in rows.prefetch_related("parties__partner")]
    return sorted(items, key=lambda item: (item.deadline, item.agreement.title, item.agreement.pk))


def write_down(today: datetime.date) -> None:
    """Make today's mail of each person for whom something has fallen due, but one a day: the next waits until tomorrow.

    A person whose last mail has not been sent yet waits for that one.
    """
    due: dict[Recipient, list[Item]] = defaultdict(list)
    nobodys: set[int] = set()
    for item in items_due(today):
        recipient = recipient_of(item.agreement)
        if recipient is None:
            nobodys.add(item.agreement.pk)
        else:
            due[recipient].append(item)
    if nobodys:
        numbers = ", ".join(map(str, sorted(nobodys)))
        logger.warning("Nobody is reminded of the agreements %s: set PARTNERSHIPS_REMINDER_FALLBACK", numbers)
    waiting = set(ReminderMail.objects.filter(sent_at__isnull=True).values_list("address", flat=True))
    for recipient, items in due.items():
        if recipient.address not in waiting:
            _write_mail(recipient, items, today)


@transaction.atomic
def _write_mail(recipient: Recipient, items: list[Item], today: datetime.date) -> None:
    mail, is_new = ReminderMail.objects.get_or_create(
        address=recipient.address, day=today, defaults={"user": recipient.user}
    )
    if not is_new:
        return
    Reminder.objects.bulk_create(
        [
            Reminder(mail=mail, agreement=item.agreement, kind=item.kind, deadline=item.deadline, months=item.months)
            for item in items
        ],
        ignore_conflicts=True,
    )
    # Another run was quicker with all of them.
    if not mail.reminders.exists():
        mail.delete()


def mail_connection() -> Any:
    """Return the site's way of sending mail, which Django names otherwise from 6.1 on."""
    if django.VERSION >= (6, 1):
        from django.core.mail import mailers  # Django 5.2 has none

        return mailers.default
    return get_connection()


def deliver(today: datetime.date) -> None:
    """Send what has not been sent. Raises what the mail server's connection raises if it can't be reached."""
    waiting = ReminderMail.objects.filter(sent_at__isnull=True, not_before__lte=timezone.now()).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    if not keys:
        return
    with mail_connection() as connection:
        for pk in keys:
            mail = _take(pk, today)
            if mail is not None:
                _deliver_one(mail, today, connection)


def _take(pk: int, today: datetime.date) -> ReminderMail | None:
    """Return a mail for this run alone to send, as of today; None if another run has it."""
    now = timezone.now()
    try:
        with transaction.atomic():
            taken = ReminderMail.objects.filter(pk=pk, sent_at__isnull=True, not_before__lte=now).update(
                not_before=now + SENDING, day=today
            )
    except IntegrityError:
        # The person has had a mail today: this one waits.
        return None
    return ReminderMail.objects.select_related("user__wagtail_userprofile").get(pk=pk) if taken else None


def _deliver_one(mail: ReminderMail, today: datetime.date, connection: Any) -> None:
    """Send one mail with what still holds of it; what doesn't is forgotten, and may fall due for somebody else."""
    items = [item for item in items_due(today, mail) if _is_for(recipient_of(item.agreement), mail)]
    with transaction.atomic():
        kept = {item.key for item in items}
        lost = [
            row.pk for row in mail.reminders.all() if (row.agreement_id, row.kind, row.deadline, row.months) not in kept
        ]
        mail.reminders.filter(pk__in=lost).delete()
        if not items:
            mail.delete()
            return
    try:
        connection.send_messages([message_of(mail, items)])
    except Exception:
        logger.exception("Reminder mail %s could not be sent and will be tried again", mail.pk)
        mail.attempts += 1
        mail.not_before = timezone.now() + min(datetime.timedelta(minutes=2 ** min(mail.attempts, 10)), LONGEST_WAIT)
        mail.save(update_fields=["attempts", "not_before"])
    else:
        mail.sent_at = timezone.now()
        mail.save(update_fields=["sent_at"])


def _is_for(recipient: Recipient | None, mail: ReminderMail) -> bool:
    return recipient is not None and recipient.address == mail.address


def language_of(user: Any) -> str:
    """Return the language that a user has chosen for the admin, else the site's."""
    profile = getattr(user, "wagtail_userprofile", None)
    return str(getattr(profile, "preferred_language", "") or settings.LANGUAGE_CODE)


def message_of(mail: ReminderMail, items: list[Item]) -> EmailMultiAlternatives:
    """Write a mail in its reader's language, as text and as HTML."""
    with translation.override(language_of(mail.user)):
        context = {
            "items": items,
            "name": mail.user.get_full_name() if mail.user else "",
            "report_url": f"{get_admin_base_url() or ''}{reverse('partnerships_agreement_report')}",
            "language": translation.get_language(),
            "is_fallback": mail.user is None,
            "has_choice": any(item.agreement.outcome != AgreementPage.Outcome.TERMINATED for item in items),
        }
        subject = gettext("“%(title)s”: %(kind)s %(day)s") % {
            "title": items[0].agreement.title,
            "kind": items[0].kind_label.lower(),
            "day": items[0].deadline.isoformat(),
        }
        if len(items) > 1:
            subject = ngettext(
                "%(count)s agreement date is coming up", "%(count)s agreement dates are coming up", len(items)
            ) % {"count": len(items)}
        message = EmailMultiAlternatives(
            subject="".join(subject.splitlines()),
            body=render_to_string("partnerships_pages/mail/reminder.txt", context),
            to=[mail.address],
            headers={
                "Message-ID": f"<partnerships-{mail.message_key}@{_host()}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(render_to_string("partnerships_pages/mail/reminder.html", context), "text/html")
    return message


def _host() -> str:
    """Name the site in a Message-ID."""
    return (get_admin_base_url() or "http://localhost").split("//")[-1].split("/")[0].split(":")[0]
