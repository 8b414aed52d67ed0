"""What is answered to an error of the API's own: a problem, and Django logs and signals the error as any other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_urlconf

from .problems import ProblemError, problem_response
from .responses import open_to_all, without_body

URLCONF = "wagtail_partnerships.cms.delivery.urls"


def leave_to_api() -> None:
    """Have Django answer the error that is on its way out with the API's ``handler500`` instead of the site's.

    Not to be called for an error that may be passed over: what is rendered once more needs the site's own addresses.
    """
    set_urlconf(URLCONF)


def left_to_api(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Leave a view's errors to the API where no middleware does."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Exception:
            if not getattr(request, "is_answered", False):
                leave_to_api()
            raise

    return answer


def answer_fault(request: HttpRequest) -> HttpResponse:
    """Answer 500 without a word of what is wrong."""
    # What is outside of this may ask for the site's addresses.
    set_urlconf(None)
    error = ProblemError(
        HTTPStatus.INTERNAL_SERVER_ERROR, "A fault of ours, which has been noted; try again after some seconds."
    )
    response = open_to_all(problem_response(request, error))
    return without_body(response) if request.method == "HEAD" else response
