"""The one line that a host adds, first in ``MIDDLEWARE``: cached answers before anything else, and whole writes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse

from .answers import ApiExchange, PageExchange, pass_over
from .faults import leave_to_api
from .previews.access import has_token
from .problems import ProblemError, problem_response
from .responses import open_to_all, without_body
from .seen_sites import forget_sites, watching_sites

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@functools.cache
def api_prefix() -> str | None:
    """Return the path that the delivery API is mounted at, with its last slash; None if it is not."""
    try:
        return reverse("partnerships_delivery:openapi").removesuffix("openapi")
    except NoReverseMatch:
        return None


class DeliveryMiddleware:
    """Answers from the cache before sessions, sign-in and languages are looked at; makes each write one transaction.

    A write that fails with a server error is undone as a whole. Reads never open a transaction. Without this line
    everything works as well, only slower, and a process killed in the middle of a write may leave half of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_api = _is_api(request)
        try:
            return self._answer(request, is_api=is_api)
        except Exception:
            if is_api:
                leave_to_api()
            raise

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Keep from logs and visitors an error that only means that an answer has to be rendered once more."""
        passed_over = None
        try:
            passed_over = pass_over(request)
        finally:
            if passed_over is None and _is_api(request):
                leave_to_api()
        return passed_over

    def _answer(self, request: HttpRequest, *, is_api: bool) -> HttpResponseBase:
        if is_api and not _knows_host(request):
            error = ProblemError(HTTPStatus.BAD_REQUEST, "No site answers at this host.")
            response = open_to_all(problem_response(request, error))
            return without_body(response) if request.method == "HEAD" else response
        if request.method not in SAFE_METHODS:
            return self._write(request, is_api=is_api)
        # Wagtail's previews run through the middleware too, with drafts in them.
        if request.method not in {"GET", "HEAD"} or getattr(request, "is_dummy", False):
            return self._pass(request)
        if is_api:
            return self._read_api(request, f"{api_prefix()}images/")
        if self._may_be_page(request):
            return PageExchange(request, self.get_response).answer()
        return self._pass(request)

    def _read_api(self, request: HttpRequest, images: str) -> HttpResponseBase:
        exchange = ApiExchange(request, self.get_response)
        # Who asks makes no difference here, so nothing that says who it is gets any further. Compressing is done here.
        for header in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING"):
            request.META.pop(header, None)
        if request.path.startswith(images):
            return _for_all_alike(self.get_response(request))
        if has_token(request):
            return self.get_response(request)
        # Other credentials mean nothing here: a proxy may ask for them before a site that is not open yet.
        request.META.pop("HTTP_AUTHORIZATION", None)
        request.is_answered = True  # type: ignore[attr-defined]  # tells the API's own views that this is done
        return exchange.answer()

    def _may_be_page(self, request: HttpRequest) -> bool:
        """Tell whether a request may be for a page that everybody gets alike."""
        return (
            getattr(settings, "PARTNERSHIPS_CACHE_PAGES", False)
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "HTTP_AUTHORIZATION" not in request.META
            and not request.path.startswith(_other_prefixes())
        )

    def _pass(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(_other_prefixes()):
            return self.get_response(request)
        with watching_sites():
            return self.get_response(request)

    def _write(self, request: HttpRequest, *, is_api: bool) -> HttpResponseBase:
        if not getattr(settings, "PARTNERSHIPS_ATOMIC_WRITES", True):
            return self.get_response(request)
        try:
            # All that a slow client sends has to arrive first: on SQLite an open transaction keeps all writers waiting.
            _ = request.POST if request.content_type in FORM_TYPES else request.body
        except UnreadablePostError:
            return HttpResponseBadRequest()
        except RequestDataTooBig:
            if not is_api:
                raise
            error = ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than any that is right here.")
            return open_to_all(problem_response(request, error))
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
        forget_sites()
        return response


def _is_api(request: HttpRequest) -> bool:
    prefix = api_prefix()
    return prefix is not None and request.path.startswith(prefix)


def _for_all_alike(image: HttpResponseBase) -> HttpResponseBase:
    """Take from an image what middleware says of languages: it has none, and is the same for all."""
    if image.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        del image["Vary"], image["Content-Language"]
    return image


def _knows_host(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _other_prefixes() -> tuple[str, ...]:
    """Return where no pages are: files, whose answers are no matter of the content's version."""
    prefixes = (settings.STATIC_URL or "", settings.MEDIA_URL or "")
    return tuple(prefix for prefix in prefixes if prefix.startswith("/") and prefix != "/")
