"""Partners, agreements and other pages, short and whole."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, override

from wagtail.blocks import StreamValue
from wagtail.models import Page

from ....site_pages.agreement_types import AgreementType
from ....site_pages.blocks.text import ListPreset
from ....site_pages.contents import AgreementContents, PageContents, PartnerContents, PartyContents
from ....site_pages.models import AgreementPage, OrganisationName, PartnerPage
from ....site_pages.models.organisation import choose_name
from ....site_pages.rich_text import plain_text
from ..schemas import common, documents
from .blocks import BlockRenderer, items_of
from .context import Context, coded, coded_country, coded_region, label_in, partial_date, timestamp
from .media import render_document, render_image
from .snippets import agreement_contact, embedded_contact, embedded_strategy
from .text import render_rich_text

# A shape that is another one with more keys is built by adding to it, which mypy can't follow through TypedDicts.


def _page_item(context: Context, page: Page) -> dict[str, Any]:
    ref = context.ref(page)
    modified = page.last_published_at
    return {
        "id": ref["id"],
        "resource": ref["resource"],
        "locale": ref["locale"],
        "modified_at": timestamp(modified) if modified else None,
        "title": page.title,
        "url": ref["url"],
        "path": ref["path"],
    }


def _content(context: Context, content: StreamValue, language: str) -> dict[str, Any]:
    lists = {preset.value: items_of(content, preset) for preset in ListPreset if preset != ListPreset.OTHER}
    return {"content": BlockRenderer(context, language).render(content), **lists}


def agreement_summary(context: Context, contents: AgreementContents) -> documents.AgreementSummary:
    agreement = contents.page
    language = context.language(agreement)
    primary = contents.types[0] if contents.types else AgreementType.OTHER
    shape: Any = {
        **_page_item(context, agreement),
        "types": [coded(choice, language) for choice in contents.types],
        "label": agreement.display_label or label_in(primary, language),
        "parties": [_party(context, party, language) for party in contents.parties],
        "period": _period(agreement),
        "status": coded(contents.status, language),
        "is_expiring": contents.is_expiring,
        "renewal_pending": agreement.renewal_pending,
        "has_dates": agreement.has_dates,
        "purpose": agreement.purpose,
    }
    return shape


def _party(context: Context, party: PartyContents, language: str) -> documents.Party:
    return {
        "name": party.name,
        "role": party.role,
        "country": coded_country(party.country, language),
        "partner": context.ref(party.partner) if party.partner else None,
    }


def _period(agreement: AgreementPage) -> documents.Period:
    kind: Any = str(agreement.end_kind)
    is_terminated = agreement.outcome == agreement.Outcome.TERMINATED
    return {
        "signed": partial_date(agreement.signed),
        "since": partial_date(agreement.since),
        "valid_from": partial_date(agreement.valid_from),
        "end": {"kind": kind, "date": partial_date(agreement.end_date) if kind == "date" else None},
        "terminated": partial_date(agreement.outcome_date) if is_terminated else None,
    }


def embedded_agreement(
    context: Context, contents: AgreementContents, names: list[OrganisationName]
) -> documents.EmbeddedAgreement:
    """An agreement as a partner's page shows it; ``names`` are the own organisation's."""
    agreement = contents.page
    language = context.language(agreement)
    primary = contents.types[0] if contents.types else AgreementType.OTHER
    with override(language):
        heading = agreement.partner_page_heading or str(primary.heading)
    shape: Any = {
        **agreement_summary(context, contents),
        "heading": heading,
        "own_organisation": _own_organisation(agreement, names, language),
        "contact_invitation": agreement.contact_invitation,
        "contacts": [agreement_contact(context, entry) for entry in contents.contacts],
        "strategies": [embedded_strategy(context, strategy) for strategy in contents.strategies],
        "documents": [render_document(context, document) for document in contents.documents],
        "reference_number": agreement.reference_number,
        "renews": context.ref(contents.renews) if contents.renews else None,
        "renewed_by": context.refs(contents.successors),
        "part_of": context.ref(contents.part_of) if contents.part_of else None,
        "sub_agreements": context.refs(contents.sub_agreements),
        **_content(context, contents.content, language),
    }
    return shape


def _own_organisation(
    agreement: AgreementPage, names: list[OrganisationName], language: str
) -> documents.OrganisationName | None:
    signed = agreement.signed.earliest if agreement.signed else None
    name = choose_name(names, signed, language)
    return {"name": name.name, "short_name": name.short_name} if name else None


def whole_agreement(
    context: Context,
    contents: AgreementContents,
    names: list[OrganisationName],
    translations: list[common.Translation],
) -> documents.Agreement:
    shape: Any = {**embedded_agreement(context, contents, names), "translations": translations}
    return shape


def partner_summary(context: Context, partner: PartnerPage, agreements_total: int) -> documents.PartnerSummary:
    """A partner in a list; asks for its logo unless that was fetched with it."""
    language = context.language(partner)
    shape: Any = {
        **_page_item(context, partner),
        "summary": plain_text(partner.introduction),
        "organisation_type": coded(partner.known_organisation_type, language),
        "country": coded_country(partner.country, language),
        "region": coded_region(partner.region, language),
        "logo": render_image(context, partner.logo, alt=_logo_alt(partner, language)),
        "agreements_total": agreements_total,
    }
    return shape


def _logo_alt(partner: PartnerPage, language: str) -> str:
    if partner.logo_alt:
        return str(partner.logo_alt)
    with override(language):
        return gettext("Logo of %(name)s") % {"name": partner.title}


def whole_partner(
    context: Context,
    contents: PartnerContents,
    names: list[OrganisationName],
    translations: list[common.Translation],
) -> documents.Partner:
    """A partner with everything that its page shows."""
    partner = contents.page
    shape: Any = {
        **partner_summary(context, partner, contents.agreements_total),
        "introduction": render_rich_text(context, contents.introduction),
        "agreements": [embedded_agreement(context, entry, names) for entry in contents.agreements],
        "contact_invitation": partner.contact_invitation,
        "contacts": [embedded_contact(context, contact) for contact in contents.contacts],
        "strategies": [embedded_strategy(context, strategy) for strategy in contents.strategies],
        "related_partners": context.refs(contents.related_partners),
        "former_names": [
            {"name": name.name, "since": partial_date(name.since), "until": partial_date(name.until)}
            for name in contents.former_names
        ],
        "website": partner.website or None,
        "organisation_number": str(partner.organisation_number) if partner.organisation_number else None,
        "ror_id": partner.ror_id or None,
        "responsible_unit": partner.responsible_unit,
        **_content(context, contents.content, context.language(partner)),
        "translations": translations,
    }
    return shape


def page_summary(context: Context, page: Page) -> documents.PageSummary:
    """Any other page in a list."""
    published = page.first_published_at
    shape: Any = {
        **_page_item(context, page),
        "kind": page.specific_class._meta.model_name if page.specific_class else "page",
        "published_at": timestamp(published) if published else None,
    }
    return shape


def whole_page(
    context: Context,
    page: Page,
    contents: PageContents | None,
    parent: Page | None,
    children: list[Page],
    translations: list[common.Translation],
) -> documents.Page:
    """Any other page; ``contents`` is None for a page type of the host's own, which has no content of ours."""
    introduction: common.RichText = {"html": "", "text": "", "links": []}
    shape: Any = {
        **page_summary(context, page),
        "introduction": render_rich_text(context, contents.introduction) if contents else introduction,
        "content": BlockRenderer(context, context.language(page)).render(contents.content) if contents else [],
        "parent": context.ref(parent) if parent else None,
        "children": context.refs(children),
        "translations": translations,
        "search_description": page.search_description,
    }
    return shape
