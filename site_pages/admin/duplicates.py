"""Hints that a partner has been written already, by its organisation number or its name; never a refusal."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin import messages

from ...snippets.duplicates import SHOWN
from ..models import PartnerPage


def hint_at_partners(request: HttpRequest, page: Any) -> None:
    """Tell after a save, with links, which partners look the same."""
    if not isinstance(page, PartnerPage):
        return
    partner: Any = page.get_latest_revision_as_object()
    same = Q(title__iexact=partner.title.strip()) | Q(draft_title__iexact=partner.title.strip())
    if partner.organisation_number:
        same |= Q(organisation_number=partner.organisation_number)
    others = PartnerPage.objects.filter(same, locale=partner.locale_id, alias_of__isnull=True)
    for other in others.exclude(translation_key=partner.translation_key).defer_streamfields().order_by("pk")[:SHOWN]:
        if partner.organisation_number and other.organisation_number == partner.organisation_number:
            text = _("There is already a partner with this organisation number: %(name)s.")
        else:
            text = _("There is already a partner with this name: %(name)s.")
        url = reverse("wagtailadmin_pages:edit", args=[other.pk])
        button = messages.button(url, _("Look at it"))
        messages.warning(request, text % {"name": other.get_admin_display_title()}, buttons=[button])
