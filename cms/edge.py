"""Refuses at the edge what Wagtail's own APIs answer with a server error, so that bad input always gets a 4xx."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError

logger = logging.getLogger(__name__)

API_PREFIXES = ("/api/v2/", "/api/v3/")
#: Where programs ask, of versions that there are and others.
PROGRAMS_PREFIXES = ("/api/", "/delivery/")

#: Where v3 takes forms, with files, or looks at no body.
PATHS_WITHOUT_JSON = ("/images/", "/documents/", "/publish/")

#: The largest number that every database takes for an id or an offset.
MAX_INTEGER = 2**31 - 1

#: What Wagtail's views let through of values that they can't use: a filter by ``pk``, a year 0, a text for a date.
_BAD_VALUES = (ValueError, OverflowError, ValidationError, FieldDoesNotExist, FieldError, DataError)

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+")
_NUMBER_IN_PATH = re.compile(r"/([0-9]{10,})(?=/|$)")
_WORD = re.compile(r"\w")
#: As JSON writes it, and no backslash that is text.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_SURROGATE = re.compile("[\ud800-\udfff]")


class ApiGuardMiddleware:
    """Answers 400 to input on which Wagtail's v2 and v3 fail, and keeps the 404s of all APIs from leading to a page.

    What is known to end or to hang them is refused unread. A read that fails on a value all the same is a 400 too, and
    logged; a write is not, since it may have been half done.

    Place it after ``LocaleMiddleware``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not f"{request.path_info}/".startswith(PROGRAMS_PREFIXES):
            return self.get_response(request)
        fault = find_fault(request) if request.path_info.startswith(API_PREFIXES) else None
        response = _refusal(fault) if fault is not None else self.get_response(request)
        # LocaleMiddleware would turn a 404 into a redirect to a page of the site's own language.
        request.urlconf = "wagtail_partnerships.cms.api_urls"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn what a read of these APIs raises for a value that it can't use into a 400."""
        is_read = request.method in ("GET", "HEAD") and request.path_info.startswith(API_PREFIXES)
        if not is_read or not isinstance(exception, _BAD_VALUES):
            return None
        logger.warning("Refused: %s", request.path_info, exc_info=exception)
        return _refusal("A parameter has a value that can't be used here.")


def _refusal(detail: str) -> HttpResponse:
    return JsonResponse(
        {"title": "Bad Request", "status": HTTPStatus.BAD_REQUEST, "detail": detail, "message": detail},
        status=HTTPStatus.BAD_REQUEST,
    )


def find_fault(request: HttpRequest) -> str | None:
    """Say in a sentence what is wrong with a request; None if nothing is."""
    if "\x00" in request.path_info:
        return "The address holds a NUL character."
    if any(_is_too_large(number) for number in _NUMBER_IN_PATH.findall(request.path_info)):
        return "No id is as large as the number in the address."
    for name, values in request.GET.lists():
        for value in values:
            fault = _fault_in(name, value)
            if fault is not None:
                return fault
    if request.method in ("POST", "PUT", "PATCH"):
        return _fault_in_body(request)
    return None


def _is_too_large(number: str) -> bool:
    # Python refuses to read what has thousands of digits.
    return len(number) > len(str(MAX_INTEGER)) + 1 or abs(int(number)) > MAX_INTEGER


def _fault_in(name: str, value: str) -> str | None:
    if "\x00" in name or "\x00" in value:
        return f"The parameter {name!r} holds a NUL character."
    if _WHOLE_NUMBER.fullmatch(value) and _is_too_large(value):
        return f"The number in the parameter {name!r} is too large."
    if name == "id" and not _WHOLE_NUMBER.fullmatch(value):
        return "An id is a whole number."
    if name == "search" and value and not _WORD.search(value):
        return "Write at least one word to search for."
    if name == "search" and value.count('"') % 2:
        return "A quotation mark in the search has no partner."
    return None


def _fault_in_body(request: HttpRequest) -> str | None:
    # Whatever its type, v3 reads a body as JSON, but for the forms by which files come.
    try:
        return _fault_in_json(json.loads(request.body))
    except RawPostDataException:
        return None if request.path_info.endswith(PATHS_WITHOUT_JSON) else "The body has to be JSON."
    except UnreadablePostError:
        return "The body can't be read."
    except (ValueError, RecursionError):
        return "The body is no JSON." if request.content_type == "application/json" else None


def _fault_in_json(body: Any) -> str | None:
    if not isinstance(body, dict):
        return "The body has to be a JSON object."
    text = json.dumps(body, ensure_ascii=False)
    if _NUL.search(text):
        return "The body holds a NUL character."
    if _SURROGATE.search(text):
        return "The body holds half of a character: a surrogate without the other one."
    return None
