"""The source row of a group of translations, and relations that always store it.

The source is the row in the default locale, or the first one written in a group that has none there. An alias is never
a row of its own: the page that it mirrors stands for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import models

from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page, TranslatableMixin

from .planner import is_no_alias


def group_of(row: TranslatableMixin) -> models.QuerySet[Any]:
    """Return the rows that are translations of each other, this one included; pages come as base pages, no aliases."""
    rows = row.get_translation_model()._default_manager.filter(translation_key=row.translation_key)
    return rows.filter(is_no_alias()) if isinstance(row, Page) else rows


def source_of(row: Any) -> Any:
    """Return the row that others refer to: the source of the row's group, which may be the row itself."""
    if getattr(row, "alias_of_id", None):
        row = row.alias_of.specific
    default = Locale.get_default()
    if row.locale_id == default.pk:
        return row
    rows = group_of(row)
    source = rows.filter(locale=default).first() or rows.order_by("pk").first()
    if source is None or source.pk == row.pk:
        return row
    return source.specific if isinstance(source, Page) else source


def is_source(row: TranslatableMixin) -> bool:
    """Tell whether a row is the source of its group. A new row is, unless its group has one already."""
    default = Locale.get_default()
    if row.locale_id == default.pk:
        return True
    if row.pk is None:
        return not group_of(row).exists()
    others = group_of(row).exclude(pk=row.pk)
    return not others.filter(models.Q(locale=default) | models.Q(pk__lt=row.pk)).exists()


def translations_of(row: TranslatableMixin) -> list[Any]:
    """Return the other rows of a row's group, pages as what they specifically are."""
    others: Any = group_of(row).exclude(pk=row.pk)
    return list(others.specific() if isinstance(row, Page) else others)


class SourceForeignKey(models.ForeignKey[Any, Any]):
    """A relation to a row that exists in several languages: whichever of them is assigned, its source is stored.

    Relations carry identity; the reader's language is found by ``translation_key`` when they are read.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # To the schema it is any foreign key.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", list(args), kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        refer_to_sources([model_instance])
        return super().pre_save(model_instance, add)


def refer_to_sources(rows: Iterable[models.Model]) -> None:
    """Make every ``SourceForeignKey`` of these rows, and of children set on them in memory, point to a source row.

    Costs no query for rows checked before, two for each model referred to otherwise, however many rows there are.
    """
    unchecked: dict[type[models.Model], list[tuple[models.Model, SourceForeignKey]]] = defaultdict(list)
    for row in _with_children(rows):
        for field in _references(type(row)):
            value = getattr(row, field.attname)
            if value is not None and _checked(row).get(field.attname) != value:
                unchecked[field.related_model].append((row, field))
    for model, references in unchecked.items():
        sources = _source_ids(model, {getattr(row, field.attname) for row, field in references})
        for row, field in references:
            value = getattr(row, field.attname)
            source = sources.get(value, value)
            if source != value:
                setattr(row, field.attname, source)
            _checked(row)[field.attname] = source


def without_lost_references(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """Return a row as a revision keeps it, without references to what has been deleted since.

    A child that is nothing but such a reference is left out. modelcluster itself gives up on protected relations, so
    that an old revision could not be looked at and a translation not be published.
    """
    named: dict[type[models.Model], set[Any]] = defaultdict(set)
    for owner, row in _data_rows(model, data):
        for field in _references(owner):
            if row.get(field.name) is not None:
                named[field.related_model].add(row[field.name])
    found = {
        target: set(target._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
        for target, ids in named.items()
    }
    return _pruned(model, data, found) or data


def _pruned(
    model: type[models.Model], data: dict[str, Any], found: dict[type[models.Model], set[Any]]
) -> dict[str, Any] | None:
    """Return the data without lost references, or None for a row that can't be without one of them."""
    pruned = dict(data)
    for field in _references(model):
        if data.get(field.name) is not None and data[field.name] not in found[field.related_model]:
            if not field.null:
                return None
            pruned[field.name] = None
    for relation in get_all_child_relations(model):
        if relation.name in data:
            children = [_pruned(relation.related_model, child, found) for child in data[relation.name]]
            pruned[relation.name] = [child for child in children if child is not None]
    return pruned


def _data_rows(model: type[models.Model], data: dict[str, Any]) -> Iterator[tuple[type[models.Model], dict[str, Any]]]:
    yield model, data
    for relation in get_all_child_relations(model):
        for child in data.get(relation.name) or ():
            yield from _data_rows(relation.related_model, child)


def _references(model: type[models.Model]) -> list[SourceForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SourceForeignKey)]


def _with_children(rows: Iterable[models.Model]) -> Iterator[models.Model]:
    for row in rows:
        yield row
        # Children that are not in memory have been stored, and so checked, before.
        for children in getattr(row, "_cluster_related_objects", {}).values():
            yield from _with_children(children)


def _checked(row: models.Model) -> dict[str, Any]:
    """The references of a row that are known to be sources, by column."""
    checked: dict[str, Any] = row.__dict__.setdefault("_references_checked", {})
    return checked


def _source_ids(model: type[models.Model], ids: set[Any]) -> dict[Any, Any]:
    """Map each primary key to that of its source; what is gone from the database is left out."""
    columns = ["pk", "translation_key", "locale_id"]
    if issubclass(model, Page):
        columns.append("alias_of_id")
    named = {pk: rest for pk, *rest in model._default_manager.filter(pk__in=ids).values_list(*columns)}
    originals = {pk: (rest[2] if len(rest) > 2 else None) or pk for pk, rest in named.items()}
    if missing := set(originals.values()) - named.keys():
        found = model._default_manager.filter(pk__in=missing).values_list(*columns)
        named |= {pk: rest for pk, *rest in found}
    default_id = Locale.get_default().pk
    foreign = {named[pk][0] for pk in originals.values() if pk in named and named[pk][1] != default_id}
    sources = _first_rows(model, foreign, default_id)
    return {pk: sources.get(named[original][0], original) for pk, original in originals.items() if original in named}


def _first_rows(model: type[models.Model], keys: set[UUID], default_id: int) -> dict[UUID, Any]:
    """Map each translation key to the primary key of its source."""
    if not keys:
        return {}
    rows = model._default_manager.filter(translation_key__in=keys).order_by("pk")
    if issubclass(model, Page):
        rows = rows.filter(is_no_alias())
    sources: dict[UUID, Any] = {}
    for pk, key, locale_id in rows.values_list("pk", "translation_key", "locale_id"):
        if locale_id == default_id or key not in sources:
            sources[key] = pk
    return sources
