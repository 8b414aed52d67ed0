"""The kinds of documents that this product has, for the registry."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet

from wagtail.models import Page, Site

from ...site_pages.models import AgreementPage, PartnerPage
from ...site_pages.visibility import published, used_snippets
from ...snippets.models import Contact, Strategy
from .resources import Resource, register_resource


def _lists_contacts() -> bool:
    return bool(getattr(settings, "PARTNERSHIPS_LIST_CONTACTS", False))


def _other_pages(site: Site | None) -> QuerySet[Page]:
    pages: QuerySet[Page] = Page.objects.not_type(PartnerPage, AgreementPage).filter(depth__gt=1)
    return published(pages, site)


def _title(row: Any) -> str:
    return str(row.title)


def _name(row: Any) -> str:
    return str(row.name)


def _snippets(model: type[Model]) -> Any:
    def public(site: Site | None) -> QuerySet[Any]:
        return used_snippets(model._default_manager.select_related("locale"), site)

    return public


PARTNER = Resource(
    name="partner",
    plural="partners",
    models=(PartnerPage,),
    public=lambda site: PartnerPage.objects.published(site),
    title=_title,
)
AGREEMENT = Resource(
    name="agreement",
    plural="agreements",
    models=(AgreementPage,),
    public=lambda site: AgreementPage.objects.published(site),
    title=_title,
    counts_while_hidden=True,
)
STRATEGY = Resource(name="strategy", plural="strategies", models=(Strategy,), public=_snippets(Strategy), title=_name)
CONTACT = Resource(
    name="contact",
    plural="contacts",
    models=(Contact,),
    public=_snippets(Contact),
    title=_name,
    is_listed=_lists_contacts,
)
PAGE = Resource(name="page", plural="pages", models=(Page,), public=_other_pages, title=_title)


def register_kinds() -> None:
    """Register them, the special kinds of page before the general one."""
    for resource in (PARTNER, AGREEMENT, STRATEGY, CONTACT, PAGE):
        register_resource(resource)
