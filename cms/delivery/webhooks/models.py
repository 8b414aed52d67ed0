"""Who is told of changes, what they are sent, and how that went."""

from __future__ import annotations

import datetime
import json
import secrets
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..resources import resources
from ..versions import current_version
from .signatures import new_secret, validate_secret
from .targets import RefusedTargetError, check_url

#: What the feed tells of besides the documents of the API.
OTHER_KINDS = (("image", _("Images")), ("document", _("Documents")), ("route", _("Addresses")))

#: How long a secret that was rotated away still signs, so that its receiver has time to take the new one.
ROTATION = datetime.timedelta(days=7)
#: The fields by which messages are signed.
SECRETS = ("secret", "former_secret", "former_secret_until")


def resource_choices() -> list[tuple[str, Any]]:
    """What a subscription can be limited to: every kind that the feed names."""
    return [*((kind.name, kind.models[0]._meta.verbose_name_plural) for kind in resources()), *OTHER_KINDS]


def start_cursor() -> str:
    """Where a new subscription begins: it is told what changes from now on."""
    return str(current_version())


def new_message_id() -> str:
    """Draw the id that a message keeps however often it is sent."""
    return f"msg_{secrets.token_hex(16)}"


class FormerSecretSignsError(Exception):
    """A secret can't be rotated while the former one still signs: the receiver may know no other."""


class WebhookSubscription(models.Model):
    """An address that is told what changes."""

    name = models.CharField(_("name"), max_length=100, help_text=_("Who listens there, such as “www.example.se”."))
    url = models.URLField(_("address"), max_length=500)
    secret = models.CharField(
        _("secret"),
        max_length=200,
        default=new_secret,
        validators=[validate_secret],
        help_text=_("Signs every message. Give it to whoever receives them, and to nobody else."),
    )
    #: The secret before the last rotation, which signs too until then. It is shown to nobody.
    former_secret = models.CharField(max_length=200, blank=True, editable=False)
    former_secret_until = models.DateTimeField(null=True, editable=False)
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Whose changes are told. Empty for all sites."),
    )
    resources = models.JSONField(_("what is told"), default=list, blank=True)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("While it is off, nothing is sent; what changed meanwhile is sent when it is on again."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    #: How far the feed has been put into messages.
    cursor = models.CharField(max_length=60, default=start_cursor, editable=False)
    #: Whoever delivers holds the subscription until then; a process that was killed lets go by the passing of time.
    leased_until = models.DateTimeField(null=True, editable=False)
    lease = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        try:
            check_url(self.url)
        except ValueError as error:
            raise ValidationError({"url": str(error)}) from None

    def takes(self, action: str, resource: str) -> bool:
        """Tell whether the subscriber wants to hear of a change; a reset concerns everybody."""
        return action == "reset" or not self.resources or resource in self.resources

    @property
    def former_secret_signs(self) -> bool:
        """Whether the secret before the last rotation still signs."""
        return self.former_secret_until is not None and self.former_secret_until > timezone.now()

    @property
    def signing_secrets(self) -> list[str]:
        """The secrets that sign now, the newest first."""
        return [self.secret, self.former_secret] if self.former_secret_signs else [self.secret]

    def rotate_secret(self) -> None:
        """Draw a new secret; the one before signs too for the time of a ``ROTATION``.

        Raises FormerSecretSignsError while the one before that still does. Of two who rotate at once, one does.
        """
        now = timezone.now()
        is_settled = models.Q(former_secret_until=None) | models.Q(former_secret_until__lte=now)
        rotated = WebhookSubscription.objects.filter(is_settled, pk=self.pk).update(
            former_secret=models.F("secret"), secret=new_secret(), former_secret_until=now + ROTATION
        )
        self.refresh_secrets()
        if not rotated:
            raise FormerSecretSignsError

    def forget_former_secret(self) -> None:
        """Let the current secret alone sign from now on; the caller saves it."""
        self.former_secret, self.former_secret_until = "", None

    def refresh_secrets(self) -> None:
        """Read again which secrets sign. Raises DoesNotExist if the subscription is gone."""
        self.refresh_from_db(fields=SECRETS)


class WebhookMessage(models.Model):
    """Some items of the feed on their way to one subscriber. One at a time is pending, so that they come in order."""

    class Status(models.TextChoices):
        PENDING = "pending", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        DEAD = "dead", _("Given up")

    subscription = models.ForeignKey(
        WebhookSubscription, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="messages"
    )
    message_id = models.CharField(_("message id"), max_length=40, unique=True, default=new_message_id)
    #: The JSON text as it is signed and sent, the same every time.
    body = models.TextField(_("content"))
    items = models.PositiveIntegerField(_("changes"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PENDING)
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)
    attempt_count = models.PositiveIntegerField(_("attempts"), default=0)
    #: When it is tried next, while it is pending.
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    #: Somebody asked for it to be sent (again), whatever its status.
    is_requested = models.BooleanField(_("to be sent again"), default=False)

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subscription"], condition=models.Q(status="pending"), name="delivery_one_pending_message"
            )
        ]

    def __str__(self) -> str:
        return self.message_id


class WebhookAttempt(models.Model):
    """One time that a message was sent, and what came back."""

    message = models.ForeignKey(WebhookMessage, on_delete=models.CASCADE, related_name="attempts")
    started_at = models.DateTimeField(_("time"))
    duration = models.DurationField(_("duration"), default=datetime.timedelta)
    #: The HTTP status; null if no answer came.
    status_code = models.PositiveSmallIntegerField(_("status"), null=True)
    #: The first bytes of the answer, or why there is none: to be shown as ``shown_answer``.
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("webhook attempt")
        verbose_name_plural = _("webhook attempts")
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M:%S}: {self.status_code or self.shown_answer}"

    @property
    def shown_answer(self) -> str:
        """The answer, or why there is none: in the active language if nothing was sent."""
        if self.status_code is not None or not self.answer.startswith("{"):
            return self.answer
        return str(RefusedTargetError(**json.loads(self.answer)))

    @property
    def milliseconds(self) -> int:
        """How long it took."""
        return round(self.duration.total_seconds() * 1000)
