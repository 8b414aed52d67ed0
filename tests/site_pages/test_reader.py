"""What a reader is given: their own language or the source's, public rows only, in a fixed number of queries."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.blocks import StreamValue
from wagtail.models import Locale, PageViewRestriction

import pytest

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.site_pages.contents import PartnerContents
from wagtail_partnerships.site_pages.models import AgreementPage, AgreementParty, PartnerPage
from wagtail_partnerships.site_pages.models.content import ContentPage
from wagtail_partnerships.site_pages.reader import Reader
from wagtail_partnerships.site_pages.reader_queries import Viewpoint, groups

pytestmark = pytest.mark.django_db


def read_partner(page: PartnerPage, language: str, tree: SiteTree) -> PartnerContents:
    locale = {"sv": tree.swedish, "en": tree.english}[language].locale
    return Reader(locale).read_partners([PartnerPage.objects.get(pk=page.pk)])[0]


def with_content(page: ContentPage, *blocks: tuple[str, object]) -> None:
    block = page.content.stream_block
    page.content = StreamValue(block, [{"type": name, "value": value} for name, value in blocks], is_lazy=True)
    page.save()


def test_relations_are_read_in_the_readers_language_else_in_the_sources(site_tree: SiteTree) -> None:
    emma, kim = ContactFactory(name="Emma", role="processledare"), ContactFactory(name="Kim", role="handläggare")
    translated(emma, site_tree.english.locale, role="process leader")
    partner = PartnerPageFactory(contacts=[emma, kim])
    english = translated(partner, site_tree.english.locale, title="County board")

    assert [contact.role for contact in read_partner(partner, "sv", site_tree).contacts] == [
        "processledare",
        "handläggare",
    ]
    assert [contact.role for contact in read_partner(english, "en", site_tree).contacts] == [
        "process leader",
        "handläggare",
    ]


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_the_source_stands_in_for_a_translation_that_is_not_public(site_tree: SiteTree, hide: str) -> None:
    county_board = PartnerPageFactory(title="Länsstyrelsen")
    english = translated(county_board, site_tree.english.locale, title="County board")
    agreement = AgreementPageFactory(parties=[county_board])
    if hide == "unpublish":
        english.unpublish()
    else:
        PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)

    contents = Reader(site_tree.english.locale).read_agreements([agreement])[0]

    assert [party.partner for party in contents.parties] == [county_board]


def test_what_was_written_in_another_language_alone_is_read_in_that(site_tree: SiteTree) -> None:
    english = PartnerPageFactory(title="County board", parent=site_tree.english.partners)
    agreement = AgreementPageFactory(parties=[english])

    contents = Reader(site_tree.swedish.locale).read_agreements([agreement])[0]

    assert [party.partner for party in contents.parties] == [english]


@pytest.mark.parametrize("by", ["key", "id"])
def test_no_row_is_read_that_the_reader_is_not_given(site_tree: SiteTree, by: str) -> None:
    swedish = PartnerPageFactory(title="Länsstyrelsen")
    english = translated(swedish, site_tree.english.locale, title="County board")
    keys, ids = ([swedish.translation_key], []) if by == "key" else ([], [swedish.pk])

    def found(locale: Locale) -> set[PartnerPage]:
        return set(groups(PartnerPage, Viewpoint(None, timezone.localdate(), locale.pk), keys, ids))

    assert found(site_tree.swedish.locale) == {swedish}
    # What names a group by one of its rows has to find that row as well.
    assert found(site_tree.english.locale) == ({english} if by == "key" else {swedish, english})


def test_an_agreement_that_exists_only_in_swedish_shows_once_on_the_english_partner_page(site_tree: SiteTree) -> None:
    partner = PartnerPageFactory()
    english = translated(partner, site_tree.english.locale)
    both = AgreementPageFactory(title="Avsikt", parties=[partner])
    translated(both, site_tree.english.locale, title="Intent")
    AgreementPageFactory(title="Ramavtal", parties=[partner])

    contents = read_partner(english, "en", site_tree)

    assert sorted(entry.page.title for entry in contents.agreements) == ["Intent", "Ramavtal"]
    assert contents.agreements_total == 2


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "restrict_parent"])
def test_what_is_not_public_is_absent(site_tree: SiteTree, hide: str) -> None:
    shown, hidden = PartnerPageFactory(), PartnerPageFactory(title="Hemlig")
    agreement = AgreementPageFactory(parties=[shown, hidden])
    if hide == "unpublish":
        hidden.unpublish()
    else:
        page = hidden if hide == "restrict" else site_tree.swedish.partners
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    contents = Reader(site_tree.swedish.locale).read_agreements([agreement])[0]

    assert "Hemlig" not in [party.name for party in contents.parties]


def test_a_party_without_a_public_page_keeps_the_name_in_the_agreement(site_tree: SiteTree) -> None:
    region = PartnerPageFactory(title="Region Sörmland", live=False)
    agreement = AgreementPageFactory(parties=[AgreementParty(partner=region, name="Landstinget Sörmland")])

    party = Reader(site_tree.swedish.locale).read_agreements([agreement])[0].parties[0]

    assert (party.name, party.partner) == ("Landstinget Sörmland", None)


def test_an_agreement_without_contacts_shows_those_of_its_partners(site_tree: SiteTree) -> None:
    kim, emma = ContactFactory(name="Kim"), ContactFactory(name="Emma")
    partner = PartnerPageFactory(contacts=[kim])
    own = AgreementPageFactory(parties=[partner], contacts=[emma])
    without = AgreementPageFactory(parties=[partner])

    read = Reader(site_tree.swedish.locale).read_agreements([own, without])

    assert [(entry.contact.name, entry.source.value) for entry in read[0].contacts] == [("Emma", "agreement")]
    assert [(entry.contact.name, entry.source.value) for entry in read[1].contacts] == [("Kim", "partner")]


def test_an_unpublished_contact_is_absent(site_tree: SiteTree) -> None:
    kim = ContactFactory(live=False)
    partner = PartnerPageFactory(contacts=[kim])

    assert read_partner(partner, "sv", site_tree).contacts == []


def test_strategies_are_the_partners_own_and_its_agreements_each_once(site_tree: SiteTree) -> None:
    growth, skills = StrategyFactory(name="Affärsplan"), StrategyFactory(name="Växa")
    partner = PartnerPageFactory(strategies=[growth])
    AgreementPageFactory(parties=[partner], strategies=[growth, skills])

    assert [row.name for row in read_partner(partner, "sv", site_tree).strategies] == ["Affärsplan", "Växa"]


def test_what_a_block_shows_has_no_second_place_on_the_page(site_tree: SiteTree) -> None:
    kim, emma = ContactFactory(name="Kim"), ContactFactory(name="Emma")
    partner = PartnerPageFactory(contacts=[kim, emma])
    here, there = AgreementPageFactory(parties=[partner]), AgreementPageFactory(parties=[partner])
    with_content(
        partner,
        ("section", {"heading": "Mer", "content": [{"type": "contact", "value": {"contact": kim.pk}}]}),
        ("agreement", {"agreement": here.pk, "extent": "full"}),
    )

    contents = read_partner(partner, "sv", site_tree)

    assert [entry.page.pk for entry in contents.agreements_in_place] == [there.pk]
    assert [contact.name for contact in contents.contacts_in_place] == ["Emma"]
    assert len(contents.agreements) == 2


def test_blocks_name_rows_that_the_reader_gets_in_their_language(site_tree: SiteTree) -> None:
    kim, partner = ContactFactory(name="Kim", role="handläggare"), PartnerPageFactory()
    translated(kim, site_tree.english.locale, role="officer")
    agreement = AgreementPageFactory(title="Avsikt", parties=[partner], contacts=[kim])
    translated(agreement, site_tree.english.locale, title="Intent")
    home = site_tree.english.home
    with_content(
        home,
        ("contact", {"contact": kim.pk}),
        ("agreement", {"agreement": agreement.pk, "extent": "full"}),
        ("partner", {"partner": partner.pk}),
    )

    reader = Reader(site_tree.english.locale)
    contact, shown, other = (block.value for block in reader.read_pages([home])[0].content)

    assert reader.contact(contact["contact"]).role == "officer"
    assert reader.agreement(shown["agreement"]).page.title == "Intent"
    assert reader.agreement(shown["agreement"]).contacts[0].contact.role == "officer"
    assert reader.partner(other["partner"]).locale == site_tree.swedish.locale


def test_rich_text_links_lead_to_the_readers_language_and_never_to_a_draft(site_tree: SiteTree) -> None:
    partner, draft = PartnerPageFactory(title="Länsstyrelsen"), PartnerPageFactory(live=False)
    english = translated(partner, site_tree.english.locale, title="County board", slug="county-board")
    home = site_tree.english.home
    board = f'<a linktype="page" id="{partner.pk}">the board</a>'
    hidden = f'<a linktype="page" id="{draft.pk}">this</a>'
    home.introduction = f"<p>See {board} &amp; {hidden}.</p>"

    introduction = Reader(site_tree.english.locale).read_pages([home])[0].introduction

    assert 'href="/en/partners/county-board/"' in introduction.html
    assert f'data-id="{english.translation_key}"' in introduction.html
    assert "&amp; this.</p>" in introduction.html
    assert introduction.text == "See the board & this."


@pytest.mark.slow
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_number_of_queries_is_the_same_for_1_and_for_20_relations_of_each_kind(
    site_tree: SiteTree, language: str
) -> None:
    def partner_with(number: int) -> PartnerPage:
        partner = PartnerPageFactory(
            contacts=ContactFactory.create_batch(number),
            strategies=StrategyFactory.create_batch(number),
            related_partners=PartnerPageFactory.create_batch(number),
        )
        for _ in range(number):
            predecessor = AgreementPageFactory()
            agreement = AgreementPageFactory(
                parties=[partner, *PartnerPageFactory.create_batch(2)],
                contacts=[ContactFactory()],
                strategies=[StrategyFactory()],
                renews=predecessor,
            )
            with_content(
                agreement,
                ("contact", {"contact": ContactFactory().pk}),
                ("rich_text", f'<p><a linktype="page" id="{PartnerPageFactory().pk}">x</a></p>'),
            )
        return translated(partner, site_tree.english.locale) if language == "en" else partner

    counts = {}
    for number in (1, 20):
        page = PartnerPage.objects.get(pk=partner_with(number).pk)
        with CaptureQueriesContext(connection) as queries:
            contents = Reader(page.locale).read_partners([page])[0]
        assert len(contents.agreements) == number
        assert all(len(entry.parties) == 3 and entry.renews for entry in contents.agreements)
        counts[number] = len(queries)

    assert counts[1] == counts[20]


def test_agreements_are_in_order_of_status_and_then_the_latest_first(site_tree: SiteTree) -> None:
    partner = PartnerPageFactory()
    for title, values in {
        "gammalt": {"signed": "2001", "end_kind": "date", "end_date": "2003"},
        "äldre": {"signed": "2014-01"},
        "nyare": {"signed": "2019"},
        "odaterat": {},
        "kommande": {"valid_from": "2999"},
    }.items():
        AgreementPageFactory(title=title, parties=[partner], **values)

    titles = [entry.page.title for entry in read_partner(partner, "sv", site_tree).agreements]

    assert titles == ["nyare", "äldre", "odaterat", "kommande", "gammalt"]
    assert AgreementPage.objects.count() == 5
