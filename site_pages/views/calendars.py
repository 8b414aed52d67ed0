"""The personal calendar of agreements, for programs that can't sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ..admin.access import agreements_of, works_with_agreements
from ..agreement_calendar import calendar_of
from ..models import CalendarKey
from ..reminders import language_of


@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the agreements of the user whose key this is, as long as they may sign in to the admin."""
    user = CalendarKey.user_of(key)
    if user is None or not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        response = HttpResponse(
            gettext("This calendar address does not hold any more. Make a new one in the admin."),
            status=404,
            content_type="text/plain; charset=utf-8",
        )
    else:
        with translation.override(language_of(user)):
            agreements = agreements_of(user) if works_with_agreements(user) else agreements_of(user).none()
            response = HttpResponse(calendar_of(agreements), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="agreements.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
