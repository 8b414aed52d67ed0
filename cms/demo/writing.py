"""Makes rows of entries the way the admin does: validated, saved as a draft, then published from a revision."""

from __future__ import annotations

import datetime
import json
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from ...site_pages.models import (
    AgreementContact,
    AgreementDocument,
    AgreementIndexPage,
    AgreementPage,
    AgreementParty,
    AgreementSignatory,
    AgreementStrategy,
    AgreementTypeChoice,
    FormerName,
    HomePage,
    PartnerContact,
    PartnerIndexPage,
    PartnerPage,
    PartnerStrategy,
    RelatedPartner,
)
from ...snippets.models import Contact, Strategy
from .entries import (
    AgreementEntry,
    ContactEntry,
    Date,
    FromToday,
    PageEntry,
    PartnerEntry,
    PlainPageEntry,
    Ref,
    StrategyEntry,
    swedish,
)
from .shelf import Shelf, translation_key
from .stream import StreamWriter

PageT = TypeVar("PageT", bound=Page)
SnippetT = TypeVar("SnippetT", Strategy, Contact)

_PAGE_TYPES: dict[str, type[Page]] = {
    "home": HomePage,
    "partners": PartnerIndexPage,
    "agreements": AgreementIndexPage,
}


def check(page: Page) -> None:
    """Validate what Wagtail checks in its forms and not when a page is saved: its blocks and its inline rows.

    Raises:
        ValidationError: if a block or a row breaks a rule.
    """
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            field.stream_block.clean(getattr(page, field.name))
    for relation in get_all_child_relations(page):
        name = relation.get_accessor_name()
        for row in getattr(page, name).all():
            row.full_clean(exclude=[relation.field.name])


