"""Every way to be not public: each function makes one thing that nobody may see, among others that everybody may."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    ImageFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.site_pages.models import (
    AgreementPage,
    AgreementParty,
    HomePage,
    PartnerIndexPage,
    PartnerPage,
)
from wagtail_partnerships.snippets.models import Contact


@dataclass
class Secret:
    """What must not leave: words, the id if it has one of its own, and the row."""

    words: str
    key: str = ""
    row: Any = None


#: Makes the secret that its words name.
Maker = Callable[[SiteTree, str], Secret]
#: Codes that only secrets have, so that a facet that counts them shows it.
REGION, ORGANISATION_TYPE, AGREEMENT_TYPE = "SE-BD", "foundation", "consortium"


def secret(row: Any, words: str) -> Secret:
    return Secret(words, str(row.translation_key), row)


def partner(words: str, **values: Any) -> PartnerPage:
    """A partner whose name and codes are secret. What it is linked from must not tell of it either."""
    return PartnerPageFactory(title=words, region=REGION, organisation_type=ORGANISATION_TYPE, **values)


def agreement(words: str, **values: Any) -> AgreementPage:
    return AgreementPageFactory(title=words, agreement_types=[AGREEMENT_TYPE], **values)


def draft_page(tree: SiteTree, words: str) -> Secret:
    return secret(partner(words, live=False), words)


def unpublished_page(tree: SiteTree, words: str) -> Secret:
    row = partner(words)
    row.unpublish()
    return secret(row, words)


def deleted_page(tree: SiteTree, words: str) -> Secret:
    row = partner(words)
    found = Secret(words, str(row.translation_key))
    row.delete()
    # Readers knew this id, and are told that it is gone.
    return Secret(found.words)


def scheduled_page(tree: SiteTree, words: str) -> Secret:
    row = partner(words, live=False)
    row.go_live_at = timezone.now() + datetime.timedelta(days=1)
    row.save_revision(approved_go_live_at=row.go_live_at)
    return secret(row, words)


def expired_page(tree: SiteTree, words: str) -> Secret:
    row = partner(words)
    row.unpublish(set_expired=True)
    return secret(row, words)


def restricted(kind: str, *, above: bool, make: Callable[..., Any] = partner) -> Maker:
    def maker(tree: SiteTree, words: str) -> Secret:
        values: dict[str, Any] = {}
        if above:
            slug = f"avskilt-{make.__name__}-{kind}"
            values["parent"] = tree.swedish.home.add_child(instance=PartnerIndexPage(title=f"{words} ovan", slug=slug))
        row = make(words, **values)
        page = values.get("parent", row)
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        if kind == "groups":
            restriction.groups.add(Group.objects.get_or_create(name="Somliga")[0])
        return secret(row, words)

    return maker


def translation_of_a_restricted_page(tree: SiteTree, words: str) -> Secret:
    row = partner(f"{words} sv")
    PageViewRestriction.objects.create(page=row, restriction_type="login")
    return secret(translated(row, tree.english.locale, title=words), words)


def draft_of_a_live_page(tree: SiteTree, words: str) -> Secret:
    row = PartnerPageFactory(title="Öppen med utkast")
    row.title = words
    row.introduction = f"<p>{words}</p>"
    row.save_revision()
    return Secret(words)


def draft_of_a_live_contact(tree: SiteTree, words: str) -> Secret:
    contact = ContactFactory(name="Öppen kontakt", kind=Contact.Kind.OFFICE)
    PartnerPageFactory(title="Öppen med kontakt", contacts=[contact])
    contact.name = contact.role = words
    contact.save_revision()
    return Secret(words)


def draft_translation(tree: SiteTree, words: str) -> Secret:
    row = PartnerPageFactory(title="Öppen utan engelska")
    translated(row, tree.english.locale, publish=False, title=words)
    return Secret(words)


def alias(tree: SiteTree, words: str) -> Secret:
    original = PartnerPageFactory(title="Öppet original")
    copy = original.create_alias(update_slug=words.lower(), parent=tree.swedish.home)
    return Secret(f"/{words.lower()}/", str(copy.translation_key))


def alias_of_an_unpublished_page(tree: SiteTree, words: str) -> Secret:
    original = partner(words)
    original.create_alias(update_slug=f"{words.lower()}-kopia", parent=tree.swedish.home)
    original.unpublish()
    return secret(original, words)


def page_of_another_site(tree: SiteTree, words: str) -> Secret:
    root = tree.swedish.home.get_parent()
    home = root.add_child(instance=HomePage(title="Annan", slug="annan", locale=tree.swedish.locale))
    Site.objects.create(hostname="other.example", root_page=home)
    index = home.add_child(instance=PartnerIndexPage(title="Andra", slug="andra"))
    row = partner(words, parent=index)
    AgreementPageFactory(title="Öppet med annans", parties=[row, "Öppen part"])
    return secret(row, words)


def page_of_no_site(tree: SiteTree, words: str) -> Secret:
    root = tree.swedish.home.get_parent()
    home = root.add_child(instance=HomePage(title=words, slug="ingenstans", locale=tree.swedish.locale))
    return secret(home, words)


def unpublished_contact(tree: SiteTree, words: str) -> Secret:
    contact = ContactFactory(name=words, live=False)
    PartnerPageFactory(title="Öppen utan kontakt", contacts=[contact])
    return secret(contact, words)


def unused_contact(tree: SiteTree, words: str) -> Secret:
    return secret(ContactFactory(name=words, kind=Contact.Kind.OFFICE), words)


def contact_of_a_draft(tree: SiteTree, words: str) -> Secret:
    contact = ContactFactory(name=words, kind=Contact.Kind.OFFICE)
    partner(f"{words} sida", contacts=[contact], live=False)
    return secret(contact, words)


def contact_of_a_private_page(tree: SiteTree, words: str) -> Secret:
    contact = ContactFactory(name=words, kind=Contact.Kind.OFFICE)
    row = partner(f"{words} sida", contacts=[contact])
    PageViewRestriction.objects.create(page=row, restriction_type="login")
    return secret(contact, words)


def unpublished_strategy(tree: SiteTree, words: str) -> Secret:
    strategy = StrategyFactory(name=words, live=False)
    AgreementPageFactory(title="Öppet utan strategi", strategies=[strategy])
    return secret(strategy, words)


def unused_strategy(tree: SiteTree, words: str) -> Secret:
    return secret(StrategyFactory(name=words), words)


def party_without_a_public_page(tree: SiteTree, words: str) -> Secret:
    row = partner(words, live=False)
    # The country of the page is as secret as its name: only the agreement's own words are shown.
    AgreementPageFactory(title="Öppet med dold part", parties=[AgreementParty(partner=row), "Öppen part"])
    return secret(row, words)


def related_to_an_unpublished_partner(tree: SiteTree, words: str) -> Secret:
    row = partner(words, live=False)
    content = [
        ("partner", {"partner": row, "introduction": ""}),
        ("link_list", {"links": [{"page": row, "text": "", "description": "", "url": "", "document": None}]}),
        ("rich_text", f'<p><a linktype="page" id="{row.pk}">hit</a></p>'),
    ]
    PartnerPageFactory(
        title="Öppen granne",
        related_partners=[row],
        introduction=f'<p><a linktype="page" id="{row.pk}">hit</a></p>',
        content=content,
    )
    return secret(row, words)


def renews_a_draft(tree: SiteTree, words: str) -> Secret:
    old = agreement(words, live=False)
    AgreementPageFactory(title="Öppet nytt", renews=old, part_of=old)
    return secret(old, words)


def draft_that_renews_a_live_one(tree: SiteTree, words: str) -> Secret:
    old = AgreementPageFactory(title="Öppet gammalt")
    return secret(agreement(words, renews=old, part_of=old, valid_from="2001", live=False), words)


def draft_agreement_of_a_partner(tree: SiteTree, words: str) -> Secret:
    row = PartnerPageFactory(title="Öppen med dolt avtal")
    return secret(agreement(words, parties=[row], live=False), words)


def private_agreement_of_a_partner(tree: SiteTree, words: str) -> Secret:
    row = PartnerPageFactory(title="Öppen med privat avtal")
    private = agreement(words, parties=[row])
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    return secret(private, words)


def _closed_collection(name: str, *, nested: bool) -> Collection:
    above = Collection.get_first_root_node().add_child(name=name)
    CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    # The root may be stale in memory: the tree counts its children there.
    return Collection.objects.get(pk=above.pk).add_child(name=f"{name} inre") if nested else above


def closed_document(*, nested: bool) -> Maker:
    def maker(tree: SiteTree, words: str) -> Secret:
        document = get_document_model().objects.create(
            title=words,
            file=ContentFile(b"x", name=f"{words}.txt"),
            collection=_closed_collection(words, nested=nested),
        )
        AgreementPageFactory(
            title=f"Öppet med stängd handling, {nested}",
            documents=[document],
            content=[("rich_text", f'<p><a linktype="document" id="{document.pk}">hit</a></p>')],
            strategies=[StrategyFactory(name="Öppen strategi", document=document)],
        )
        return Secret(words, row=document)

    return maker


def closed_image(tree: SiteTree, words: str) -> Secret:
    image = ImageFactory(title=words, description=words, collection=_closed_collection(words, nested=True))
    contact = ContactFactory(name="Öppen med stängt foto", photo=image)
    PartnerPageFactory(title="Öppen med stängd logga", logo=image, contacts=[contact])
    return Secret(words, row=image)


def management_of_a_live_agreement(tree: SiteTree, words: str) -> Secret:
    AgreementPageFactory(
        title="Öppet med förvaltning",
        internal_notes=words,
        renewal_terms=words,
        responsible_unit=words,
        outcome="terminated",
        outcome_reason=words,
        signatories=[words],
    )
    return Secret(words)


MAKERS: dict[str, Maker] = {
    **{
        make.__name__: make
        for make in (
            draft_page,
            unpublished_page,
            deleted_page,
            scheduled_page,
            expired_page,
            translation_of_a_restricted_page,
            draft_of_a_live_page,
            draft_of_a_live_contact,
            draft_translation,
            alias,
            alias_of_an_unpublished_page,
            page_of_another_site,
            page_of_no_site,
            unpublished_contact,
            unused_contact,
            contact_of_a_draft,
            contact_of_a_private_page,
            unpublished_strategy,
            unused_strategy,
            party_without_a_public_page,
            related_to_an_unpublished_partner,
            renews_a_draft,
            draft_that_renews_a_live_one,
            draft_agreement_of_a_partner,
            private_agreement_of_a_partner,
            closed_image,
            management_of_a_live_agreement,
        )
    },
    **{
        f"{make.__name__}_private_by_{kind}{'_above' if above else ''}": restricted(kind, above=above, make=make)
        for make in (partner, agreement)
        for kind in ("login", "groups", "password")
        for above in (False, True)
        if make is partner or not above
    },
    "closed_document": closed_document(nested=False),
    "document_below_a_closed_collection": closed_document(nested=True),
}


def make_secrets(tree: SiteTree) -> dict[str, Secret]:
    """Make every secret, each with words that nothing else has; a redirect leads to each page that has an address."""
    secrets = {name: make(tree, f"Hemlig{number:02}x") for number, (name, make) in enumerate(MAKERS.items())}
    for found in secrets.values():
        if (page := own_page(found)) is not None:
            Redirect.objects.create(old_path=old_path(found), redirect_page=page)
    return secrets


def old_path(found: Secret) -> str:
    """Where the redirect to a secret's own page stands."""
    return f"/gammal/{found.words}"


def own_page(found: Secret) -> Page | None:
    """The secret's own page, if it is one that still has an address."""
    return Page.objects.filter(pk=found.row.pk).first() if isinstance(found.row, Page) else None
