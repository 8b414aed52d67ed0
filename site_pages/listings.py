"""Lists that a visitor narrows down: facets with counts, search, sorting and pages, each state an address to share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.paginator import EmptyPage, Paginator
from django.core.paginator import Page as PaginatorPage
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..snippets.alphabets import alphabetical_key
from ..snippets.models import Strategy
from ..snippets.places import country_name, region_name
from .agreement_types import AgreementType
from .catalogue import AgreementEntry, Catalogue, PartnerEntry
from .models import PartnerPage
from .status import AgreementStatus
from .text_search import TextSearch, clean_question

PAGE_SIZE = 20

EntryT = TypeVar("EntryT", PartnerEntry, AgreementEntry)
Text = str | Promise
#: The codes chosen for each facet, by its name.
Chosen = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Option:
    """A value of a facet, and the address that chooses it or lets go of it."""

    code: str
    label: Text
    count: int
    is_chosen: bool
    address: str
    #: The language of the label, where it is a title and no word of ours.
    language: str = ""


@dataclass(frozen=True)
class Facet:
    """A way to narrow a list down."""

    name: str
    label: Text
    options: list[Option]


@dataclass(frozen=True)
class Sorting(Generic[EntryT]):
    """An order that a visitor can ask for; without a key, the entries stay as they come."""

    name: str
    label: Text
    key: Callable[[EntryT], Any] | None = None


@dataclass(frozen=True)
class PageLink:
    """A link of the pagination; a gap has no address."""

    number: int
    address: str
    is_current: bool = False


class Listing(ABC, Generic[EntryT]):
    """A list in the state that an address's parameters describe.

    What it does not understand it leaves out and names in ``ignored``; a page that does not exist is a 404.

    Raises:
        Http404: if ``page`` is no page of the list.
    """

    facet_labels: dict[str, Text]
    in_defined_order: dict[str, list[str]]

    def __init__(self, catalogue: Catalogue, parameters: QueryDict) -> None:
        self.catalogue = catalogue
        self.parameters = parameters
        self.question = clean_question(parameters.get("q", ""))
        self.ignored: list[str] = []
        self.chosen: Chosen = {name: self._read_choice(name) for name in self.facet_labels}
        self.sorting: Sorting[EntryT] = self._read_sorting()
        self.page: PaginatorPage[EntryT] = self._read_page()

    # What a kind of list says of itself

    @abstractmethod
    def all_entries(self) -> list[EntryT]:
        """Return every entry that the reader may see."""

    @abstractmethod
    def found(self) -> list[EntryT]:
        """Return what the question finds, the best first."""

    @abstractmethod
    def sortings(self) -> list[Sorting[EntryT]]:
        """Return the orders to choose from, the default first."""

    @abstractmethod
    def codes(self, name: str, entry: EntryT, others: Chosen) -> Iterable[str]:
        """Return the codes of one facet that an entry has, given what is chosen in the other facets."""

    # What templates show

    @property
    def total(self) -> int:
        return int(self.page.paginator.count)

    @property
    def has_filters(self) -> bool:
        return bool(self.question) or any(self.chosen.values())

    @property
    def filters_count(self) -> int:
        return sum(len(codes) for codes in self.chosen.values())

    @cached_property
    def entries(self) -> list[EntryT]:
        """Return all that match, in the chosen order."""
        candidates = self.found() if self.question else self.all_entries()
        matching = [entry for entry in candidates if self._matches(entry, self.chosen)]
        return sorted(matching, key=self.sorting.key) if self.sorting.key else matching

    @cached_property
    def facets(self) -> list[Facet]:
        """Return the facets that have something to choose between, with the count that each choice would give."""
        facets = []
        candidates = self.found() if self.question else self.all_entries()
        for name, label in self.facet_labels.items():
            others = {other: codes for other, codes in self.chosen.items() if other != name}
            counts = Counter(
                code
                for entry in candidates
                if self._matches(entry, others)
                for code in set(self.codes(name, entry, others))
            )
            codes = set(counts) | self.chosen[name]
            if len(codes) > 1 or self.chosen[name]:
                options = [self._option(name, code, counts[code]) for code in self._in_order(name, codes)]
                facets.append(Facet(name, label, options))
        return facets

    @property
    def chosen_options(self) -> list[tuple[Facet, Option]]:
        return [(facet, option) for facet in self.facets for option in facet.options if option.is_chosen]

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """Return what the search form must carry along, so that a search keeps the filters."""
        fields: list[tuple[str, str]] = [(name, code) for name, codes in self.chosen.items() for code in sorted(codes)]
        return [*fields, ("view", "timeline")] if self.is_timeline else fields

    @property
    def page_links(self) -> list[PageLink]:
        paginator = self.page.paginator
        return [
            PageLink(number, self.address(page=str(number)), is_current=number == self.page.number)
            if isinstance(number, int)
            else PageLink(0, "")
            for number in paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        ]

    @property
    def is_timeline(self) -> bool:
        return self.parameters.get("view") == "timeline"

    @property
    def list_address(self) -> str:
        return self.address(view=None)

    @property
    def timeline_address(self) -> str:
        return self.address(view="timeline")

    @property
    def without_filters(self) -> str:
        return "?view=timeline" if self.is_timeline else "?"

    def address(self, **changes: str | None) -> str:
        """Return the address of this list with some parameters changed; it starts at the first page."""
        query = QueryDict(mutable=True)
        for name, codes in self.chosen.items():
            query.setlist(name, sorted(codes))
        kept = {
            "q": self.question,
            "sort": self.sorting.name if self.sorting is not self.sortings()[0] and self.parameters.get("sort") else "",
            "view": "timeline" if self.is_timeline else "",
            **changes,
        }
        for name, value in kept.items():
            if value and not (name == "page" and value == "1"):
                query[name] = value
        return f"?{query.urlencode()}"

    # How it is read

    def _matches(self, entry: EntryT, chosen: Chosen) -> bool:
        for name, codes in chosen.items():
            if codes:
                others = {other: values for other, values in chosen.items() if other != name}
                if codes.isdisjoint(self.codes(name, entry, others)):
                    return False
        return True

    def _read_choice(self, name: str) -> frozenset[str]:
        known: set[str] = set()
        for entry in self.all_entries():
            known.update(self.codes(name, entry, {}))
        if name in self.in_defined_order:
            known.update(self.in_defined_order[name])
        asked = {value for value in self.parameters.getlist(name) if value}
        self.ignored += [clean_question(value) for value in sorted(asked - known)]
        return frozenset(asked & known)

    def _read_sorting(self) -> Sorting[EntryT]:
        sortings = self.sortings()
        asked = self.parameters.get("sort", "")
        for sorting in sortings:
            if sorting.name == asked:
                return sorting
        if asked:
            self.ignored.append(clean_question(asked))
        # A question's own order is its hits', best first.
        return Sorting("", "") if self.question else sortings[0]

    def _read_page(self) -> PaginatorPage[EntryT]:
        asked = self.parameters.get("page") or "1"
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 7):
            raise Http404("no such page of the list")
        try:
            return Paginator(self.entries, PAGE_SIZE).page(int(asked))
        except EmptyPage as error:
            raise Http404("no such page of the list") from error

    def _option(self, name: str, code: str, count: int) -> Option:
        is_chosen = code in self.chosen[name]
        query = QueryDict(self.address()[1:], mutable=True)
        query.setlist(name, sorted(self.chosen[name] ^ {code}))
        row = self._strategy(code) if name == "strategy" else None
        language = row.locale.language_code if row else ""
        return Option(code, self._label(name, code), count, is_chosen, f"?{query.urlencode()}", language)

    def _in_order(self, name: str, codes: set[str]) -> list[str]:
        if name in self.in_defined_order:
            return [code for code in self.in_defined_order[name] if code in codes]
        language = self.catalogue.language
        return sorted(codes, key=lambda code: alphabetical_key(str(self._label(name, code)), language))

    def _label(self, name: str, code: str) -> Text:
        if name == "organisation_type":
            return PartnerPage.OrganisationType(code).label
        if name == "agreement_type":
            return AgreementType(code).label
        if name == "agreement_status":
            return AgreementStatus(code).label
        if name == "region":
            return region_name(code)
        if name == "country":
            return country_name(code)
        strategy = self._strategy(code)
        return strategy.name if strategy else code

    def _strategy(self, code: str) -> Strategy | None:
        return next((row for key, row in self.catalogue.strategies.items() if str(key) == code), None)


_DEFINED_ORDERS: dict[str, list[str]] = {
    "organisation_type": list(PartnerPage.OrganisationType.values),
    "agreement_type": list(AgreementType.values),
    "agreement_status": [
        AgreementStatus.ACTIVE,
        AgreementStatus.UPCOMING,
        AgreementStatus.IN_PREPARATION,
        AgreementStatus.SUPERSEDED,
        AgreementStatus.EXPIRED,
        AgreementStatus.TERMINATED,
    ],
}


def _codes_of_agreements(name: str, agreements: Iterable[AgreementEntry], others: Chosen) -> set[str]:
    """Return the codes that some agreement has which also fits what is chosen of the other property."""
    types, statuses = others.get("agreement_type", frozenset()), others.get("agreement_status", frozenset())
    codes: set[str] = set()
    for agreement in agreements:
        if name == "agreement_type" and (not statuses or agreement.status in statuses):
            codes.update(agreement.types)
        elif name == "agreement_status" and (not types or not types.isdisjoint(agreement.types)):
            codes.add(agreement.status)
    return codes


class PartnerListing(Listing[PartnerEntry]):
    """The list of partners."""

    facet_labels = {
        "organisation_type": _("Type of organisation"),
        "country": _("Country"),
        "region": _("Region"),
        "agreement_type": _("Type of agreement"),
        "agreement_status": _("Status of agreement"),
        "strategy": _("Strategy"),
    }
    in_defined_order = _DEFINED_ORDERS

    def all_entries(self) -> list[PartnerEntry]:
        return self.catalogue.partners

    @cached_property
    def _found(self) -> list[PartnerEntry]:
        return TextSearch(self.catalogue, self.question).partners()

    def found(self) -> list[PartnerEntry]:
        return self._found

    def sortings(self) -> list[Sorting[PartnerEntry]]:
        return [
            Sorting("title", _("Name"), lambda entry: alphabetical_key(entry.page.title, self.catalogue.language)),
            Sorting("-agreements", _("Most agreements"), lambda entry: -len(entry.agreements)),
            Sorting("-modified", _("Latest updated"), lambda entry: _newest_first(entry.page.last_published_at)),
        ]

    def codes(self, name: str, entry: PartnerEntry, others: Chosen) -> Iterable[str]:
        if name in {"organisation_type", "country", "region"}:
            code = getattr(entry.page, name)
            return {code} if code else ()
        if name == "strategy":
            return {str(key) for key in entry.strategy_keys if key in self.catalogue.strategies}
        return _codes_of_agreements(name, entry.agreements, others)


class AgreementListing(Listing[AgreementEntry]):
    """The list of agreements."""

    facet_labels = {
        "agreement_status": _("Status"),
        "agreement_type": _("Type of agreement"),
        "organisation_type": _("Type of organisation"),
        "region": _("Region"),
        "strategy": _("Strategy"),
    }
    in_defined_order = _DEFINED_ORDERS

    def all_entries(self) -> list[AgreementEntry]:
        return self.catalogue.agreements

    @cached_property
    def _found(self) -> list[AgreementEntry]:
        return TextSearch(self.catalogue, self.question).agreements()

    def found(self) -> list[AgreementEntry]:
        return self._found

    def sortings(self) -> list[Sorting[AgreementEntry]]:
        return [
            Sorting("status", _("Status, latest first")),
            Sorting("title", _("Name"), lambda entry: alphabetical_key(entry.page.title, self.catalogue.language)),
            Sorting("-valid_from", _("Latest start"), lambda entry: _newest_first(entry.starts_on)),
            Sorting("valid_to", _("Earliest end"), lambda entry: (entry.last_day is None, entry.last_day or 0)),
        ]

    def codes(self, name: str, entry: AgreementEntry, others: Chosen) -> Iterable[str]:
        if name in {"organisation_type", "region"}:
            return {getattr(partner.page, name) for partner in entry.partners} - {""}
        if name == "strategy":
            return {str(key) for key in entry.strategy_keys if key in self.catalogue.strategies}
        return _codes_of_agreements(name, [entry], others)


def _newest_first(moment: Any) -> tuple[bool, float]:
    """Sort dates and times from the latest, and what has none last."""
    if moment is None:
        return True, 0.0
    return False, -(moment.timestamp() if hasattr(moment, "timestamp") else moment.toordinal())
