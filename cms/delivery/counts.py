"""Totals and facets: counted once for as long as the content's version stands, whatever part of a list is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

import orjson

from .answers import SEARCH_PARAMETER
from .builds import build_id
from .keys import VERSION_PARAMETER, digest_of
from .scope import Scope
from .store import Answer, keep, load

ValueT = TypeVar("ValueT")

#: Parameters that say how the documents of a list are shown, and not which they are.
SHOWING = frozenset({VERSION_PARAMETER, "page", "limit", "sort", "view", "fields"})


def counted(scope: Scope, count: Callable[[], ValueT], *, leaving_out: frozenset[str] = frozenset()) -> ValueT:
    """Return what ``count`` returns, made of JSON, for the list that the request names; kept as answers are.

    ``leaving_out`` names further parameters that make no difference to it. Nothing is kept of a preview, within a
    transaction, or of a search.
    """
    query = scope.request.GET
    version = getattr(scope.request, "content_version", None)
    # A HEAD is rendered as a GET and keeps nothing.
    is_get = scope.request.META["REQUEST_METHOD"] == "GET"
    if version is None or not is_get or scope.preview is not None or SEARCH_PARAMETER in query:
        return count()
    names = sorted(query.keys() - SHOWING - leaving_out)
    question = urlencode([(name, value) for name in names for value in sorted(query.getlist(name))])
    parts = ("count", str(version), scope.day.isoformat(), build_id(), str(scope.site.pk), scope.request.path, question)
    key = digest_of("\n".join((*parts, ",".join(sorted(leaving_out)))).encode())
    kept = load(key)
    if kept is None:
        # Should the content change meanwhile, no answer that is rendered under this version is kept any more.
        kept = Answer((), orjson.dumps(count()))
        keep(key, kept)
    value: ValueT = orjson.loads(kept.body)
    return value
