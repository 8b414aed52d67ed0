"""What anyone may read: the one test that pages, relations, counts, search and every API go through.

A page is public if it is live, no view restriction stands on it or above it, it is no alias and, where a site is
asked, it lies below that site's root page or a translation of it. A snippet is public if it is live and a public
page uses it; a document, if its collection is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex, Site

from ..snippets.planner import is_below, is_no_alias

PagesT = TypeVar("PagesT", bound="QuerySet[Page]")
SnippetT = TypeVar("SnippetT", bound=Model)


def _at_or_below(outer_path: str, inner_path: str) -> Q:
    """Match the view restrictions whose own tree path begins the outer row's tree path."""
    restrictions = PageViewRestriction if inner_path.startswith("page") else CollectionViewRestriction
    return Q(
        Exists(
            restrictions.objects.annotate(
                outer_path=ExpressionWrapper(OuterRef(outer_path), output_field=CharField())
            ).filter(outer_path__startswith=F(inner_path))
        )
    )


def root_paths(site: Site) -> list[str]:
    """Return the tree paths of a site's root page and of its translations, by one query."""
    roots = Page.objects.filter(translation_key=site.root_page.translation_key)
    return list(roots.values_list("path", flat=True))


def remember_roots(site: Site) -> None:
    """Ask for a site's roots once, for an instance that lives no longer than the request that it was fetched for."""
    site.public_root_paths = root_paths(site)


def roots_of(site: Site) -> tuple[str, ...]:
    """Return the tree paths of a site's root page and of its translations, asking only if they are not remembered."""
    return tuple(getattr(site, "public_root_paths", None) or root_paths(site))


def below(paths: Iterable[str]) -> Q:
    """Match the pages at some tree paths, or below them."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(is_below(path))
    return found


def below_site(site: Site) -> Q:
    """Match the pages below a site's root page, or below a translation of it.

    Asks the database for those roots, unless ``remember_roots`` has.
    """
    return below(roots_of(site))


def open_pages() -> Q:
    """Match the pages that anyone may read at their own addresses; an alias only shows what another page says."""
    return Q(live=True) & ~_at_or_below("path", "page__path")


def public_pages(site: Site | None = None) -> Q:
    """Match the public pages, of one site if given."""
    return public_below(None if site is None else roots_of(site))


def public_below(roots: Iterable[str] | None) -> Q:
    """Match the public pages, below some tree paths if given."""
    public = Q(is_no_alias()) & open_pages()
    return public if roots is None else public & below(roots)


def published(pages: PagesT, site: Site | None = None) -> PagesT:
    """Keep the public pages, of one site if given."""
    return pages.filter(public_pages(site))


def open_collections() -> Q:
    """Match the documents and images whose collection, with all above it, anyone may read."""
    return ~_at_or_below("collection__path", "collection__path")


def open_documents() -> QuerySet[AbstractDocument]:
    """Return the documents whose collection, with all above it, anyone may read."""
    return get_document_model().objects.filter(open_collections())


def used_snippets(snippets: QuerySet[SnippetT], site: Site | None = None) -> QuerySet[SnippetT]:
    """Keep the live snippets that a public page refers to, by a relation or in a block.

    References carry identity: a page names the source row, and every live translation of it counts as used.
    """
    pages = published(Page.objects.all(), site).annotate(object_id=Cast("pk", CharField())).values("object_id")
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(snippets.model),
        object_id__in=pages,
    )
    used_ids = {int(object_id) for object_id in references.values_list("to_object_id", flat=True).distinct()}
    keys = snippets.model._default_manager.filter(pk__in=used_ids).values("translation_key")
    return snippets.filter(live=True, translation_key__in=keys)