class Writer:
    """Writes the Swedish rows of entries, as of the day ``today``.

    The pages whose keys are ``waiting`` come without content and related partners, which ``fill`` adds.
    """

    def __init__(self, shelf: Shelf, locale: Locale, today: datetime.date, waiting: AbstractSet[str]) -> None:
        self.shelf = shelf
        self.waiting = waiting
        self.locale = locale
        self.today = today

    def strategy(self, entry: StrategyEntry) -> Strategy:
        strategy = Strategy(
            name=swedish(entry.name),
            kind=entry.kind,
            owner_organisation=swedish(entry.owner_organisation),
            valid_from=self._date(entry.valid_from),
            valid_to=self._date(entry.valid_to),
            summary=swedish(entry.summary),
            link=entry.link,
            document=self.shelf.row(entry.document) if entry.document else None,
        )
        return self._publish_snippet(strategy, entry.key)

    def contact(self, entry: ContactEntry) -> Contact:
        contact = Contact(
            kind=entry.kind,
            name=entry.name,
            role=swedish(entry.role),
            unit=swedish(entry.unit),
            organisation=swedish(entry.organisation),
            when_to_contact=swedish(entry.when_to_contact),
            phone=entry.phone,
            email=entry.email,
            form_link=entry.form_link,
            photo=self.shelf.row(entry.photo) if entry.photo else None,
            review_date=entry.review_date.on(self.today) if entry.review_date else None,
        )
        return self._publish_snippet(contact, entry.key)

    def plain_page(self, entry: PlainPageEntry, parent: Page) -> Page:
        """Write a home or index page."""
        page = _PAGE_TYPES[entry.page_type](introduction=swedish(entry.introduction), **self._page_fields(entry))
        return self._publish_page(page, parent, entry)

    def partner(self, entry: PartnerEntry) -> PartnerPage:
        partner = PartnerPage(
            organisation_type=entry.organisation_type,
            country=entry.country,
            region=entry.region,
            introduction=StreamWriter(self.shelf, entry.key, self.today).html(swedish(entry.introduction)),
            contact_invitation=swedish(entry.contact_invitation),
            website=entry.website,
            logo=self.shelf.row(entry.logo) if entry.logo else None,
            logo_alt=swedish(entry.logo_alt),
            organisation_number=entry.organisation_number,
            ror_id=entry.ror_id,
            responsible_unit=swedish(entry.responsible_unit),
            **self._page_fields(entry),
        )
        partner.contacts.set([PartnerContact(contact=row) for row in self.shelf.rows(entry.contacts)])
        partner.strategies.set([PartnerStrategy(strategy=row) for row in self.shelf.rows(entry.strategies)])
        partner.former_names.set(
            [
                FormerName(name=former.name, since=self._date(former.since), until=self._date(former.until))
                for former in entry.former_names
            ]
        )
        return self._publish_page(partner, self.shelf.row(Ref("partners")), entry)

    def agreement(self, entry: AgreementEntry) -> AgreementPage:
        agreement = AgreementPage(
            display_label=swedish(entry.display_label),
            partner_page_heading=swedish(entry.partner_page_heading),
            signed=self._date(entry.signed),
            since=self._date(entry.since),
            valid_from=self._date(entry.valid_from),
            end_kind=entry.end_kind,
            end_date=self._date(entry.end_date),
            purpose=swedish(entry.purpose),
            contact_invitation=swedish(entry.contact_invitation),
            responsible_unit=entry.responsible_unit,
            reference_number=entry.reference_number,
            review_date=entry.review_date.on(self.today) if entry.review_date else None,
            notice_date=entry.notice_date.on(self.today) if entry.notice_date else None,
            renewal_terms=swedish(entry.renewal_terms),
            renewal_pending=entry.renewal_pending,
            outcome=entry.outcome,
            outcome_date=self._date(entry.outcome_date),
            outcome_reason=entry.outcome_reason,
            renews=self.shelf.row(entry.renews) if entry.renews else None,
            part_of=self.shelf.row(entry.part_of) if entry.part_of else None,
            internal_notes=entry.internal_notes,
            **self._page_fields(entry),
        )
        agreement.agreement_types.set([AgreementTypeChoice(agreement_type=code) for code in entry.types])
        agreement.parties.set(
            [
                AgreementParty(
                    locale=self.locale,
                    partner=self.shelf.row(party.partner) if party.partner else None,
                    name=party.name,
                    country=party.country,
                    role=swedish(party.role),
                )
                for party in entry.parties
            ]
        )
        agreement.contacts.set([AgreementContact(contact=row) for row in self.shelf.rows(entry.contacts)])
        agreement.strategies.set([AgreementStrategy(strategy=row) for row in self.shelf.rows(entry.strategies)])
        agreement.documents.set([AgreementDocument(document=row) for row in self.shelf.rows(entry.documents)])
        agreement.signatories.set(
            [
                AgreementSignatory(
                    locale=self.locale,
                    name=signatory.name,
                    title=swedish(signatory.title),
                    on_behalf_of=signatory.on_behalf_of,
                )
                for signatory in entry.signatories
            ]
        )
        return self._publish_page(agreement, self.shelf.row(Ref("agreements")), entry)

    def fill(self, entry: PageEntry) -> Page | None:
        """Give a page what had to wait, as a second revision; leave alone a page that an editor is at work on."""
        page = self.shelf.row(Ref(entry.key))
        if page is None or page.has_unpublished_changes or not page.live:
            return None
        self._set_content(page, entry)
        check(page)
        page.save_revision(log_action=True).publish()
        return page

    def _set_content(self, page: Page, entry: PageEntry) -> None:
        page.content = json.dumps(StreamWriter(self.shelf, entry.key, self.today).stream(entry.content))
        if isinstance(entry, PartnerEntry):
            page.related_partners.set([RelatedPartner(partner=row) for row in self.shelf.rows(entry.related_partners)])

    def _page_fields(self, entry: PageEntry) -> dict[str, Any]:
        return {
            "title": swedish(entry.title),
            "slug": swedish(entry.slug),
            "search_description": swedish(entry.search_description),
            "show_in_menus": entry.show_in_menus,
            "locale": self.locale,
            "translation_key": translation_key(entry.key),
            "live": False,
        }

    def _date(self, date: Date | None) -> str | None:
        return date.edtf(self.today) if isinstance(date, FromToday) else date

    def _publish_page(self, page: PageT, parent: Page, entry: PageEntry) -> PageT:
        if entry.key not in self.waiting:
            self._set_content(page, entry)
        check(page)
        parent.add_child(instance=page)
        page.save_revision().publish()
        return page

    def _publish_snippet(self, snippet: SnippetT, key: str) -> SnippetT:
        snippet.locale = self.locale
        snippet.translation_key = translation_key(key)
        snippet.live = False
        snippet.full_clean()
        snippet.save()
        log(instance=snippet, action="wagtail.create", content_changed=True)
        snippet.save_revision().publish()
        return snippet
