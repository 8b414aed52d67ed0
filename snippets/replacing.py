"""Replacing a contact by another wherever it stands, in one transaction, and taking that back.

What is replaced: child rows and blocks, in live rows, in their drafts and in what wagtail-localize keeps of the source,
in every language. A row is handled as the plain data that its revisions are; so a draft stays the same draft, and a
workflow or a schedule that refers to it goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import TranslationSource

from .models import Contact, Replacement
from .row_data import apply_changes, row_data
from .source_rows import group_of, is_source, source_of
from .synchronisation import republish
from .usage import Use, uses_of

ACTION = "partnerships.replace_contact"
UNDO_ACTION = "partnerships.undo_replacement"


class NothingToReplaceError(Exception):
    """The contact stands nowhere any more: somebody has replaced it before."""


class AlreadyUndoneError(Exception):
    """Somebody has taken the replacement back before."""


@dataclass
class Swap:
    """Which ids of a model become which other one."""

    model: type[models.Model]
    old: frozenset[Any]
    new: Any
    changed: bool = field(default=False, init=False)

    def id(self, value: Any) -> Any:
        if value in self.old:
            self.changed = True
            return self.new
        return value


def swapped(model: type[models.Model], data: dict[str, Any], swap: Swap) -> dict[str, Any]:
    """Return the fields of a row's data that change when ``swap`` is made in it, children and blocks included."""
    changes: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.name not in data:
            continue
        value = data[column.name]
        new = value
        if isinstance(column, models.ForeignKey) and column.related_model is swap.model:
            new = swap.id(value)
        elif isinstance(column, StreamField) and value:
            new = _swapped_stream(column, value, swap)
        if new != value:
            changes[column.name] = new
    if issubclass(model, ClusterableModel):
        for relation in get_all_child_relations(model):
            rows = data.get(relation.name) or []
            new_rows = _swapped_children(relation.related_model, rows, swap)
            if new_rows != rows:
                changes[relation.name] = new_rows
    return changes


def _swapped_children(model: type[models.Model], rows: list[dict[str, Any]], swap: Swap) -> list[dict[str, Any]]:
    """Swap in each child; one that then names what another names already is left out."""
    columns = [
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, models.ForeignKey) and column.related_model is swap.model
    ]
    named = {row.get(column) for row in rows for column in columns}
    kept = []
    for row in rows:
        changes = swapped(model, row, swap)
        if any(column in changes for column in columns):
            if swap.new in named:
                continue
            named.add(swap.new)
        kept.append(row | changes)
    return kept


def _swapped_stream(column: StreamField, value: Any, swap: Swap) -> Any:
    raw = json.loads(value) if isinstance(value, str) else value
    new = _swapped_value(column.stream_block, raw, swap)
    if new == raw:
        return value
    return json.dumps(new) if isinstance(value, str) else new


def _swapped_value(block: blocks.Block, value: Any, swap: Swap) -> Any:
    """Swap in a block's stored value."""
    if value is None:
        return None
    if isinstance(block, blocks.ChooserBlock):
        return swap.id(value) if block.model_class is swap.model else value
    if isinstance(block, blocks.StreamBlock):
        return [
            {**item, "value": _swapped_value(block.child_blocks[item["type"]], item["value"], swap)}
            if item["type"] in block.child_blocks
            else item
            for item in value
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            {**item, "value": _swapped_value(block.child_block, item["value"], swap)}
            if isinstance(item, dict) and item.get("type") == "item"
            else _swapped_value(block.child_block, item, swap)
            for item in value
        ]
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        return {
            name: _swapped_value(block.child_blocks[name], child, swap) if name in block.child_blocks else child
            for name, child in value.items()
        }
    return value


def places_of(contact: Contact) -> list[Use]:
    """List where a contact stands, live and draft, in any language."""
    return uses_of(group_of(contact))


