"""Rows to test with: each factory makes the least that is valid, and a test states what it asserts on.

Pages go below the site tree of `site_tree()`, made at first need: a home page and both indexes, in Swedish and English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from wagtail.models import Locale, Page, Site

import factory
from wagtail_factories import DocumentFactory, ImageFactory, PageFactory

from wagtail_partnerships.site_pages.agreement_types import AgreementType
from wagtail_partnerships.site_pages.models import (
    AgreementContact,
    AgreementDocument,
    AgreementIndexPage,
    AgreementPage,
    AgreementParty,
    AgreementSignatory,
    AgreementStrategy,
    AgreementTypeChoice,
    HomePage,
    PartnerContact,
    PartnerIndexPage,
    PartnerPage,
    PartnerStrategy,
    RelatedPartner,
)
from wagtail_partnerships.snippets.models import Contact, Strategy

__all__ = [
    "AgreementPageFactory",
    "ContactFactory",
    "DocumentFactory",
    "ImageFactory",
    "LanguageTree",
    "PartnerPageFactory",
    "SiteTree",
    "StrategyFactory",
    "clear_site",
    "site_tree",
    "translated",
]

RowT = TypeVar("RowT", bound=Any)


@dataclass(frozen=True)
class LanguageTree:
    """The top of the site in one language."""

    locale: Locale
    home: HomePage
    partners: PartnerIndexPage
    agreements: AgreementIndexPage


@dataclass(frozen=True)
class SiteTree:
    """The default site: Swedish is its source, English its translation."""

    site: Site
    swedish: LanguageTree
    english: LanguageTree


def site_tree() -> SiteTree:
    """Return the default site's tree, making it in place of Wagtail's welcome page if it is not there yet."""
    swedish = Locale.objects.get_or_create(language_code="sv")[0]
    english = Locale.objects.get_or_create(language_code="en")[0]
    if not HomePage.objects.filter(locale=swedish).exists():
        _plant(swedish, english)
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    if site.root_page.specific_class is not HomePage:
        # A test whose transactions commit begins with the rows of a fresh Wagtail, laid over what stood there.
        site.root_page = HomePage.objects.filter(locale=swedish).order_by("pk")[0]
        site.hostname, site.site_name = "localhost", "Samverkan"
        site.save()
    return SiteTree(site, _tree_in(swedish), _tree_in(english))


def clear_site() -> None:
    """Leave of the default site what a fresh Wagtail has: its welcome page, and no language but the default one."""
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="welcome"))
    Site.objects.filter(is_default_site=True).update(root_page=welcome, site_name="")
    for home in HomePage.objects.filter(locale=Locale.get_default()):
        home.delete()
    Locale.objects.exclude(pk=Locale.get_default().pk).delete()


def _plant(swedish: Locale, english: Locale) -> None:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Samverkan", slug="samverkan", locale=swedish))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "port": 80, "site_name": "Samverkan"},
    )
    Page.objects.filter(depth=2, slug="home").exclude(pk=home.pk).delete()
    partners = home.add_child(instance=PartnerIndexPage(title="Partner", slug="partner"))
    agreements = home.add_child(instance=AgreementIndexPage(title="Avtal", slug="avtal"))
    translated(home, english, title="Collaboration", slug="collaboration")
    translated(partners, english, title="Partners", slug="partners")
    translated(agreements, english, title="Agreements", slug="agreements")


def _tree_in(locale: Locale) -> LanguageTree:
    # A test may have made another site, with a home page and lists of its own, and more lists on this one.
    key = Site.objects.get(is_default_site=True).root_page.translation_key
    home = HomePage.objects.get(locale=locale, translation_key=key)
    partners, agreements = (
        model.objects.child_of(home).order_by("pk")[0] for model in (PartnerIndexPage, AgreementIndexPage)
    )
    return LanguageTree(locale, home, partners, agreements)


def translated(row: RowT, locale: Locale, *, publish: bool = True, **values: Any) -> RowT:
    """Write a row's translation directly, as a bulk loader does; a page's parent must have been translated before.

    `publish=False` leaves it a draft that was never public.
    """
    copy = row.copy_for_translation(locale)
    for name, value in values.items():
        setattr(copy, name, value)
    if not isinstance(copy, Page):
        copy.live = False
    copy.save()
    revision = copy.save_revision()
    if publish:
        revision.publish()
    copy.refresh_from_db()
    return copy


class PartnerPageFactory(PageFactory):
    """A live partner. `contacts`, `strategies` and `related_partners` take lists of rows."""

    parent = factory.LazyFunction(lambda: site_tree().swedish.partners)
    title = factory.Sequence(lambda number: f"Partner {number}")
    organisation_type = PartnerPage.OrganisationType.GOVERNMENT_AGENCY

    class Meta:
        model = PartnerPage

    @classmethod
    def _adjust_kwargs(
        cls,
        *,
        contacts: Sequence[Contact] = (),
        strategies: Sequence[Strategy] = (),
        related_partners: Sequence[PartnerPage] = (),
        **kwargs: Any,
    ) -> dict[str, Any]:
        return kwargs | {
            "contacts": _in_order([PartnerContact(contact=row) for row in contacts]),
            "strategies": _in_order([PartnerStrategy(strategy=row) for row in strategies]),
            "related_partners": _in_order([RelatedPartner(partner=row) for row in related_partners]),
        }


class AgreementPageFactory(PageFactory):
    """A live letter of intent.

    `parties` takes partner pages, names in the agreement, or `AgreementParty` rows; `signatories` takes names or rows;
    `contacts`, `strategies`, `documents` and `agreement_types` take lists of rows or codes.
    """

    parent = factory.LazyFunction(lambda: site_tree().swedish.agreements)
    title = factory.Sequence(lambda number: f"Avsiktsförklaring {number}")

    class Meta:
        model = AgreementPage

    @classmethod
    def _adjust_kwargs(
        cls,
        *,
        parties: Sequence[PartnerPage | AgreementParty | str] = (),
        contacts: Sequence[Contact] = (),
        strategies: Sequence[Strategy] = (),
        documents: Sequence[Any] = (),
        signatories: Sequence[AgreementSignatory | str] = (),
        agreement_types: Sequence[str] = (AgreementType.LETTER_OF_INTENT,),
        **kwargs: Any,
    ) -> dict[str, Any]:
        return kwargs | {
            "parties": _in_order([_party(party) for party in parties]),
            "contacts": _in_order([AgreementContact(contact=row) for row in contacts]),
            "strategies": _in_order([AgreementStrategy(strategy=row) for row in strategies]),
            "documents": _in_order([AgreementDocument(document=row) for row in documents]),
            "signatories": _in_order(
                [AgreementSignatory(name=row) if isinstance(row, str) else row for row in signatories]
            ),
            "agreement_types": _in_order([AgreementTypeChoice(agreement_type=code) for code in agreement_types]),
        }


def _in_order(rows: list[RowT]) -> list[RowT]:
    """Number rows as the admin's forms do: rows that tie come back in any order."""
    for order, row in enumerate(rows):
        row.sort_order = order if row.sort_order is None else row.sort_order
    return rows


def _party(party: PartnerPage | AgreementParty | str) -> AgreementParty:
    if isinstance(party, AgreementParty):
        return party
    return AgreementParty(name=party) if isinstance(party, str) else AgreementParty(partner=party)


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    """A live contact in the default language, without any channel."""

    name = factory.Sequence(lambda number: f"Kontakt {number}")

    class Meta:
        model = Contact


class StrategyFactory(factory.django.DjangoModelFactory[Strategy]):
    """A live strategy in the default language."""

    name = factory.Sequence(lambda number: f"Strategi {number}")
    kind = Strategy.Kind.REGIONAL

    class Meta:
        model = Strategy
