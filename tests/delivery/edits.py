"""What editors do, each by one function that picks its rows by number; the caller opens the transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    StrategyFactory,
    site_tree,
    translated,
)
from wagtail_partnerships.site_pages.models import (
    AgreementContact,
    AgreementDocument,
    AgreementPage,
    AgreementParty,
    AgreementStrategy,
    AgreementTypeChoice,
    OrganisationName,
    PartnerContact,
    PartnerPage,
    PartnershipSettings,
    PartnerStrategy,
    RelatedPartner,
)
from wagtail_partnerships.snippets.models import Contact, Strategy

Edit = Callable[[int, int], object]

#: More rows than this make each look at the site slower, and show nothing new.
MOST_ROWS = 7


def pick(rows: Any, number: int) -> Any:
    """The row of a number, counted round; None if there is none."""
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def _published(row: Any) -> None:
    row.save_revision().publish()


def _partner(number: int) -> Any:
    return pick(PartnerPage.objects.filter(alias_of=None), number)


def _agreement(number: int) -> Any:
    return pick(AgreementPage.objects.filter(alias_of=None), number)


def _any_page(number: int) -> Any:
    return pick(Page.objects.filter(depth__gte=3, alias_of=None), number).specific


def _row(number: int, other: int) -> Any:
    """Any document of the API, by its kind and its number."""
    model = (PartnerPage, AgreementPage, Contact, Strategy)[other % 4]
    rows = model.objects.filter(alias_of=None) if issubclass(model, Page) else model.objects.all()
    return pick(rows, number)


# Pages


def write_partner(number: int, other: int) -> None:
    if PartnerPage.objects.count() < MOST_ROWS:
        PartnerPageFactory(
            contacts=[pick(Contact.objects, number)] if other % 2 else [],
            related_partners=[_partner(number)] if other % 3 else [],
            region="SE-U" if other % 2 else "",
            live=bool(other % 4),
        )


def write_agreement(number: int, other: int) -> None:
    if AgreementPage.objects.count() < MOST_ROWS:
        AgreementPageFactory(
            parties=[_partner(number), "Landstinget Sörmland"],
            contacts=[pick(Contact.objects, other)] if other % 2 else [],
            strategies=[pick(Strategy.objects, other)],
            renews=_agreement(other) if other % 3 else None,
            valid_from="2020",
            live=bool(other % 4),
        )


def edit_partner(number: int, other: int) -> None:
    partner = _partner(number).get_latest_revision_as_object()
    match other % 6:
        case 0:
            partner.title = f"Region {number}"
        case 1:
            partner.region = "SE-D" if partner.region == "SE-U" else "SE-U"
        case 2:
            partner.related_partners = [RelatedPartner(partner=_partner(number + 1))]
        case 3:
            partner.contacts = [PartnerContact(contact=pick(Contact.objects, other))]
        case 4:
            partner.strategies = [PartnerStrategy(strategy=pick(Strategy.objects, other))]
        case _:
            target = _any_page(number + other)
            partner.introduction = f'<p>Se <a linktype="page" id="{target.pk}">mer</a></p>'
    _published(partner)


def edit_agreement(number: int, other: int) -> None:
    agreement = _agreement(number)
    if agreement is None:
        return
    agreement = agreement.get_latest_revision_as_object()
    match other % 8:
        case 0:
            agreement.title = f"Avtal {number}"
        case 1:
            agreement.end_kind, agreement.end_date = ("date", "2015") if number % 2 else ("not_stated", None)
        case 2:
            agreement.parties = [AgreementParty(partner=_partner(number + 1))]
        case 3:
            agreement.contacts = [AgreementContact(contact=pick(Contact.objects, number))] if number % 2 else []
        case 4:
            agreement.strategies = [AgreementStrategy(strategy=pick(Strategy.objects, number))]
        case 5:
            agreement.agreement_types = [AgreementTypeChoice(agreement_type="consortium")]
        case 6:
            agreement.documents = [
                AgreementDocument(document=row) for row in get_document_model().objects.all()[: number % 2]
            ]
        case _:
            agreement.part_of = _agreement(number + 1) if _agreement(number + 1).pk != agreement.pk else None
    _published(agreement)


def edit_index(number: int, other: int) -> None:
    index = pick(Page.objects.filter(depth=3), number).specific
    if other % 2:
        index.title = f"Index {other}"
    else:
        index.show_in_menus = not index.show_in_menus
    _published(index)


def change_address(number: int, other: int) -> None:
    page = _any_page(number)
    slug = f"adress-{other}"
    if not Page.objects.sibling_of(page).filter(slug=slug).exists():
        page.slug = slug
        _published(page) if page.live else page.save()


def move(number: int, other: int) -> None:
    page = _partner(number)
    parents = Page.objects.filter(pk__in=[tree.partners.pk for tree in (site_tree().swedish, site_tree().english)])
    target = pick(parents.filter(locale=page.locale), 0)
    if target.slug and page.get_parent() == target:
        page.move(target, "first-child" if other % 2 else "last-child")
    else:
        page.move(target, "last-child")


def make_alias(number: int, other: int) -> None:
    page = _partner(number)
    if not page.aliases.exists():
        page.create_alias(parent=page.get_parent(), update_slug=f"alias-{page.pk}", user=None)


def copy_page(number: int, other: int) -> None:
    page = _row(number, other % 2)
    if page is not None and type(page).objects.count() < MOST_ROWS:
        page.copy(update_attrs={"slug": f"kopia-{page.pk}-{other}"}, keep_live=bool(other % 3))


def convert_alias(number: int, other: int) -> None:
    page = pick(PartnerPage.objects.exclude(alias_of=None), number)
    if page is not None and page.alias_of.live:
        ConvertAliasPageAction(page).execute(skip_permission_checks=True)


def draft_page(number: int, other: int) -> None:
    page = _row(number, other % 2)
    if page is not None:
        page.title = "Ett utkast"
        page.save_revision()


# Any document


def turn_on_or_off(number: int, other: int) -> None:
    row = _row(number, other)
    if row is None:
        return
    if row.live:
        row.unpublish()
    else:
        _published(row.get_latest_revision_as_object() if row.latest_revision_id else row)


def delete(number: int, other: int) -> None:
    """What is in use says so by an error, and the caller takes everything back."""
    row = _row(number, other)
    if row is not None and type(row).objects.count() > 1:
        row.delete()


def translate_directly(number: int, other: int) -> None:
    row = _row(number, other)
    english = Locale.objects.get(language_code="en")
    if row is not None and row.locale_id != english.pk and not row.has_translation(english):
        translated(row, english, publish=bool(number % 3))


def submit_for_translation(number: int, other: int) -> None:
    row = _row(number, other)
    english = Locale.objects.get(language_code="en")
    if row is not None and row.locale_id != english.pk and not row.has_translation(english):
        translate_object(row, [english])


def publish_translation(number: int, other: int) -> None:
    translation = pick(Translation.objects, number)
    if translation is not None:
        translation.save_target(publish=True)


# Snippets and files


def write_snippet(number: int, other: int) -> None:
    factory = (ContactFactory, StrategyFactory)[other % 2]
    if factory._meta.model.objects.count() < MOST_ROWS:
        factory(live=bool(number % 3))


def edit_contact(number: int, other: int) -> None:
    contact = pick(Contact.objects, number)
    if other % 3:
        contact.role = f"roll {other}"
    else:
        contact.photo = pick(get_image_model().objects, number)
    _published(contact) if contact.live else contact.save()


def edit_strategy(number: int, other: int) -> None:
    strategy = pick(Strategy.objects, number)
    if other % 3:
        strategy.name = f"Strategi {other}"
    else:
        strategy.document = pick(get_document_model().objects, number)
    _published(strategy) if strategy.live else strategy.save()


def draft_snippet(number: int, other: int) -> None:
    row = pick((Contact, Strategy)[other % 2].objects, number)
    row.name = "Ett utkast"
    row.save_revision()


def edit_file(number: int, other: int) -> None:
    row = pick((get_image_model(), get_document_model())[number % 2].objects, other)
    if row is None:
        return
    match other % 4:
        case 0:
            row.title = f"Fil {number}"
        case 1:
            row.collection = pick(Collection.objects, number)
        case 2:
            row.delete()
            return
        case _:
            replacement = (ImageFactory if number % 2 == 0 else DocumentFactory).build()
            row.file = replacement.file
    row.save()


def add_file(number: int, other: int) -> None:
    if number % 2:
        image = ImageFactory()
        partner = _partner(other)
        partner.logo = image
        _published(partner)
    elif (agreement := _agreement(other)) is not None:
        document = DocumentFactory(file=ContentFile(b"avtal", name="avtal.txt"))
        agreement.documents = [AgreementDocument(document=document)]
        _published(agreement)


# The site: what nobody can follow row by row


def restrict_or_open_page(number: int, other: int) -> None:
    page = _any_page(number)
    restriction = PageViewRestriction.objects.filter(page=page).first()
    if restriction is not None:
        restriction.delete()
        return
    kind = ("login", "password", "groups")[other % 3]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if kind == "groups":
        restriction.groups.add(Group.objects.get_or_create(name="Somliga")[0])


def restrict_or_open_collection(number: int, other: int) -> None:
    collection = pick(Collection.objects.filter(depth__gt=1), number)
    found = CollectionViewRestriction.objects.filter(collection=collection).first()
    if found is not None:
        found.delete()
    else:
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")


def move_collection(number: int, other: int) -> None:
    collection, *others = Collection.objects.filter(depth__gt=1).order_by("pk")
    target = others[0] if others and other % 2 else Collection.get_first_root_node()
    if not target.is_descendant_of(collection):
        # As the admin's form does it; the tree itself is written past all signals.
        collection.save()
        collection.move(target, "last-child")


def edit_settings(number: int, other: int) -> None:
    row = PartnershipSettings.for_site(site_tree().site)
    row.names = [OrganisationName(language="sv", name=f"Högskola {number}")]
    row.logo = pick(get_image_model().objects, other)
    row.save()


def rename_site(number: int, other: int) -> None:
    site = Site.objects.get(is_default_site=True)
    site.site_name = f"Samverkan {number}"
    site.save()


def other_site(number: int, other: int) -> None:
    site = Site.objects.filter(hostname="other.example").first()
    if site is None:
        Site.objects.create(hostname="other.example", root_page=site_tree().english.home)
    else:
        site.delete()


def move_site_to_another_port(number: int, other: int) -> None:
    site = Site.objects.get(is_default_site=True)
    site.port = 80 if site.port != 80 else 8000 + number
    site.save()


def redirect(number: int, other: int) -> None:
    if other % 3:
        Redirect.objects.update_or_create(old_path="/gammal", defaults={"redirect_page": _partner(number)})
    else:
        Redirect.objects.filter(old_path="/gammal").delete()


EDITS: tuple[Edit, ...] = (
    write_partner,
    write_agreement,
    edit_partner,
    edit_agreement,
    edit_index,
    make_alias,
    copy_page,
    convert_alias,
    turn_on_or_off,
    delete,
    translate_directly,
    submit_for_translation,
    publish_translation,
    write_snippet,
    edit_contact,
    edit_strategy,
    edit_file,
    add_file,
    redirect,
)
RESETTING_EDITS: tuple[Edit, ...] = (
    change_address,
    move,
    restrict_or_open_page,
    restrict_or_open_collection,
    move_collection,
    edit_settings,
    rename_site,
    move_site_to_another_port,
    other_site,
)
DRAFTS: tuple[Edit, ...] = (draft_page, draft_snippet)
