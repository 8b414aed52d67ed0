"""Mirrors the view restrictions of source pages on their translations, as far as these do not inherit them.

A page is as private as its source: by a restriction of its own where what protects the source, itself or above it, does
not protect the page. What somebody restricts in one translation alone stays as it is. Of an alias, Wagtail
asks the page that it mirrors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import copy_for_translation_done, page_published, post_page_move

from .liveness import follows_source
from .planner import is_no_alias
from .source_rows import is_source

_mirroring: ContextVar[bool] = ContextVar("mirroring_privacy", default=False)

#: Where a restriction keeps, between the signals of one change, what it asked of readers before.
_BEFORE = "_protection_before_change"


@dataclass(frozen=True)
class Protection:
    """What a view restriction asks of a reader."""

    restriction_type: str
    password: str
    group_ids: frozenset[int]

    @classmethod
    def of(cls, restriction: PageViewRestriction) -> Protection:
        groups = frozenset(group.pk for group in restriction.groups.all())
        return cls(restriction.restriction_type, restriction.password, groups)

    def add_to(self, page: Page) -> PageViewRestriction:
        restriction = PageViewRestriction(page=page, restriction_type=self.restriction_type, password=self.password)
        restriction.save()
        restriction.groups.set(self.group_ids)
        return restriction


class Restrictions:
    """Every view restriction there is, by the tree path of its page."""

    def __init__(self) -> None:
        self._by_path: dict[str, list[tuple[PageViewRestriction, Protection]]] = defaultdict(list)
        for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups"):
            self._by_path[restriction.page.path].append((restriction, Protection.of(restriction)))

    def on(self, page: Page) -> list[tuple[PageViewRestriction, Protection]]:
        return list(self._by_path.get(page.path, ()))

    def protecting(self, path: str) -> set[Protection]:
        """Return what is asked of a reader of the page at a tree path, by that page and all above it."""
        above = (restrictions for page_path, restrictions in self._by_path.items() if path.startswith(page_path))
        return {protection for restrictions in above for _restriction, protection in restrictions}

    def add(self, page: Page, protection: Protection) -> None:
        self._by_path[page.path].append((protection.add_to(page), protection))

    def remove(self, page: Page, restriction: PageViewRestriction) -> None:
        restriction.delete()
        self._by_path[page.path] = [entry for entry in self.on(page) if entry[0].pk != restriction.pk]


@transaction.atomic
def mirror_privacy(pages: QuerySet[Page], former: Iterable[Protection] = ()) -> None:
    """Make the translations of these pages, and those among these pages, as private as their sources.

    ``former`` is what may have protected the sources until now: its mirrors go where it does no longer.
    """
    restrictions = Restrictions()
    former = set(former)
    # Wherever a page inherits from above, the one above is looked at first.
    for page, source in sorted(_translations(pages), key=lambda pair: pair[0].path):
        wanted = restrictions.protecting(source.path)
        with _own_writes():
            kept = set()
            for restriction, protection in restrictions.on(page):
                # Wagtail copies a page's restrictions after the page, and their groups last of all: by then there is a
                # mirror already.
                if protection in kept or protection in former - wanted:
                    restrictions.remove(page, restriction)
                kept.add(protection)
            for protection in wanted - restrictions.protecting(page.path):
                restrictions.add(page, protection)


def _translations(pages: QuerySet[Page]) -> Iterator[tuple[Page, Page]]:
    """Yield every translation in the groups that these pages belong to, with its source."""
    groups: dict[UUID, list[Page]] = defaultdict(list)
    keys = pages.order_by().values("translation_key")
    for page in Page.objects.filter(is_no_alias(), translation_key__in=keys, depth__gt=1).order_by("pk"):
        groups[page.translation_key].append(page)
    default_id = Locale.get_default().pk
    for group in groups.values():
        source = next((page for page in group if page.locale_id == default_id), group[0])
        if len(group) > 1 and follows_source(source):
            yield from ((page, source) for page in group if page.pk != source.pk)


@contextmanager
def _own_writes() -> Iterator[None]:
    token = _mirroring.set(True)
    try:
        yield
    finally:
        _mirroring.reset(token)


def connect() -> None:
    """Watch restrictions, and what puts pages above or below them: moves and new translations."""
    pre_save.connect(_before_change, PageViewRestriction, dispatch_uid="partnerships_restriction_pre_save")
    pre_delete.connect(_before_change, PageViewRestriction, dispatch_uid="partnerships_restriction_pre_delete")
    post_save.connect(_after_save, PageViewRestriction, dispatch_uid="partnerships_restriction_post_save")
    post_delete.connect(_after_delete, PageViewRestriction, dispatch_uid="partnerships_restriction_post_delete")
    m2m_changed.connect(
        _groups_changed, PageViewRestriction.groups.through, dispatch_uid="partnerships_restriction_groups"
    )
    post_page_move.connect(_page_moved, dispatch_uid="partnerships_page_moved")
    copy_for_translation_done.connect(_page_translated, dispatch_uid="partnerships_page_translated")
    page_published.connect(_page_published, dispatch_uid="partnerships_page_published")


def _before_change(instance: PageViewRestriction, raw: bool = False, **_kwargs: Any) -> None:
    if raw or _mirroring.get() or instance.pk is None:
        return
    stored = PageViewRestriction.objects.filter(pk=instance.pk).first()
    if stored is not None:
        setattr(instance, _BEFORE, Protection.of(stored))


def _changed(restriction: PageViewRestriction) -> None:
    if _mirroring.get():
        return
    before = restriction.__dict__.pop(_BEFORE, None)
    subtree = Page.objects.filter(path__startswith=restriction.page.path)
    mirror_privacy(subtree, [before] if before else ())


def _after_save(instance: PageViewRestriction, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        _changed(instance)


def _after_delete(instance: PageViewRestriction, origin: Any = None, **_kwargs: Any) -> None:
    # A restriction that goes with its page leaves nobody to protect, and that page is about to go.
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model is PageViewRestriction:
        _changed(instance)


def _groups_changed(instance: Any, action: str, reverse: bool, **_kwargs: Any) -> None:
    # A group that is deleted takes the rows of the relation along without this signal; nobody is let in by that.
    if reverse or _mirroring.get():
        return
    if action.startswith("pre_"):
        _before_change(instance)
    else:
        _changed(instance)


def _page_moved(instance: Page, parent_page_before: Page, **_kwargs: Any) -> None:
    former = Restrictions().protecting(parent_page_before.path)
    mirror_privacy(Page.objects.filter(path__startswith=instance.path), former)


def _page_translated(target_obj: Any, **_kwargs: Any) -> None:
    if isinstance(target_obj, Page) and follows_source(target_obj):
        mirror_privacy(Page.objects.filter(pk=target_obj.pk))


def _page_published(instance: Page, **_kwargs: Any) -> None:
    # However a translation came into being, it is protected once it can be read.
    if follows_source(instance) and not is_source(instance):
        mirror_privacy(Page.objects.filter(pk=instance.pk))
