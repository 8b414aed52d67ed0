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
        choices = AgreementTypeChoice.objects.filter(agreement_type__in=parameters.agreement_type).order_by()
        conditions["agreement_type"] = Q(pk__in=choices.values("page"))
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


def _partners_of(agreements: QuerySet[AgreementPage]) -> QuerySet[AgreementPage, dict[str, Any]]:
    """The ids of the partners that are parties to agreements."""
    return agreements.order_by().values("parties__partner__translation_key")


def partner_conditions(scope: Scope, parameters: OrganisationFilters, without: str | None) -> Iterator[Q]:
    """What a partner has to match: its own columns, one of its agreements, and its strategies or its agreements'."""
    own = organisation_conditions(parameters, without)
    if own is not None:
        yield own
    by_agreement = agreement_conditions(parameters, without)
    if by_agreement is not None:
        published: Any = AgreementPage.objects.published(scope.site)
        agreements = published.with_status(scope.day).filter(by_agreement)
        if parameters.agreement_type and without != "agreement_type":
            yield Q(translation_key__in=_partners_of(agreements))
        else:
            # Without an index to find the agreements by, all of the site's would have to be looked at.
            parties = agreements.filter(parties__partner__translation_key=OuterRef("translation_key"))
            yield Q(Exists(parties.order_by()))
    if parameters.strategy and without != "strategy":
        links = PartnerStrategy.objects.filter(**_public_strategy(parameters.strategy)).order_by()
        through = AgreementPage.objects.published(scope.site).filter(_works_towards(parameters.strategy))
        yield Q(pk__in=links.values("page")) | Q(translation_key__in=_partners_of(through))


def agreement_page_conditions(
    scope: Scope, parameters: OrganisationFilters, partners: list[UUID], without: str | None
) -> Iterator[Q]:
    """What an agreement has to match: its own columns, one of its parties, and its strategies."""
    own = agreement_conditions(parameters, without)
    if own is not None:
        yield own
    by_party = organisation_conditions(parameters, without)
    if by_party is not None:
        yield Q(pk__in=_parties(scope, by_party))
    if partners and without != "partner":
        yield Q(pk__in=_parties(scope, Q(translation_key__in=partners)))
    if parameters.strategy and without != "strategy":
        yield _works_towards(parameters.strategy)


def _parties(scope: Scope, condition: Q) -> QuerySet[AgreementParty, dict[str, Any]]:
    """The agreements that have a party whose partner is public and matches."""
    partners = PartnerPage.objects.published(scope.site).filter(condition).order_by().values("translation_key")
    return AgreementParty.objects.filter(partner__translation_key__in=partners).order_by().values("page")


def _works_towards(strategies: list[UUID]) -> Q:
    """Match the agreements that name one of some public strategies."""
    return Q(pk__in=AgreementStrategy.objects.filter(**_public_strategy(strategies)).order_by().values("page"))


def _public_strategy(keys: list[UUID]) -> dict[str, Any]:
    # A strategy that a public page names is used, so being live is all that is left to ask.
    return {"strategy__translation_key__in": keys, "strategy__live": True}
