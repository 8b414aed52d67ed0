"""Addresses are written in their language's words: what the same address in another language's word answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from ..addresses import address_of, language_of

View = Callable[..., HttpResponse]


def by_another_languages_word(view: View, name: str) -> View:
    """Answer an address of ``view`` that is written in the word of a language which is not the active one.

    Below a language's prefix it leads to that language's own word, for good. In a host that has no such prefixes the
    word is all that tells the language, and the view answers in it.
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if language := language_of(request.path, name, **arguments):
            return _in_language(language, view, request, **arguments)
        address = address_of(name, translation.get_language() or settings.LANGUAGE_CODE, **arguments)
        if address is None:
            raise Http404("no address in this language")
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

    return answer


def _in_language(language: str, view: View, request: HttpRequest, **arguments: Any) -> HttpResponse:
    with translation.override(language):
        response = view(request, **arguments)
        if isinstance(response, TemplateResponse):
            response.render()
    response.headers.setdefault("Content-Language", language)
    return response
