"""The answer to an address that leads nowhere: a page of the site, with ways on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..presentation import view_context


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with the site's navigation and search."""
    context = view_context(request, _("The page does not exist"), is_indexed=False)
    # Rendered at once: Django calls this outside of what renders template responses.
    return TemplateResponse(request, "404.html", context, status=404).render()
