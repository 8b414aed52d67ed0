"""Translating pages and snippets with wagtail-localize: before, after and not at all."""

from typing import Any

from django.core.management import call_command
from django.utils import timezone

from wagtail.models import Locale
from wagtail_localize.models import Translation

import pytest

from tests.factories import AgreementPageFactory, ContactFactory, PartnerPageFactory, SiteTree, StrategyFactory
from wagtail_partnerships.site_pages.models import AgreementPage, AgreementParty, PartnerPage
from wagtail_partnerships.site_pages.reader import Reader
from wagtail_partnerships.snippets.models import Contact, Strategy

from .translator import edit, publish, submit, synchronise, translate, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


def read(partner: PartnerPage, locale: Locale) -> Any:
    return Reader(locale).read_partners(
        [PartnerPage.objects.get(translation_key=partner.translation_key, locale=locale)]
    )[0]


def test_contact_translated_before_the_page_is_read_in_english(english: Locale) -> None:
    contact = ContactFactory(role="processledare")
    translate(contact, english, {"processledare": "process leader"})

    partner = PartnerPageFactory(contacts=[contact])
    translate(partner, english)

    assert [row.role for row in read(partner, english).contacts] == ["process leader"]


def test_contact_translated_after_the_page_is_read_in_english(english: Locale) -> None:
    contact = ContactFactory(role="processledare")
    partner = PartnerPageFactory(contacts=[contact])
    translate(partner, english)
    assert [row.role for row in read(partner, english).contacts] == ["processledare"]

    translate(contact, english, {"processledare": "process leader"})

    assert [row.role for row in read(partner, english).contacts] == ["process leader"]


def test_contact_never_translated_is_read_in_its_own_language(english: Locale, swedish: Locale) -> None:
    partner = PartnerPageFactory(contacts=[ContactFactory(role="processledare")])
    translate(partner, english)

    assert [(row.role, row.locale_id) for row in read(partner, english).contacts] == [("processledare", swedish.pk)]


def test_translating_a_page_translates_no_snippet(english: Locale) -> None:
    partner = PartnerPageFactory(contacts=[ContactFactory()], strategies=[StrategyFactory()])
    translate(partner, english)

    assert not Contact.objects.filter(locale=english).exists()
    assert not Strategy.objects.filter(locale=english).exists()


def test_contact_unpublished_in_swedish_is_gone_from_the_english_page(english: Locale) -> None:
    contact = ContactFactory()
    translate(contact, english)
    partner = PartnerPageFactory(contacts=[contact])
    translate(partner, english)
    assert len(read(partner, english).contacts) == 1

    contact.unpublish()

    assert read(partner, english).contacts == []


def test_submitted_page_waits_as_a_draft_instead_of_going_live_in_swedish(english: Locale) -> None:
    submit(PartnerPageFactory(), english)
    submit(ContactFactory(), english)

    assert not PartnerPage.objects.get(locale=english).live
    assert not Contact.objects.get(locale=english).live


@pytest.mark.parametrize("factory", [PartnerPageFactory, AgreementPageFactory, ContactFactory, StrategyFactory])
def test_draft_source_can_be_translated_and_stays_unseen(factory: Any, english: Locale) -> None:
    row = factory(live=False)

    submit(row, english)

    assert not type(row).objects.filter(live=True).exists()
    assert type(row).objects.filter(locale=english).count() == 1


def test_text_changed_after_translation_moves_only_when_synchronised(english: Locale) -> None:
    partner = PartnerPageFactory(introduction="<p>Ett.</p><p>Två.</p>")
    translation = translate(partner, english, {"Ett.": "One.", "Två.": "Two."})

    edit(partner, introduction="<p>Ett.</p><p>Tre.</p>")
    assert PartnerPage.objects.get(locale=english).introduction == "<p>One.</p><p>Two.</p>"

    synchronise(translation)
    assert PartnerPage.objects.get(locale=english).introduction == "<p>One.</p><p>Tre.</p>"


def test_five_parties_of_which_two_are_translated(english: Locale) -> None:
    partners = [PartnerPageFactory(title=title) for title in ("Fagersta", "Norberg", "Sala", "Skinnskatteberg")]
    parties = [AgreementParty(partner=partner, sort_order=order) for order, partner in enumerate(partners)]
    parties[0].role, parties[1].role = "samordnare", "kassör"
    parties.append(AgreementParty(name="Västmanlands läns landsting", country="SE", sort_order=4))
    agreement = AgreementPageFactory(parties=parties)
    for partner in partners[1:3]:
        translate(partner, english, {partner.title: f"{partner.title} Municipality"})

    translate(agreement, english, {"samordnare": "coordinator"})

    page = AgreementPage.objects.get(locale=english)
    contents = Reader(english).read_agreements([page])[0]
    assert [(party.partner and party.partner.title, party.name, party.role) for party in contents.parties] == [
        ("Fagersta", "Fagersta", "coordinator"),
        ("Norberg Municipality", "Norberg Municipality", "kassör"),
        ("Sala Municipality", "Sala Municipality", ""),
        ("Skinnskatteberg", "Skinnskatteberg", ""),
        (None, "Västmanlands läns landsting", ""),
    ]


