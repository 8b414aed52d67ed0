"""Where a user makes and revokes the address of their calendar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from ..models import CalendarKey
from .access import works_with_agreements


def calendar_url(request: HttpRequest, key: str) -> str | None:
    """Return the whole address that a key opens; None on a site that leaves out ``site_pages.urls``."""
    try:
        return request.build_absolute_uri(reverse("partnerships_calendar_feed", args=[key]))
    except NoReverseMatch:
        return None


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    """Tells whether there is an address; shows a new one once, since only its digest is kept."""

    page_title = gettext_lazy("Calendar of agreements")
    header_icon = "date"
    template_name = "partnerships_pages/admin/calendar.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        if "revoke" in request.POST:
            CalendarKey.revoke(request.user)
            log(request.user, "partnerships.revoke_calendar", user=request.user)
            messages.success(request, _("The address does not work any more."))
            return redirect("partnerships_calendar")
        url = calendar_url(request, CalendarKey.make(request.user))
        log(request.user, "partnerships.make_calendar", user=request.user)
        response = self.render_to_response(self.get_context_data(url=url))
        response["Cache-Control"] = "private, no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_account"), "label": _("Account")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = CalendarKey.key_of(self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "calendar_key": key,
            "is_offered": calendar_url(self.request, "k" * CalendarKey.LENGTH) is not None,
        }


def calendar_menu_item(request: HttpRequest) -> dict[str, Any] | None:
    """What the account page offers."""
    if not works_with_agreements(request.user):
        return None
    return {
        "url": reverse("partnerships_calendar"),
        "label": _("Calendar of agreements"),
        "help_text": _("Have the dates of your agreements in your own calendar."),
    }


urlpatterns = [path("partnerships/calendar/", CalendarView.as_view(), name="partnerships_calendar")]
