"""The queries of a reader, each for some keys, from the reader's point of view."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Case, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When

from wagtail.models import Page

from ..snippets.models import Contact, Strategy
from .models import AgreementPage, PartnerContact, PartnerPage
from .visibility import public_below

Roots = tuple[str, ...] | None


class Viewpoint(NamedTuple):
    """Where a reader stands: on the site with roots at these tree paths (on any, if None), on a day, in a locale."""

    roots: Roots
    day: datetime.date
    locale_id: int


#: The rows of each model with what they are shown with.
_CANDIDATES: dict[type[Model], Callable[[datetime.date], QuerySet[Any]]] = {
    Contact: lambda _day: Contact.objects.select_related("photo"),
    Strategy: lambda _day: Strategy.objects.select_related("document"),
    PartnerPage: lambda _day: PartnerPage.objects.select_related("logo").order_by(),
    AgreementPage: lambda day: AgreementPage.objects.with_successor(day).order_by(),
    Page: lambda _day: Page.objects.order_by(),
}


def groups(
    model: type[Model], seen_from: Viewpoint, keys: Collection[UUID], ids: Collection[int], *, also: Q | None = None
) -> QuerySet[Any]:
    """The rows that a reader of a locale may be given of the groups that have these keys, or one of these rows.

    Those are the row in their language if it ``is_public`` (so are all that match ``also``), else all in other
    languages. A row that a block names may itself be a draft: it is found whatever its state, to name its group.
    """
    # Pages are found by the one table that has an index for each of these conditions.
    table = (Page if issubclass(model, Page) else model)._default_manager.order_by()
    wanted = Q(translation_key__in=keys)
    if ids:
        wanted = Q(translation_key__in=table.filter(wanted | Q(pk__in=ids)).values("translation_key"))
    public = public_below(seen_from.roots) if issubclass(model, Page) else Q(live=True)
    seen = public if also is None else public | also
    is_public = Case(When(seen, then=Value(True)), default=Value(False), output_field=BooleanField())
    theirs = Q(locale=seen_from.locale_id)
    in_their_language = table.filter(wanted, seen, theirs).values("translation_key")
    needed = theirs | Q(pk__in=ids) | ~Q(translation_key__in=in_their_language)
    return _CANDIDATES[model](seen_from.day).filter(wanted, needed).annotate(is_public=is_public)


def agreements_of(seen_from: Viewpoint, partner_keys: Collection[UUID]) -> QuerySet[Any, Any]:
    """The public agreements of some partners in every language: key, partner's key, status and first day."""
    return (
        AgreementPage.objects.filter(public_below(seen_from.roots))
        .filter(parties__partner__translation_key__in=partner_keys)
        .annotate(partner_key=F("parties__partner__translation_key"))
        .with_status(seen_from.day)
        .order_by("title", "pk")
        .values_list("translation_key", "partner_key", "status_code", "starts_on")
    )


def following(seen_from: Viewpoint, keys: Collection[UUID]) -> QuerySet[Any]:
    """The public agreements that renew some others or are part of them, with those others' keys."""
    # By two indexes: for either of two conditions, every agreement would be looked at.
    renewing, inner = (
        AgreementPage.objects.filter(**{f"{relation}__translation_key__in": keys}).order_by().values("pk")
        for relation in ("renews", "part_of")
    )
    return (
        AgreementPage.objects.filter(public_below(seen_from.roots), pk__in=renewing.union(inner))
        .annotate(renewed_key=_key_of("renews"), whole_key=_key_of("part_of"))
        .with_successor(seen_from.day)
        .order_by("title", "pk")
    )


def _key_of(relation: str) -> Subquery:
    """The key of the page that a row names; asked for each row, since PostgreSQL finds no good order for many joins."""
    return Subquery(Page.objects.filter(pk=OuterRef(f"{relation}_id")).order_by().values("translation_key"))


def contacts_of_partners(partner_ids: Collection[int]) -> QuerySet[Any, Any]:
    """The contacts of some partners: the partner's id, and the contact's key."""
    links = PartnerContact.objects.filter(page__in=partner_ids).annotate(key=F("contact__translation_key"))
    return links.values_list("page_id", "key")


def versions(model: type[Page], roots: Roots, keys: Collection[UUID]) -> QuerySet[Any]:
    """The public pages of some groups in every language, with what names them alone: the rest is most of their cost."""
    rows = model._default_manager.filter(public_below(roots), translation_key__in=keys).order_by("locale_id")
    return rows.only("title", "url_path", "content_type", "locale", "translation_key")