def is_replaceable(use: Use) -> bool:
    """Tell whether a place keeps drafts and history, as pages and our snippets do; others must be changed by hand."""
    return isinstance(use.user, DraftStateMixin) and isinstance(use.user, ClusterableModel)


@transaction.atomic
def replace_contact(old: Contact, new: Contact, user: Any) -> Replacement:
    """Put ``new`` wherever ``old`` stands. The caller has checked that ``user`` may change all `places_of` it.

    Raises NothingToReplaceError if it stands nowhere.
    """
    # One replacement at a time: PostgreSQL waits here for another one, SQLite at the beginning of the transaction.
    members = list(group_of(old).order_by("pk").select_for_update())
    rows = _rows_of(places_of(old))
    if not rows:
        raise NothingToReplaceError
    swap = Swap(Contact, frozenset(member.pk for member in members), source_of(new).pk)
    record = Replacement.objects.create(old=source_of(old), new=source_of(new), user=user, changes=[])
    # Sources first: what their translations have in common with them follows by itself, and is recorded all the same.
    before = {(type(row), row.pk): row_data(row) for row in rows if row.live}
    for row in sorted(rows, key=lambda row: not is_source(row)):
        fresh = type(row)._default_manager.get(pk=row.pk)
        record.changes += _replace_in(fresh, swap, before.get((type(row), row.pk)), record, user)
    record.changes += _replace_in_frozen({row.translation_key for row in rows}, swap)
    record.save(update_fields=["changes"])
    log(instance=record.old, action=ACTION, user=user, data=_log_data(record))
    return record


def _rows_of(uses: list[Use]) -> list[Any]:
    """Each row once, as it is live, with its translations, whose frozen values may name the contact too."""
    rows: dict[tuple[type[Any], Any], Any] = {}
    for use in uses:
        if is_replaceable(use):
            model = type(use.user)
            rows[model, use.user.pk] = model._default_manager.get(pk=use.user.pk)
    return list(rows.values())


def _replace_in(
    row: Any, swap: Swap, before: dict[str, Any] | None, record: Replacement, user: Any
) -> Iterator[dict[str, Any]]:
    """Swap in a row as it is live and in the drafts that wait; yield what has changed."""
    content_type = ContentType.objects.get_for_model(type(row)).pk
    done = {"content_type": content_type, "pk": row.pk}
    if not row.live and not row.latest_revision_id:
        row.save_revision(clean=False, changed=False)
    drafts = list(_waiting_drafts(row))
    if row.live and before is not None:
        wanted = swapped(type(row), before, swap)
        pending = swapped(type(row), row_data(row), swap)
        if pending:
            apply_changes(row, pending)
            republish(row, row.latest_revision if row.has_unpublished_changes else None, action=None)
        if wanted:
            after = row_data(type(row)._default_manager.get(pk=row.pk))
            yield {
                **done,
                "kind": "live",
                "before": {name: before.get(name) for name in wanted},
                "after": {name: after.get(name) for name in wanted},
            }
            log(instance=row, action=ACTION, user=user, data=_log_data(record), revision=row.live_revision)
    for revision in drafts:
        revision.refresh_from_db()
        wanted = swapped(type(row), revision.content, swap)
        if wanted:
            former = {name: revision.content.get(name) for name in wanted}
            _write_draft(row, revision, wanted)
            yield {**done, "kind": "draft", "revision": revision.pk, "before": former, "after": wanted}
            log(instance=row, action=ACTION, user=user, data=_log_data(record), revision=revision)


def _waiting_drafts(row: Any) -> Iterator[Any]:
    """Yield the revisions of a row that may still be published: its draft, and what is scheduled."""
    waiting = models.Q(approved_go_live_at__isnull=False)
    if row.latest_revision_id and (row.has_unpublished_changes or not row.live):
        waiting |= models.Q(pk=row.latest_revision_id)
    yield from row.revisions.filter(waiting)


