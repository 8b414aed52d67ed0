"""Synchronised values are right in every language the moment the source is published."""

import json
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, TranslationContext, TranslationSource

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
    AgreementSignatory,
    FormerName,
    PartnerContact,
    PartnerPage,
)
from wagtail_partnerships.snippets.models import Contact
from wagtail_partnerships.snippets.partial_dates import PartialDate
from wagtail_partnerships.snippets.synchronisation import synchronisation_paused

from .translator import edit, publish, submit, synchronise, translate, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


def in_english(row: Any, english: Locale) -> Any:
    return type(row).objects.get(translation_key=row.translation_key, locale=english)


def test_republished_source_brings_its_fields_to_the_live_translation(english: Locale) -> None:
    agreement = AgreementPageFactory(signed="2014-01", purpose="Samverkan.")
    translate(agreement, english, {"Samverkan.": "Collaboration."})

    edit(agreement, signed=PartialDate.parse("2015-02-03"), end_kind="date", end_date=PartialDate.parse("2020"))

    page = in_english(agreement, english)
    assert (str(page.signed), page.end_kind, str(page.end_date)) == ("2015-02-03", "date", "2020")
    assert page.purpose == "Collaboration."


def test_bounds_of_partial_dates_can_be_queried_in_the_translation_at_once(english: Locale) -> None:
    agreement = AgreementPageFactory(signed="2014")
    translate(agreement, english)

    edit(agreement, signed=PartialDate.parse("2016-05"))

    assert AgreementPage.objects.filter(
        locale=english, signed_earliest="2016-05-01", signed_latest="2016-05-31"
    ).exists()


def test_values_still_hold_after_the_translators_next_publish(english: Locale) -> None:
    partner = PartnerPageFactory(introduction="<p>Vi samverkar.</p>", website="https://old.example/")
    translation = translate(partner, english, {"Vi samverkar.": "We collaborate."})
    edit(partner, website="https://new.example/", contacts=[PartnerContact(contact=ContactFactory())])

    write(translation, {"Vi samverkar.": "We work together."})
    publish(translation)

    page = in_english(partner, english)
    assert page.website == "https://new.example/"
    assert page.contacts.count() == 1
    assert page.introduction == "<p>We work together.</p>"
    assert page.live_revision.content["website"] == "https://new.example/"


def test_values_reach_a_translation_whose_synchronisation_was_stopped(english: Locale) -> None:
    partner = PartnerPageFactory(website="https://old.example/", title="Länsstyrelsen")
    translation = translate(partner, english, {"Länsstyrelsen": "The County Board"})
    translation.enabled = False
    translation.save()
    page = edit(in_english(partner, english), introduction="<p>Written by hand.</p>")

    edit(partner, website="https://new.example/")

    page.refresh_from_db()
    assert (page.website, page.title, page.introduction) == (
        "https://new.example/",
        "The County Board",
        "<p>Written by hand.</p>",
    )


def test_values_reach_a_translation_that_wagtail_localize_knows_nothing_of(english: Locale) -> None:
    contact = ContactFactory(phone="021-10 19 93", role="processledare")
    translated(contact, english, role="process leader")

    edit(contact, phone="021-10 13 00")

    row = in_english(contact, english)
    assert (str(row.phone), row.role) == ("+4621101300", "process leader")


def test_children_follow_in_order_and_are_replaced_only_if_they_differ(english: Locale) -> None:
    first, second = StrategyFactory(), StrategyFactory()
    partner = PartnerPageFactory(strategies=[first, second])
    translate(partner, english)
    page = in_english(partner, english)
    before = list(page.strategies.values_list("pk", flat=True))
    edit(partner, website="https://new.example/")
    assert list(page.strategies.values_list("pk", flat=True)) == before

    partner = PartnerPage.objects.get(pk=partner.pk)
    one, two = partner.strategies.all()
    one.sort_order, two.sort_order = 1, 0
    edit(partner, strategies=[two, one], former_names=[FormerName(name="Landstinget", until="2019")])

    page = in_english(partner, english)
    assert [row.strategy_id for row in page.strategies.all()] == [second.pk, first.pk]
    assert [(row.name, str(row.until)) for row in page.former_names.all()] == [("Landstinget", "2019")]


def test_parties_keep_their_translated_role_while_others_come_and_go(english: Locale) -> None:
    coordinator = AgreementParty(name="Sala", role="samordnare", sort_order=0)
    leaving = AgreementParty(name="Norberg", role="partner", sort_order=1)
    agreement = AgreementPageFactory(parties=[coordinator, leaving])
    translation = translate(agreement, english, {"samordnare": "coordinator", "partner": "member"})

    agreement = AgreementPage.objects.get(pk=agreement.pk)
    staying = agreement.parties.get(role="samordnare")
    staying.name, staying.sort_order = "Sala kommun", 1
    coming = AgreementParty(name="Fagersta", role="värd", sort_order=0)
    edit(agreement, parties=[coming, staying])

    expected = [("Fagersta", "värd"), ("Sala kommun", "coordinator")]
    page = in_english(agreement, english)
    assert [(party.name, party.role) for party in page.parties.all()] == expected
    assert {party.locale_id for party in page.parties.all()} == {english.pk}

    publish(translation)
    page = in_english(agreement, english)
    assert [(party.name, party.role) for party in page.parties.all()] == expected

    synchronise(translation)
    write(translation, {"värd": "host"})
    page = publish(translation)
    assert [(party.name, party.role) for party in page.parties.all()] == [
        ("Fagersta", "host"),
        ("Sala kommun", "coordinator"),
    ]


