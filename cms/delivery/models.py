"""What the delivery API remembers: the number of the content, what changed under each number, and who is told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """The number of the public content, one row: each transaction that changes something adds one.

    The token is drawn anew with every number. A database restored from a copy counts on from an older number, but never
    gives out a pair that it gave out before, so neither caches nor followers of the feed mistake the one for the other.
    """

    #: The primary key of the only row.
    ONLY = 1

    number = models.BigIntegerField(_("number"), default=0)
    token = models.CharField(_("token"), max_length=16)
    #: The local day whose changes of status have been written.
    day = models.DateField(_("day"), null=True, blank=True)
    #: The program that answers, by ``builds.build_id``; empty before the first answer. The trigger leaves it out.
    build = models.CharField(_("build"), max_length=16, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")

    def __str__(self) -> str:
        return f"{self.number}-{self.token}"


class ContentMark(models.Model):
    """That a transaction touched a row, in the database's terms; what readers are told is worked out from it later.

    On PostgreSQL a mark has no number until its transaction commits: a deferred trigger gives it one, so that nobody
    holds the lock on the number while they work. On SQLite, where writers queue anyway, it is numbered at once.
    """

    #: PostgreSQL's transaction id, or on SQLite the number.
    transaction = models.BigIntegerField()
    number = models.BigIntegerField(null=True)
    token = models.CharField(max_length=16, blank=True)
    #: Label of the touched row's model, such as ``wagtailimages.image``; empty for a mark that resets everything.
    model = models.CharField(max_length=200, blank=True)
    object_pk = models.CharField(max_length=64, blank=True)
    translation_key = models.UUIDField(null=True)
    locale_id = models.BigIntegerField(null=True)
    #: What a document's row pointed at before the transaction, as pairs of a content type's id and a primary key; for
    #: any other row (an image, a file) what pointed at it.
    targets = models.JSONField(default=list)
    #: What was public before the transaction, of the row and of what it pointed at, as (site, kind, id, language): kept
    #: only if earlier marks had not been told by then, else ``PublicItem`` knows.
    was_public = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    is_told = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("content mark")
        verbose_name_plural = _("content marks")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["number", "token"], name="delivery_mark_number"),
            models.Index(fields=["transaction"], condition=models.Q(number__isnull=True), name="delivery_mark_open"),
            models.Index(fields=["number"], condition=models.Q(is_told=False), name="delivery_mark_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.model or '*'} {self.object_pk}"


class ContentChange(models.Model):
    """One item of the change feed: what readers of a site, or of every site, are told about one document."""

    class Action(models.TextChoices):
        UPSERT = "upsert", _("New or changed")
        DELETE = "delete", _("No longer public")
        RESET = "reset", _("Everything may have changed")

    number = models.BigIntegerField()
    #: Orders the items of one number, from 0.
    position = models.IntegerField()
    token = models.CharField(max_length=16)
    site = models.ForeignKey(
        "wagtailcore.Site", null=True, on_delete=models.CASCADE, related_name="+", help_text=_("Empty for all sites.")
    )
    action = models.CharField(max_length=10, choices=Action.choices)
    #: The kind of document, such as ``page`` or ``image``; empty for a reset.
    resource = models.CharField(max_length=50, blank=True)
    #: A translation key, or for what is not translated a primary key; empty for a reset.
    object_id = models.CharField(max_length=64, blank=True)
    language_code = models.CharField(max_length=100, blank=True)
    tags = models.JSONField(default=list)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("content change")
        verbose_name_plural = _("content changes")
        ordering: ClassVar[list[str]] = ["number", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number", "position"], name="delivery_change_order")
        ]

    def __str__(self) -> str:
        return f"{self.number}.{self.position}: {self.action} {self.resource} {self.object_id}"


class Preview(models.Model):
    """A draft as an editor has typed it, for whoever has its code or its token; gone when that expires."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    #: Empty for a row that was never saved.
    object_pk = models.CharField(max_length=64, blank=True)
    resource = models.CharField(max_length=50)
    translation_key = models.UUIDField()
    language_code = models.CharField(max_length=100)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    code_hash = models.CharField(max_length=64, unique=True)
    #: Null until the code has been exchanged.
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")

    def __str__(self) -> str:
        return f"{self.resource} {self.translation_key} ({self.language_code})"


class PublicItem(models.Model):
    """That a document has been public on a site in a language, and whether it still is.

    Without it nobody could tell a document that was removed (410) from one that never was (404), and the feed would
    betray the ids of drafts.
    """

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    resource = models.CharField(max_length=50)
    translation_key = models.UUIDField()
    language_code = models.CharField(max_length=100)
    is_public = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("public item")
        verbose_name_plural = _("public items")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["translation_key", "site", "resource", "language_code"], name="delivery_public_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.translation_key} ({self.language_code})"


# Django looks for models here. These ask for the version, and so for the models above.
from .webhooks.models import WebhookAttempt, WebhookMessage, WebhookSubscription  # noqa: E402, F401
