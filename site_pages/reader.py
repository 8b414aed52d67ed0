"""Reads pages for one reader: in one language, of one site, on one day.

Links carry identity, readers get language: a relation names the source row, and the reader is given the row in their
own language if that is public, else the source's. However many pages are read at once, the number of queries is the
same: first what names things is read (links, stored blocks, rich texts), then each kind of target by one query.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from ..snippets.models import Contact, Strategy
from ..snippets.partial_dates import PartialDate
from ..snippets.prepared import ask
from .agreement_types import AgreementType
from .blocks.identity import rows_found_by
from .contents import (
    AgreementContents,
    ContactContents,
    ContactSource,
    FormerNameContents,
    PageContents,
    PartnerContents,
    PartyContents,
)
from .links import Link, PageLinks, links_of
from .models import AgreementPage, PartnerPage
from .models.content import ContentPage
from .reader_queries import Viewpoint, agreements_of, contacts_of_partners, following, groups
from .references import References, references_in
from .rich_text import RichTextContents, render_rich_text
from .rows import Drafts, ReadersRows
from .status import STATUS_ORDER, AgreementStatus
from .visibility import open_documents, roots_of

#: How many of its agreements a partner page shows, by status and date.
MAX_AGREEMENTS = 50


def all_locales() -> dict[int, Locale]:
    """Return every locale by its primary key."""
    return {row.pk: row for row in Locale.objects.all()}


class Reader:
    """Somebody who reads in ``locale`` what ``site`` (or any site, if None) shows on ``day`` (today, if None).

    ``locales`` are all that there are, by primary key; they are asked for unless given. ``drafts`` tell what somebody
    who looks at a draft is shown of the contacts, strategies and agreements on it. ``base_url`` makes the links in rich
    texts whole, for somebody who reads them elsewhere than on the site.
    """

    def __init__(
        self,
        locale: Locale,
        *,
        site: Site | None = None,
        day: datetime.date | None = None,
        locales: Mapping[int, Locale] | None = None,
        drafts: Drafts | None = None,
        base_url: str | None = None,
    ) -> None:
        self.locale = locale
        self.site = site
        self.base_url = base_url
        self.day = day or timezone.localdate()
        locales = locales or all_locales()
        source = next((row.pk for row in locales.values() if row.is_default), locale.pk)
        self._seen_from = Viewpoint(None if site is None else roots_of(site), self.day, locale.pk)

        def rows(model: type[Any], drafts: Drafts | None = None) -> ReadersRows[Any]:
            def find(keys: Collection[UUID], ids: Collection[int]) -> list[Any]:
                if drafts is None:
                    return ask(groups, (model, self._seen_from), keys, ids)
                return list(groups(model, self._seen_from, keys, ids, also=drafts.visible(model)))

            return ReadersRows(find, locales, locale.pk, source, drafts=drafts)

        self._contacts: ReadersRows[Contact] = rows(Contact, drafts)
        self._strategies: ReadersRows[Strategy] = rows(Strategy, drafts)
        self._partners: ReadersRows[PartnerPage] = rows(PartnerPage)
        self._agreements: ReadersRows[AgreementPage] = rows(AgreementPage, drafts)
        self._pages: ReadersRows[Page] = rows(Page)
        self._documents: dict[int, AbstractDocument | None] = {}
        self._references: dict[int, References] = {}
        self._links: dict[int, PageLinks] = {}
        self._addresses: dict[tuple[int, str], tuple[str | None, str | None]] = {}
        self._followed: set[UUID] = set()
        self._successors: dict[UUID, list[UUID]] = defaultdict(list)
        self._sub_agreements: dict[UUID, list[UUID]] = defaultdict(list)
        self._contents: dict[UUID, AgreementContents] = {}
        self._finders: Mapping[type[Model], ReadersRows[Any]] = {
            Contact: self._contacts,
            Strategy: self._strategies,
            PartnerPage: self._partners,
            AgreementPage: self._agreements,
            Page: self._pages,
        }

    # What a reader asks for

    def row_of(self, model: type[Model], key: UUID) -> Any:
        """The reader's row of a group; None if it is not public."""
        rows = self._finders[model]
        rows.load([key])
        return rows.get(key)

    def read_pages(self, pages: Sequence[ContentPage]) -> list[PageContents]:
        """Read pages that have an introduction and content."""
        streams = self._fetch(others=pages)
        return [PageContents(page, self.rich_text(page.introduction), streams[page.pk]) for page in pages]

    def read_agreements(self, pages: Sequence[AgreementPage]) -> list[AgreementContents]:
        """Read agreements with their parties, effective contacts, strategies, documents and related agreements."""
        self._fetch(agreements=pages)
        return [self._contents[page.translation_key] for page in pages]

    def read_agreements_in_brief(self, pages: Sequence[AgreementPage]) -> list[AgreementContents]:
        """Read agreements with their types and parties alone, as lists show them, by two queries."""
        self._agreements.choose(pages)
        self._links |= links_of(pages)
        self._partners.load({key for page in pages for key in self._links[page.pk].keys("party")})
        return [
            AgreementContents(
                page=page,
                status=page.status_on(self.day),
                is_expiring=page.is_expiring_on(self.day),
                types=AgreementType.named_by(link.name for link in self._links[page.pk].of("type")),
                content=page.content,
                parties=self._parties(self._links[page.pk].of("party")),
            )
            for page in pages
        ]

    def read_partners(self, pages: Sequence[PartnerPage]) -> list[PartnerContents]:
        """Read partners with their agreements, contacts, strategies and related partners."""
        chosen, totals = self._agreements_of([page.translation_key for page in pages])
        streams = self._fetch(partners=pages, agreement_keys={key for keys in chosen.values() for key in keys})
        read: list[PartnerContents] = []
        for page in pages:
            links = self._links[page.pk]
            contacts = self._contacts.all_of(links.keys("contact"))
            agreements = [
                self._with_contacts_of(contacts, self._contents[key])
                for key in chosen[page.translation_key]
                if key in self._contents  # else it was taken offline since it was chosen
            ]
            strategies = [*links.keys("strategy"), *(s.translation_key for a in agreements for s in a.strategies)]
            partner = PartnerContents(
                page=page,
                introduction=self.rich_text(page.introduction),
                content=streams[page.pk],
                agreements=agreements,
                agreements_total=totals[page.translation_key],
                contacts=contacts,
                strategies=self._strategies.all_of(strategies),
                related_partners=self._partners.all_of(links.keys("related_partner")),
                former_names=[_former_name(link) for link in links.of("former_name")],
            )
            self._place(partner)
            read.append(partner)
        return read

    # What a block names, for this reader

    def contact(self, row: Contact | None) -> Contact | None:
        """The reader's row of a contact that a block names; None if it is not public."""
        return self._contacts.get(row.translation_key) if row else None

    def strategy(self, row: Strategy | None) -> Strategy | None:
        """The reader's row of a strategy that a block names; None if it is not public."""
        return self._strategies.get(row.translation_key) if row else None

    def partner(self, row: Page | None) -> PartnerPage | None:
        """The reader's row of a partner that a block names; None if it is not public."""
        return self._partners.get(row.translation_key) if row else None

    def agreement(self, row: Page | None) -> AgreementContents | None:
        """The agreement that a block names, with all that it refers to; None if it is not public.

        None also for an agreement named within the content of another that is itself shown by a block.
        """
        return self._contents.get(row.translation_key) if row else None

    def page(self, row: Page | None) -> Page | None:
        """The reader's row of a page that a link names; None if it is not public."""
        if row is None:
            return None
        key = row.translation_key
        return self._pages.get(key) or self._partners.get(key) or self._agreements.get(key)

    def document(self, row: AbstractDocument | None) -> AbstractDocument | None:
        """A document that a block names; None if its collection is not open."""
        return self._documents.get(row.pk) if row else None

    def rich_text(self, source: str | RichText) -> RichTextContents:
        """Render rich text whose links have been loaded with the page that it stands on."""
        return render_rich_text(
            source,
            page=self._pages.of_id,
            page_url=self.url if self.base_url else self.path,
            document=self._documents.get,
            lang=self.locale.language_code,
            base_url=self.base_url,
        )

    def path(self, page: Page) -> str | None:
        """The path of a page on its site; None if no site shows it."""
        return self._address(page)[1]

    def url(self, page: Page) -> str | None:
        """The absolute URL of a page; None if no site shows it."""
        root_url, path = self._address(page)
        return f"{root_url}{path}" if path else None

    def _address(self, page: Page) -> tuple[str | None, str | None]:
        key = page.pk, page.url_path
        if key not in self._addresses:
            # The reader keeps the site root paths that Wagtail would ask for each page.
            _site_id, root_url, path = page.get_url_parts(self) or (None, None, None)
            self._addresses[key] = root_url, path
        return self._addresses[key]

    # How it is fetched

    def _fetch(
        self,
        *,
        partners: Sequence[PartnerPage] = (),
        agreements: Sequence[AgreementPage] = (),
        agreement_keys: Iterable[UUID] = (),
        others: Sequence[ContentPage] = (),
    ) -> dict[int, StreamValue]:
        """Fetch all that some pages refer to; return the content of every page read, by its primary key."""
        self._agreements.choose(agreements)
        read = [*agreements, *self._agreements.load(agreement_keys)]
        references = self._references_in([*partners, *others, *read])
        read += self._agreements.load(ids=references.ids.pop(AgreementPage, ()))
        inner = self._references_in(read)
        related_ids = {pk for page in read for pk in (page.renews_id, page.part_of_id) if pk}
        self._agreements.load(ids=related_ids | inner.ids.pop(AgreementPage, set()))
        references.update(inner)
        self._load_following(read)

        self._links |= links_of([*partners, *read])
        on_pages = [self._links[page.pk] for page in (*partners, *read)]
        self._partners.load(
            {key for links in on_pages for key in (*links.keys("party"), *links.keys("related_partner"))},
            references.ids.pop(PartnerPage, ()),
        )
        stand_ins = {page.translation_key: self._links[page.pk].keys("contact") for page in partners}
        if not partners:
            stand_ins |= self._contacts_of_parties(read)
        self._contacts.load(
            {key for links in on_pages for key in links.keys("contact")}
            | {k for keys in stand_ins.values() for k in keys},
            references.ids.pop(Contact, ()),
        )
        new_strategies = self._strategies.load(
            {key for links in on_pages for key in links.keys("strategy")}, references.ids.pop(Strategy, ())
        )
        self._load_documents(
            {pk for links in on_pages for pk in links.ids("document")}
            | {row.document_id for row in new_strategies if row.document_id}
            | references.document_links
            | references.ids.pop(get_document_model(), set())
        )
        self._pages.load(ids=references.page_links | references.ids.pop(Page, set()))

        streams = self._streams([*partners, *others, *read])
        for page in read:
            self._contents[page.translation_key] = self._agreement_contents(page, streams[page.pk], stand_ins)
        return streams

    def _references_in(self, pages: Iterable[ContentPage]) -> References:
        """Collect what some pages name, whose blocks are walked once."""
        pages = list(pages)
        new = [page for page in pages if page.pk not in self._references]
        if new:
            streams = references_in(new[0].content.stream_block, [list(page.content.raw_data) for page in new])
            for page, found in zip(new, streams, strict=True):
                found.add_rich_text(page.introduction or "")
                self._references[page.pk] = found
        together = References()
        for page in pages:
            together.update(self._references[page.pk])
        return together

    def _streams(self, pages: Sequence[ContentPage]) -> dict[int, StreamValue]:
        """Turn the stored blocks of all pages into values together, naming rows that have been fetched."""
        if not pages:
            return {}
        block = pages[0].content.stream_block
        with rows_found_by(self._find_row):
            values = block.bulk_to_python([list(page.content.raw_data) for page in pages])
        return dict(zip((page.pk for page in pages), values, strict=True))

    def _find_row(self, model: type[Model], pk: int) -> Model | None:
        if model in self._finders:
            return self._finders[model].of_id(pk)
        if model is get_document_model():
            return self._documents.get(pk)
        # A host's own block may name a model that this reader knows nothing of.
        return model._default_manager.filter(pk=pk).first()

    def _agreements_of(self, partner_keys: list[UUID]) -> tuple[dict[UUID, list[UUID]], dict[UUID, int]]:
        """Choose each partner's first agreements by status and date, and count them all."""
        rows = ask(agreements_of, (self._seen_from,), partner_keys)
        by_partner: dict[UUID, dict[UUID, tuple[int, bool, int]]] = defaultdict(dict)
        for key, partner_key, status, start in rows:
            # Rule: what decides the order is synchronised, and so the same in every language.
            by_partner[partner_key].setdefault(key, _by_status_and_date(status, start))
        chosen: dict[UUID, list[UUID]] = {}
        for key in partner_keys:
            ranks = by_partner.get(key, {})
            chosen[key] = sorted(ranks, key=ranks.__getitem__)[:MAX_AGREEMENTS]
        return chosen, {key: len(by_partner.get(key, {})) for key in partner_keys}

    def _load_following(self, pages: Sequence[AgreementPage]) -> None:
        """Find the public agreements that renew these or are part of them."""
        keys = {page.translation_key for page in pages} - self._followed
        if not keys:
            return
        self._followed |= keys
        rows = ask(following, (self._seen_from,), keys)
        self._agreements.choose(rows)
        for row in rows:
            for followers, key in ((self._successors, row.renewed_key), (self._sub_agreements, row.whole_key)):
                if key in keys and row.translation_key not in followers[key]:
                    followers[key].append(row.translation_key)

    def _contacts_of_parties(self, agreements: Sequence[AgreementPage]) -> dict[UUID, list[UUID]]:
        """Find the contacts of every party that has a public page, by the party's key."""
        keys = {key for page in agreements for key in self._links[page.pk].keys("party")}
        partners = {row.pk: row.translation_key for row in self._partners.all_of(keys)}
        found: dict[UUID, list[UUID]] = defaultdict(list)
        if partners:
            for page_id, key in ask(contacts_of_partners, (), partners):
                found[partners[page_id]].append(key)
        return found

    def _load_documents(self, ids: set[int]) -> None:
        if missing := ids - self._documents.keys():
            self._documents |= dict.fromkeys(missing)
            self._documents |= {row.pk: row for row in open_documents().filter(pk__in=missing)}

    # How it is put together

    def _agreement_contents(
        self, page: AgreementPage, content: StreamValue, stand_ins: Mapping[UUID, list[UUID]]
    ) -> AgreementContents:
        links = self._links[page.pk]
        contacts = [
            ContactContents(contact, ContactSource.AGREEMENT)
            for contact in self._contacts.all_of(links.keys("contact"))
        ]
        if not contacts:
            keys = [key for party_key in links.keys("party") for key in stand_ins.get(party_key, [])]
            contacts = [ContactContents(contact, ContactSource.PARTNER) for contact in self._contacts.all_of(keys)]
        return AgreementContents(
            page=page,
            status=page.status_on(self.day),
            is_expiring=page.is_expiring_on(self.day),
            types=AgreementType.named_by(link.name for link in links.of("type")),
            content=content,
            parties=self._parties(links.of("party")),
            contacts=contacts,
            strategies=self._strategies.all_of(links.keys("strategy")),
            documents=[row for pk in dict.fromkeys(links.ids("document")) if (row := self._documents.get(pk))],
            renews=self._agreements.of_id(page.renews_id),
            part_of=self._agreements.of_id(page.part_of_id),
            successors=self._agreements.all_of(self._successors[page.translation_key]),
            sub_agreements=self._agreements.all_of(self._sub_agreements[page.translation_key]),
        )

    def _parties(self, links: Iterable[Link]) -> list[PartyContents]:
        """The parties that may be named: by the agreement's own words, or by a page that is public."""
        parties = []
        for link in links:
            partner = self._partners.get(link.target_key)
            name = link.name or (partner.title if partner else "")
            if name:
                country = link.detail or (partner.country if partner else "")
                parties.append(PartyContents(name=name, role=link.other_detail, country=country, partner=partner))
        return parties

    def _with_contacts_of(self, partner_contacts: list[Contact], agreement: AgreementContents) -> AgreementContents:
        """An agreement as one partner's page shows it: where it has no contact of its own, with that partner's."""
        if agreement.own_contacts:
            return agreement
        return replace(
            agreement, contacts=[ContactContents(contact, ContactSource.PARTNER) for contact in partner_contacts]
        )

    def _place(self, partner: PartnerContents) -> None:
        """Decide what has its standard place on the partner page: what no block shows elsewhere. Never twice."""
        page = partner.page
        shown = self._references[page.pk]
        agreements = {row.translation_key for pk in shown.shown_agreements if (row := self._agreements.of_id(pk))}
        contacts = {row.translation_key for pk in shown.shown_contacts if (row := self._contacts.of_id(pk))}
        contacts |= {row.translation_key for entry in partner.agreements for row in entry.own_contacts}
        partner.agreements_in_place = [
            entry for entry in partner.agreements if entry.page.translation_key not in agreements
        ]
        partner.contacts_in_place = [row for row in partner.contacts if row.translation_key not in contacts]


def _by_status_and_date(status: str, start: datetime.date | None) -> tuple[int, bool, int]:
    """Sort the agreements in force first, and within a status the latest start first, undated ones last."""
    return STATUS_ORDER.index(AgreementStatus(status)), start is None, -start.toordinal() if start else 0


def _former_name(link: Link) -> FormerNameContents:
    def date(text: str) -> PartialDate | None:
        return PartialDate.parse(text) if text else None

    return FormerNameContents(link.name, date(link.detail), date(link.other_detail))