def test_signatories_keep_their_translated_title(english: Locale) -> None:
    agreement = AgreementPageFactory(signatories=[AgreementSignatory(name="Ingemar", title="landshövding")])
    translate(agreement, english, {"landshövding": "governor"})
    agreement = AgreementPage.objects.get(pk=agreement.pk)
    signatory = agreement.signatories.get()
    signatory.name = "Ingemar Skogö"

    edit(agreement, signatories=[signatory])

    assert in_english(agreement, english).signatories.values_list("name", "title").get() == (
        "Ingemar Skogö",
        "governor",
    )


def test_newer_draft_of_a_translation_stays_a_draft_and_gets_the_values(english: Locale) -> None:
    partner = PartnerPageFactory(website="https://old.example/")
    translate(partner, english)
    page = in_english(partner, english)
    page.introduction = "<p>Not yet.</p>"
    draft_revision = page.save_revision()

    edit(partner, website="https://new.example/")

    page = in_english(partner, english)
    assert (page.website, page.introduction, page.has_unpublished_changes) == ("https://new.example/", "", True)
    draft = page.get_latest_revision_as_object()
    assert (draft.website, draft.introduction) == ("https://new.example/", "<p>Not yet.</p>")
    assert page.latest_revision_id == draft_revision.pk
    assert page.revisions.order_by("-created_at", "-id").first().pk == draft_revision.pk
    assert page.live_revision.content["website"] == "https://new.example/"


def test_translation_that_was_never_published_stays_a_draft_and_gets_the_values(english: Locale) -> None:
    contact = ContactFactory(phone="021-10 19 93")
    submit(contact, english)

    edit(contact, phone="021-10 13 00")

    row = in_english(contact, english)
    assert not row.live
    assert str(row.phone) == "+4621101300"
    assert str(row.get_latest_revision_as_object().phone) == "+4621101300"


def test_scheduled_draft_of_a_translation_keeps_its_schedule(english: Locale) -> None:
    partner = PartnerPageFactory(website="https://old.example/")
    translate(partner, english)
    page = in_english(partner, english)
    page.go_live_at = timezone.now() + timezone.timedelta(days=2)
    revision = page.save_revision()
    revision.publish()

    edit(partner, website="https://new.example/")

    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None
    assert revision.content["website"] == "https://new.example/"
    assert in_english(partner, english).website == "https://new.example/"


def test_old_revision_of_a_translation_is_published_with_the_sources_present_values(english: Locale) -> None:
    partner = PartnerPageFactory(website="https://old.example/")
    translate(partner, english)
    old_revision = in_english(partner, english).live_revision
    edit(partner, website="https://new.example/")

    old_revision.publish()

    assert in_english(partner, english).website == "https://new.example/"


def test_draft_of_the_source_changes_no_translation(english: Locale) -> None:
    partner = PartnerPageFactory(website="https://old.example/")
    translate(partner, english)
    partner.website = "https://new.example/"
    partner.save_revision()

    assert in_english(partner, english).website == "https://old.example/"
    assert "old.example" in TranslationSource.objects.get().content_json


def test_unpublished_source_changes_no_translation(english: Locale) -> None:
    contact = ContactFactory(phone="021-10 19 93", live=False)
    translated(contact, english)

    contact.phone = "021-10 13 00"
    contact.save()

    assert str(in_english(contact, english).phone) == "+4621101993"


@pytest.mark.parametrize("is_synchronised", [True, False])
def test_what_a_translator_may_override_follows_only_while_it_is_synchronised(
    english: Locale, *, is_synchronised: bool
) -> None:
    partner = PartnerPageFactory(show_in_menus=False)
    translation = translate(partner, english)
    translation.enabled = is_synchronised
    translation.save()

    edit(partner, show_in_menus=True)

    assert in_english(partner, english).show_in_menus is is_synchronised


def test_first_publish_of_a_draft_source_brings_its_values(english: Locale) -> None:
    contact = ContactFactory(phone="021-10 19 93", live=False)
    translation = submit(contact, english)
    publish(translation)

    edit(contact, phone="021-10 13 00")

    assert str(in_english(contact, english).phone) == "+4621101300"


