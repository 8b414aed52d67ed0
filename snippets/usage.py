"""What uses a row, so that nothing in use is deleted: found before the database objects, drafts and blocks included.

Wagtail's usage view answers for one row and what is published; this answers for many rows at once and for drafts too.
A published foreign key protects its target by itself, but a draft and a block do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, ReferenceIndex, Revision

#: So many ids at a time are asked of the database, which limits the length of a query.
BATCH = 500
#: Of so many ids each is looked for in the text of the drafts.
FEW = 20

Key = tuple[int, str]


@dataclass(frozen=True)
class Use:
    """One thing that refers to a row which somebody wants to delete."""

    user: Any
    target: Any
    is_draft: bool

    @property
    def title(self) -> str:
        get_title = getattr(self.user, "get_admin_display_title", None)
        return str(get_title() if get_title else self.user)

    @property
    def content_type_id(self) -> int:
        return ContentType.objects.get_for_model(type(self.user)).pk

    @property
    def kind(self) -> str:
        return str(self.user._meta.verbose_name)

    def edit_url(self, user: Any) -> str | None:
        """Where ``user`` can change it; None if they may not."""
        url: str | None = AdminURLFinder(user).get_edit_url(self.user)
        return url


def uses_of(rows: Iterable[models.Model]) -> list[Use]:
    """List what would lose a row if all of ``rows`` were deleted.

    A row's published use by another of them counts too, since a protected foreign key does not ask whether its own
    row goes in the same step.
    """
    targets = {_key(row): row for row in rows}
    found = {**_published_uses(targets), **_draft_uses(targets)}
    uses = [Use(user, targets[target], is_draft) for (_user, target), (user, is_draft) in found.items()]
    return sorted(uses, key=lambda use: (use.title, str(use.user.pk)))


def _key(row: models.Model) -> Key:
    """Name a row as the reference index does: by its base model."""
    content_type = ContentType.objects.get_for_model(_base_model(type(row)))
    return content_type.pk, str(row.pk)


def _base_model(model: type[models.Model]) -> type[models.Model]:
    parents = model._meta.get_parent_list()
    return parents[-1] if parents else model


def _ids_by_type(targets: dict[Key, Any]) -> dict[int, list[str]]:
    ids: dict[int, list[str]] = {}
    for content_type_id, object_id in targets:
        ids.setdefault(content_type_id, []).append(object_id)
    return ids


def _protects(reference: ReferenceIndex) -> bool:
    """Tell whether a reference keeps its target: a protected foreign key does, and so does a block of a page."""
    return reference.on_delete == models.PROTECT or isinstance(reference.source_field, StreamField)


def _published_uses(targets: dict[Key, Any]) -> dict[tuple[Key, Key], tuple[Any, bool]]:
    references: set[tuple[Key, Key]] = set()
    for content_type_id, object_ids in _ids_by_type(targets).items():
        for start in range(0, len(object_ids), BATCH):
            batch = ReferenceIndex.objects.filter(
                to_content_type_id=content_type_id, to_object_id__in=object_ids[start : start + BATCH]
            )
            for reference in batch:
                user = (reference.base_content_type_id, reference.object_id)
                target = (content_type_id, reference.to_object_id)
                if user != target and _protects(reference):
                    references.add((user, target))
    rows = _rows({user for user, _target in references})
    return {(user, target): (rows[user], False) for user, target in references if user in rows}


def _draft_uses(targets: dict[Key, Any]) -> dict[tuple[Key, Key], tuple[Any, bool]]:
    """Find the drafts that name a target; those of the targets themselves do not count.

    A draft whose foreign key leads nowhere can't be opened any more.
    """
    uses: dict[tuple[Key, Key], tuple[Any, bool]] = {}
    for revision in _drafts_with(object_id for _content_type_id, object_id in targets):
        user = (revision.base_content_type_id, revision.object_id)
        if user in targets:
            continue
        draft = revision.as_object()
        for to_content_type_id, to_object_id, _path, _place in ReferenceIndex._extract_references_from_object(draft):  # noqa: SLF001  # nothing public reads a draft's references
            target = (to_content_type_id, str(to_object_id))
            if target in targets:
                uses[user, target] = (draft, True)
    return uses


def named_in_drafts(model: type[models.Model]) -> set[Any]:
    """Return the ids of a model's rows that some draft names, also one of a page that is published without them."""
    content_type_id = ContentType.objects.get_for_model(_base_model(model)).pk
    found = set()
    for revision in _drafts():
        for to_content_type_id, to_object_id, _path, _place in ReferenceIndex._extract_references_from_object(  # noqa: SLF001  # nothing public reads a draft's references
            revision.as_object()
        ):
            if to_content_type_id == content_type_id:
                found.add(model._meta.pk.to_python(to_object_id))
    return found


def _drafts() -> models.QuerySet[Revision]:
    """Return the latest revision of each row whose draft differs from what is published."""
    drafts = Q(pk__in=[])
    for content_type in ContentType.objects.get_for_models(*_drafted_models()).values():
        model = content_type.model_class()
        assert model is not None
        latest = model._default_manager.filter(has_unpublished_changes=True).values("latest_revision_id")
        drafts |= Q(pk__in=latest)
    return Revision.objects.filter(drafts).select_related("content_type", "base_content_type")


def _drafts_with(ids: Iterable[str]) -> models.QuerySet[Revision]:
    """Leave out, if a few ids are looked for, the drafts whose text has none of them: reading one takes a while."""
    few = set(ids)
    if len(few) > FEW:
        return _drafts()
    named = Q(pk__in=[])
    for object_id in few:
        named |= Q(text__contains=object_id)
    return _drafts().annotate(text=Cast("content", models.TextField())).filter(named)


def _drafted_models() -> list[type[models.Model]]:
    """List the base models that keep drafts: Wagtail's Page, and each snippet."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin)
        and not any(issubclass(p, DraftStateMixin) for p in model._meta.get_parent_list())
    ]


def _rows(keys: set[Key]) -> dict[Key, Any]:
    rows: dict[Key, Any] = {}
    for content_type_id, object_ids in _ids_by_type(dict.fromkeys(keys)).items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is None:
            continue
        for row in model._default_manager.filter(pk__in=object_ids):
            rows[content_type_id, str(row.pk)] = getattr(row, "specific_deferred", row)
    return rows
