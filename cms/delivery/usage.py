"""Who points at what, by Wagtail's reference index, in the API's terms: ids for all languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from .resources import get_resource, resource_of

#: One document in all its languages: the kind's name and the id.
Document = tuple[str, UUID]
#: A row as the reference index names it: its content type's id, and its primary key.
Target = tuple[int, str]


def _base_type(model: type[Model]) -> ContentType:
    """Return the type under which the index files a model's rows: that of the model with the primary key."""
    base = [model, *model._meta.get_parent_list()][-1]
    return ContentType.objects.get_for_model(base, for_concrete_model=False)


def targets_of(model: type[Model], pk: str) -> list[Target]:
    """Return what a row points at: relations, blocks and links in its text."""
    references = ReferenceIndex.objects.filter(base_content_type=_base_type(model), object_id=pk)
    return list(references.values_list("to_content_type_id", "to_object_id").distinct())


def users_before(model: type[Model], pk: str) -> list[Target]:
    """Return what points at a row: to be kept for when it is gone, and the references with it."""
    content_type_id, object_id = row_target(model, pk)
    references = ReferenceIndex.objects.filter(to_content_type_id=content_type_id, to_object_id=object_id)
    return list(references.values_list("base_content_type_id", "object_id").distinct())


def documents_at(targets: Iterable[Target]) -> set[Document]:
    """Return the documents of the API among some targets, one query for each kind of row."""
    pks: dict[int, set[str]] = defaultdict(set)
    for content_type_id, pk in targets:
        pks[content_type_id].add(pk)
    return {
        (resource.name, key)
        for content_type_id, of_type in pks.items()
        for model, key in _identities(ContentType.objects.get_for_id(content_type_id).model_class(), of_type)
        if (resource := resource_of(model)) is not None
    }


def users_of(documents: Iterable[Document]) -> dict[Document, set[UUID]]:
    """Return, for each of some documents that is pointed at in any language, the ids of who does so."""
    keys: dict[str, set[UUID]] = defaultdict(set)
    for name, key in documents:
        keys[name].add(key)
    rows: dict[Target, Document] = {}
    for name, of_kind in keys.items():
        for model in get_resource(name).models:
            found = model._default_manager.filter(translation_key__in=of_kind).values_list("pk", "translation_key")
            rows |= {(_base_type(model).pk, str(pk)): (name, key) for pk, key in found}
    users: dict[Document, set[UUID]] = defaultdict(set)
    for target, ids in users_of_rows(rows).items():
        users[rows[target]] |= ids
    return users


def users_of_rows(targets: Iterable[Target]) -> dict[Target, set[UUID]]:
    """Return, for each of some rows that is pointed at, the ids of who does so."""
    wanted = set(targets)
    references = ReferenceIndex.objects.filter(
        to_content_type_id__in={content_type_id for content_type_id, _pk in wanted},
        to_object_id__in={pk for _content_type_id, pk in wanted},
    ).values_list("to_content_type_id", "to_object_id", "base_content_type_id", "object_id")
    pairs = {(row[:2], row[2:]) for row in references if row[:2] in wanted}
    sources: dict[int, set[str]] = defaultdict(set)
    for _target, (content_type_id, pk) in pairs:
        sources[content_type_id].add(pk)
    ids: dict[Target, UUID] = {}
    for content_type_id, of_type in sources.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is not None and issubclass(model, TranslatableMixin):
            found = model._default_manager.filter(pk__in=of_type).values_list("pk", "translation_key")
            ids |= {(content_type_id, str(pk)): key for pk, key in found}
    users: dict[Target, set[UUID]] = defaultdict(set)
    for target, source in pairs:
        if source in ids:
            users[target].add(ids[source])
    return users


def family_of(documents: Iterable[Document]) -> dict[UUID, set[UUID]]:
    """Return, for each of some documents that is a page, the ids of the pages right above and below it."""
    pages = Page.objects.filter(translation_key__in={key for _name, key in documents}, depth__gt=1)
    places = {page.path: page.translation_key for page in pages.only("path", "translation_key")}
    family: dict[UUID, set[UUID]] = defaultdict(set)
    if not places:
        return family
    near = Q(path__in={path[: -Page.steplen] for path in places})
    for path in places:
        near |= Q(path__startswith=path, depth=len(path) // Page.steplen + 1)
    relatives = dict(Page.objects.filter(near).order_by().values_list("path", "translation_key")) | places
    for path, key in relatives.items():
        above = path[: -Page.steplen]
        if above in relatives:
            if path in places:
                family[key].add(relatives[above])
            if above in places:
                family[places[above]].add(key)
    return family


def row_target(model: type[Model], pk: str) -> Target:
    """Name a row as the reference index does."""
    return _base_type(model).pk, pk


def _identities(model: type[Model] | None, pks: Iterable[str]) -> Iterable[tuple[type[Model], UUID]]:
    if model is None or not issubclass(model, TranslatableMixin):
        return
    rows = model._default_manager.filter(pk__in=list(pks))
    if not issubclass(model, Page):
        yield from ((model, key) for key in rows.values_list("translation_key", flat=True))
        return
    for content_type_id, key in rows.values_list("content_type_id", "translation_key"):
        yield ContentType.objects.get_for_id(content_type_id).model_class() or model, key
