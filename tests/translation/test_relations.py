"""Relations carry identity: whichever language a row is chosen in, its source is stored."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import Locale

import pytest

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.site_pages.models import (
    AgreementPage,
    AgreementParty,
    PartnerContact,
    PartnerPage,
    RelatedPartner,
)
from wagtail_partnerships.snippets.models import Contact
from wagtail_partnerships.snippets.source_rows import is_source, refer_to_sources, source_of

from .translator import publish, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


def test_english_rows_chosen_on_an_english_page_are_stored_as_their_sources(english: Locale) -> None:
    contact, strategy, other = ContactFactory(), StrategyFactory(), PartnerPageFactory()
    rows = {
        "contacts": [translated(contact, english)],
        "strategies": [translated(strategy, english)],
        "related_partners": [translated(other, english)],
    }

    page = PartnerPageFactory(**rows)

    page = PartnerPage.objects.get(pk=page.pk)
    assert page.contacts.get().contact_id == contact.pk
    assert page.strategies.get().strategy_id == strategy.pk
    assert page.related_partners.get().partner_id == other.pk


def test_agreements_and_their_parties_are_stored_as_sources(english: Locale) -> None:
    partner, framework, former = PartnerPageFactory(), AgreementPageFactory(), AgreementPageFactory()

    agreement = AgreementPageFactory(
        parties=[translated(partner, english)],
        part_of=translated(framework, english),
        renews=translated(former, english),
        contacts=[translated(ContactFactory(), english)],
        strategies=[translated(StrategyFactory(), english)],
    )

    agreement = AgreementPage.objects.get(pk=agreement.pk)
    assert agreement.parties.get().partner_id == partner.pk
    assert (agreement.part_of_id, agreement.renews_id) == (framework.pk, former.pk)
    assert is_source(agreement.contacts.get().contact)
    assert is_source(agreement.strategies.get().strategy)


def test_id_of_an_english_row_is_replaced_too(english: Locale) -> None:
    contact = ContactFactory()
    row = translated(contact, english)

    page = PartnerPageFactory()
    stored = PartnerContact.objects.create(page=page, contact_id=row.pk)

    assert PartnerContact.objects.get(pk=stored.pk).contact_id == contact.pk


def test_draft_holds_the_source(english: Locale) -> None:
    contact = ContactFactory()
    page = PartnerPageFactory()

    page.contacts = [PartnerContact(contact=translated(contact, english))]
    revision = page.save_revision()

    assert [child["contact"] for child in revision.content["contacts"]] == [contact.pk]


def test_alias_is_stored_as_the_page_that_it_mirrors(english: Locale, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory()
    same = partner.create_alias(parent=site_tree.swedish.partners, update_slug="alias")
    other = partner.copy_for_translation(english, alias=True)

    page = PartnerPageFactory()
    page.related_partners = [RelatedPartner(partner_id=same.pk), RelatedPartner(partner_id=other.pk)]
    page.save()

    assert {row.partner_id for row in RelatedPartner.objects.filter(page=page)} == {partner.pk}


def test_translated_page_refers_to_what_its_source_refers_to(english: Locale) -> None:
    contact = ContactFactory()
    translated(contact, english)

    page = translated(PartnerPageFactory(contacts=[contact]), english)

    assert page.contacts.get().contact_id == contact.pk


def test_old_revision_opens_without_what_has_been_deleted_since() -> None:
    contact, kept, partner = ContactFactory(), ContactFactory(), PartnerPageFactory()
    agreement = AgreementPageFactory(contacts=[contact, kept], parties=[partner, AgreementParty(name="Sala")])
    revision = agreement.save_revision()
    agreement.contacts, agreement.parties = [], []
    agreement.save_revision().publish()
    contact.delete()
    partner.delete()

    old = revision.as_object()

    assert [row.contact_id for row in old.contacts.all()] == [kept.pk]
    assert [(row.partner_id, row.name) for row in old.parties.all()] == [(None, ""), (None, "Sala")]


def test_translation_is_published_without_a_contact_deleted_since(english: Locale) -> None:
    contact = ContactFactory()
    partner = PartnerPageFactory(contacts=[contact], live=False)
    translation = submit(partner, english)
    PartnerContact.objects.all().delete()
    contact.delete()

    page = publish(translation)

    assert page.live
    assert not page.contacts.exists()


def test_row_that_exists_in_no_source_language_stands_for_itself(english: Locale) -> None:
    contact = ContactFactory(locale=english)
    assert source_of(contact) == contact

    page = PartnerPageFactory(contacts=[contact])
    assert page.contacts.get().contact_id == contact.pk

    finnish = Locale.objects.create(language_code="fi")
    assert source_of(translated(contact, finnish)) == contact


def test_source_is_the_row_in_the_default_language_even_if_it_was_written_later(
    english: Locale, swedish: Locale
) -> None:
    first = ContactFactory(locale=english)
    second = translated(first, swedish)

    assert source_of(first) == second
    assert is_source(Contact.objects.get(pk=second.pk))
    assert not is_source(Contact.objects.get(pk=first.pk))


def test_reference_is_checked_once(english: Locale) -> None:
    contact = PartnerContact(contact_id=translated(ContactFactory(), english).pk)
    refer_to_sources([contact])

    with CaptureQueriesContext(connection) as queries:
        refer_to_sources([contact])

    assert not len(queries)


def queries_to_save(row: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        row.save_revision()
    return len(queries)


@pytest.mark.slow
def test_checking_references_takes_the_same_queries_for_one_and_for_twenty(english: Locale) -> None:
    partners = [translated(PartnerPageFactory(), english).pk for _ in range(20)]
    few, many = AgreementPageFactory(), AgreementPageFactory()
    few.parties = [AgreementParty(partner_id=partners[0])]
    many.parties = [AgreementParty(partner_id=pk) for pk in partners]

    queries_to_save(AgreementPageFactory())  # fills the caches of content types
    assert queries_to_save(few) == queries_to_save(many)
