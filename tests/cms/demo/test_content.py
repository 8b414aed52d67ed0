"""What the demo content says, looked at as data: nobody real, no sentence of another, every status on any day."""

import datetime
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from wagtail_partnerships.cms.demo.content import CONTENT
from wagtail_partnerships.cms.demo.entries import AgreementEntry, Block, Entry, FromToday, bilingual
from wagtail_partnerships.cms.demo.loading import waiting_pages
from wagtail_partnerships.cms.demo.translating import phrase_book
from wagtail_partnerships.site_pages.agreement_types import AgreementType
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.site_pages.status import AgreementStatus, has_started, is_expiring_on, status_of
from wagtail_partnerships.snippets.models import Contact, Strategy
from wagtail_partnerships.snippets.partial_dates import PartialDate
from wagtail_partnerships.snippets.phones import Phone

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
ENTRIES: tuple[Entry, ...] = (
    *CONTENT.images,
    *CONTENT.documents,
    *CONTENT.strategies,
    *CONTENT.contacts,
    *CONTENT.pages(),
)
AGREEMENTS = {agreement.key.partition("/")[2]: agreement for agreement in CONTENT.agreements}
EXPECTED = {
    "sormlandskontraktet": AgreementStatus.EXPIRED,
    "eskilstuna-2018": AgreementStatus.SUPERSEDED,
    "volvo-ce-2013": AgreementStatus.SUPERSEDED,
    "exempelkraft": AgreementStatus.IN_PREPARATION,
    "malarmodell": AgreementStatus.UPCOMING,
    "nasta-generation": AgreementStatus.TERMINATED,
}
EXPIRING = {"eskilstuna-nu", "nordautomation"}
# Every day of a leap year and of the one after it: months of all lengths, both ends of the year.
DAYS = [datetime.date(2028, 1, 1) + datetime.timedelta(days=number) for number in range(731)]


