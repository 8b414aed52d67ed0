"""Answers a request from what is kept under the content's version, and keeps what was rendered.

Everything follows from the version: a cached answer is looked up under it, so that none outlives an edit; the ETag is
made of it, so that a client's copy is confirmed by one small query; and an answer is kept only if the version is still
the same after rendering, so that it shows one state of the content and not parts of two.
"""

from __future__ import annotations

import gzip
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from ...site_pages.standing import stand_under
from .keys import VERSION_PARAMETER, Key, as_etag, canonical_query, current_key, digest_of
from .previews.access import has_token
from .responses import open_to_all, without_body
from .seen_sites import forget_sites
from .store import Answer, keep, load
from .versions import current_version

Render = Callable[[HttpRequest], HttpResponseBase]

MAX_VERSION_LENGTH = 200
#: Questions are endless: kept, the answers to them would push out what many ask for.
SEARCH_PARAMETER = "q"
REVALIDATE = "public, max-age=0, must-revalidate"
IMMUTABLE = "public, max-age=31536000, immutable"
#: How often an answer is rendered anew because the content changed meanwhile.
ATTEMPTS = 3
#: What belongs to one response and not to the answer.
PASSING_HEADERS = frozenset({"connection", "content-length", "date", "server"})

_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[0-9.]+\s*)?(?=,|$)", re.IGNORECASE)

_kept_views = {"wagtail_serve"}
_search_views: set[str] = set()
_views_of_all_languages: set[str] = set()


def register_kept_views(*names: str, are_of_all_languages: bool = False) -> None:
    """Have the answers of views, by the names of their addresses, kept as pages are.

    They must depend on nothing but the address and what moves the version. Those of all languages tell each reader the
    same, whichever languages that one prefers.
    """
    _kept_views.update(names)
    if are_of_all_languages:
        _views_of_all_languages.update(names)


def register_search_views(*names: str) -> None:
    """Have the answers of views, by the names of their addresses, compressed and confirmed as pages are, but not kept.

    What they find is for all to see, and questions are endless.
    """
    _search_views.update(names)


def pass_over(request: HttpRequest) -> HttpResponse | None:
    """Return what stands for an error that is the content's change alone, until the request is rendered once more.

    What a rendering has read of may be gone when it comes to it. None if that is not so, or was so too often.
    """
    begun_with = getattr(request, "content_version", None)
    if begun_with is None or request.is_last_attempt or current_version() == begun_with:  # type: ignore[attr-defined]
        return None
    return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)


