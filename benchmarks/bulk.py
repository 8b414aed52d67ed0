"""Writes many pages and snippets at once, with everything that Wagtail would have written for each of them.

A page that is made one at a time costs about 100 ms, and its translation over 400 queries. Here all rows of a table go
in together; the tree, the search index, our own search texts and the reference index follow from the rows in memory.
A test compares them with what Wagtail's own commands rebuild.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model
from django.utils import timezone

from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends_with_name
from wagtail.search.index import get_indexed_models

from wagtail_partnerships.site_pages.search_texts import SEARCHED, write_search_texts
from wagtail_partnerships.snippets.source_rows import refer_to_sources

#: How many rows go into one statement.
BATCH = 500


def write_snippets(rows: Sequence[Model]) -> None:
    """Insert live snippets of one model."""
    type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
    _index(rows)


def write_pages(parent: Page, pages: Sequence[Page]) -> None:
    """Insert live pages of one type as the last children of a page, with the child rows set on them in memory.

    What they refer to has been written before, or is among them.
    """
    _place(parent, pages)
    children = _children_of(pages)
    bases = Page.objects.bulk_create([_base_of(page) for page in pages], batch_size=BATCH)
    for page, base in zip(pages, bases, strict=True):
        page.pk = base.pk
        _remember_references(page)
    refer_to_sources(pages)
    manager = type(pages[0])._base_manager.get_queryset()
    # Django refuses to bulk_create rows of a model that inherits a table, whose halves are written apart here.
    manager._batched_insert(pages, type(pages[0])._meta.local_concrete_fields, BATCH)
    for page in pages:
        page._state.adding, page._state.db = False, manager.db
    for model, rows in children.items():
        model._default_manager.bulk_create(rows, batch_size=BATCH)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    parent.refresh_from_db()
    _index(pages)


def finish_indexes() -> None:
    """Bring what depends on all rows of the search index up to date, as the end of a rebuild does."""
    for _name, backend in get_search_backends_with_name():
        index = backend.get_index_for_model(Page)
        if hasattr(index, "_refresh_title_norms"):
            index._refresh_title_norms(full=True)


def _place(parent: Page, pages: Sequence[Page]) -> None:
    last = parent.get_last_child()
    path = last.path if last else Page._get_path(parent.path, parent.depth + 1, 0)
    content_type = ContentType.objects.get_for_model(type(pages[0]))
    now = timezone.now()
    for page in pages:
        path = page.path = Page(path=path)._inc_path()
        page.depth, page.numchild = parent.depth + 1, 0
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.content_type = content_type
        page.draft_title = page.title
        page.first_published_at = page.last_published_at = page.latest_revision_created_at = now
        page.live, page.has_unpublished_changes = True, False


def _children_of(pages: Sequence[Page]) -> dict[type[Model], list[Model]]:
    """Return the child rows by model; each page holds all its relations in memory from now on, the empty ones too."""
    children: dict[type[Model], list[Model]] = defaultdict(list)
    for relation in get_all_child_relations(type(pages[0])):
        for page in pages:
            manager = getattr(page, relation.get_accessor_name())
            rows = list(manager.all())
            for order, row in enumerate(rows):
                if hasattr(row, "sort_order"):
                    row.sort_order = order
            manager.set(rows)
            children[relation.related_model] += rows
    return children


def _base_of(page: Page) -> Page:
    fields = Page._meta.local_concrete_fields
    return Page(**{field.attname: getattr(page, field.attname) for field in fields if not field.primary_key})


def _remember_references(page: Page) -> None:
    """Read the primary keys of rows that were assigned before they had one."""
    children = (child for rows in page._cluster_related_objects.values() for child in rows)
    for row in (page, *children):
        for field in row._meta.concrete_fields:
            if field.is_relation and field.is_cached(row) and (target := getattr(row, field.name)) is not None:
                setattr(row, field.attname, target.pk)


def _index(rows: Sequence[Any]) -> None:
    model = type(rows[0])
    if issubclass(model, SEARCHED):
        write_search_texts(rows)
    if model in get_indexed_models():
        for _name, backend in get_search_backends_with_name():
            index = backend.get_index_for_model(model)
            for start in range(0, len(rows), BATCH):
                index.add_items(model, rows[start : start + BATCH])
    if ReferenceIndex.is_indexed(model):
        references = [reference for row in rows for reference in _references_of(row)]
        ReferenceIndex.objects.bulk_create(references, batch_size=BATCH)


def _references_of(row: Any) -> list[ReferenceIndex]:
    """Return the references of a new row, as ``ReferenceIndex.create_or_update_for_object`` writes them."""
    return [
        ReferenceIndex(
            content_type=ContentType.objects.get_for_model(row, for_concrete_model=False),
            base_content_type=ReferenceIndex._get_base_content_type(row),
            object_id=row.pk,
            to_content_type_id=content_type_id,
            to_object_id=object_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for content_type_id, object_id, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(row)
        )
    ]