def _write_draft(row: Any, revision: Any, changes: dict[str, Any]) -> None:
    """Change a draft in place. Its time moves on, so that an editor who has it open is warned before saving."""
    revision.content |= changes
    revision.created_at = timezone.now()
    revision.save(update_fields=["content", "created_at"])
    if not row.live:
        # A row that nobody sees yet is kept like its draft.
        apply_changes(row, changes)
        row.save(**({"clean": False} if isinstance(row, Page) else {}))
    if isinstance(row, Page) and row.latest_revision_id == revision.pk:
        type(row)._default_manager.filter(pk=row.pk).update(latest_revision_created_at=revision.created_at)


def _replace_in_frozen(keys: set[Any], swap: Swap) -> Iterator[dict[str, Any]]:
    """Swap in what wagtail-localize keeps of each source, out of which a translator's next publish is made."""
    for frozen in TranslationSource.objects.filter(object_id__in=keys):
        model = frozen.specific_content_type.model_class()
        content = json.loads(frozen.content_json)
        wanted = swapped(model, content, swap)
        if wanted:
            before = {name: content.get(name) for name in wanted}
            frozen.content_json = json.dumps(content | wanted)
            frozen.save(update_fields=["content_json"])
            yield {"kind": "frozen", "pk": str(frozen.pk), "before": before, "after": wanted}


def _log_data(record: Replacement) -> dict[str, Any]:
    return {"old": str(record.old), "new": str(record.new), "replacement": record.pk}


@dataclass(frozen=True)
class Undone:
    """What came back, and what has been changed since and so was left alone."""

    restored: list[Any]
    left: list[Any]


@transaction.atomic
def undo_replacement(record: Replacement, user: Any) -> Undone:
    """Bring back what a replacement changed, wherever it is still as the replacement left it.

    Raises AlreadyUndoneError if that has been done.
    """
    record = Replacement.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if record.undone_at is not None:
        raise AlreadyUndoneError
    restored: dict[Any, Any] = {}
    left: dict[Any, Any] = {}
    for change in record.changes:
        row, is_done = _undo(change, record, user)
        if row is not None:
            (restored if is_done else left)[type(row), row.pk] = row
    record.undone_at = timezone.now()
    record.save(update_fields=["undone_at"])
    log(instance=record.old, action=UNDO_ACTION, user=user, data=_log_data(record))
    return Undone([row for key, row in restored.items() if key not in left], list(left.values()))


def _undo(change: dict[str, Any], record: Replacement, user: Any) -> tuple[Any, bool]:
    if change["kind"] == "frozen":
        frozen = TranslationSource.objects.filter(pk=change["pk"]).first()
        if frozen is not None:
            content = json.loads(frozen.content_json)
            if _is_as_left(content, change):
                frozen.content_json = json.dumps(content | change["before"])
                frozen.save(update_fields=["content_json"])
        return None, False
    model: Any = ContentType.objects.get_for_id(change["content_type"]).model_class()
    row = model._default_manager.filter(pk=change["pk"]).first()
    if row is None:
        return None, False
    if change["kind"] == "draft":
        revision = row.revisions.filter(pk=change["revision"]).first()
        if revision is None or not _is_as_left(revision.content, change):
            return row, False
        _write_draft(row, revision, change["before"])
    else:
        now = row_data(row)
        if _is_as_left(now, {"after": change["before"]}):
            # A translation that has followed its source back already.
            return row, True
        if not row.live or not _is_as_left(now, change):
            return row, False
        apply_changes(row, change["before"])
        republish(row, row.latest_revision if row.has_unpublished_changes else None, action=None)
        revision = row.live_revision
    log(instance=row, action=UNDO_ACTION, user=user, data=_log_data(record), revision=revision)
    return row, True


def _is_as_left(data: dict[str, Any], change: dict[str, Any]) -> bool:
    """Compare by what the rows say, not by their keys, which saving may renew."""
    return all(_plain(data.get(name)) == _plain(value) for name, value in change["after"].items())


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items() if name not in {"pk", "sort_order"}}
    if isinstance(value, str) and value.startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
