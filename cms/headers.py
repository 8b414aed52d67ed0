"""The security headers: which content security policy an answer bears, and that every answer bears all of them."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import reverse

from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import DIRECTIVES_T
from django_permissions_policy import PermissionsPolicyMiddleware

#: What a view needs beyond the policy of public pages: the API's docs draw their icons from data in their style sheet.
ADDITIONS: dict[str, DIRECTIVES_T] = {"partnerships_delivery:docs": {"img-src": "data:"}}


@functools.cache
def admin_prefix() -> str:
    return reverse("wagtailadmin_home")


@functools.cache
def additions() -> dict[str, DIRECTIVES_T]:
    """The same by path: what is answered before any view is found has none."""
    return {reverse(name): addition for name, addition in ADDITIONS.items()}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Adds ``ADMIN_CONTENT_SECURITY_POLICY`` below the admin and django-csp's ``CONTENT_SECURITY_POLICY`` elsewhere.

    Place it inside of the delivery middleware, so that the header is kept with an answer, and outside of all others.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only or parts.config is not None:
            return parts
        if request.path.startswith(admin_prefix()):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        elif parts.update is None:
            parts.update = additions().get(request.path)
        return parts


class EveryAnswerMiddleware:
    """Gives the security headers to what is answered before the middleware that adds them: 304, 307, 400 and 500.

    Place it outside of the delivery middleware. An answer that has come further bears them already.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.known: dict[tuple[bool, bool, str], dict[str, str]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "X-Content-Type-Options" not in response:
            for name, value in self._headers(request).items():
                response.headers.setdefault(name, value)
        return response

    def _headers(self, request: HttpRequest) -> dict[str, str]:
        # Kept, since confirming a reader's copy is what the site does most.
        # A reader's browser takes the headers of a 304 for those of its copy: they may not be stricter.
        policy = request.path if request.path in additions() else ""
        key = bool(request.is_secure()), request.path.startswith(admin_prefix()), policy
        if key not in self.known:
            bare = HttpResponse()
            PermissionsPolicyMiddleware(lambda _request: bare)(request)
            XFrameOptionsMiddleware(self.get_response).process_response(request, bare)
            ContentSecurityPolicyMiddleware(self.get_response).process_response(request, bare)
            SecurityMiddleware(self.get_response).process_response(request, bare)
            del bare["Content-Type"]
            self.known[key] = dict(bare.items())
        return self.known[key]