class Exchange(ABC):
    """One GET or HEAD and its answer."""

    #: How many bytes an answer has at least that is compressed.
    least_to_compress = 0

    def __init__(self, request: HttpRequest, render: Render) -> None:
        self.request = request
        self.render = render
        self.is_head = request.method == "HEAD"
        #: How the body may go over the wire: each coding is kept by itself, and has an ETag of its own.
        # What all readers get holds no secret that the length of compressed text could betray (BREACH).
        self.coding = "gzip" if _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) else ""

    def answer(self) -> HttpResponseBase:
        """Answer from what is kept if possible, else by rendering."""
        if connection.in_atomic_block:
            # What a transaction sees may never be committed, so nothing of it is kept.
            return self.render(self.request)
        untouched = vars(self.request).copy()
        for attempt in range(ATTEMPTS):
            key = current_key(self.request, self.coding)
            known = self.known(key)
            if known is not None:
                return known
            stand_under(self.request, key.version)
            self.request.is_last_attempt = attempt == ATTEMPTS - 1  # type: ignore[attr-defined]  # see pass_over
            try:
                response = self.render(self.request)
            except Exception:
                passed_over = pass_over(self.request)
                if passed_over is None:
                    raise
                response = passed_over
            if current_key(self.request, self.coding) == key:
                return self.rendered(response, key)
            # The content changed while it was rendered: the answer may show parts of two states.
            forget_sites()
            # What the first rendering has set on the request (its addresses, say) must not lead the second astray.
            self.request = self.request.__class__.__new__(self.request.__class__)
            vars(self.request).update(untouched)
        return response

    def known(self, key: Key) -> HttpResponse | None:
        """Return what can be answered without rendering: that the client's copy holds, or a kept answer."""
        if (etag := self._confirmed(self.etags(key))) is not None:
            return self._finish(HttpResponseNotModified(), key, etag)
        kept = load(key.digest)
        if kept is None:
            return None
        response = HttpResponse(b"" if self.is_head else kept.body, headers=dict(kept.headers))
        response["Content-Length"] = str(len(kept.body))
        return self._finish(response, key, self._own_etag(response, key))

    def rendered(self, response: HttpResponseBase, key: Key) -> HttpResponseBase:
        """Keep what was rendered if all readers get the same, and describe it to caches."""
        if not isinstance(response, HttpResponse) or response.status_code != HTTPStatus.OK:
            return response
        if not self.is_for_all(response):
            return response
        if self.coding and len(response.content) >= self.least_to_compress:
            _compress(response)
        if self.is_from_search():
            # Most edits leave what a question finds as it is, so that its ETag is made of its content.
            etag = as_etag(digest_of(response.content))
            if self._confirmed((etag,)):
                response = HttpResponseNotModified()
            return self._finish(response, key, etag, is_lasting=False)
        if not self.is_head:
            headers = (header for header in response.items() if header[0].lower() not in PASSING_HEADERS)
            keep(key.digest, Answer(tuple(headers), response.content))
        return self._finish(response, key, self._own_etag(response, key))

    def etags(self, key: Key) -> tuple[str, ...]:
        """The ETags of copies that may be used on, the best first."""
        return (key.etag,)

    def is_for_all(self, response: HttpResponse) -> bool:
        """Tell whether a 200 is the same for everybody: nothing in it, or about it, is for one reader alone."""
        directives = response.get("Cache-Control", "").lower()
        vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
        return not (
            response.cookies
            or vary - {"accept-encoding"}
            or response.has_header("Content-Encoding")
            or any(word in directives for word in ("private", "no-store", "no-cache"))
            # A nonce is for one response.
            or "nonce-" in response.get("Content-Security-Policy", "")
        )

    def is_from_search(self) -> bool:
        """Tell whether an answer came from a search, and so is not kept."""
        return SEARCH_PARAMETER in self.request.GET

    @abstractmethod
    def describe(self, response: HttpResponse, key: Key, *, is_lasting: bool) -> None:
        """Tell caches how long an answer holds."""

    def _confirmed(self, etags: tuple[str, ...]) -> str | None:
        """Return the first ETag that the client has a copy of."""
        header = self.request.META.get("HTTP_IF_NONE_MATCH")
        if not header:
            return None
        copies = {known.removeprefix("W/") for known in parse_etags(header)}
        return next((etag for etag in etags if etag in copies), None)

    def _own_etag(self, response: HttpResponse, key: Key) -> str:
        """What was too short to be compressed is the same to all."""
        return key.etag if response.has_header("Content-Encoding") else key.plain_etag

    def _finish(self, response: HttpResponse, key: Key, etag: str, *, is_lasting: bool = True) -> HttpResponse:
        # Any copy holds of what exists (RFC 9110, 13.1.2), and by now it is known to.
        if self.request.META.get("HTTP_IF_NONE_MATCH", "").strip() == "*":
            response = HttpResponseNotModified()
        response["ETag"] = etag
        self.describe(response, key, is_lasting=is_lasting)
        return response


class PageExchange(Exchange):
    """A visitor without session asks for a page."""

    def is_for_all(self, response: HttpResponse) -> bool:
        if self._view_name() in _views_of_all_languages:
            # LocaleMiddleware takes every address without a language's prefix for one that depends on the reader's.
            del response["Vary"]
        if self._view_name() not in _kept_views | _search_views:
            return False
        is_preview = getattr(self.request, "is_preview", False)
        return not self.request.COOKIES and not is_preview and super().is_for_all(response)

    def is_from_search(self) -> bool:
        return super().is_from_search() or self._view_name() in _search_views

    def _view_name(self) -> str:
        match = self.request.resolver_match
        return match.view_name if match else ""

    def describe(self, response: HttpResponse, key: Key, *, is_lasting: bool) -> None:
        # Who signs in gets other pages at the same addresses.
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        response.headers.setdefault("Cache-Control", "max-age=0, must-revalidate")


