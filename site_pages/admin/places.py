"""Pages that show a shared row without naming it.

A partner shows its agreements with their contacts and strategies; an agreement without a contact, those of its parties.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from ...snippets.models import Contact
from ...snippets.showing import also_shown_by
from ...snippets.usage import Use
from ..models import AgreementContact, AgreementPage, AgreementParty, PartnerContact, PartnerPage


@also_shown_by
def partners_showing(row: Any, uses: list[Use]) -> Iterable[Page]:
    """Find the pages of the parties to an agreement, or to those that use a contact or a strategy."""
    agreements = [use.user.translation_key for use in uses if isinstance(use.user, AgreementPage)]
    if isinstance(row, AgreementPage):
        agreements = [row.translation_key]
    if not agreements:
        return []
    parties = AgreementParty.objects.filter(page__translation_key__in=agreements, partner__isnull=False)
    keys = parties.values("partner__translation_key")
    partners = PartnerPage.objects.filter(translation_key__in=keys, alias_of__isnull=True)
    return partners.defer_streamfields().select_related("locale")


@also_shown_by
def agreements_showing(row: Any, _uses: list[Use]) -> Iterable[Page]:
    """Find the agreements that show a contact of a party, since they have none of their own that readers may see."""
    if not isinstance(row, Contact):
        return []
    partners = PartnerContact.objects.filter(contact__translation_key=row.translation_key, page__live=True)
    parties = AgreementParty.objects.filter(partner__translation_key__in=partners.values("page__translation_key"))
    answered = AgreementContact.objects.filter(contact__live=True)
    agreements = AgreementPage.objects.filter(pk__in=parties.values("page_id"), alias_of__isnull=True)
    return agreements.exclude(pk__in=answered.values("page_id")).defer_streamfields().select_related("locale")
