"""The site's addresses, and one that answers with constant bytes."""

import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from wagtail_partnerships.cms.delivery import answers
from wagtail_partnerships.cms.urls import handler404
from wagtail_partnerships.cms.urls import urlpatterns as site_urlpatterns

#: Below the address of files, where our own middleware takes no part: the yardstick is Django's stack alone.
CONSTANT_PATH = f"{settings.MEDIA_URL.lstrip('/')}constant/<int:size>"

if os.environ.get("BENCHMARK_KEEPS") == "counts":
    # Totals and facets stay, so that what is measured is a further page of a list.
    answers.keep = lambda _key, _answer: None


def constant(request: HttpRequest, size: int) -> HttpResponse:
    """So many bytes, through the whole middleware stack."""
    return HttpResponse(b"x" * size, content_type="application/json")


urlpatterns = [path(CONSTANT_PATH, constant), *site_urlpatterns]