class ApiExchange(Exchange):
    """A client asks the delivery API, and may name the version that it expects."""

    # About what one packet holds beside the headers: less would save nobody anything.
    least_to_compress = 1400

    def answer(self) -> HttpResponseBase:
        """Answer HEAD as GET, and take the body away last: the ETag and the length are made of it."""
        if not self.is_head:
            return super().answer()
        request = self.request
        request.method = "GET"
        try:
            response = super().answer()
        finally:
            request.method = "HEAD"
        return without_body(response) if isinstance(response, HttpResponse) else response

    def known(self, key: Key) -> HttpResponse | None:
        if not self._asks_otherwise(key):
            return super().known(key)
        # A kept answer proves that the rest of the question is right; the version may be written wrongly as well.
        [*others, asked] = self.request.GET.getlist(VERSION_PARAMETER)
        is_sound = not others and len(asked) <= MAX_VERSION_LENGTH and "\x00" not in asked
        return self._redirect(key) if is_sound and load(key.digest) is not None else None

    def rendered(self, response: HttpResponseBase, key: Key) -> HttpResponseBase:
        answer = super().rendered(response, key)
        # A question that is wrong is told so, and sent nowhere.
        is_right = answer.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        return self._redirect(key) if is_right and self._asks_otherwise(key) else answer

    def _asks_otherwise(self, key: Key) -> bool:
        """Tell whether the question names another version than the current one, or several."""
        asked = self.request.GET.getlist(VERSION_PARAMETER)
        return bool(asked) and asked != [str(key.version)]

    def is_for_all(self, response: HttpResponse) -> bool:
        # Cookies and languages were taken out of the request, so that the answer can't depend on them.
        del response["Vary"]
        return super().is_for_all(response)

    def etags(self, key: Key) -> tuple[str, ...]:
        # Whoever has a plain copy needs no compressed one. Whether there is any is known only once it was rendered.
        return (key.etag, key.plain_etag)

    def describe(self, response: HttpResponse, key: Key, *, is_lasting: bool) -> None:
        response["Vary"] = "Accept-Encoding"
        response["Content-Version"] = str(key.version)
        if is_lasting and VERSION_PARAMETER in self.request.GET and key.is_of_newest_build:
            response["Cache-Control"] = IMMUTABLE
        else:
            seconds = int(getattr(settings, "PARTNERSHIPS_CDN_SECONDS", 0))
            response["Cache-Control"] = f"{REVALIDATE}, s-maxage={seconds}" if seconds else REVALIDATE
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            open_to_all(response)

    def _redirect(self, key: Key) -> HttpResponse:
        """Send a client that names another version to the current one."""
        query = canonical_query(self.request)
        version = urlencode({VERSION_PARAMETER: str(key.version)})
        response = HttpResponse(status=HTTPStatus.TEMPORARY_REDIRECT)
        del response["Content-Type"]
        response["Location"] = f"{self.request.path}?{f'{query}&' if query else ''}{version}"
        response["Content-Version"] = str(key.version)
        response["Cache-Control"] = "no-store"
        return open_to_all(response)


def _compress(response: HttpResponse) -> None:
    # The highest level takes five times as long, for one part in twenty.
    response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))


def versioned(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer a view of the API as the middleware does, where a host has not added that."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_read = request.method in ("GET", "HEAD") and not has_token(request)
        if not is_read or getattr(request, "is_answered", False):
            return view(request, *args, **kwargs)
        return ApiExchange(request, lambda same: view(same, *args, **kwargs)).answer()

    return answer
