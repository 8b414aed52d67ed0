"""Named queries over partners and agreements: what is public, with which status, and with what it needs to be shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Self
from uuid import UUID

from wagtail.models import Site
from wagtail.query import PageQuerySet

from .deadlines import DeadlineKind, approaching, sources, watched
from .status import alias_status, annotate_status, annotate_successor
from .visibility import published


class PublicPageQuerySet(PageQuerySet):
    """Pages of ours, and which of them the public may see."""

    def published(self, site: Site | None = None) -> Self:
        """Keep what anyone may read, of one site if given (see ``visibility``)."""
        return published(self, site)


class PartnerPageQuerySet(PublicPageQuerySet):
    """Queries over ``PartnerPage``."""


class AgreementPageQuerySet(PublicPageQuerySet):
    """Queries over ``AgreementPage``."""

    def with_status(self, day: datetime.date | None = None) -> Self:
        """Add ``status_code``, ``expiring``, ``starts_on``, ``ends_on`` and ``has_successor`` as of ``day`` (today)."""
        return annotate_status(self, day)

    def filterable_by_status(self, day: datetime.date | None = None) -> Self:
        """Make the same known to conditions, but read ``has_successor`` alone, as ``with_successor`` does."""
        return alias_status(self, day)

    def sources(self) -> Self:
        """Keep one row of each agreement, whatever languages it is in: its source."""
        return sources(self)

    def watched(self, day: datetime.date | None = None) -> Self:
        """Keep the live sources whose dates still matter on ``day`` (today): not over, and not renewed."""
        return watched(self, day)

    def approaching(self, kind: DeadlineKind, day: datetime.date | None = None) -> Self:
        """Keep the watched with such a deadline within twelve months of ``day`` (today); adds it, and in how many."""
        return approaching(self, kind, day)

    def with_successor(self, day: datetime.date | None = None) -> Self:
        """Add ``has_successor`` alone, by which a row in memory tells its status as of ``day`` (today)."""
        return annotate_successor(self, day)

    def with_party(self, partner_keys: Iterable[UUID]) -> Self:
        """Keep the agreements that have one of these partners, by translation key, among their parties."""
        return self.filter(parties__partner__translation_key__in=list(partner_keys)).distinct()
