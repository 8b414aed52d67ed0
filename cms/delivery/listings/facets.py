"""Counts of the values that a list could be narrowed down to, all of them by one query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from ....site_pages.agreement_types import AgreementType
from ....site_pages.models import AgreementPage, AgreementTypeChoice, PartnerPage
from ....site_pages.status import AgreementStatus
from ....snippets.models import Strategy
from ....snippets.places import country_name, region_name
from ..parameters import ListParameters
from ..rendering.context import coded_country, coded_region, label_in
from ..schemas.envelope import Facets
from ..scope import Scope
from .conditions import agreement_conditions, organisation_conditions

#: From the rows that match all other filters, and these, to rows of (code, number of documents).
Counts = Callable[[Scope, Any, QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True)
class Facet:
    """A filter whose values can be counted: each with the total of the list, were it narrowed down to that value."""

    counts: Counts
    label: Callable[[str, str], str]


def count_facets(facets: Mapping[str, tuple[Facet, QuerySet[Any]]], scope: Scope, parameters: ListParameters) -> Facets:
    """Count the values of some facets, each in its own set of rows; most frequent first, then by code."""
    found: Facets = {name: [] for name in facets}
    if not facets:
        return found
    queries = [
        facet.counts(scope, parameters, rows.order_by())
        .annotate(facet_name=Value(name, output_field=CharField()))
        .values_list("facet_name", "code", "documents")
        for name, (facet, rows) in facets.items()
    ]
    first, *others = queries
    for name, code, documents in first.union(*others, all=True).order_by() if others else first:
        if code:
            label = facets[name][0].label(code, scope.language)
            found[name].append({"code": code, "label": label, "count": documents})
    for values in found.values():
        values.sort(key=lambda value: (-value["count"], value["code"]))
    return found


def column(name: str) -> Counts:
    """Count by a column of the row itself."""

    def counts(_scope: Scope, _parameters: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
        code = Cast(F(name), CharField())
        return rows.annotate(code=code).values("code").annotate(documents=Count("translation_key", distinct=True))

    return counts


def types_of_agreements(_scope: Scope, _parameters: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Count agreements by each of their types."""
    choices = AgreementTypeChoice.objects.filter(page__in=rows.values("pk")).order_by()
    return choices.annotate(code=F("agreement_type")).values("code").annotate(documents=Count("page", distinct=True))


def through_agreements(name: str, column: str) -> Counts:
    """Count partners by what those of their public agreements have that match all other filters by agreements."""

    def counts(scope: Scope, parameters: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
        agreements: Any = AgreementPage.objects.published(scope.site).with_status(scope.day).order_by()
        others = agreement_conditions(parameters, name, leads=True)
        partner = F("parties__partner__translation_key")
        return (
            agreements.filter(others or Q(), parties__partner__translation_key__in=rows.values("translation_key"))
            .annotate(code=Cast(F(column), CharField()), partner_key=partner)
            .values("code")
            .annotate(documents=Count("partner_key", distinct=True))
        )

    return counts


def of_parties(name: str) -> Counts:
    """Count agreements by what those of their parties have that match all other filters by partners.

    A party's country is what the agreement gives, else its page's; all else is its page's, which has to be public.
    """

    def counts(scope: Scope, parameters: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
        by_page = organisation_conditions(parameters, name, "country", leads=True)
        partners = PartnerPage.objects.published(scope.site).filter(
            by_page or Q(), translation_key=OuterRef("parties__partner__translation_key")
        )
        parties = rows.annotate(
            is_partner=Exists(partners),
            own_name=F("parties__name"),
            own_country=Cast(F("parties__country"), CharField()),
            page_country=Cast(F("parties__partner__country"), CharField()),
        ).annotate(
            party_country=Case(
                When(~Q(own_country=""), then=F("own_country")), When(is_partner=True, then=F("page_country"))
            )
        )
        if name == "country" and by_page is None:
            # A party that the agreement names needs no page to be shown.
            parties = parties.exclude(is_partner=False, own_name="")
        else:
            parties = parties.filter(is_partner=True)
        if name != "country" and parameters.country:
            parties = parties.filter(party_country__in=parameters.country)
        code = F("party_country") if name == "country" else Cast(F(f"parties__partner__{name}"), CharField())
        return parties.annotate(code=code).values("code").annotate(documents=Count("translation_key", distinct=True))

    return counts


def _choice_label(choices: Any) -> Callable[[str, str], str]:
    return lambda code, language: label_in(choices(code), language)


def _country_label(code: str, language: str) -> str:
    coded = coded_country(code, language)
    return coded["label"] if coded else country_name(code)


def _region_label(code: str, language: str) -> str:
    coded = coded_region(code, language)
    return coded["label"] if coded else region_name(code)


PARTNER_FACETS: dict[str, Facet] = {
    "organisation_type": Facet(column("organisation_type"), _choice_label(PartnerPage.OrganisationType)),
    "region": Facet(column("region"), _region_label),
    "country": Facet(column("country"), _country_label),
    "agreement_type": Facet(
        through_agreements("agreement_type", "agreement_types__agreement_type"), _choice_label(AgreementType)
    ),
    "agreement_status": Facet(through_agreements("agreement_status", "status_code"), _choice_label(AgreementStatus)),
}
AGREEMENT_FACETS: dict[str, Facet] = {
    "agreement_type": Facet(types_of_agreements, _choice_label(AgreementType)),
    "agreement_status": Facet(column("status_code"), _choice_label(AgreementStatus)),
    "organisation_type": Facet(of_parties("organisation_type"), _choice_label(PartnerPage.OrganisationType)),
    "region": Facet(of_parties("region"), _region_label),
    "country": Facet(of_parties("country"), _country_label),
}
STRATEGY_FACETS: dict[str, Facet] = {"kind": Facet(column("kind"), _choice_label(Strategy.Kind))}
