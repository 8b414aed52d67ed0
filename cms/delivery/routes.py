"""Every public address of the site, and what stands at one of them."""

from collections import defaultdict
from typing import Any, Union
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.encoding import uri_to_iri

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from ninja import Query, Router
from pydantic import Field

from ...site_pages.addresses import keys_between, strategy_path
from ...site_pages.visibility import published
from ...snippets.models import Strategy
from .kinds import STRATEGY
from .openapi import document_errors
from .parameters import CODES_MARK, LanguageParameters, PageParameters, check_parameters
from .problems import BadParameterError, NotFoundError
from .rendering.context import Context, timestamp
from .responses import json_response, list_links, list_meta
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
        description="Look this path up instead: the other parameters have no say then.",
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
    """Lists pages in all languages, or with `locale` in one; with `path`, tells what a reader of that path gets."""
    check_parameters(request.GET, RouteParameters)
    scope = Scope(request, LanguageParameters(locale=parameters.locale))
    context = Context(scope, scope.reader())
    if parameters.path is not None:
        return json_response(_look_up(context, parameters.path), scope.tags | {ROUTES_TAG})
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
    return json_response(document, scope.tags | {ROUTES_TAG})


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


def _look_up(context: Context, path: str) -> shapes.DocumentOutcome | shapes.RedirectOutcome:
    """What a reader of a path gets. Raises NotFoundError."""
    if not path.startswith("/"):
        raise BadParameterError("path", "Begin it with a slash.")
    scope = context.scope
    path = uri_to_iri(path)  # as the tree keeps its slugs: the API's own paths are percent-encoded
    row = _page_at(scope, path) or _strategy_at(scope, path)
    if row is not None:
        return {"outcome": "document", "document": context.ref(row)}
    target = _redirect_from(context, path)
    if target is None:
        raise NotFoundError("Nothing public stands at this path.")
    return target


def _page_at(scope: Scope, path: str) -> Page | None:
    """The public page at a path; for an alias, the page that it is an alias of."""
    language = translation.get_language_from_path(path)
    # Without a language prefix, sites in several languages have no pages: the first page leads to a language.
    tails = [path.removeprefix(f"/{language}")] if language else [path]
    tail = f"{tails[0].rstrip('/')}/"
    key = scope.site.root_page.translation_key
    roots = Page.objects.filter(translation_key=key)
    if language:
        roots = roots.filter(locale__language_code=language)
    candidates = [f"{root_path.rstrip('/')}{tail}" for root_path in roots.values_list("url_path", flat=True)]
    page = Page.objects.filter(url_path__in=candidates, live=True).first()
    if page is None or not uri_to_iri(page.full_url or "").endswith(_with_slash(path)):
        return None
    original = page.alias_of_id or page.pk
    return published(Page.objects.filter(pk=original), scope.site).first()


def _with_slash(path: str) -> str:
    return f"{path.rstrip('/')}/"


def _strategy_at(scope: Scope, path: str) -> Strategy | None:
    language = translation.get_language_from_path(path)
    try:
        with translation.override(language or scope.language):
            match = resolve(path)
    except Resolver404:
        return None
    if match.url_name != "partnerships_strategy":
        return None
    first, last = keys_between(match.kwargs["key"])
    rows = STRATEGY.public(scope.site).filter(translation_key__range=(first, last), locale__language_code=language)
    found: Strategy | None = rows.first()
    return found


def _redirect_from(context: Context, path: str) -> shapes.RedirectOutcome | None:
    """Where an editor's redirect leads; one to a page that is not public leads nowhere."""
    if path == "/":
        homes = published(Page.objects.filter(pk=context.scope.site.root_page_id), context.scope.site)
        home = homes.first()
        url = context.reader.url(home) if home else None
        return {"outcome": "redirect", "location": url, "is_permanent": False} if url else None
    found = (
        Redirect.get_for_site(context.scope.site)
        .filter(old_path=Redirect.normalise_path(path))
        .order_by("-site_id")
        .first()
    )
    if found is None:
        return None
    if found.redirect_page_id:
        page = published(Page.objects.filter(pk=found.redirect_page_id), context.scope.site).first()
        url = context.reader.url(page) if page else None
        location = (
            f"{url.rstrip('/')}{found.redirect_page_route_path}" if url and found.redirect_page_route_path else url
        )
    else:
        location = context.absolute(found.redirect_link) if found.redirect_link else None
    if not location:
        return None
    return {"outcome": "redirect", "location": location, "is_permanent": found.is_permanent}
