"""Filters as conditions on rows; each looks only at rows that the public may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ....site_pages.models import (
    AgreementPage,
    AgreementParty,
    AgreementStrategy,
    AgreementTypeChoice,
    PartnerPage,
    PartnerStrategy,
)
from ..parameters import AgreementFilters, OrganisationFilters
from ..scope import Scope


def agreement_conditions(parameters: AgreementFilters, without: str | None) -> Q | None:
    """The filters that look at one agreement, for a queryset ``with_status()``; None if none is asked for."""
    conditions: dict[str, Q] = {}
    if parameters.agreement_status:
        conditions["agreement_status"] = Q(status_code__in=parameters.agreement_status)
    if parameters.is_expiring is not None:
        conditions["is_expiring"] = Q(expiring=parameters.is_expiring)
    if day := parameters.valid_on:
        ended = Q(outcome="terminated") & (Q(outcome_date__isnull=True) | Q(outcome_date_earliest__lte=day))
        conditions["valid_on"] = (
            (Q(starts_on__isnull=True) | Q(starts_on__lte=day))
            & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
            & ~Q(outcome="in_preparation")
            & ~ended
        )
    if parameters.expires_before:
        conditions["expires_before"] = Q(ends_on__lt=parameters.expires_before)
    if parameters.agreement_type:
        # Its own subquery: a join would give a row for each of the types that match.
        choices = AgreementTypeChoice.objects.filter(page=OuterRef("pk"), agreement_type__in=parameters.agreement_type)
        conditions["agreement_type"] = Q(Exists(choices))
    wanted = [condition for name, condition in conditions.items() if name != without]
    return _all(wanted) if wanted else None


def organisation_conditions(parameters: OrganisationFilters, without: str | None) -> Q | None:
    """The filters that look at one partner; None if none is asked for."""
    conditions = {
        "organisation_type": Q(organisation_type__in=parameters.organisation_type)
        if parameters.organisation_type
        else None,
        "region": Q(region__in=parameters.region) if parameters.region else None,
        "country": Q(country__in=parameters.country) if parameters.country else None,
    }
    wanted = [condition for name, condition in conditions.items() if condition is not None and name != without]
    return _all(wanted) if wanted else None


def _all(conditions: Iterable[Q]) -> Q:
    together = Q()
    for condition in conditions:
        together &= condition
    return together


def agreements_of_partner(scope: Scope) -> QuerySet[AgreementPage]:
    """The public agreements, in any language, of the partner in the outer query."""
    rows: QuerySet[AgreementPage] = (
        AgreementPage.objects.published(scope.site)
        .filter(parties__partner__translation_key=OuterRef("translation_key"))
        .order_by()
    )
    return rows


def partner_conditions(scope: Scope, parameters: OrganisationFilters, without: str | None) -> Iterator[Q]:
    """What a partner has to match: its own columns, one of its agreements, and its strategies or its agreements'."""
    own = organisation_conditions(parameters, without)
    if own is not None:
        yield own
    by_agreement = agreement_conditions(parameters, without)
    if by_agreement is not None:
        agreements: Any = agreements_of_partner(scope)
        yield Q(Exists(agreements.with_status(scope.day).filter(by_agreement)))
    if parameters.strategy and without != "strategy":
        own_link = PartnerStrategy.objects.filter(page=OuterRef("pk"), **_public_strategy(parameters.strategy))
        through = agreements_of_partner(scope).filter(
            Exists(AgreementStrategy.objects.filter(page=OuterRef("pk"), **_public_strategy(parameters.strategy)))
        )
        yield Q(Exists(own_link)) | Q(Exists(through))


def agreement_page_conditions(
    scope: Scope, parameters: OrganisationFilters, partners: list[UUID], without: str | None
) -> Iterator[Q]:
    """What an agreement has to match: its own columns, one of its parties, and its strategies."""
    own = agreement_conditions(parameters, without)
    if own is not None:
        yield own
    by_party = organisation_conditions(parameters, without)
    if by_party is not None:
        yield Q(Exists(_parties(scope, by_party)))
    if partners and without != "partner":
        yield Q(Exists(_parties(scope, Q(translation_key__in=partners))))
    if parameters.strategy and without != "strategy":
        links = AgreementStrategy.objects.filter(page=OuterRef("pk"), **_public_strategy(parameters.strategy))
        yield Q(Exists(links))


def _parties(scope: Scope, condition: Q) -> QuerySet[AgreementParty]:
    """The parties, of the agreement in the outer query, whose partner is public and matches."""
    partners = PartnerPage.objects.published(scope.site).filter(condition).order_by().values("translation_key")
    return AgreementParty.objects.filter(page=OuterRef("pk"), partner__translation_key__in=partners)


def _public_strategy(keys: list[UUID]) -> dict[str, Any]:
    # A strategy that a public page names is used, so being live is all that is left to ask.
    return {"strategy__translation_key__in": keys, "strategy__live": True}
