"""Every public address of the site, and what stands at one of them."""

from collections import defaultdict
from typing import Any, Union
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from wagtail.models import Page

from ninja import Query, Router
from pydantic import Field

from ...site_pages.addresses import strategy_path
from ...site_pages.visibility import published
from ...snippets.models import Strategy
from .kinds import STRATEGY
from .lookup import look_up
from .openapi import document_errors
from .parameters import CODES_MARK, LanguageParameters, PageParameters, check_parameters
from .rendering.context import Context, timestamp
from .responses import json_response, languages_of, list_links, list_meta
from .schemas import common
from .schemas import site as shapes
from .scope import Scope
from .tags import ROUTES_TAG

router = Router(tags=["site"])


class RouteParameters(PageParameters):
    """Which addresses to list, or which one to look up."""

    locale: str | None = Field(
        None,
        max_length=20,
        description="Only addresses in this language; by default, those in all.",
        examples=["en"],
        json_schema_extra={CODES_MARK: "language"},
    )
    path: str | None = Field(
        None,
        min_length=1,
        max_length=2000,
        description="Look this path up instead, written as in a browser: a slash at the end counts, a query and a "
        "fragment may follow. The other parameters have no say then.",
        examples=["/sv/partner/lansstyrelsen/"],
        json_schema_extra={"pattern": "^/[^\\u0000]*$"},
    )


@router.get(
    "/routes",
    response={
        200: Union[shapes.RouteList, shapes.DocumentOutcome, shapes.RedirectOutcome],  # noqa: UP007  # ninja reads it as written
        **document_errors(400, 404),
    },
    operation_id="list_routes",
    summary="Every public address, or what stands at one",
)
def list_routes(request: HttpRequest, parameters: Query[RouteParameters]) -> HttpResponse:
    """Lists pages in all languages, or with `locale` in one; with `path`, tells what the site gives a reader of it.

    That is a document, or a redirect to where the site sends the reader next. What is no document of this API, such as
    the search page, is 404, and so is a redirect that ends there.
    """
    check_parameters(request.GET, RouteParameters)
    scope = Scope(request, LanguageParameters(locale=parameters.locale))
    context = Context(scope, scope.reader())
    if parameters.path is not None:
        outcome = look_up(context, parameters.path)
        found = [outcome["document"]] if outcome["outcome"] == "document" else []
        return json_response(outcome, scope.tags | {ROUTES_TAG}, languages_of(scope, found))
    pages = published(Page.objects.filter(depth__gt=1), scope.site).order_by("translation_key", "locale_id")
    strategies = STRATEGY.public(scope.site).order_by("translation_key", "locale_id")
    if parameters.locale:
        pages, strategies = pages.filter(locale=scope.locale), strategies.filter(locale=scope.locale)
    total_pages = pages.count()
    has_strategy_pages = _has_strategy_pages(scope)
    total = total_pages + (strategies.count() if has_strategy_pages else 0)
    meta = list_meta(scope, parameters, total)
    start = (parameters.page - 1) * parameters.limit
    end = start + parameters.limit
    rows: list[Any] = list(pages[start:end]) if start < total_pages else []
    if has_strategy_pages and end > total_pages and start < total:
        rows += list(strategies[max(start - total_pages, 0) : end - total_pages])
    alternates = _alternates(context, rows)
    document: Any = {
        "_meta": meta,
        "_links": list_links(scope, meta),
        "items": [
            route for row in rows if (route := _route(context, row, alternates[row.translation_key])) is not None
        ],
    }
    return json_response(document, scope.tags | {ROUTES_TAG}, languages_of(scope, document["items"]))


def _has_strategy_pages(scope: Scope) -> bool:
    """Whether this site shows strategies on pages of their own; a host may not."""
    sample = Strategy(name="strategy", locale=scope.locale, translation_key=UUID(int=0))
    return strategy_path(sample) is not None


def _route(context: Context, row: Any, alternates: list[common.Translation]) -> shapes.Route | None:
    ref = context.ref(row)
    if ref["path"] is None or ref["url"] is None:
        return None
    modified = row.last_published_at
    return {
        "path": ref["path"],
        "url": ref["url"],
        "resource": ref["resource"],
        "id": ref["id"],
        "locale": ref["locale"],
        "modified_at": timestamp(modified) if modified else None,
        "alternates": alternates,
    }


def _alternates(context: Context, rows: list[Any]) -> dict[UUID, list[common.Translation]]:
    """The addresses of the same documents in all languages, by one query for pages and one for strategies."""
    keys = {row.translation_key for row in rows}
    versions: list[Any] = []
    if any(isinstance(row, Page) for row in rows):
        versions += published(Page.objects.filter(translation_key__in=keys), context.scope.site).order_by("locale_id")
    if any(isinstance(row, Strategy) for row in rows):
        versions += STRATEGY.public(context.scope.site).filter(translation_key__in=keys).order_by("locale_id")
    found: dict[UUID, list[common.Translation]] = defaultdict(list)
    for version in versions:
        ref = context.ref(version)
        found[version.translation_key].append({"locale": ref["locale"], "url": ref["url"], "path": ref["path"]})
    return found
