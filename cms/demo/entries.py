"""The shapes in which the demo content is written down: plain data, apart from how it gets into the database."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any


@dataclass(frozen=True)
class Words:
    """A text in Swedish and in English. A plain string in its place is the same in both, as names are."""

    sv: str
    en: str


Text = str | Words


def swedish(text: Text) -> str:
    return text.sv if isinstance(text, Words) else text


@dataclass(frozen=True)
class Ref:
    """Another entry of the demo, by its key."""

    key: str


@dataclass(frozen=True)
class FromToday:
    """A date counted from the day of loading, where a status has to hold on that day.

    ``years`` are counted first, then ``months``, then ``days``; a day that the month lacks becomes its last one.
    ``precision`` is "year", "month" or "day".
    """

    years: int = 0
    months: int = 0
    days: int = 0
    precision: str = "day"

    def on(self, today: datetime.date) -> datetime.date:
        months = (today.year + self.years) * 12 + today.month - 1 + self.months
        year, month = divmod(months, 12)
        day = min(today.day, calendar.monthrange(year, month + 1)[1])
        return datetime.date(year, month + 1, day) + datetime.timedelta(days=self.days)

    def edtf(self, today: datetime.date) -> str:
        """Write it as a partial date."""
        return self.on(today).isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


Date = str | FromToday


@dataclass(frozen=True)
class Block:
    """One block of a page's content: its type, and its value made of texts, references, blocks and lists."""

    type: str
    value: Any


@dataclass(frozen=True)
class Items:
    """The value of a ListBlock, whose items have ids of their own."""

    values: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something to load; ``key`` names it in the demo, ``translated`` tells whether it also exists in English."""

    key: str
    translated: bool = False


@dataclass(frozen=True, kw_only=True)
class ImageEntry(Entry):
    """A picture that the demo draws; ``drawing`` names the function in ``drawing.py``."""

    title: str
    description: str
    drawing: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DocumentEntry(Entry):
    """A document that the demo writes, open to all or only to those who sign in."""

    title: str
    filename: str
    language: str
    paragraphs: tuple[str, ...]
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class StrategyEntry(Entry):
    name: Text
    kind: str
    owner_organisation: Text = ""
    valid_from: Date | None = None
    valid_to: Date | None = None
    summary: Text = ""
    link: str = ""
    document: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class ContactEntry(Entry):
    kind: str = "person"
    name: str
    role: Text = ""
    unit: Text = ""
    organisation: Text = ""
    when_to_contact: Text = ""
    phone: str = ""
    email: str = ""
    form_link: str = ""
    photo: Ref | None = None
    review_date: FromToday | None = None


@dataclass(frozen=True, kw_only=True)
class PageEntry(Entry):
    """A page: ``parent`` is the key of the page above it, empty for the home page."""

    title: Text
    slug: Text
    content: tuple[Block, ...] = ()
    search_description: Text = ""
    show_in_menus: bool = False


@dataclass(frozen=True, kw_only=True)
class PlainPageEntry(PageEntry):
    """A home page or an index page, as ``page_type`` says; ``content`` is added once what it refers to is there."""

    page_type: str
    parent: str = ""
    introduction: Text = ""


@dataclass(frozen=True, kw_only=True)
class FormerNameEntry:
    name: str
    since: Date | None = None
    until: Date | None = None


@dataclass(frozen=True, kw_only=True)
class PartnerEntry(PageEntry):
    organisation_type: str
    country: str = "SE"
    region: str = ""
    introduction: Text = ""
    contact_invitation: Text = ""
    website: str = ""
    logo: Ref | None = None
    logo_alt: Text = ""
    organisation_number: str = ""
    ror_id: str = ""
    responsible_unit: Text = ""
    contacts: tuple[Ref, ...] = ()
    strategies: tuple[Ref, ...] = ()
    related_partners: tuple[Ref, ...] = ()
    former_names: tuple[FormerNameEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartyEntry:
    partner: Ref | None = None
    name: str = ""
    country: str = ""
    role: Text = ""


@dataclass(frozen=True, kw_only=True)
class SignatoryEntry:
    name: str
    title: Text = ""
    on_behalf_of: str = ""


@dataclass(frozen=True, kw_only=True)
class AgreementEntry(PageEntry):
    types: tuple[str, ...]
    parties: tuple[PartyEntry, ...]
    display_label: Text = ""
    partner_page_heading: Text = ""
    signed: Date | None = None
    since: Date | None = None
    valid_from: Date | None = None
    end_kind: str = "not_stated"
    end_date: Date | None = None
    purpose: Text = ""
    contact_invitation: Text = ""
    contacts: tuple[Ref, ...] = ()
    strategies: tuple[Ref, ...] = ()
    documents: tuple[Ref, ...] = ()
    signatories: tuple[SignatoryEntry, ...] = ()
    responsible_unit: str = ""
    reference_number: str = ""
    review_date: FromToday | None = None
    notice_date: FromToday | None = None
    renewal_terms: Text = ""
    renewal_pending: bool = False
    outcome: str = ""
    outcome_date: Date | None = None
    outcome_reason: str = ""
    renews: Ref | None = None
    part_of: Ref | None = None
    internal_notes: str = ""


#: A link in a text of the demo: to a page by ``ref``, to a document by ``doc``.
LINK = re.compile(r'<a (ref|doc)="([^"]+)">(.*?)</a>')


def references(value: Any) -> Iterator[str]:
    """Find the key of every other entry that a value refers to, at any depth."""
    if isinstance(value, Ref):
        yield value.key
    elif isinstance(value, str):
        yield from (found[2] for found in LINK.finditer(value))
    else:
        for part in _parts(value):
            yield from references(part)


def bilingual(value: Any) -> Iterator[Words]:
    """Find every text in two languages in an entry, at any depth."""
    if isinstance(value, Words):
        yield value
    else:
        for part in _parts(value):
            yield from bilingual(part)


def _parts(value: Any) -> Iterable[Any]:
    """Return what a value of an entry is made of: fields, items or keys and values; nothing for a plain one."""
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, part.name) for part in fields(value)]
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, (list, tuple)) else ()
