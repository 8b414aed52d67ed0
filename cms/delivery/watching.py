"""Watches the models whose rows readers see, and marks every row that is saved or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    get_page_models,
)
from wagtail.signals import page_slug_changed, post_page_move

from .marks import is_muted, mark, mark_kind, mark_reset
from .resources import resources

#: Fields that no reader sees: a save of nothing else, such as that of a draft, is no change.
UNSEEN_FIELDS = frozenset(
    {
        "draft_title",
        "expire_at",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "wagtail_admin_comments",
    }
)


#: Carries from the signal before a change to the one after it, on the row itself, whether readers saw the row.
WAS_SEEN = "_partnerships_was_seen"


@dataclass(frozen=True)
class Watched:
    """How changes of a model's rows are told."""

    #: Nobody can tell what such a change affects (a site, a restriction): readers are told to load everything again.
    resets: bool = False
    #: For rows that belong to another (a party of an agreement): the relation to it. The other one counts as changed.
    parent: str = ""


_watched: dict[type[Model], Watched] = {}


def register_public_model(model: type[Model], *, resets: bool = False) -> None:
    """Have every change of a model's rows, and of the child rows that belong to them, move the number.

    A host calls it for what its own pages show, such as a menu. ``resets`` tells followers of the feed to load
    everything again. What sends no signals (``QuerySet.update``, raw SQL) calls ``mark`` or ``mark_reset`` itself.
    """
    _watch(model, Watched(resets=resets))
    if issubclass(model, ClusterableModel):
        for relation in get_all_child_relations(model):
            child = relation.related_model
            # Comments on a page are not for its readers.
            if child._meta.app_label != "wagtailcore":
                parent = next(field.name for field in child._meta.get_fields() if isinstance(field, ParentalKey))
                _watch(child, Watched(resets=resets, parent=parent))


def register_core_models() -> None:
    """Watch pages, documents of the API, images, files, settings, and whatever decides who may see them, and where."""
    for model in (*get_page_models(), get_image_model(), get_document_model()):
        register_public_model(model)
    for resource in resources():
        for model in resource.models:
            register_public_model(model)
    if apps.is_installed("wagtail.contrib.redirects"):
        register_public_model(apps.get_model("wagtailredirects.Redirect"))
    settings_models = (model for model in apps.get_models() if issubclass(model, AbstractSetting))
    for model in (Site, Locale, Collection, PageViewRestriction, CollectionViewRestriction, *settings_models):
        register_public_model(model, resets=True)
    post_page_move.connect(_page_moved, dispatch_uid="partnerships_delivery")


def _watch(model: type[Model], watched: Watched) -> None:
    _watched[model] = watched
    uid = "partnerships_delivery"
    pre_save.connect(_before_save, sender=model, dispatch_uid=uid)
    post_save.connect(_after_save, sender=model, dispatch_uid=uid)
    pre_delete.connect(_before_delete, sender=model, dispatch_uid=uid)
    post_delete.connect(_after_delete, sender=model, dispatch_uid=uid)


def _touch(row: Model, *, is_new: bool = False) -> None:
    """Mark what a watched row is part of."""
    watched = _watched[type(row)]
    if watched.resets:
        mark_reset()
    elif not watched.parent:
        mark(row, is_new=is_new)
    elif (parent := getattr(row, watched.parent)) is not None and parent.pk is not None:
        mark(parent)


def _is_seen(row: Model) -> bool:
    """Tell whether readers may see a row as it stands in the database, or what it belongs to."""
    watched = _watched[type(row)]
    model, pk = type(row), row.pk
    if watched.parent:
        field = model._meta.get_field(watched.parent)
        model, pk = field.related_model, getattr(row, field.attname)
    if not any(field.name == "live" for field in model._meta.concrete_fields):
        return True
    return bool(model._default_manager.filter(pk=pk, live=True).exists())


# A row is marked before it changes, since what it pointed at counts, and again after: where no transaction is open the
# first mark is committed before the change, and an answer rendered in between would be kept under the new number.
# Within a transaction the second mark costs one small query.


def _before_save(instance: Any, raw: bool = False, update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    if is_muted() or (update_fields is not None and UNSEEN_FIELDS.issuperset(update_fields)):
        return
    if raw:
        mark_reset()
        return
    # Django documents the state's name, for want of another.
    if instance._state.adding and not _watched[type(instance)].parent:  # noqa: SLF001
        return
    if isinstance(instance, Page):
        _watch_address(instance)
    was_seen = vars(instance)[WAS_SEEN] = _is_seen(instance)
    if was_seen or getattr(instance, "live", True):
        _touch(instance)


def _after_save(
    instance: Any,
    raw: bool = False,
    created: bool = False,
    update_fields: frozenset[str] | None = None,
    **_kwargs: Any,
) -> None:
    if is_muted() or (update_fields is not None and UNSEEN_FIELDS.issuperset(update_fields)):
        return
    if raw:
        mark_reset()
    elif vars(instance).pop(WAS_SEEN, False) or _is_seen(instance):
        _touch(instance, is_new=created)


def _before_delete(instance: Any, **_kwargs: Any) -> None:
    if is_muted():
        return
    was_seen = vars(instance)[WAS_SEEN] = _is_seen(instance)
    if was_seen:
        _touch(instance)


def _after_delete(instance: Any, **_kwargs: Any) -> None:
    if not is_muted() and vars(instance).pop(WAS_SEEN, False):
        _touch(instance)


def _watch_address(page: Page) -> None:
    """Tell of the pages below one whose address changes: they are written past all signals."""
    if not Page.objects.filter(pk=page.pk).exclude(url_path=page.url_path).exists():
        return
    if page.numchild:
        mark_reset()
    # Connected at the first need and not at start, to run after the receiver that writes the automatic redirects.
    page_slug_changed.connect(_redirects_written, dispatch_uid="partnerships_delivery")


def _page_moved(**_kwargs: Any) -> None:
    mark_reset()


def _redirects_written(**_kwargs: Any) -> None:
    if apps.is_installed("wagtail.contrib.redirects"):
        mark_kind(apps.get_model("wagtailredirects.Redirect"))