def test_text_is_flagged_as_outdated_and_left_alone(english: Locale) -> None:
    partner = PartnerPageFactory(title="Gammalt namn", website="https://old.example/")
    translate(partner, english, {"Gammalt namn": "Old name"})
    frozen = TranslationSource.objects.get()
    texts = list(frozen.stringsegment_set.values_list("pk", "string__data"))

    edit(partner, title="Nytt namn", website="https://new.example/")

    again = TranslationSource.objects.get()
    content = json.loads(again.content_json)
    assert (content["title"], content["website"]) == ("Gammalt namn", "https://new.example/")
    assert again.last_updated_at == frozen.last_updated_at
    assert list(again.stringsegment_set.values_list("pk", "string__data")) == texts
    assert in_english(partner, english).title == "Old name"


def test_republishing_without_a_change_writes_nothing_to_the_translation(english: Locale) -> None:
    partner = PartnerPageFactory(contacts=[ContactFactory()], website="https://www.example/")
    translate(partner, english)
    page = in_english(partner, english)
    revisions = page.revisions.count()

    edit(partner, introduction="<p>Bara text.</p>")

    again = in_english(partner, english)
    assert again.revisions.count() == revisions
    assert again.last_published_at == page.last_published_at


def test_page_without_translations_costs_a_few_queries_more() -> None:
    partner = PartnerPageFactory()
    partner = PartnerPage.objects.get(pk=partner.pk)
    with (
        synchronisation_paused(),
        CaptureQueriesContext(
            connection,
        ) as without,
    ):
        partner.save()
    with CaptureQueriesContext(connection) as with_it:
        partner.save()
    assert len(with_it) - len(without) <= 5


def test_paused_synchronisation_leaves_translations_as_a_loader_writes_them(english: Locale) -> None:
    contact = ContactFactory(phone="021-10 19 93")
    translated(contact, english)
    with synchronisation_paused():
        edit(contact, phone="021-10 13 00")

    assert str(in_english(contact, english).phone) == "+4621101993"


def test_every_language_follows(english: Locale) -> None:
    finnish = Locale.objects.create(language_code="fi")
    contact = ContactFactory(phone="021-10 19 93")
    translate(contact, english)
    translated(contact, finnish)

    edit(contact, phone="021-10 13 00")

    phones = {str(row.phone) for row in Contact.objects.filter(translation_key=contact.translation_key)}
    assert phones == {"+4621101300"}


def test_row_written_first_is_the_source_of_a_group_without_the_default_language(english: Locale) -> None:
    finnish = Locale.objects.create(language_code="fi")
    contact = ContactFactory(locale=english, phone="021-10 19 93")
    translated(contact, finnish)

    edit(contact, phone="021-10 13 00")

    assert str(Contact.objects.get(locale=finnish).phone) == "+4621101300"


def test_translation_changes_nothing_in_its_source(english: Locale) -> None:
    contact = ContactFactory(phone="021-10 19 93")
    row = translated(contact, english)

    edit(row, phone="021-10 13 00")

    contact.refresh_from_db()
    row.refresh_from_db()
    assert (str(contact.phone), str(row.phone)) == ("+4621101993", "+4621101993")


def test_alias_in_another_language_follows_the_page_it_mirrors(english: Locale) -> None:
    partner = PartnerPageFactory(website="https://old.example/")
    alias = partner.copy_for_translation(english, alias=True)

    edit(partner, website="https://new.example/")

    alias.refresh_from_db()
    assert alias.alias_of_id == partner.pk
    assert alias.website == "https://new.example/"


def test_alias_of_a_translation_gets_the_values_too(english: Locale, site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(website="https://old.example/")
    translate(partner, english)
    page = in_english(partner, english)
    alias = page.create_alias(parent=site_tree.english.partners, update_slug="alias")

    edit(partner, website="https://new.example/")

    alias.refresh_from_db()
    assert alias.website == "https://new.example/"


def test_what_a_translator_has_overridden_is_kept(english: Locale) -> None:
    partner = PartnerPageFactory(show_in_menus=False)
    translate(partner, english)
    context, _ = TranslationContext.objects.get_or_create(object_id=partner.translation_key, path="show_in_menus")
    SegmentOverride.objects.create(locale=english, context=context, data_json="false")

    edit(partner, show_in_menus=True)

    assert not in_english(partner, english).show_in_menus


def test_source_and_translations_are_saved_together_or_not_at_all(
    english: Locale, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = ContactFactory(phone="021-10 19 93")
    translated(contact, english)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("wagtail_partnerships.snippets.synchronisation.republish", fail)
    with pytest.raises(RuntimeError):
        edit(contact, phone="021-10 13 00")

    assert str(Contact.objects.get(pk=contact.pk).phone) == "+4621101993"


def test_publishing_a_source_leaves_page_tree_positions_alone(english: Locale) -> None:
    partner = PartnerPageFactory()
    translate(partner, english)
    edit(partner, website="https://new.example/")

    assert not any(Page.find_problems())
