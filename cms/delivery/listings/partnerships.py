"""Partners and agreements as lists and by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from ....site_pages.models import AgreementPage, OrganisationName, PartnerPage
from ....site_pages.standing import standing
from ....snippets.sort_keys import alphabetical
from ..kinds import AGREEMENT, PARTNER
from ..parameters import AgreementListParameters, ListParameters, PartnerListParameters
from ..rendering.context import Context
from ..rendering.pages import agreement_summary, partner_summary, whole_agreement, whole_partner
from ..resources import Resource
from ..schemas import documents
from ..scope import Scope
from .base import Listing, Order, ParametersT
from .conditions import agreement_page_conditions, partner_conditions
from .facets import AGREEMENT_FACETS, PARTNER_FACETS, Facet


def organisation_names(scope: Scope) -> list[OrganisationName]:
    """All names of the site's own organisation, then and now."""
    names = OrganisationName.objects.filter(settings__site=scope.site).order_by("sort_order", "pk")
    return standing(scope.request, ("names", scope.site.pk), lambda: list(names))


def _by_title(scope: Scope) -> Any:
    return alphabetical("title_key", scope.language)


class PartnershipListing(Listing[ParametersT]):
    """What partners and agreements have in common."""

    indexed_filters: ClassVar[frozenset[str]] = frozenset(
        {"organisation_type", "region", "country", "agreement_type", "strategy"}
    )

    def find(self, context: Context, key: UUID) -> Any:
        scope = context.scope
        if scope.preview is not None:
            # Its reader would be given the draft of any document.
            return super().find(context, key)
        row = context.reader.row_of(self.resource.models[0], key)
        is_in_language = row is not None and (row.locale_id == scope.locale.pk or scope.fallback is not None)
        return row if is_in_language else None


class PartnerListing(PartnershipListing[PartnerListParameters]):
    """Partners."""

    resource: ClassVar[Resource] = PARTNER
    parameters: ClassVar[type[ListParameters]] = PartnerListParameters
    summary_shape: ClassVar[type] = documents.PartnerSummary
    whole_shape: ClassVar[type] = documents.Partner
    orders: ClassVar[dict[str, Order]] = {"title": _by_title}
    facets: ClassVar[dict[str, Facet]] = PARTNER_FACETS
    related: ClassVar[frozenset[str]] = frozenset({"agreements", "strategies"})

    def rows(self, scope: Scope, *, is_narrowed: bool = False) -> QuerySet[Any]:
        return super().rows(scope, is_narrowed=is_narrowed).select_related("logo")

    def for_rendering(self, scope: Scope, pks: Iterable[int]) -> list[Any]:
        return list(PartnerPage.objects.filter(pk__in=list(pks)).select_related("logo"))

    def conditions(
        self, scope: Scope, parameters: PartnerListParameters, without: str | None, *, leads: bool
    ) -> Iterable[Q]:
        return partner_conditions(scope, parameters, without, leads=leads)

    def summaries(self, context: Context, rows: Sequence[PartnerPage]) -> list[documents.PartnerSummary]:
        totals = _agreement_totals(context.scope, [row.translation_key for row in rows])
        return [partner_summary(context, row, totals.get(row.translation_key, 0)) for row in rows]

    def documents(self, context: Context, rows: Sequence[PartnerPage]) -> list[documents.Partner]:
        names = organisation_names(context.scope)
        translations = self.translations(context, rows)
        return [
            whole_partner(context, contents, names, translations[contents.page.translation_key])
            for contents in context.reader.read_partners(rows)
        ]


def _agreement_totals(scope: Scope, keys: list[UUID]) -> dict[UUID, int]:
    """Count each partner's public agreements, whatever languages they are written in, by one query."""
    counted = (
        AgreementPage.objects.published(scope.site)
        .filter(parties__partner__translation_key__in=keys)
        .order_by()
        .values_list("parties__partner__translation_key")
        .annotate(total=Count("translation_key", distinct=True))
    )
    return dict(counted)


class AgreementListing(PartnershipListing[AgreementListParameters]):
    """Agreements."""

    resource: ClassVar[Resource] = AGREEMENT
    parameters: ClassVar[type[ListParameters]] = AgreementListParameters
    summary_shape: ClassVar[type] = documents.AgreementSummary
    whole_shape: ClassVar[type] = documents.Agreement
    orders: ClassVar[dict[str, Order]] = {
        "title": _by_title,
        "signed": lambda _scope: F("signed_earliest"),
        "since": lambda _scope: F("since_earliest"),
        "valid_from": lambda _scope: F("valid_from_earliest"),
        "valid_to": lambda _scope: F("end_date_earliest"),
    }
    facets: ClassVar[dict[str, Facet]] = AGREEMENT_FACETS
    related: ClassVar[frozenset[str]] = frozenset({"partners", "strategies"})
    indexed_filters: ClassVar[frozenset[str]] = PartnershipListing.indexed_filters | {"partner"}

    def rows(self, scope: Scope, *, is_narrowed: bool = False) -> QuerySet[Any]:
        rows: Any = super().rows(scope, is_narrowed=is_narrowed)
        filterable: QuerySet[Any] = rows.filterable_by_status(scope.day)
        return filterable

    def for_rendering(self, scope: Scope, pks: Iterable[int]) -> list[Any]:
        return list(AgreementPage.objects.filter(pk__in=list(pks)).with_successor(scope.day))

    def conditions(
        self, scope: Scope, parameters: AgreementListParameters, without: str | None, *, leads: bool
    ) -> Iterable[Q]:
        return agreement_page_conditions(scope, parameters, parameters.partner, without, leads=leads)

    def summaries(self, context: Context, rows: Sequence[AgreementPage]) -> list[documents.AgreementSummary]:
        return [agreement_summary(context, contents) for contents in context.reader.read_agreements_in_brief(rows)]

    def documents(self, context: Context, rows: Sequence[AgreementPage]) -> list[documents.Agreement]:
        names = organisation_names(context.scope)
        translations = self.translations(context, rows)
        return [
            whole_agreement(context, contents, names, translations[contents.page.translation_key])
            for contents in context.reader.read_agreements(rows)
        ]