def texts(value: Any) -> list[str]:
    """Return every string in an entry, both languages included."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for part in fields(value) for text in texts(getattr(value, part.name))]
    if isinstance(value, dict):
        return [text for part in (*value.keys(), *value.values()) for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, (list, tuple)) else []


def block_types(value: Any) -> set[str]:
    found = {value.type} if isinstance(value, Block) else set()
    if is_dataclass(value):
        return found.union(*(block_types(getattr(value, part.name)) for part in fields(value)))
    if isinstance(value, dict):
        value = tuple(value.values())
    return found.union(*map(block_types, value)) if isinstance(value, (list, tuple)) else found


def as_page(entry: AgreementEntry, today: datetime.date) -> AgreementPage:
    def edtf(date: Any) -> Any:
        return date.edtf(today) if isinstance(date, FromToday) else date

    names = ("signed", "since", "valid_from", "end_date", "outcome_date")
    dates = {name: edtf(getattr(entry, name)) for name in names}
    return AgreementPage(title=entry.key, end_kind=entry.end_kind, outcome=entry.outcome, **dates)


@pytest.mark.django_db
class TestDates:
    @pytest.mark.slow
    def test_statuses_hold_on_the_day_of_loading_whatever_the_day(self) -> None:
        successors = {agreement.renews.key: agreement for agreement in CONTENT.agreements if agreement.renews}
        for day in DAYS:
            for key, entry in AGREEMENTS.items():
                page = as_page(entry, day)
                page.clean()
                successor = successors.get(entry.key)
                superseded = successor is not None and has_started(as_page(successor, day), day)
                status = status_of(page, day, is_superseded=superseded)
                assert status == EXPECTED.get(key, AgreementStatus.ACTIVE), f"{key} on {day}"
                assert is_expiring_on(page, status, day) == (key in EXPIRING), f"{key} on {day}"

    def test_statuses_hold_for_the_month_after_loading(self) -> None:
        for day in DAYS[::7]:
            later = day + datetime.timedelta(days=30)
            for key in ("malarmodell", *EXPIRING):
                page = as_page(AGREEMENTS[key], day)
                assert status_of(page, later, is_superseded=False) == EXPECTED.get(key, AgreementStatus.ACTIVE)

    def test_every_status_is_there(self) -> None:
        assert {EXPECTED.get(key, AgreementStatus.ACTIVE) for key in AGREEMENTS} == set(AgreementStatus)

    def test_dates_come_in_every_precision_and_every_place(self) -> None:
        pages = [as_page(entry, DAYS[0]) for entry in CONTENT.agreements]
        precisions = PartialDate.Precision
        for name, wanted in {
            "signed": set(precisions),
            "since": {precisions.YEAR},
            "valid_from": set(precisions),
            "end_date": set(precisions),
        }.items():
            assert wanted <= {getattr(page, name).precision for page in pages if getattr(page, name)}, name
        assert {page.end_kind for page in pages} == set(AgreementPage.EndKind)
        assert any(not page.has_dates and not page.outcome for page in pages)

    @pytest.mark.parametrize(
        ("date", "today", "expected"),
        [
            (FromToday(years=1), "2028-02-29", "2029-02-28"),
            (FromToday(months=1), "2027-01-31", "2027-02-28"),
            (FromToday(months=-2), "2027-01-15", "2026-11-15"),
            (FromToday(days=1), "2027-12-31", "2028-01-01"),
            (FromToday(months=12, precision="month"), "2027-12-31", "2028-12"),
            (FromToday(years=-1, precision="year"), "2027-12-31", "2026"),
        ],
    )
    def test_dates_are_counted_from_today_by_the_calendar(self, date: FromToday, today: str, expected: str) -> None:
        assert date.edtf(datetime.date.fromisoformat(today)) == expected


class TestVariety:
    def test_every_block_type_is_used(self) -> None:
        known = set(PartnerPage._meta.get_field("content").stream_block.child_blocks)
        assert block_types([page.content for page in CONTENT.pages()]) == known

    def test_there_are_partners_of_every_kind(self) -> None:
        assert {partner.organisation_type for partner in CONTENT.partners} == set(PartnerPage.OrganisationType)
        assert any(partner.country != "SE" for partner in CONTENT.partners)
        assert len(CONTENT.partners) >= 12

    def test_there_are_agreements_of_every_type(self) -> None:
        assert {code for agreement in CONTENT.agreements for code in agreement.types} == set(AgreementType)
        assert len(CONTENT.agreements) >= 10

    def test_there_are_strategies_and_contacts_of_every_kind(self) -> None:
        assert {strategy.kind for strategy in CONTENT.strategies} == set(Strategy.Kind)
        assert {contact.kind for contact in CONTENT.contacts} == set(Contact.Kind)
        channels = {(bool(contact.phone), bool(contact.email), bool(contact.form_link)) for contact in CONTENT.contacts}
        assert {(False, False, False), (True, True, True), (True, False, False), (False, True, False)} <= channels

    def test_one_agreement_has_five_parties_and_one_seventeen(self) -> None:
        assert {len(AGREEMENTS["samhallskontraktet"].parties), len(AGREEMENTS["varmland"].parties)} == {5, 17}
        assert sum(party.partner is None for party in AGREEMENTS["varmland"].parties) == 15

    def test_one_partner_has_two_agreements_with_a_contact_each(self) -> None:
        ours = [AGREEMENTS["eskilstuna-nu"], AGREEMENTS["samhallskontraktet"]]
        assert all(
            "partner/eskilstuna-kommun" in {party.partner.key for party in each.parties if party.partner}
            for each in ours
        )
        assert len({contact.key for each in ours for contact in each.contacts}) == 2

    def test_a_party_stands_under_its_former_name(self) -> None:
        parties = AGREEMENTS["samhallskontraktet"].parties
        assert "Landstinget Sörmland" in {party.name for party in parties if party.partner}

    def test_one_agreement_renews_another_and_one_is_part_of_another(self) -> None:
        assert AGREEMENTS["eskilstuna-nu"].renews
        part_of = AGREEMENTS["sormlandskontraktet"].part_of
        assert part_of
        assert "framework_agreement" in next(entry for entry in CONTENT.agreements if entry.key == part_of.key).types

    def test_about_half_is_translated(self) -> None:
        pages = [*CONTENT.partners, *CONTENT.agreements]
        assert 0.4 < sum(page.translated for page in pages) / len(pages) < 0.65

    def test_keys_are_unique(self) -> None:
        keys = [entry.key for entry in ENTRIES]
        assert len(keys) == len(set(keys))

    def test_only_pages_that_show_later_ones_wait_for_their_content(self) -> None:
        waiting = waiting_pages(CONTENT)
        assert "home" in waiting
        assert "partner/vasteras-stad" in waiting
        assert "agreement/samhallskontraktet" not in waiting


class TestPeople:
    def test_phone_numbers_are_those_that_are_kept_free_for_fiction(self) -> None:
        ranges = [("+46313900600", 100), ("+46406280400", 100), ("+46846500400", 100), ("+46980319200", 100)]
        free = {f"+{int(first) + number}" for first, count in ranges for number in range(count)}
        for contact in CONTENT.contacts:
            if contact.phone and contact.key != "contact/emma-mossberg":
                assert Phone.parse(contact.phone) in free, contact.name

    def test_no_text_holds_another_phone_number(self) -> None:
        allowed = {Phone.parse(contact.phone) for contact in CONTENT.contacts if contact.phone}
        for entry in ENTRIES:
            for text in texts(entry):
                for match in phonenumbers.PhoneNumberMatcher(text, "SE"):
                    e164 = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
                    assert e164 in allowed, text

    def test_mail_goes_to_example_domains(self) -> None:
        addresses = re.findall(r"[\w.-]+@([\w.-]+)", " ".join(text for entry in ENTRIES for text in texts(entry)))
        assert addresses
        assert set(addresses) <= {"example.se", "example.com"}

    def test_one_person_only_is_real(self) -> None:
        invented = re.compile(r"Exempel|Prov|Påhitt|Attrapp|Modell|Test|Mönster|Fiktiv|service|kontoret")
        names = {contact.name for contact in CONTENT.contacts}
        names |= {signatory.name for agreement in CONTENT.agreements for signatory in agreement.signatories}
        assert {name for name in names if not invented.search(name)} == {"Emma Mossberg"}


class TestEnglish:
    # Words that stand in almost every Swedish sentence, and that no English one has.
    SWEDISH = re.compile(r"\b(?:och|som|för|är|att|med|det|till|av|på|vi|har)\b")
    # What only the own staff reads, in Swedish.
    INTERNAL = ("responsible_unit", "internal_notes", "outcome_reason")

    @pytest.mark.parametrize("entry", list(CONTENT.translated()), ids=lambda entry: entry.key)
    def test_is_english(self, entry: Entry) -> None:
        for words in bilingual(entry):
            told = re.sub(r"<[^>]+>", " ", words.en).replace("Kompetens för Tillväxt", "")
            assert not self.SWEDISH.search(told), words.en
            assert words.en.strip()

    @pytest.mark.parametrize("entry", list(CONTENT.translated()), ids=lambda entry: entry.key)
    def test_leaves_no_swedish_sentence_untranslated(self, entry: Entry) -> None:
        known = {text for words in bilingual(entry) for text in (words.sv, words.en)}
        known |= {getattr(entry, name, "") for name in self.INTERNAL}
        for text in texts(entry):
            is_key = re.fullmatch(r"[\w/-]+", text)
            assert text in known or is_key or not self.SWEDISH.search(text), text

    @pytest.mark.parametrize("entry", list(CONTENT.translated()), ids=lambda entry: entry.key)
    def test_has_as_many_paragraphs_as_the_swedish(self, entry: Entry) -> None:
        assert phrase_book(entry)

    def test_one_swedish_string_has_one_english_in_each_entry(self) -> None:
        for entry in CONTENT.translated():
            pairs: dict[str, str] = {}
            for words in bilingual(entry):
                assert pairs.setdefault(words.sv, words.en) == words.en


def shingles(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """Return every run of ``length`` words."""
    words = re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text).lower())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not on this machine")
def test_no_sentence_is_copied_from_a_sample() -> None:
    ours = set[tuple[str, ...]]().union(*(shingles(text) for entry in ENTRIES for text in texts(entry)))
    compared = 0
    for path in SAMPLES.glob("*.txt"):
        theirs = shingles(path.read_text())
        compared += len(theirs)
        assert not ours & theirs, path.name
    assert compared > 1000
