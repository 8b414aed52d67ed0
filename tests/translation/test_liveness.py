"""What is taken down in the source language is down in every language."""

from typing import Any

from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page

import pytest

from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree, translated
from wagtail_partnerships.site_pages.models import AgreementParty, PartnerPage
from wagtail_partnerships.snippets.models import Contact

from .translator import edit, publish, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


@pytest.fixture
def finnish(db: None) -> Locale:
    return Locale.objects.create(language_code="fi")


def test_contact_unpublished_in_swedish_is_gone_in_every_language(english: Locale, finnish: Locale) -> None:
    contact = ContactFactory()
    translate(contact, english)
    translated(contact, finnish)

    contact.unpublish()

    assert not Contact.objects.filter(live=True).exists()


def test_page_unpublished_in_swedish_is_gone_in_english(english: Locale) -> None:
    partner = PartnerPageFactory()
    translate(partner, english)

    Page.objects.get(pk=partner.pk).unpublish()

    assert not PartnerPage.objects.live().exists()


def test_pages_unpublished_with_the_page_above_are_gone_in_english(
    site_tree: SiteTree, english: Locale, admin_user: Any
) -> None:
    translated(PartnerPageFactory(), english)

    UnpublishPageAction(site_tree.swedish.partners, user=admin_user, include_descendants=True).execute()

    site_tree.english.partners.refresh_from_db()
    assert not site_tree.english.partners.live
    assert not PartnerPage.objects.live().exists()


@pytest.mark.parametrize("factory", [ContactFactory, PartnerPageFactory])
def test_source_that_expires_takes_its_translations_along(factory: Any, english: Locale) -> None:
    row = factory(expire_at=timezone.now() + timezone.timedelta(hours=1))
    translation = translated(row, english)
    type(row).objects.filter(pk=translation.pk).update(expire_at=None)
    type(row).objects.filter(pk=row.pk).update(expire_at=timezone.now() - timezone.timedelta(hours=1))

    call_command("publish_scheduled")

    translation.refresh_from_db()
    assert (translation.live, translation.expired) == (False, True)


def test_republished_source_does_not_republish_its_translation(english: Locale) -> None:
    contact = ContactFactory()
    translate(contact, english)
    contact.unpublish()

    edit(contact)

    assert Contact.objects.get(pk=contact.pk).live
    assert not Contact.objects.get(locale=english).live


def test_translation_can_be_published_again_after_its_source(english: Locale) -> None:
    contact = ContactFactory(role="chef")
    translation = translate(contact, english, {"chef": "head"})
    contact.unpublish()
    edit(contact)

    publish(translation)

    assert Contact.objects.values_list("live", "role").get(locale=english) == (True, "head")


def test_translation_taken_down_leaves_its_source_alone(english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)

    page.unpublish()
    partner.refresh_from_db()
    assert partner.live

    page.delete()
    assert PartnerPage.objects.get().live


def test_draft_saved_of_an_unpublished_source_leaves_a_published_translation_up(english: Locale) -> None:
    contact = ContactFactory(live=False)
    translated(contact, english)

    contact.role = "chef"
    contact.save_revision()
    contact.save()

    assert Contact.objects.get(locale=english).live


def test_approved_schedule_of_a_translation_is_cancelled_with_its_source(english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english, publish=False)
    page.go_live_at = timezone.now() + timezone.timedelta(hours=1)
    page.save_revision().publish()
    assert page.revisions.filter(approved_go_live_at__isnull=False).exists()

    partner.unpublish()

    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_aliases_of_a_translation_go_down_with_the_source(english: Locale, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    alias = page.create_alias(parent=site_tree.english.partners, update_slug="alias")
    own_alias = partner.create_alias(parent=site_tree.swedish.partners, update_slug="alias")

    partner.unpublish()

    alias.refresh_from_db()
    own_alias.refresh_from_db()
    assert (alias.live, own_alias.live) == (False, False)


@pytest.mark.parametrize("factory", [ContactFactory, PartnerPageFactory])
def test_deleted_source_takes_its_translations_along(factory: Any, english: Locale, finnish: Locale) -> None:
    row = factory()
    translate(row, english)
    if factory is ContactFactory:
        translated(row, finnish)

    row.delete()

    assert not type(row).objects.exists()
    assert not any(Page.find_problems())


def test_deleted_branch_takes_the_translated_branch_along(site_tree: SiteTree, english: Locale) -> None:
    translated(PartnerPageFactory(), english)
    translated(PartnerPageFactory(), english)

    Page.objects.get(pk=site_tree.swedish.partners.pk).delete()

    assert not PartnerPage.objects.exists()
    assert not Page.objects.filter(translation_key=site_tree.swedish.partners.translation_key).exists()
    assert not any(Page.find_problems())


def test_whole_source_tree_can_be_deleted(site_tree: SiteTree, english: Locale) -> None:
    translated(PartnerPageFactory(), english)

    Page.objects.filter(depth=2).delete()

    assert not Page.objects.filter(depth__gt=1).exists()
    assert not any(Page.find_problems())


def test_alias_in_another_language_goes_with_the_deleted_source(english: Locale) -> None:
    partner = PartnerPageFactory()
    partner.copy_for_translation(english, alias=True)

    partner.delete()

    assert not PartnerPage.objects.exists()


def test_nothing_is_deleted_if_the_source_is_in_use(english: Locale) -> None:
    contact = ContactFactory()
    translated(contact, english)
    PartnerPageFactory(contacts=[contact])

    with pytest.raises(ProtectedError):
        contact.delete()

    assert Contact.objects.filter(live=True).count() == 2


def test_partner_of_an_agreement_can_be_unpublished_in_both_languages(english: Locale) -> None:
    partner = PartnerPageFactory()
    translated(partner, english)
    AgreementPageFactory(parties=[AgreementParty(partner=partner)])

    partner.unpublish()

    assert not PartnerPage.objects.live().exists()


def test_second_page_that_shares_a_translated_contact_leaves_that_contact_live(english: Locale) -> None:
    contact = ContactFactory(role="chef")
    translate(contact, english, {"chef": "head"})
    translate(PartnerPageFactory(contacts=[contact]), english)

    translate(PartnerPageFactory(contacts=[contact]), english)

    row = Contact.objects.get(locale=english)
    assert (row.live, row.role) == (True, "head")
    assert {page.contacts.get().contact_id for page in PartnerPage.objects.all()} == {contact.pk}


def test_unpublishing_happens_in_one_transaction(english: Locale, monkeypatch: pytest.MonkeyPatch) -> None:
    contact = ContactFactory()
    translated(contact, english)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("wagtail_partnerships.snippets.liveness.translations_of", fail)
    with pytest.raises(RuntimeError):
        contact.unpublish()

    assert Contact.objects.get(pk=contact.pk).live
