"""Strategies, contacts and other pages as lists and by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import Exists, F, OuterRef, Q

from wagtail.models import Page

from ....site_pages.models import AgreementPage, AgreementStrategy, PartnerPage, PartnerStrategy
from ....site_pages.models.content import ContentPage
from ....site_pages.visibility import open_documents, published
from ....snippets.models import Contact, Strategy
from ....snippets.sort_keys import alphabetical, alphabetical_text
from ..kinds import CONTACT, PAGE, STRATEGY
from ..parameters import ContactListParameters, ListParameters, PageListParameters, StrategyListParameters
from ..rendering.context import Context
from ..rendering.pages import page_summary, whole_page
from ..rendering.snippets import contact_summary, strategy_summary, whole_contact, whole_strategy
from ..resources import Resource
from ..schemas import documents
from ..scope import Scope
from .base import Listing, Order
from .facets import STRATEGY_FACETS, Facet


def _by_name(scope: Scope) -> Any:
    return alphabetical("name_key", scope.language)


class StrategyListing(Listing[StrategyListParameters]):
    """Strategies that a public page uses."""

    resource: ClassVar[Resource] = STRATEGY
    parameters: ClassVar[type[ListParameters]] = StrategyListParameters
    summary_shape: ClassVar[type] = documents.StrategySummary
    whole_shape: ClassVar[type] = documents.Strategy
    orders: ClassVar[dict[str, Order]] = {
        "title": _by_name,
        "valid_from": lambda _scope: F("valid_from_earliest"),
        "valid_to": lambda _scope: F("valid_to_earliest"),
    }
    facets: ClassVar[dict[str, Facet]] = STRATEGY_FACETS
    related: ClassVar[frozenset[str]] = frozenset({"partners", "agreements"})

    def for_rendering(self, scope: Scope, pks: Iterable[int]) -> list[Any]:
        return list(Strategy.objects.filter(pk__in=list(pks)).select_related("locale"))

    def conditions(
        self, scope: Scope, parameters: StrategyListParameters, without: str | None, *, leads: bool
    ) -> Iterable[Q]:
        if parameters.kind and without != "kind":
            yield Q(kind__in=parameters.kind)
        if parameters.partner and without != "partner":
            partners = (
                PartnerPage.objects.published(scope.site).filter(translation_key__in=parameters.partner).order_by()
            )
            own = PartnerStrategy.objects.filter(
                page__in=partners, strategy__translation_key=OuterRef("translation_key")
            )
            agreements = AgreementPage.objects.published(scope.site).order_by()
            through = AgreementStrategy.objects.filter(
                strategy__translation_key=OuterRef("translation_key"),
                page__in=agreements.filter(parties__partner__translation_key__in=partners.values("translation_key")),
            )
            yield Q(Exists(own)) | Q(Exists(through))

    def summaries(self, context: Context, rows: Sequence[Strategy]) -> list[documents.StrategySummary]:
        return [strategy_summary(context, row) for row in rows]

    def documents(self, context: Context, rows: Sequence[Strategy]) -> list[documents.Strategy]:
        translations = self.translations(context, rows)
        ids = {row.document_id for row in rows if row.document_id}
        files = {document.pk: document for document in open_documents().filter(pk__in=ids)}
        return [
            whole_strategy(context, row, files.get(row.document_id), translations[row.translation_key]) for row in rows
        ]


class ContactListing(Listing[ContactListParameters]):
    """Contacts that a public page uses; the list, where a setting opens it, holds offices alone."""

    resource: ClassVar[Resource] = CONTACT
    parameters: ClassVar[type[ListParameters]] = ContactListParameters
    summary_shape: ClassVar[type] = documents.ContactSummary
    whole_shape: ClassVar[type] = documents.Contact
    orders: ClassVar[dict[str, Order]] = {"name": _by_name}
    default_order: ClassVar[str] = "name"

    def conditions(
        self, scope: Scope, parameters: ContactListParameters, without: str | None, *, leads: bool
    ) -> Iterable[Q]:
        yield Q(kind=Contact.Kind.OFFICE)
        if parameters.kind and without != "kind":
            yield Q(kind__in=parameters.kind)

    def summaries(self, context: Context, rows: Sequence[Contact]) -> list[documents.ContactSummary]:
        return [contact_summary(context, row) for row in rows]

    def documents(self, context: Context, rows: Sequence[Contact]) -> list[documents.Contact]:
        translations = self.translations(context, rows)
        return [whole_contact(context, row, translations[row.translation_key]) for row in rows]


class PageListing(Listing[PageListParameters]):
    """The pages that are neither partners nor agreements, the host's own included."""

    resource: ClassVar[Resource] = PAGE
    parameters: ClassVar[type[ListParameters]] = PageListParameters
    summary_shape: ClassVar[type] = documents.PageSummary
    whole_shape: ClassVar[type] = documents.Page
    orders: ClassVar[dict[str, Order]] = {"title": lambda scope: alphabetical_text("title", scope.language)}

    def summaries(self, context: Context, rows: Sequence[Page]) -> list[documents.PageSummary]:
        return [page_summary(context, row) for row in rows]

    def documents(self, context: Context, rows: Sequence[Page]) -> list[documents.Page]:
        specific = _specific(rows)
        ours = [page for page in specific if isinstance(page, ContentPage)]
        contents = {entry.page.pk: entry for entry in context.reader.read_pages(ours)}
        translations = self.translations(context, rows)
        parents, children = _family(context.scope, specific)
        return [
            whole_page(
                context,
                page,
                contents.get(page.pk),
                parents.get(page.pk),
                children[page.pk],
                translations[page.translation_key],
            )
            for page in specific
        ]


def _specific(rows: Sequence[Page]) -> list[Page]:
    """Fetch the rows of the pages' own types, one query for each type, in the same order; a draft has its own type."""
    general = [row.pk for row in rows if type(row) is Page]
    found = {page.pk: page for page in Page.objects.filter(pk__in=general).specific()} if general else {}
    return [found.get(row.pk, row) for row in rows]


def _family(scope: Scope, pages: Sequence[Page]) -> tuple[dict[int, Page], dict[int, list[Page]]]:
    """Find each page's public parent and children on the site, by one query."""
    own_paths = {page.path: page.pk for page in pages}
    parents: dict[int, Page] = {}
    children: dict[int, list[Page]] = defaultdict(list)
    near = Q(path__in={page.path[: -page.steplen] for page in pages})
    for page in pages:
        near |= Q(path__startswith=page.path, depth=page.depth + 1)
    relatives = list(published(Page.objects.filter(near), scope.site).order_by("path"))
    by_path = {page.path: page for page in relatives}
    for page in pages:
        if parent := by_path.get(page.path[: -page.steplen]):
            parents[page.pk] = parent
    for page in relatives:
        if (pk := own_paths.get(page.path[: -page.steplen])) is not None:
            children[pk].append(page)
    return parents, children