def test_agreement_that_exists_only_in_swedish_shows_once_on_the_english_page(english: Locale, swedish: Locale) -> None:
    partner = PartnerPageFactory()
    agreement = AgreementPageFactory(parties=[partner])
    translate(partner, english)

    shown = [contents.page for contents in read(partner, english).agreements]
    assert [(page.pk, page.locale_id) for page in shown] == [(agreement.pk, swedish.pk)]

    translate(agreement, english)
    shown = [contents.page for contents in read(partner, english).agreements]
    assert [(page.translation_key, page.locale_id) for page in shown] == [(agreement.translation_key, english.pk)]


def test_po_file_goes_out_and_comes_back(english: Locale) -> None:
    listing = {"preset": "areas", "heading": "", "introduction": "", "items": [{"name": "Energi", "description": ""}]}
    partner = PartnerPageFactory(
        title="Länsstyrelsen", introduction="<p>Vi <b>samverkar</b>.</p>", content=[{"type": "list", "value": listing}]
    )
    translation = submit(partner, english)

    po = translation.export_po()
    texts = {entry.msgid: entry for entry in po}
    texts["Länsstyrelsen"].msgstr = "The County Board"
    texts["Vi <b>samverkar</b>."].msgstr = "We <b>collaborate</b>."
    texts["Energi"].msgstr = "Energy"
    assert translation.import_po(po) == []

    page = publish(translation)
    assert (page.title, page.introduction) == ("The County Board", "<p>We <b>collaborate</b>.</p>")
    assert page.content[0].value["items"][0]["name"] == "Energy"
    assert {entry.msgid: entry.msgstr for entry in translation.export_po()}["Energi"] == "Energy"


def test_po_file_offers_no_synchronised_value(english: Locale) -> None:
    contact = ContactFactory(name="Kim", phone="021-10 19 93", email="kim@example.se", role="chef")
    agreement = AgreementPageFactory(signed="2014-01", reference_number="2014/7", internal_notes="Hemligt")

    offered = {entry.msgid for row in (contact, agreement) for entry in submit(row, english).export_po()}

    assert offered == {"chef", agreement.title, agreement.slug}


def test_stopped_translation_can_be_edited_by_hand_and_resumed(english: Locale) -> None:
    partner = PartnerPageFactory(title="Länsstyrelsen", website="https://old.example/")
    translation = translate(partner, english, {"Länsstyrelsen": "The County Board"})
    Translation.objects.update(enabled=False)
    edit(PartnerPage.objects.get(locale=english), introduction="<p>By hand.</p>")

    edit(partner, website="https://new.example/")
    Translation.objects.update(enabled=True)
    page = publish(translation)

    assert (page.title, page.website) == ("The County Board", "https://new.example/")


def test_scheduled_publishing_of_the_source_brings_values_and_no_language_up(english: Locale) -> None:
    partner = PartnerPageFactory(website="https://old.example/")
    submit(partner, english)
    partner.website = "https://new.example/"
    partner.go_live_at = timezone.now() + timezone.timedelta(hours=1)
    revision = partner.save_revision()
    revision.publish()
    assert PartnerPage.objects.get(locale=english).website == "https://old.example/"

    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timezone.timedelta(minutes=1),
        content=revision.content | {"go_live_at": (timezone.now() - timezone.timedelta(minutes=1)).isoformat()},
    )
    call_command("publish_scheduled")

    page = PartnerPage.objects.get(locale=english)
    assert (page.live, page.website) == (False, "https://new.example/")


def test_every_page_type_can_be_translated(site_tree: SiteTree) -> None:
    finnish = Locale.objects.create(language_code="fi")
    swedish = site_tree.swedish
    for row in (swedish.home, swedish.partners, swedish.agreements, PartnerPageFactory(), AgreementPageFactory()):
        translation = submit(row, finnish)
        write(translation, {row.title: f"FI {row.title}"})
        page = publish(translation)
        assert (page.title, page.live, page.locale_id) == (f"FI {row.title}", True, finnish.pk)
