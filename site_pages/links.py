"""The rows that link pages to what they refer to: every kind, of any number of pages, by one query.

A page that comes from a draft holds its links itself; they are read from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Model, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from wagtail.models import Page

from ..snippets.partial_dates import PartialDate
from ..snippets.prepared import ask
from .models import (
    AgreementContact,
    AgreementDocument,
    AgreementPage,
    AgreementParty,
    AgreementStrategy,
    AgreementTypeChoice,
    FormerName,
    PartnerContact,
    PartnerPage,
    PartnerStrategy,
    RelatedPartner,
)


class Link(NamedTuple):
    """One link of one page: to a row by its id and translation key, or a few words of its own."""

    kind: str
    page_id: int
    sort_order: int | None
    row_id: int
    target_id: int | None
    target_key: UUID | None
    name: str
    detail: str
    other_detail: str


class PageLinks:
    """The links of one page, by kind, in the editor's order."""

    def __init__(self) -> None:
        self._by_kind: dict[str, list[Link]] = defaultdict(list)

    def add(self, link: Link) -> None:
        self._by_kind[link.kind].append(link)

    def of(self, kind: str) -> list[Link]:
        """Return the links of one kind: contact, strategy, related_partner, document, type, party or former_name."""
        return self._by_kind.get(kind, [])

    def keys(self, kind: str) -> list[UUID]:
        """Return the translation keys that the links of one kind point to."""
        return [link.target_key for link in self.of(kind) if link.target_key is not None]

    def ids(self, kind: str) -> list[int]:
        """Return the primary keys that the links of one kind point to."""
        return [link.target_id for link in self.of(kind) if link.target_id is not None]


def links_of(pages: Sequence[Page]) -> dict[int, PageLinks]:
    """Read the links of partners and agreements, by the page's primary key."""
    drafts = [page for page in pages if getattr(page, "_cluster_related_objects", None)]
    stored_ids = [page.pk for page in pages if page not in drafts]
    found = {page.pk: PageLinks() for page in pages}
    stored = [Link(*row) for row in ask(_stored_links, (), stored_ids)] if stored_ids else []
    for link in sorted(stored, key=lambda link: (link.sort_order or 0, link.row_id)):
        found[link.page_id].add(link)
    for page in drafts:
        for link in _held_links(page):
            found[page.pk].add(link)
    return found


def _stored_links(page_ids: Collection[int]) -> QuerySet[Any, Any]:
    kinds: list[QuerySet[Any, Any]] = [
        _select("contact", PartnerContact, page_ids, target="contact"),
        _select("contact", AgreementContact, page_ids, target="contact"),
        _select("strategy", PartnerStrategy, page_ids, target="strategy"),
        _select("strategy", AgreementStrategy, page_ids, target="strategy"),
        _select("related_partner", RelatedPartner, page_ids, target="partner"),
        _select("document", AgreementDocument, page_ids, target="document", has_key=False),
        _select("type", AgreementTypeChoice, page_ids, name="agreement_type"),
        _select(
            "party", AgreementParty, page_ids, target="partner", name="name", detail="country", other_detail="role"
        ),
        _select("former_name", FormerName, page_ids, name="name", detail="since", other_detail="until"),
    ]
    # Their models' own order names a column that a union need not have; the rows are sorted when they are added.
    return kinds[0].union(*kinds[1:], all=True).order_by()


def _select(
    kind: str,
    model: type[Model],
    page_ids: Collection[int],
    *,
    target: str | None = None,
    has_key: bool = True,
    name: str | None = None,
    detail: str | None = None,
    other_detail: str | None = None,
) -> QuerySet[Any, Any]:
    def text(field: str | None) -> Cast:
        return Cast(F(field) if field else Value(""), CharField())

    key = f"{target}__translation_key" if target and has_key else None
    return (
        model._default_manager.filter(page__in=page_ids)
        .order_by()
        .annotate(
            link_kind=Cast(Value(kind), CharField()),
            link_order=F("sort_order"),
            link_target=F(f"{target}_id") if target else Cast(Value(None), IntegerField()),
            link_key=F(key) if key else Cast(Value(None), UUIDField()),
            link_name=text(name),
            link_detail=text(detail),
            link_other_detail=text(other_detail),
        )
        .values_list(
            "link_kind",
            "page_id",
            "link_order",
            "pk",
            "link_target",
            "link_key",
            "link_name",
            "link_detail",
            "link_other_detail",
        )
    )


def _held_links(page: Page) -> Iterable[Link]:
    """Read the links that a page of a draft holds in memory."""

    def link(kind: str, target: Any = None, *words: str) -> Link:
        name, detail, other_detail = (*words, "", "", "")[:3]
        key = getattr(target, "translation_key", None)
        return Link(kind, page.pk, 0, 0, target.pk if target else None, key, name, detail, other_detail)

    if isinstance(page, PartnerPage | AgreementPage):
        yield from (link("contact", row.contact) for row in page.contacts.all())
        yield from (link("strategy", row.strategy) for row in page.strategies.all())
    if isinstance(page, PartnerPage):
        yield from (link("related_partner", row.partner) for row in page.related_partners.all())
        for row in page.former_names.all():
            yield link("former_name", None, row.name, _text(row.since), _text(row.until))
    if isinstance(page, AgreementPage):
        yield from (link("document", row.document) for row in page.documents.all())
        yield from (link("type", None, row.agreement_type) for row in page.agreement_types.all())
        for row in page.parties.all():
            yield link("party", row.partner, row.name, row.country, row.role)


def _text(date: PartialDate | None) -> str:
    return date.value if date else ""
