"""Contacts and strategies, by themselves and as pages show them."""

from __future__ import annotations

from typing import Any

from wagtail.documents.models import AbstractDocument

from ....site_pages.contents import ContactContents
from ....snippets.models import Contact, Strategy
from ....snippets.phones import Phone
from ..schemas import common, documents
from .context import Context, coded, partial_date, timestamp
from .media import render_document, render_image

# A shape that is another one with more keys is built by adding to it, which mypy can't follow through TypedDicts.


def contact_summary(context: Context, contact: Contact) -> documents.ContactSummary:
    context.scope.tag(contact.translation_key)
    language = context.language(contact)
    return {
        "id": str(contact.translation_key),
        "resource": "contact",
        "locale": language,
        "modified_at": timestamp(contact.last_published_at) if contact.last_published_at else None,
        "kind": coded(Contact.Kind(contact.kind), language),
        "name": contact.name,
        "role": contact.role,
        "unit": contact.unit,
        "organisation": contact.organisation,
        "when_to_contact": contact.when_to_contact,
        "phone": _phone(contact.phone),
        "email": contact.email or None,
        "form_link": contact.form_link or None,
    }


def _phone(phone: Any) -> documents.Phone | None:
    if not isinstance(phone, Phone):
        return None
    return {"number": phone.e164, "display": phone.display, "uri": phone.uri}


def _with_photo(context: Context, contact: Contact) -> dict[str, Any]:
    photo = render_image(context, contact.photo, alt=contact.name)
    return {**contact_summary(context, contact), "photo": photo}


def embedded_contact(context: Context, contact: Contact) -> documents.PartnerContact:
    shape: Any = context.once(contact, _with_photo)
    return shape


def agreement_contact(context: Context, entry: ContactContents) -> documents.AgreementContact:
    shape: Any = {**context.once(entry.contact, _with_photo), "source": entry.source.value}
    return shape


def whole_contact(context: Context, contact: Contact, translations: list[common.Translation]) -> documents.Contact:
    shape: Any = {**_with_photo(context, contact), "translations": translations}
    return shape


def strategy_summary(context: Context, strategy: Strategy) -> documents.StrategySummary:
    ref = context.ref(strategy)
    language = ref["locale"]
    return {
        "id": ref["id"],
        "resource": "strategy",
        "locale": language,
        "modified_at": timestamp(strategy.last_published_at) if strategy.last_published_at else None,
        "title": strategy.name,
        "url": ref["url"],
        "path": ref["path"],
        "kind": coded(Strategy.Kind(strategy.kind), language),
        "owner_organisation": strategy.owner_organisation,
        "valid_from": partial_date(strategy.valid_from),
        "valid_to": partial_date(strategy.valid_to),
        "summary": strategy.summary,
        "link": strategy.link or None,
    }


def embedded_strategy(context: Context, strategy: Strategy) -> documents.EmbeddedStrategy:
    """A strategy with its document, if that is open to all and the reader has loaded it."""
    shape: Any = context.once(strategy, _embedded_strategy)
    return shape


def _embedded_strategy(context: Context, strategy: Strategy) -> Any:
    return _with_document(context, strategy, context.reader.document(strategy.document))


def _with_document(context: Context, strategy: Strategy, document: AbstractDocument | None) -> Any:
    return {
        **strategy_summary(context, strategy),
        "document": render_document(context, document) if document else None,
    }


def whole_strategy(
    context: Context,
    strategy: Strategy,
    document: AbstractDocument | None,
    translations: list[common.Translation],
) -> documents.Strategy:
    """A strategy by itself; the caller has checked that its document is open to all."""
    shape: Any = {**_with_document(context, strategy, document), "translations": translations}
    return shape
