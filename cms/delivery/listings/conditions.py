"""Filters as conditions on rows; each looks only at rows that the public may see.

A filter that leads has the database find its rows first; one that does not is asked of each row by itself, which is
best for a long list of which only the beginning is wanted.
"""

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
from ....snippets.planner import is_any_of
from ..parameters import AgreementFilters, OrganisationFilters
from ..scope import Scope


def agreement_conditions(parameters: AgreementFilters, without: str | None, *, leads: bool) -> Q | None:
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
        choices = AgreementTypeChoice.objects.filter(agreement_type__in=parameters.agreement_type)
        conditions["agreement_type"] = _is_among("pk", choices, "page", leads=leads)
    wanted = [condition for name, condition in conditions.items() if name != without]
    return _all(wanted) if wanted else None


def organisation_conditions(parameters: OrganisationFilters, *without: str | None, leads: bool) -> Q | None:
    """The filters that look at one partner; None if none is asked for."""
    wanted = [
        Q(**{f"{name}__in": values}) if leads else Q(is_any_of(name, values))
        for name in ("organisation_type", "region", "country")
        if name not in without and (values := getattr(parameters, name))
    ]
    return _all(wanted) if wanted else None


def _is_among(column: str, others: QuerySet[Any], named: str, *, leads: bool) -> Q:
    """Match the rows whose value in a column some others have in the column that is named."""
    others = others.order_by()
    if leads:
        return Q(**{f"{column}__in": others.values(named)})
    return Q(Exists(others.filter(**{named: OuterRef(column)})))


def _all(conditions: Iterable[Q]) -> Q:
    together = Q()
    for condition in conditions:
        together &= condition
    return together


def partner_conditions(
    scope: Scope, parameters: OrganisationFilters, without: str | None, *, leads: bool
) -> Iterator[Q]:
    """What a partner has to match: its own columns, one of its agreements, and its strategies or its agreements'."""
    own = organisation_conditions(parameters, without, leads=leads)
    if own is not None:
        yield own
    party = "parties__partner__translation_key"
    by_agreement = agreement_conditions(parameters, without, leads=leads)
    if by_agreement is not None:
        published: Any = AgreementPage.objects.published(scope.site)
        agreements = published.with_status(scope.day).filter(by_agreement)
        # Without an index to find the agreements by, all of the site's would have to be looked at.
        has_index = bool(parameters.agreement_type) and without != "agreement_type"
        yield _is_among("translation_key", agreements, party, leads=leads and has_index)
    if parameters.strategy and without != "strategy":
        links = PartnerStrategy.objects.filter(**_public_strategy(parameters.strategy))
        works_towards = _works_towards(parameters.strategy, leads=leads)
        through = AgreementPage.objects.published(scope.site).filter(works_towards)
        yield _is_among("pk", links, "page", leads=leads) | _is_among("translation_key", through, party, leads=leads)


def agreement_page_conditions(
    scope: Scope, parameters: OrganisationFilters, partners: list[UUID], without: str | None, *, leads: bool
) -> Iterator[Q]:
    """What an agreement has to match: its own columns, one of its parties, and its strategies."""
    own = agreement_conditions(parameters, without, leads=leads)
    if own is not None:
        yield own
    by_party = _party_conditions(scope, parameters, without, leads=leads)
    if by_party is not None:
        yield by_party
    if partners and without != "partner":
        yield _has_party(_is_partner(scope, Q(translation_key__in=partners), leads=leads), leads=leads)
    if parameters.strategy and without != "strategy":
        yield _works_towards(parameters.strategy, leads=leads)


def _party_conditions(scope: Scope, parameters: OrganisationFilters, without: str | None, *, leads: bool) -> Q | None:
    """The filters that look at one party, in the country that the agreement gives it, else its page's."""
    by_page = organisation_conditions(parameters, without, leads=leads)
    if by_page is None:
        return None
    is_partner = _is_partner(scope, by_page, leads=leads)
    if not parameters.country or without == "country":
        return _has_party(is_partner, leads=leads)
    by_rest = organisation_conditions(parameters, without, "country", leads=leads)
    is_shown = _is_partner(scope, by_rest or Q(), leads=leads)
    if by_rest is None:
        is_shown |= ~Q(name="")  # a party needs no page to be shown
    in_own_words = Q(country__in=parameters.country) if leads else Q(is_any_of("country", parameters.country))
    # Nearly no party has a country of its own, so that its lack leads nowhere.
    return _has_party(Q(is_any_of("country", [""])) & is_partner, leads=leads) | _has_party(
        in_own_words & is_shown, leads=leads
    )


def _is_partner(scope: Scope, condition: Q, *, leads: bool) -> Q:
    """Match the parties whose partner is public and matches."""
    partners = PartnerPage.objects.published(scope.site).filter(condition)
    return _is_among("partner__translation_key", partners, "translation_key", leads=leads)


def _has_party(condition: Q, *, leads: bool) -> Q:
    """Match the agreements that have a party that matches."""
    return _is_among("pk", AgreementParty.objects.filter(condition), "page", leads=leads)


def _works_towards(strategies: list[UUID], *, leads: bool) -> Q:
    """Match the agreements that name one of some public strategies."""
    links = AgreementStrategy.objects.filter(**_public_strategy(strategies))
    return _is_among("pk", links, "page", leads=leads)


def _public_strategy(keys: list[UUID]) -> dict[str, Any]:
    # A strategy that a public page names is used, so being live is all that is left to ask.
    return {"strategy__translation_key__in": keys, "strategy__live": True}
