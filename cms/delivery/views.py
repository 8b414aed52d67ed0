"""What every address answers alike: methods, browsers of other sites, the contract itself, and unknown paths."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import parse_etags, quote_etag

from wagtail.images import get_image_model
from wagtail.images.models import AbstractRendition
from wagtail.images.views.serve import ServeView
from wagtail.models import Site

from ...site_pages.models import PartnershipSettings
from ...site_pages.models.organisation import choose_name
from ...site_pages.visibility import open_collections
from .api import api
from .contract import make_openapi
from .faults import URLCONF
from .parameters import LanguageParameters, Parameters, check_parameters
from .previews.access import has_token, open_preview
from .problems import OWN_LANGUAGE, NotFoundError, ProblemError, problem_response
from .responses import json_response, open_to_all, without_body
from .scope import Scope

READ = ("GET", "HEAD", "OPTIONS")
WRITE = ("POST", "OPTIONS")
JSON = "application/json"

View = Callable[..., HttpResponse]


def with_methods(view: View, methods: tuple[str, ...] = READ) -> View:
    """Answer the methods with the view, OPTIONS with what is allowed, and everything else with a problem.

    Any site's script may read what anyone may read, without cookies.
    """

    allowed = ", ".join(methods)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=HTTPStatus.NO_CONTENT)
            response["Allow"] = allowed
            response["Access-Control-Allow-Methods"] = allowed
            response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in methods:
            error = ProblemError(HTTPStatus.METHOD_NOT_ALLOWED, f"This address answers {allowed} alone.")
            response = problem_response(request, error)
            response["Allow"] = allowed
        elif request.method == "POST" and request.content_type != JSON:
            # A form's body may be read already.
            detail = f"Send the body as {JSON}, and say so in Content-Type."
            response = problem_response(request, ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail))
        elif request.method == "POST":
            response = _answer_or_problem(view, request, *args, **kwargs)
        else:
            is_head = request.method == "HEAD"
            request.method = "GET"
            response = _answer_or_problem(view, request, *args, **kwargs)
            if is_head:
                request.method = "HEAD"
                response = without_body(response)
        # Without this, LocaleMiddleware would turn a 404 into a redirect to a page of the site's own language.
        request.urlconf = URLCONF
        open_to_all(response)
        if has_token(request):
            # What its bearer is given, a refusal included, is for nobody else.
            response["Cache-Control"] = "private, no-store"
        return response

    # Neither a cookie nor a session counts here, so there is nothing for a forged request to change.
    answer.csrf_exempt = True  # type: ignore[attr-defined]  # what Django's middleware looks for
    return answer


def _answer_or_problem(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        open_preview(request)
        return view(request, *args, **kwargs)
    except ProblemError as error:
        return problem_response(request, error)


def show_openapi(request: HttpRequest) -> HttpResponse:
    """The contract as OpenAPI 3.1, with where it is served, by whom and under which licence."""
    check_parameters(request.GET, Parameters)
    site = Scope(request, LanguageParameters()).site
    document = openapi_document()
    document = {**document, "info": document["info"] | _terms(site), "servers": [{"url": site.root_url}]}
    return json_response(document, {"openapi", "settings"})


def _terms(site: Site) -> dict[str, Any]:
    """Contact and licence: what the site's owner has put into its settings, with the setting's address before all."""
    own = PartnershipSettings.objects.filter(site=site).prefetch_related("names").first()
    name = choose_name(list(own.names.all()), None, site.root_page.locale.language_code) if own else None
    contact = {"name": name.name if name else site.site_name or site.hostname, "url": site.root_url}
    terms: dict[str, Any] = {"contact": contact | getattr(settings, "PARTNERSHIPS_API_CONTACT", {})}
    if own and own.data_licence:
        terms["license"] = {"name": own.data_licence, "url": own.data_licence}
    return terms


def openapi_document() -> dict[str, Any]:
    """The contract alike for all sites, with the paths that this project has mounted it at."""
    prefix = reverse("partnerships_delivery:openapi").removesuffix("/openapi")
    return make_openapi(api, prefix.strip("/"))


def show_docs(request: HttpRequest) -> HttpResponse:
    """The contract as a page to read and try: files of this site alone, and no script or style within the page."""
    check_parameters(request.GET, Parameters)
    swagger_settings = {
        "url": reverse("partnerships_delivery:openapi_json"),
        "layout": "BaseLayout",
        "deepLinking": True,
        "validatorUrl": None,
    }
    response = render(request, "partnerships_delivery/docs.html", {"swagger_settings": swagger_settings})
    response["Content-Language"] = OWN_LANGUAGE
    return response


class OpenImageView(ServeView):  # type: ignore[misc]  # Wagtail ships no types
    """Serves the images of open collections, and confirms a copy that a reader holds."""

    # A collection may have been closed after the address was signed. No query is made before somebody asks.
    model = get_image_model().objects.filter(open_collections())

    def serve(self, rendition: AbstractRendition) -> HttpResponseBase:
        # A rendition is made anew when its image gets another file or focal point.
        etag = quote_etag(f"{rendition.pk}-{rendition.image.file_hash}")
        response = HttpResponseNotModified() if self._has_copy(etag) else super().serve(rendition)
        response["ETag"] = etag
        return response

    def _has_copy(self, etag: str) -> bool:
        copies = parse_etags(self.request.headers.get("If-None-Match", ""))
        return etag in {copy.removeprefix("W/") for copy in copies}


def serve_image(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """A picture of an image whose address was signed. Raises NotFoundError for any other address."""
    try:
        response = _serve_image(request, *args, **kwargs)
    except (PermissionDenied, Http404):
        response = None
    if response is None or response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        raise NotFoundError("No image has this address: take it from an answer of this API.")
    return response


_serve_image = OpenImageView.as_view()


def unknown_path(request: HttpRequest) -> HttpResponse:
    """A problem for what is no address of this API. Raises NotFoundError."""
    raise NotFoundError(
        f"No such address in this API: {reverse('partnerships_delivery:docs')} tells those that there are."
    )
