"""One search over all that readers look for, and the change feed: what is read across the kinds of documents."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import override

from ninja import Query, Router
from pydantic import Field

from ...site_pages.search_texts import matching
from ...snippets.sort_keys import alphabetical
from .listings.base import Listing
from .listings.others import StrategyListing
from .listings.partnerships import AgreementListing, PartnerListing
from .openapi import document_errors
from .parameters import NO_NUL, LanguageParameters, PageParameters, check_parameters
from .previews.access import refuse_previews
from .responses import json_response, languages_of, list_links, list_meta
from .schemas import site as shapes
from .schemas.envelope import FacetValue
from .scope import Scope

router = Router(tags=["site"])

LISTINGS: dict[str, Listing[Any]] = {
    listing.resource.name: listing for listing in (PartnerListing(), AgreementListing(), StrategyListing())
}


class SearchParameters(LanguageParameters, PageParameters):
    """What to look for, and which part of the hits to answer with."""

    q: str = Field(
        min_length=1,
        max_length=200,
        description="Words that all begin a word of the text, accents aside.",
        examples=["lansstyrelsen"],
        json_schema_extra=NO_NUL,
    )
    resource: list[Literal["partner", "agreement", "strategy"]] = Field(
        [], max_length=3, description="Only these kinds."
    )


@router.get(
    "/search",
    response={200: shapes.SearchResults, **document_errors(400, 403, 404)},
    operation_id="search",
    summary="Search partners, agreements and strategies",
)
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> HttpResponse:
    """The best hits first: the title begins with the question, holds its words, or the text does."""
    refuse_previews(request)
    check_parameters(request.GET, SearchParameters)
    scope = Scope(request, parameters)
    found: list[tuple[int, str, str, int]] = []
    counts: list[FacetValue] = []
    for name, listing in LISTINGS.items():
        rows = matching(listing.rows(scope), parameters.q, scope.language, languages_of_rows=scope.listed_languages)
        key = alphabetical("name_key" if name == "strategy" else "title_key", scope.language)
        hits = list(rows.order_by().annotate(sort_key=key).values_list("rank", "sort_key", "pk"))
        if hits:
            counts.append({"code": name, "label": _plural(listing, scope.language), "count": len(hits)})
        if not parameters.resource or name in parameters.resource:
            found += [(-rank, sort_key, name, pk) for rank, sort_key, pk in hits]
    found.sort()
    meta = list_meta(scope, parameters, len(found))
    start = (parameters.page - 1) * parameters.limit
    results: Any = {
        "_meta": meta,
        "_links": list_links(scope, meta),
        "_facets": {"resource": counts},
        "items": _render(scope, found[start : start + parameters.limit]),
    }
    tags = scope.tags | {listing.resource.plural for listing in LISTINGS.values()}
    return json_response(results, tags, languages_of(scope, results["items"]))


def _plural(listing: Listing[Any], language: str) -> str:
    """What readers of a language call documents of a kind."""
    [model] = listing.resource.models
    with override(language):
        return capfirst(str(model._meta.verbose_name_plural))


def _render(scope: Scope, hits: list[tuple[int, str, str, int]]) -> list[Any]:
    """Render hits of several kinds in their order, with the same number of queries for any number of them."""
    rendered: dict[tuple[str, int], Any] = {}
    for name, listing in LISTINGS.items():
        pks = [pk for _rank, _key, kind, pk in hits if kind == name]
        if pks:
            rows = listing.for_rendering(scope, pks)
            summaries = listing.summaries(listing.context(scope), rows)
            rendered |= {(name, row.pk): summary for row, summary in zip(rows, summaries, strict=True)}
    return [rendered[name, pk] for _rank, _key, name, pk in hits]
