"""For whom a response is made: which site, which language, and what it was rendered from."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any, Literal, Protocol
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from wagtail.models import Collection, CollectionViewRestriction, Locale, Site

from ...site_pages.reader import Reader, all_locales
from ...site_pages.standing import standing
from ...site_pages.visibility import remember_roots
from ...snippets.planner import is_in
from .previews.access import preview_of
from .previews.drafts import EditorsDrafts, draft_of
from .problems import BadParameterError, NotFoundError

Fallback = Literal["source"]


class LanguageParameters(Protocol):
    """What every request for documents may say about language."""

    locale: str | None
    fallback: Fallback | None


def closed_collections() -> frozenset[int]:
    """The ids of the collections that not everyone may look into, by one query."""
    restrictions = CollectionViewRestriction.objects.annotate(
        inner_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(inner_path__startswith=F("collection__path"))
    return frozenset(Collection.objects.filter(Exists(restrictions)).order_by().values_list("pk", flat=True))


def _site_of(request: HttpRequest) -> Site | None:
    site = Site.find_for_request(request)
    if site is not None:
        remember_roots(site)
    return site


class Scope:
    """A site and a language, on a day; collects the cache tags of what is rendered within it."""

    def __init__(self, request: HttpRequest, parameters: LanguageParameters) -> None:
        """Raises BadParameterError for a language that the site lacks, NotFoundError for a host without site."""
        site = standing(request, ("site", request.get_host()), lambda: _site_of(request))
        if site is None:
            raise NotFoundError("No site answers at this host.")
        self.request = request
        self.site: Site = site
        self.day: datetime.date = timezone.localdate()
        self.fallback = parameters.fallback
        self.tags: set[str] = set()
        self.locales: dict[int, Locale] = standing(request, "locales", all_locales)
        codes = {locale.language_code: locale for locale in self.locales.values()}
        self.preview = preview_of(request)
        asked = parameters.locale
        if asked is None and self.preview is not None:
            asked = self.preview.language_code
        if asked is not None and asked not in codes:
            raise BadParameterError("locale", f"The languages of this site are: {', '.join(sorted(codes))}.")
        self.locale: Locale = codes[asked] if asked else self.locales[site.root_page.locale_id]

    @property
    def language(self) -> str:
        return str(self.locale.language_code)

    def language_of(self, row: Any) -> str:
        """The language code of a row, without a query."""
        return str(self.locales[row.locale_id].language_code)

    @property
    def listed_languages(self) -> dict[int, str]:
        """The language codes, by locale, of the rows that ``in_language`` keeps."""
        listed = [self.locale] if self.fallback is None else self.locales.values()
        return {locale.pk: locale.language_code for locale in listed}

    @cached_property
    def closed_collections(self) -> frozenset[int]:
        """The ids of the collections that not everyone may look into; asked for once."""
        return standing(self.request, "closed collections", closed_collections)

    def reader(self, *, of_drafts: bool = False) -> Reader:
        """Somebody who reads within this scope; of drafts, for what the document of a preview embeds."""
        drafts = EditorsDrafts(self.preview.user, self.site) if self.preview and of_drafts else None
        return Reader(
            self.locale,
            site=self.site,
            day=self.day,
            locales=self.locales,
            drafts=drafts,
            base_url=self.site.root_url,
        )

    def draft(self, resource_name: str, key: UUID) -> Any:
        """The draft of a document, if the request bears a token for just that; None if not."""
        preview = self.preview
        if preview is None or (preview.resource, preview.translation_key) != (resource_name, key):
            return None
        return draft_of(preview, self.site) if preview.language_code == self.language else None

    def tag(self, key: UUID) -> None:
        """Note that the response shows something of this id, and so is stale when that changes."""
        self.tags.add(str(key))

    def in_language(self, public: QuerySet[Any], *, is_narrowed: bool = False) -> QuerySet[Any]:
        """Keep one row per document: the one in the asked language, and with ``fallback=source`` else its source.

        The source is the row in the default locale; a group that has none there is its own source, by its first row.
        ``is_narrowed`` says that the caller filters by something that should lead the database to the rows.
        """
        if self.fallback is None:
            return public.filter(is_in(self.locale)) if is_narrowed else public.filter(locale=self.locale)
        same = public.order_by().filter(translation_key=OuterRef("translation_key"))
        default_pk = next((pk for pk, locale in self.locales.items() if locale.is_default), self.locale.pk)
        own = Q(locale=self.locale)
        source = Q(locale=default_pk) | (
            ~Exists(same.filter(locale=default_pk)) & ~Exists(same.filter(pk__lt=OuterRef("pk")))
        )
        return public.filter(own | (~Exists(same.filter(own)) & source))
