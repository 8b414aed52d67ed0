"""The change feed: what changed since a cursor, gapless and in the order of the commits."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from wagtail.models import Site

from .midnight import start_day_if_due
from .models import ContentChange, ContentMark
from .telling import tell_pending
from .versions import Version, current_version

#: How long items can be read.
KEPT = datetime.timedelta(days=90)

#: How a cursor is written, also for readers whose regular expressions know no names: number, token and position.
CURSOR = re.compile(r"([0-9]{1,18})-([0-9a-f]{8}|new)(?:\.([0-9]{1,9}))?", re.ASCII)


class BadCursorError(ValueError):
    """What was given is no cursor of the feed."""


class ResyncRequiredError(Exception):
    """The cursor is older than what is kept, or from before the database was restored: load everything again."""


@dataclass(frozen=True)
class Cursor:
    """A place in the feed: after a whole number, or after one item of it."""

    number: int
    token: str
    position: int | None = None

    def __str__(self) -> str:
        version = f"{self.number}-{self.token}"
        return version if self.position is None else f"{version}.{self.position}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Read a cursor, or the ``Content-Version`` of an answer. Raises BadCursorError."""
        match = CURSOR.fullmatch(text)
        if match is None:
            raise BadCursorError(text)
        number, token, position = match.groups()
        return cls(int(number), token, None if position is None else int(position))


@dataclass(frozen=True)
class FeedItem:
    """One change, as the feed and webhooks give it."""

    cursor: str
    #: ``upsert``, ``delete`` or ``reset``.
    action: str
    #: Empty for a reset, as the three below.
    resource: str
    id: str
    locale: str
    time: datetime.datetime
    tags: list[str]
    #: The primary key of the site that the change shows on; None if it is all of them.
    site_id: int | None


@dataclass(frozen=True)
class Feed:
    """A page of the feed; ``next`` is the cursor to ask with the next time, also when nothing is left now."""

    items: list[FeedItem]
    next: str
    has_more: bool


def read_feed(site: Site | None, since: str | None, limit: int = 100) -> Feed:
    """Return at most ``limit`` changes on a site, or on all, after a cursor, or the oldest that are kept if None.

    Raises BadCursorError for what is no cursor, and ResyncRequiredError.
    """
    start_day_if_due()
    # Read before telling: whatever this number covers is told by the time the items are read.
    version = current_version()
    tell_pending()
    changes = ContentChange.objects.filter(number__lte=version.number)
    if site is not None:
        changes = changes.filter(Q(site=site) | Q(site=None))
    if since is not None:
        cursor = Cursor.parse(since)
        _check(cursor, version)
        later = Q(number__gt=cursor.number)
        if cursor.position is not None:
            later |= Q(number=cursor.number, position__gt=cursor.position)
        changes = changes.filter(later)
    found = list(changes.order_by("number", "position")[: limit + 1])
    items = [_item(change) for change in found[:limit]]
    has_more = len(found) > limit
    # With nothing left, the next question starts after the whole number: numbers without items are passed over.
    return Feed(items, items[-1].cursor if has_more else str(version), has_more)


def prune() -> None:
    """Forget the changes that are older than the feed is kept.

    Up to a number and not one by one: of two transactions the one that began first may have ended last, and a cursor
    that is still known must have all that follows it. Who stands at the last of these numbers has all before it, and
    so is still known.
    """
    old = ContentMark.objects.filter(created_at__lt=timezone.now() - KEPT, is_told=True)
    last = old.order_by("-number").values_list("number", flat=True).first()
    if last is not None:
        ContentChange.objects.filter(number__lte=last).delete()
        ContentMark.objects.filter(number__lt=last, is_told=True).delete()


def _check(cursor: Cursor, version: Version) -> None:
    if cursor.position is None and (cursor.number, cursor.token) == (version.number, version.token):
        return
    # Every number has a mark that bears its token, for as long as the feed is kept, and every item its place.
    known = ContentMark.objects if cursor.position is None else ContentChange.objects.filter(position=cursor.position)
    if not known.filter(number=cursor.number, token=cursor.token).exists():
        raise ResyncRequiredError(str(cursor))


def _item(change: ContentChange) -> FeedItem:
    return FeedItem(
        cursor=str(Cursor(change.number, change.token, change.position)),
        action=change.action,
        resource=change.resource,
        id=change.object_id,
        locale=change.language_code,
        time=change.created_at,
        tags=change.tags,
        site_id=change.site_id,
    )
