"""Hints that something may have been written already: never a refusal, since two people may share a name."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin import messages

from .models import Contact

#: So many are named.
SHOWN = 3


def similar_contacts(contact: Contact) -> QuerySet[Contact]:
    """Find other contacts in the same language with the same number, address or name."""
    same = Q(name__iexact=contact.name.strip())
    phone: Any = contact.phone
    if phone:
        same |= Q(phone=phone)
    if contact.email:
        same |= Q(email__iexact=contact.email)
    others = Contact.objects.filter(same, locale=contact.locale_id)
    return others.exclude(translation_key=contact.translation_key).order_by("name", "pk")


def hint(contact: Contact, other: Contact) -> str:
    """Say in one sentence what two contacts share."""
    phone: Any = contact.phone
    if phone and phone == other.phone:
        return _("There is already a contact with this number: %(name)s.") % {"name": other}
    if contact.email and contact.email.casefold() == other.email.casefold():
        return _("There is already a contact with this e-mail address: %(name)s.") % {"name": other}
    return _("There is already a contact with this name: %(name)s.") % {"name": other}


def hint_at_contacts(request: HttpRequest, contact: Any) -> None:
    """Tell after a save, with links, which contacts look the same."""
    if not isinstance(contact, Contact):
        return
    contact = contact.get_latest_revision_as_object()
    for other in similar_contacts(contact)[:SHOWN]:
        url = reverse("wagtailsnippets_partnerships_snippets_contact:edit", args=[quote(other.pk)])
        messages.warning(request, hint(contact, other), buttons=[messages.button(url, _("Look at it"))])
