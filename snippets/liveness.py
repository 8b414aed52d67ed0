"""Takes translations down with their source: unpublished, expired or deleted, in the same transaction.

The way up is the translator's own: publishing the source again leaves its translations down.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import post_save, pre_delete, pre_save

from wagtail.models import Page, TranslatableMixin

from .source_rows import is_source, translations_of
from .synchronisation import FollowsSource

#: Marks, between the two signals of a save, a row that was live before it.
_WAS_LIVE = "_was_live_before_save"


def follows_source(row: models.Model) -> bool:
    """Tell whether a row, which may be a base page, is one whose translations follow it."""
    if isinstance(row, Page):
        # Expiry and deletion handle base pages.
        specific = row.specific_class
        return specific is not None and issubclass(specific, FollowsSource)
    return isinstance(row, FollowsSource)


def connect() -> None:
    """Watch all rows, since a host's page types and snippets are only known to be ours once they are saved."""
    pre_save.connect(_remember_liveness, dispatch_uid="partnerships_remember_liveness")
    post_save.connect(_unpublish_translations, dispatch_uid="partnerships_unpublish_translations")
    pre_delete.connect(_delete_translations, dispatch_uid="partnerships_delete_translations")


def _remember_liveness(
    instance: Any, raw: bool = False, update_fields: frozenset[str] | None = None, **_kwargs: Any
) -> None:
    if raw or not isinstance(instance, TranslatableMixin) or getattr(instance, "live", True) or instance.pk is None:
        return
    if update_fields is not None and "live" not in update_fields:
        return
    if follows_source(instance):
        rows = type(instance)._default_manager.filter(pk=instance.pk)
        setattr(instance, _WAS_LIVE, rows.values_list("live", flat=True).first())


def _unpublish_translations(instance: Any, **_kwargs: Any) -> None:
    if not instance.__dict__.pop(_WAS_LIVE, False) or not is_source(instance):
        return
    for row in translations_of(instance):
        # A draft with an approved schedule would go live by itself.
        row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
        row.unpublish(set_expired=instance.expired)


def _delete_translations(instance: Any, origin: Any = None, **_kwargs: Any) -> None:
    if not isinstance(instance, TranslatableMixin) or getattr(instance, "alias_of_id", None):
        return
    if not follows_source(instance) or not is_source(instance):
        return
    # Aliases in other languages are in the group too.
    rows = instance.get_translation_model()._default_manager.filter(translation_key=instance.translation_key)
    rows = rows.exclude(pk=instance.pk)
    if isinstance(origin, models.QuerySet) and issubclass(origin.model, rows.model):
        # What is deleted by the same call must not be deleted within it.
        rows = rows.exclude(pk__in=list(origin.filter(pk__in=rows.values("pk")).values_list("pk", flat=True)))
    for pk in list(rows.values_list("pk", flat=True)):
        # From the database each time: deleting a page takes those below it along.
        row = rows.filter(pk=pk).first()
        if row is not None:
            row.delete()
