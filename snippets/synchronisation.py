"""Keeps the values that are the same in every language the same, from the moment that the source is published.

wagtail-localize copies them only when somebody synchronises a translation, and out of the source as it was frozen on
that day. Here they follow every write of the source, into the translations' live rows, their drafts and the frozen
source alike, so that a translator's next publish holds no old value. Text for translation is never touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision
from wagtail.signals import page_published, published
from wagtail_localize.models import SegmentOverride, Translation, TranslationSource

from .row_data import Owner, apply_changes, changes_from, row_data, synchronised_names
from .source_rows import is_source, refer_to_sources, source_of, translations_of, without_lost_references

_paused: ContextVar[bool] = ContextVar("synchronisation_paused", default=False)

#: When a row is published is its own affair, also where wagtail-localize would copy it.
STATE_FIELDS = frozenset({"first_published_at", "go_live_at", "expire_at"})


@contextmanager
def synchronisation_paused() -> Iterator[None]:
    """For loaders that write every language themselves: nothing is copied between the rows saved within."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


#: Untyped, as Wagtail's models are: of a typed base, django-stubs would expect managers that it can't see on theirs.
_Model: Any = models.Model


class FollowsSource(_Model):
    """A row whose translations follow it: in synchronised values here, in liveness and privacy by signals.

    Whatever saves it saves its translations in the same transaction, and its relations point to source rows.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            refer_to_sources([self])
            model: type[models.Model] = type(self)
            named = kwargs.get("update_fields")
            is_whole = named is None
            if is_whole and not _paused.get():
                take_values_from_source(self)
            super().save(*args, **kwargs)
            if not _paused.get() and (is_whole or synchronised_names(model).intersection(named or ())):
                give_values_to_translations(self)

    def serializable_data(self) -> dict[str, Any]:
        refer_to_sources([self])
        data: dict[str, Any] = super().serializable_data()
        return data

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        if check_fks:
            data = without_lost_references(cls, data)
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)


def take_values_from_source(row: Any) -> None:
    """Set the synchronised values of a translation that is about to be saved, if its source has been published."""
    if getattr(row, "alias_of_id", None) or is_source(row):
        return
    source = source_of(row)
    if source.live and type(source) is type(row):
        kept = _kept_names(row, source)
        apply_changes(row, changes_from(type(row), row_data(source), row_data(row), Owner(row.pk, row.locale_id), kept))


def give_values_to_translations(source: Any) -> None:
    """Bring a published source's synchronised values to every translation of it, live, draft or frozen.

    Does nothing for a draft, a translation or an alias; writes only what differs.
    """
    if not source.live or getattr(source, "alias_of_id", None) or not is_source(source):
        return
    translations = [row for row in translations_of(source) if type(row) is type(source)]
    if not translations:
        return
    # As stored: children saved just now have their keys, and what a caller holds in memory is not disturbed.
    fresh = row_data(type(source)._default_manager.get(pk=source.pk))
    with synchronisation_paused():
        _update_frozen_sources(source, translations, fresh)
        for row in translations:
            _update_translation(row, fresh, _kept_names(row, source))


def _kept_names(row: Any, source: Any) -> frozenset[str]:
    """Name the values that a translation keeps: what a translator has overridden, and, on a row that is not (or no
    longer) synchronised by wagtail-localize, whatever one could override."""
    managed = Translation.objects.filter(
        source__object_id=row.translation_key,
        source__locale=source.locale_id,
        target_locale=row.locale_id,
        enabled=True,
    ).exists()
    if not managed:
        model: type[models.Model] = type(row)
        return synchronised_names(model, overridable=True) | STATE_FIELDS
    overrides = SegmentOverride.objects.filter(context__object_id=row.translation_key, locale=row.locale_id)
    paths = overrides.values_list("context__path", flat=True)
    return frozenset(path.split(".")[0] for path in paths) | STATE_FIELDS


def _update_frozen_sources(source: Any, translations: list[Any], fresh: dict[str, Any]) -> None:
    rows = {row.locale_id: row for row in (source, *translations)}
    for frozen in TranslationSource.objects.filter(object_id=source.translation_key):
        row = rows.get(frozen.locale_id)
        if row is None:
            continue
        content = json.loads(frozen.content_json)
        changes = changes_from(type(row), fresh, content, Owner(row.pk, row.locale_id))
        if changes:
            _forget_removed_children(frozen, content, changes)
            # last_updated_at stays: the text may well have changed, and translators are told so by that date.
            frozen.content_json = json.dumps(content | changes)
            frozen.save(update_fields=["content_json"])


def _forget_removed_children(frozen: TranslationSource, content: dict[str, Any], changes: dict[str, Any]) -> None:
    """Drop the segments of children that are gone, for which the next publish would look in vain.

    Their translations stay in the translation memory.
    """
    for relation, children in changes.items():
        if not isinstance(children, list):
            continue
        keys = {child.get("translation_key") for child in children if isinstance(child, dict)}
        for child in content.get(relation) or ():
            key = child.get("translation_key") if isinstance(child, dict) else None
            if key is None or key in keys:
                continue
            for segments in ("stringsegment", "templatesegment", "relatedobjectsegment", "overridablesegment"):
                manager = getattr(frozen, f"{segments}_set")
                manager.filter(context__path__startswith=f"{relation}.{key}.").delete()


def _update_translation(row: Any, fresh: dict[str, Any], kept: frozenset[str]) -> None:
    owner = Owner(row.pk, row.locale_id)
    draft = row.latest_revision if row.has_unpublished_changes or not row.live else None
    changes = changes_from(type(row), fresh, row_data(row), owner, kept)
    if changes:
        apply_changes(row, changes)
        if row.live:
            republish(row, draft)
        else:
            _save(row)
    waiting = row.revisions.filter(Q(approved_go_live_at__isnull=False) | Q(pk=draft.pk if draft else None))
    for revision in waiting:
        _update_draft(revision, type(row), fresh, owner, kept)


def republish(row: Any, draft: Revision | None, action: str | None = "wagtail.publish") -> None:
    """Save a live row with a revision of its own, behind a newer draft if there is one; its history tells ``action``.

    Wagtail's publish would also cancel the row's schedule and workflow, which are its editor's.
    """
    _save(row)
    draft_title = getattr(row, "draft_title", None)
    revision = row.save_revision(changed=False, clean=False)
    row.live_revision = revision
    row.last_published_at = timezone.now()
    changed = ["live_revision", "last_published_at"]
    if draft is not None:
        draft.created_at = timezone.now()
        draft.save(update_fields=["created_at"])
        row.latest_revision = draft
        changed.append("latest_revision")
        if isinstance(row, Page):
            row.latest_revision_created_at = draft.created_at
            row.draft_title = draft_title
            changed += ["latest_revision_created_at", "draft_title"]
    _save(row, update_fields=changed)
    if action:
        log(instance=row, action=action, revision=revision, content_changed=True)
    if isinstance(row, Page):
        page_published.send(sender=type(row), instance=row, revision=revision)
    published.send(sender=type(row), instance=row, revision=revision)
    if isinstance(row, Page):
        row.update_aliases(revision=revision)


def _update_draft(
    revision: Revision, model: type[DraftStateMixin], fresh: dict[str, Any], owner: Owner, kept: frozenset[str]
) -> None:
    """Change a draft in place, so that whatever refers to it (a schedule, a workflow, a comment) still does."""
    changes = changes_from(model, fresh, revision.content, owner, kept)
    if changes:
        revision.content = revision.content | changes
        revision.save(update_fields=["content"])


def _save(row: Any, **kwargs: Any) -> None:
    # What is copied was valid in the source; a translator's old text may not pass a rule that came after it.
    row.save(**({"clean": False} if isinstance(row, Page) else {}), **kwargs)
