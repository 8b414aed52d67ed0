"""The dates of agreements as a calendar (iCalendar, RFC 5545) that a calendar program subscribes to."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from wagtail.admin.utils import get_admin_base_url

from icalendar import Calendar, Event

from .deadlines import DeadlineKind, deadlines_of
from .models import AgreementPage

#: A date stays in the calendar for so long after it has passed.
KEPT = datetime.timedelta(days=365)

#: When a page that was made by code and never saved in the admin was written, as far as anyone knows. It is the same at
#: every reading, so that a calendar program sees a change only where there is one.
WRITTEN_UNKNOWN = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def calendar_of(agreements: Any) -> bytes:
    """Write the dates of the watched among ``agreements`` in the active language, in two queries."""
    calendar = Calendar()
    calendar.add("prodid", "-//wagtail-partnerships//agreements//" + (get_language() or "en").upper())
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = gettext("Agreements, %(site)s") % {"site": getattr(settings, "WAGTAIL_SITE_NAME", "")}
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", datetime.timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    oldest = timezone.localdate() - KEPT
    rows = agreements.watched().defer_streamfields().prefetch_related("parties__partner").order_by("pk")
    for agreement in rows:
        for kind, day in deadlines_of(agreement):
            if day >= oldest:
                calendar.add_component(_event(agreement, kind, day))
    return bytes(calendar.to_ical())


def _event(agreement: AgreementPage, kind: DeadlineKind, day: datetime.date) -> Event:
    """One day, which takes nobody's time; it has the same name when its date changes, so that it moves."""
    url = f"{get_admin_base_url() or ''}{reverse('wagtailadmin_pages:edit', args=[agreement.pk])}"
    event = Event()
    event.add("uid", f"{agreement.translation_key}-{kind}@wagtail-partnerships")
    event.add("dtstamp", agreement.latest_revision_created_at or agreement.last_published_at or WRITTEN_UNKNOWN)
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    event.add("summary", f"{kind.label}: {agreement.title}")
    event.add("transp", "TRANSPARENT")
    event.add("url", url)
    described = [
        ", ".join(str(party) for party in agreement.parties.all()),
        agreement.reference_number,
        agreement.renewal_terms if kind != DeadlineKind.REVIEW else "",
        url,
    ]
    event.add("description", "\n".join(part for part in described if part))
    return event
