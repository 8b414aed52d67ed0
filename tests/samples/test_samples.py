"""Real pages have a home for each of their elements: entered through full_clean, published, and found again."""

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path

from wagtail.documents import get_document_model
from wagtail.models import Page

import pytest

from wagtail_partnerships.cms.demo.content import CONTENT, Content
from wagtail_partnerships.cms.demo.loading import DemoLoader
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.snippets.models import Contact, Strategy

from .entries import CSU, ESKILSTUNA, KALMAR, LINKOPING, SAMPLES, VARMLAND, VOLVO_CE, Sample

FOLDER = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("bare_site"),
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the samples are not on this machine"),
]
DAY = datetime.date(2024, 6, 1)


def enter(sample: Sample) -> None:
    """Load a sample below a fresh home page, in Swedish only."""
    partners, agreements = CONTENT.indexes
    content: Content = replace(
        CONTENT,
        home=replace(CONTENT.home, content=(), translated=False),
        indexes=(
            replace(partners, translated=False),
            replace(agreements, content=sample.agreements_index, translated=False),
        ),
        images=sample.images,
        documents=sample.documents,
        strategies=tuple(replace(entry, translated=False) for entry in sample.strategies),
        contacts=tuple(replace(entry, translated=False) for entry in sample.contacts),
        partners=tuple(replace(entry, translated=False) for entry in sample.partners),
        agreements=tuple(replace(entry, translated=False) for entry in sample.agreements),
        logo=None,
        showpiece=CONTENT.home.key,
    )
    DemoLoader(DAY, content).load()


def told() -> str:
    """Return all that the database holds of pages with their rows, contacts, strategies and documents."""
    pages = [page.specific for page in Page.objects.filter(depth__gt=1)]
    rows = [*pages, *Contact.objects.all(), *Strategy.objects.all()]
    held = [*(row.serializable_data() for row in rows), *(page.content.get_prep_value() for page in pages)]
    held += get_document_model().objects.values_list("title", flat=True)
    return json.dumps(held, ensure_ascii=False, default=str)


def agreement(slug: str) -> AgreementPage:
    return AgreementPage.objects.get(slug=slug)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.filename)
def test_page_is_entered_published_and_found_again(sample: Sample) -> None:
    enter(sample)

    assert PartnerPage.objects.filter(live=True).count() == len(sample.partners)
    assert AgreementPage.objects.filter(live=True).count() == len(sample.agreements)
    text = (FOLDER / sample.filename).read_text()
    page = " ".join(text.split())
    held = told()
    for name in sample.names:
        assert name in page, f"the sample says {name} in other words"
        assert name in held, name
    numbers = {re.sub(r"\D", "", found) for found in re.findall(r"Telefon: *([\d -]+)", text)}
    assert {re.sub(r"\D", "", contact.phone.display) for contact in Contact.objects.exclude(phone="")} == numbers


def test_several_agreements_of_one_partner_keep_their_own_contacts() -> None:
    enter(ESKILSTUNA)
    contacts = {page.slug: [row.contact.name for row in page.contacts.all()] for page in AgreementPage.objects.all()}
    assert contacts == {
        "samverkansavtalet": ["Lova Testborg"],
        "samhallskontraktet": ["Karin Exempelsson"],
        "sormlandskontraktet": [],
    }
    names = [str(party) for party in agreement("samhallskontraktet").parties.all()]
    assert names == ["Eskilstuna kommun", "Västerås stad", "Landstinget Västmanland", "Landstinget Sörmland"]


def test_renewed_agreement_takes_over() -> None:
    enter(VOLVO_CE)
    assert agreement("strategiskt").status_on(DAY) == "active"
    assert agreement("strategiskt-2013").status_on(DAY) == "superseded"


def test_type_words_that_overlap_are_both_kept() -> None:
    enter(LINKOPING)
    page = agreement("linkoping")
    assert [row.agreement_type for row in page.agreement_types.all()] == [
        "collaboration_agreement",
        "strategic_partnership",
    ]
    assert page.label == "samverkansavtal/strategiskt partnerskap"


def test_three_years_from_a_day_end_the_day_before() -> None:
    enter(KALMAR)
    page = agreement("fornyat-partnerskap")
    assert [page.status_on(datetime.date(2025, 12, 31)), page.status_on(datetime.date(2026, 1, 1))] == [
        "active",
        "expired",
    ]
    assert [(row.name, row.on_behalf_of) for row in page.signatories.all()] == [("Malva Laubprov (S)", "Växjö kommun")]


def test_rows_of_a_table_keep_their_periods() -> None:
    enter(CSU)
    periods = {page.slug: (page.status_on(DAY), page.end_kind) for page in AgreementPage.objects.all()}
    assert periods == {
        "row-1": ("active", "until_further_notice"),
        "row-2": ("expired", "date"),
        "row-3": ("active", "until_further_notice"),
        "row-4": ("active", "date"),
        "row-5": ("active", "not_stated"),
        "row-6": ("active", "not_stated"),
        "row-7": ("active", "not_stated"),
        "row-8": ("active", "date"),
    }
    assert AgreementPage.objects.filter(renewal_pending=True).count() == 3
    row = agreement("row-1")
    assert (str(row.since), str(row.signed), row.parties.get().country) == ("1999", "2008-11-17", "AR")


def test_seventeen_parties_keep_their_order() -> None:
    enter(VARMLAND)
    names = [str(party) for party in agreement("varmland").parties.all()]
    assert len(names) == 17
    assert (names[0], names[1], names[16]) == ("Region Värmland", "Arvika kommun", "Årjängs kommun")
