"""How answers are sent: as JSON, with what caches and browsers have to know."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

import orjson

from .problems import OWN_LANGUAGE
from .schemas.common import Link
from .schemas.envelope import Links, Meta
from .scope import Scope
from .versions import current_version


class Paging(Protocol):
    """What a request says of the part of a list that it wants."""

    page: int
    limit: int


MEDIA_TYPE = "application/json"


def json_response(
    document: Any, tags: set[str] | None = None, languages: Iterable[str] = (OWN_LANGUAGE,)
) -> HttpResponse:
    """Send a document in some languages that was rendered from the rows that ``tags`` name."""
    response = HttpResponse(orjson.dumps(document), content_type=MEDIA_TYPE)
    response["Content-Language"] = ", ".join(sorted(set(languages)))
    if tags:
        response["Cache-Tag"] = ",".join(sorted(tags))
    return response


def languages_of(scope: Scope, items: Iterable[Mapping[str, Any]]) -> set[str]:
    """The languages that the items of a list are in: more than the one asked for if some fell back."""
    return {item["locale"] for item in items} or {scope.language}


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Let scripts of any site read an answer of the API, and the headers that it needs to stay current."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Content-Version, Cache-Tag, ETag, Location"
    return response


def without_body(response: HttpResponse) -> HttpResponse:
    """Answer HEAD with what GET is answered with, but for the body."""
    if response.streaming:
        response.streaming_content = ()
    elif response.content:
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response


def list_meta(scope: Scope, parameters: Paging, total: int) -> Meta:
    """Say where in the list the page asked for stands."""
    return {
        "total": total,
        "page": parameters.page,
        "pages": math.ceil(total / parameters.limit),
        "limit": parameters.limit,
        "locale": scope.language,
        "content_version": str(getattr(scope.request, "content_version", None) or current_version()),
    }


def list_links(scope: Scope, meta: Meta) -> Links:
    """Link the pages of the list; a page beyond the last leads back to it."""
    request, page, pages = scope.request, meta["page"], meta["pages"]

    def link(rel: str, number: int) -> Link | None:
        return {"href": page_url(scope, request, number), "rel": rel, "method": "GET"} if 1 <= number <= pages else None

    return {
        "self": {"href": page_url(scope, request, page), "rel": "self", "method": "GET"},
        "first": link("first", 1),
        "prev": link("prev", min(page - 1, pages)),
        "next": link("next", page + 1),
        "last": link("last", pages),
    }


def page_url(scope: Scope, request: HttpRequest, number: int) -> str:
    """The absolute address of a page of the list that was asked for, without the content version."""
    query: dict[str, list[str]] = {name: values for name, values in request.GET.lists() if name not in ("cv", "page")}
    if number > 1:
        query["page"] = [str(number)]
    text = urlencode(_sorted(query), doseq=True)
    return f"{scope.site.root_url}{request.path}" + (f"?{text}" if text else "")


def _sorted(query: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: query[name] for name in sorted(query)}
