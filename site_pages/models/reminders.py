"""What people have been reminded of: written before any mail is sent, so that nothing is sent twice or forgotten."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..deadlines import DeadlineKind


class ReminderMail(models.Model):
    """One mail to one address on one day, sent or to be sent."""

    address = models.EmailField(_("address"), max_length=320)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    day = models.DateField(_("day"))
    #: Names the mail to mail servers, the same at every attempt.
    message_key = models.UUIDField(default=uuid.uuid4, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    #: Nobody tries to send it before: it was just tried, or is being sent.
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("reminder mail")
        verbose_name_plural = _("reminder mails")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["address", "day"], name="partnerships_one_reminder_mail_a_day")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["not_before"], condition=models.Q(sent_at__isnull=True), name="partnerships_unsent_reminders"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.day}"


class Reminder(models.Model):
    """One deadline of an agreement, told once at each horizon. Another date is another deadline."""

    mail = models.ForeignKey(ReminderMail, verbose_name=_("mail"), on_delete=models.CASCADE, related_name="reminders")
    agreement = models.ForeignKey(
        "partnerships_pages.AgreementPage", verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DeadlineKind.choices)
    deadline = models.DateField(_("deadline"))
    months = models.PositiveSmallIntegerField(_("months before"))

    wagtail_reference_index_ignore = True  # no use of an agreement that an editor should hear of

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "deadline", "months"], name="partnerships_one_reminder_a_horizon"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.deadline}"
