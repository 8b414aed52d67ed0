"""Rows as plain data, the form in which revisions and wagtail-localize keep them, and what differs between two."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel, get_all_child_relations, model_from_serializable_data
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields


@dataclass(frozen=True)
class Owner:
    """The row that children belong to."""

    pk: Any
    locale_id: Any


def row_data(row: Any) -> dict[str, Any]:
    """Return a row, its children included, as a revision of it keeps it."""
    data: dict[str, Any] = json.loads(json.dumps(row.serializable_data(), cls=DjangoJSONEncoder))
    return data


@lru_cache
def synchronised_names(model: type[models.Model], *, overridable: bool = False) -> frozenset[str]:
    """Name what is the same in every language, child relations with text of their own included.

    With ``overridable`` only what a translator may override.
    """
    names = set()
    for field in get_translatable_fields(model):
        is_synchronised = isinstance(field, SynchronizedField)
        if overridable:
            is_included = is_synchronised and field.overridable
        else:
            is_included = is_synchronised or _has_translated_children(field.get_field(model))
        if is_included:
            names.add(field.field_name)
    return frozenset(names)


def changes_from(
    model: type[models.Model],
    fresh: dict[str, Any],
    stale: dict[str, Any],
    owner: Owner,
    kept: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return what must be set in ``stale``, a translation, for its synchronised values to be those of ``fresh``.

    Empty if they are already. A child with text of its own keeps that text, and follows in all else; the names in
    ``kept`` are passed over.
    """
    changes = {}
    for name in synchronised_names(model) - kept:
        if name not in fresh:
            continue
        field = model._meta.get_field(name)
        if not _is_child_relation(field):
            value = fresh[name]
        elif _has_translated_children(field):
            value = _translated_children(field, fresh[name], stale.get(name) or [], owner)
        else:
            value = _children(field, fresh[name], stale.get(name) or [], owner)
        if value != stale.get(name):
            changes[name] = value
    return changes


def apply_changes(row: Any, changes: dict[str, Any]) -> None:
    """Set on a row what ``changes_from`` found, without saving it."""
    for name, value in changes.items():
        field = row._meta.get_field(name)
        if _is_child_relation(field):
            setattr(row, name, [_child(field.related_model, child) for child in value])
        elif isinstance(field, ParentalManyToManyField):
            setattr(row, name, list(field.related_model._default_manager.filter(pk__in=value)))
        elif isinstance(field, models.ForeignKey):
            setattr(row, field.attname, value)
        else:
            setattr(row, name, field.to_python(value))


def _is_child_relation(field: Any) -> bool:
    return isinstance(field, models.ManyToOneRel) and isinstance(field.remote_field, ParentalKey)


def _has_translated_children(field: Any) -> bool:
    return _is_child_relation(field) and issubclass(field.related_model, TranslatableMixin)


def _children(relation: Any, fresh: list[Any], stale: list[Any], owner: Owner) -> list[Any]:
    """Return the children of ``stale`` if they say the same as those of ``fresh``, else copies of the latter."""
    model, parent = relation.related_model, relation.field.name
    theirs, ours = ([_copy(model, child, parent, Owner(None, None)) for child in rows] for rows in (fresh, stale))
    if theirs == ours:
        return stale
    return [_child_of(owner, model, child, parent) for child in fresh]


def _translated_children(relation: Any, fresh: list[Any], stale: list[Any], owner: Owner) -> list[Any]:
    model, parent = relation.related_model, relation.field.name
    sort_order = getattr(model, "sort_order_field", None)
    own = {child["translation_key"]: child for child in stale}
    children = []
    for child in fresh:
        mine = own.get(child["translation_key"])
        if mine is None:
            children.append(_child_of(owner, model, child, parent))
            continue
        followed = mine | changes_from(model, child, mine, Owner(mine["pk"], owner.locale_id))
        if sort_order:
            followed[sort_order] = child.get(sort_order)
        children.append(followed)
    return children


def _child_of(owner: Owner, model: type[models.Model], child: dict[str, Any], parent: str) -> dict[str, Any]:
    return child if child[parent] == owner.pk else _copy(model, child, parent, owner)


def _copy(model: type[models.Model], child: dict[str, Any], parent: str, owner: Owner) -> dict[str, Any]:
    """Return a child as a row yet to be stored, below another owner."""
    copy = {**child, "pk": None, parent: owner.pk}
    if issubclass(model, TranslatableMixin):
        copy["locale"] = owner.locale_id
    if issubclass(model, ClusterableModel):
        nested = Owner(None, owner.locale_id)
        for relation in get_all_child_relations(model):
            rows = copy.get(relation.name) or []
            copy[relation.name] = [_copy(relation.related_model, row, relation.field.name, nested) for row in rows]
    return copy


def _child(model: Any, data: dict[str, Any]) -> Any:
    # The rows that it refers to are those that the source refers to: there is no need to look for each.
    if issubclass(model, ClusterableModel):
        return model.from_serializable_data(data, check_fks=False)
    return model_from_serializable_data(model, data, check_fks=False)
