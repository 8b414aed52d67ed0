"""All public partners and agreements of a site, one row each in the reader's language: what lists, facets and search
work on.

It is read in a fixed number of queries and filtered in memory: a university has hundreds of partners, and a facet's
counts, sorting by the language's alphabet and the fallback to the source are then exact on every database.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import F

from ..snippets.alphabets import alphabetical_key
from ..snippets.languages import in_language
from ..snippets.models import Strategy
from .agreement_types import AgreementType
from .models import AgreementPage, AgreementParty, AgreementStrategy, AgreementTypeChoice, PartnerPage, PartnerStrategy
from .reader import Reader
from .status import STATUS_ORDER, AgreementStatus, last_day_of

_PAGE_FIELDS = (
    "title",
    "slug",
    "path",
    "depth",
    "url_path",
    "locale",
    "translation_key",
    "last_published_at",
    "search_description",
)


@dataclass
class AgreementEntry:
    """An agreement in a list."""

    page: AgreementPage
    status: AgreementStatus
    is_expiring: bool
    types: list[AgreementType] = field(default_factory=list)
    #: Each party's name and its language: its page's, or the agreement's where it stands in that one's own words.
    parties: list[tuple[str, str]] = field(default_factory=list)
    partners: list[PartnerEntry] = field(default_factory=list)
    strategy_keys: set[UUID] = field(default_factory=set)

    @property
    def starts_on(self) -> datetime.date | None:
        return self.page.starts_on

    @property
    def last_day(self) -> datetime.date | None:
        return last_day_of(self.page)


@dataclass
class PartnerEntry:
    """A partner in a list."""

    page: PartnerPage
    agreements: list[AgreementEntry] = field(default_factory=list)
    own_strategy_keys: set[UUID] = field(default_factory=set)

    @property
    def strategy_keys(self) -> set[UUID]:
        """Its own strategies and its agreements'."""
        return self.own_strategy_keys.union(*(agreement.strategy_keys for agreement in self.agreements))

    @property
    def agreements_in_force(self) -> int:
        return sum(agreement.status is AgreementStatus.ACTIVE for agreement in self.agreements)


class Catalogue:
    """The partners, agreements and strategies that a reader can find."""

    def __init__(self, reader: Reader) -> None:
        # Not the reader itself: it holds all that its request has read, and a catalogue may outlive that.
        self.site, self.locale, self.day = reader.site, reader.locale, reader.day
        self.language = reader.locale.language_code

    @cached_property
    def partners(self) -> list[PartnerEntry]:
        """Every public partner, by name."""
        return self._entries[0]

    @cached_property
    def agreements(self) -> list[AgreementEntry]:
        """Every public agreement: those in force first, and within a status the latest start first."""
        return self._entries[1]

    @cached_property
    def strategies(self) -> dict[UUID, Strategy]:
        """The strategies that a public partner or agreement works towards, by name."""
        used = {key for partner in self.partners for key in partner.own_strategy_keys}
        used |= {key for agreement in self.agreements for key in agreement.strategy_keys}
        rows = Strategy.objects.filter(live=True).select_related("locale")
        chosen = in_language((row for row in rows if row.translation_key in used), self.locale.pk)
        return dict(sorted(chosen.items(), key=lambda item: alphabetical_key(item[1].name, self.language)))

    def partner(self, key: UUID) -> PartnerEntry | None:
        return self._partners_by_key.get(key)

    @cached_property
    def _partners_by_key(self) -> dict[UUID, PartnerEntry]:
        return {entry.page.translation_key: entry for entry in self.partners}

    @cached_property
    def _entries(self) -> tuple[list[PartnerEntry], list[AgreementEntry]]:
        partners = self._read_partners()
        agreements = self._read_agreements(partners)
        for agreement in agreements:
            for partner in agreement.partners:
                partner.agreements.append(agreement)
        ordered = sorted(partners.values(), key=lambda entry: alphabetical_key(entry.page.title, self.language))
        return ordered, agreements

    def _read_partners(self) -> dict[UUID, PartnerEntry]:
        rows = (
            PartnerPage.objects.published(self.site)
            .select_related("locale")
            .only(*_PAGE_FIELDS, "organisation_type", "country", "region")
        )
        entries = {key: PartnerEntry(page) for key, page in in_language(rows, self.locale.pk).items()}
        by_pk = {entry.page.pk: entry for entry in entries.values()}
        links = PartnerStrategy.objects.filter(page__live=True).values_list("page_id", "strategy__translation_key")
        for pk, strategy_key in links:
            if pk in by_pk:
                by_pk[pk].own_strategy_keys.add(strategy_key)
        return entries

    def _read_agreements(self, partners: dict[UUID, PartnerEntry]) -> list[AgreementEntry]:
        rows = (
            AgreementPage.objects.published(self.site)
            .with_status(self.day)
            .select_related("locale")
            .defer("content", "internal_notes", "renewal_terms", "outcome_reason")
        )
        entries = {
            page.pk: AgreementEntry(page, AgreementStatus(page.status_code), page.expiring)
            for page in in_language(rows, self.locale.pk).values()
        }
        types = AgreementTypeChoice.objects.filter(page__live=True).order_by("page_id", "sort_order", "pk")
        for pk, agreement_type in types.values_list("page_id", "agreement_type"):
            if pk in entries:
                entries[pk].types += AgreementType.named_by([agreement_type])
        strategies = AgreementStrategy.objects.filter(page__live=True)
        for pk, strategy_key in strategies.values_list("page_id", "strategy__translation_key"):
            if pk in entries:
                entries[pk].strategy_keys.add(strategy_key)
        parties = AgreementParty.objects.filter(page__live=True).order_by("page_id", "sort_order", "pk")
        seen: dict[int, set[UUID]] = defaultdict(set)
        for pk, name, partner_key in parties.annotate(partner_key=F("partner__translation_key")).values_list(
            "page_id", "name", "partner_key"
        ):
            if pk not in entries:
                continue
            partner = partners.get(partner_key) if partner_key else None
            if name or partner:
                source = entries[pk].page if name or not partner else partner.page
                entries[pk].parties.append((name or source.title, source.locale.language_code))
            if partner and partner_key not in seen[pk]:
                seen[pk].add(partner_key)
                entries[pk].partners.append(partner)
        return sorted(entries.values(), key=self._by_status_and_date)

    def _by_status_and_date(self, entry: AgreementEntry) -> tuple[object, ...]:
        start = entry.starts_on
        return (
            STATUS_ORDER.index(entry.status),
            start is None,
            -start.toordinal() if start else 0,
            alphabetical_key(entry.page.title, self.language),
        )
