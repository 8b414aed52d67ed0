"""Phone numbers: every Swedish spelling in, E.164 stored, Swedish display out."""

import copy
import json
import pickle
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import translation

from wagtail.models import Locale

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wagtail_partnerships.snippets.models import Contact
from wagtail_partnerships.snippets.phones import Phone, PhoneField, PhoneFormField

VECTORS = Path(__file__).resolve().parents[2] / "../shared/samples/vectors.json"
PLAN = {
    region: number
    for region in phonenumbers.SUPPORTED_REGIONS
    if (number := phonenumbers.example_number(region)) and phonenumbers.is_valid_number(number)
}


class TestReading:
    @pytest.mark.parametrize(
        ("text", "e164", "display"),
        [
            ("021- 10 19 93", "+4621101993", "021-10 19 93"),
            ("021-101993", "+4621101993", "021-10 19 93"),
            ("021/10 19 93", "+4621101993", "021-10 19 93"),
            ("021.10.19.93", "+4621101993", "021-10 19 93"),
            ("(021) 10 19 93", "+4621101993", "021-10 19 93"),
            ("(0)21 10 19 93", "+4621101993", "021-10 19 93"),
            ("021\N{EN DASH}10\N{NO-BREAK SPACE}19\N{THIN SPACE}93", "+4621101993", "021-10 19 93"),
            ("+46 21 10 19 93", "+4621101993", "021-10 19 93"),
            ("+46 (0)21 10 19 93", "+4621101993", "021-10 19 93"),
            ("+46(0)21-10 19 93", "+4621101993", "021-10 19 93"),
            ("+46 ( 0 ) 21-10 19 93", "+4621101993", "021-10 19 93"),
            ("004621101993", "+4621101993", "021-10 19 93"),
            ("0046 (0)21 10 19 93", "+4621101993", "021-10 19 93"),
            ("tel:+46 21 10 19 93", "+4621101993", "021-10 19 93"),
            ("TEL:+4621101993", "+4621101993", "021-10 19 93"),
            ("Tel. 021-10 19 93", "+4621101993", "021-10 19 93"),
            ("Tfn: 021-10 19 93", "+4621101993", "021-10 19 93"),
            ("Växel 021-10 19 93", "+4621101993", "021-10 19 93"),
            ("+46 8-46500412", "+46846500412", "08-465 004 12"),
            ("031-390 06 51", "+46313900651", "031-390 06 51"),
            ("0159-123 45", "+4615912345", "0159-123 45"),
            ("031-12 34 56", "+4631123456", "031-12 34 56"),
            ("08-550 123 45", "+46855012345", "08-550 123 45"),
            ("070-123 45 67", "+46701234567", "070-123 45 67"),
            ("020-22 40 40", "+4620224040", "020-22 40 40"),
            ("+47 22 12 34 56", "+4722123456", "+47 22 12 34 56"),
            ("0047 22 12 34 56", "+4722123456", "+47 22 12 34 56"),
            ("+358 9 1234567", "+35891234567", "+358 9 1234567"),
            ("+39 06 6982", "+39066982", "+39 06 6982"),
            ("+44 (0)20 7946 0958", "+442079460958", "+44 20 7946 0958"),
        ],
    )
    def test_takes_what_people_write(self, text: str, e164: str, display: str) -> None:
        phone = Phone.parse(text)
        assert (phone, phone.display) == (e164, display)

    @pytest.mark.parametrize(
        ("text", "code", "advice"),
        [
            ("tel:+46012345678", "trunk", "+46 123 456 78"),
            ("+46021101993", "trunk", "+46 21 10 19 93"),
            ("0046 021-10 19 93", "trunk", "+46 21 10 19 93"),
            ("+44 020 7946 0958", "trunk", "+44 20 7946 0958"),
            ("021-10 19 93 ankn 12", "extension", "021-10 19 93"),
            ("021-10 19 93 ankn. 1234", "extension", "direct"),
            ("021-10 19 93 anknytning 12", "extension", "direct"),
            ("021-10 19 93 ext. 12", "extension", "direct"),
            ("021-10 19 93 x12", "extension", "direct"),
            ("tel:+46-21-101993;ext=12", "extension", "direct"),
            ("101993", "area_code", "021-10 19 93"),
            ("112", "area_code", "021-10 19 93"),
            ("1177", "area_code", "+46"),
            ("46 21 10 19 93", "area_code", "+46"),
            ("021", "incomplete", "021-10 19 93"),
            ("0", "incomplete", "021-10 19 93"),
            ("+", "characters", "021-10 19 93"),
            ("+46", "incomplete", "021-10 19 93"),
            ("+999 123456", "incomplete", "+47"),
            ("021-10 19 93 99 99 99 99", "incomplete", "021-10 19 93"),
            ("021-10 19 93 / 021-10 19 94", "incomplete", "021-10 19 93"),
            ("021-10 19 93, 070-123 45 67", "characters", "021-10 19 93"),
            ("ring växeln", "characters", "021-10 19 93"),
            ("tel:", "characters", "021-10 19 93"),
            ("020-FLOWERS", "characters", "021-10 19 93"),
            ("021-1O 19 93", "characters", "021-10 19 93"),
            ("++4621101993", "characters", "021-10 19 93"),
            ("021+101993", "characters", "021-10 19 93"),
            ("٠٢١-١٠١٩٩٣", "characters", "021-10 19 93"),
            ("０２１-１０１９９３", "characters", "021-10 19 93"),
            ("021-10\x0019 93", "characters", "021-10 19 93"),
            ("1" * 1_000_000, "characters", "021-10 19 93"),
        ],
    )
    def test_refuses_the_rest_and_says_what_to_write(self, text: str, code: str, advice: str) -> None:
        with pytest.raises(ValidationError) as refused:
            Phone.parse(text)
        assert refused.value.code == code
        with translation.override("en"):
            assert advice in refused.value.messages[0]

    @pytest.mark.parametrize("region", sorted(PLAN))
    def test_reads_back_what_it_shows_in_every_country(self, region: str) -> None:
        phone = Phone(phonenumbers.format_number(PLAN[region], phonenumbers.PhoneNumberFormat.E164))
        assert phone == Phone.parse(phone) == Phone.parse(phone.display) == Phone.parse(phone.uri)

    @given(st.integers(min_value=1_000_000, max_value=999_999_999))
    def test_reads_back_what_it_shows_for_any_swedish_number(self, digits: int) -> None:
        try:
            phone = Phone.parse(f"0{digits}")
        except ValidationError:
            return
        assert phone == f"+46{digits}"
        assert phone.display.startswith("0")
        assert phone == Phone.parse(phone.display) == Phone.parse(phone.international)

    @given(st.text() | st.text(alphabet="0123456789 +-()/.;ext=telankn\x00", max_size=60))
    @example("(")
    @example("+(0)")
    @example("00")
    def test_any_text_is_a_number_or_a_sentence(self, text: str) -> None:
        phone, sentences = None, ["read"]
        try:
            phone = Phone.parse(text)
        except ValidationError as error:
            sentences = error.messages
        assert phone is None or phone == Phone(phone) == Phone.parse(phone.display)
        assert sentences
        assert all(sentences)

    def test_vectors_of_real_pages(self) -> None:
        if not VECTORS.exists():
            pytest.skip("the vectors lie outside this repository")
        vectors = json.loads(VECTORS.read_text())["phone"]
        assert vectors
        for vector in vectors:
            if "e164" in vector:
                phone = Phone.parse(vector["in"])
                assert phone == vector["e164"]
                assert phone.display == vector.get("display", phone.display)
            else:
                with pytest.raises(ValidationError):
                    Phone.parse(vector["in"])


class TestValue:
    def test_is_plain_text_with_a_link_and_a_display_form(self) -> None:
        phone = Phone("+4621101993")
        assert json.dumps(phone) == '"+4621101993"'
        assert (phone.e164, phone.uri) == ("+4621101993", "tel:+4621101993")
        assert (phone.display, phone.international) == ("021-10 19 93", "+46 21 10 19 93")
        assert f"{phone}" == "+4621101993"

    @pytest.mark.parametrize(
        "text", ["", "021-10 19 93", "4621101993", "+46012345678", "+46 21", "+0123456789", "+46211\n"]
    )
    def test_holds_nothing_but_e164(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"E\.164"):
            Phone(text)

    def test_survives_pickle_and_copy(self) -> None:
        phone = Phone("+4621101993")
        for twin in (pickle.loads(pickle.dumps(phone)), copy.deepcopy(phone)):
            assert twin == phone
            assert twin.display == "021-10 19 93"


def contact(**values: Any) -> Contact:
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    return Contact.objects.create(**{"name": "Växeln", "kind": Contact.Kind.OFFICE, "locale": locale, **values})


@pytest.mark.django_db
class TestField:
    def test_any_spelling_is_stored_as_e164(self) -> None:
        row = contact(phone="021- 10 19 93")
        assert row.phone == "+4621101993"
        row.refresh_from_db()
        assert isinstance(row.phone, Phone)
        assert Contact.objects.filter(phone="021-10 19 93").values_list("phone", flat=True).get() == "+4621101993"

    def test_none_is_empty_text(self) -> None:
        assert contact(phone=None).phone == ""
        assert Contact.objects.filter(phone="").exists()

    def test_no_number_is_refused_by_validation_and_never_written(self) -> None:
        row = contact(phone="021-10 19 93")
        for rubbish in ("rubbish", "+46012345678"):
            row.phone = rubbish
            with pytest.raises(ValidationError) as refused:
                row.full_clean()
            assert set(refused.value.message_dict) == {"phone"}
            with pytest.raises(ValidationError), transaction.atomic():
                row.save()
            with pytest.raises(ValidationError), transaction.atomic():
                Contact.objects.update(phone=rubbish)
        assert Contact.objects.values_list("phone", flat=True).get() == "+4621101993"

    def test_lookup_for_no_number_finds_nothing(self) -> None:
        contact(phone="021-10 19 93")
        assert not Contact.objects.filter(phone="rubbish").exists()
        assert Contact.objects.filter(phone__contains="1019").exists()

    def test_number_that_the_plan_no_longer_has_stays_readable_but_asks_for_a_new_one(self) -> None:
        row = contact()
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {Contact._meta.db_table} SET phone = '+4699999999999'")
        row.refresh_from_db()
        assert isinstance(row.phone, Phone)
        assert row.phone.display
        row.save()
        assert row.save_revision(clean=False).as_object().phone == "+4699999999999"
        with pytest.raises(ValidationError):
            row.full_clean()

    def test_revision_holds_text_and_gives_back_a_phone(self) -> None:
        revision = contact(phone="021-10 19 93").save_revision()
        assert revision.content["phone"] == "+4621101993"
        assert revision.as_object().phone.display == "021-10 19 93"

    def test_outer_join_gives_none(self) -> None:
        assert PhoneField().from_db_value(None) is None

    def test_deconstruction_names_no_setting(self, settings: Any) -> None:
        settings.PHONENUMBER_DEFAULT_REGION = "NO"
        assert PhoneField().to_python("22 12 34 56") == "+4722123456"
        assert PhoneField(blank=True).deconstruct()[3] == {"blank": True}
        assert PhoneField(region="FI").deconstruct()[3] == {"region": "FI"}
        assert PhoneField(region="FI").to_python("09 1234567") == "+35891234567"

    def test_column_type_is_the_same_on_every_database(self) -> None:
        assert PhoneField().db_type(connection) == "varchar(16)"


class TestForm:
    def test_box_shows_the_display_form_and_leaves_room_for_any_spelling(self) -> None:
        field = PhoneField(blank=True).formfield()
        html = field.widget.render("phone", field.prepare_value(Phone("+4621101993")))
        assert 'value="021-10 19 93"' in html
        assert 'type="tel"' in html
        assert "maxlength" not in html
        assert 'value="rubbish"' in field.widget.render("phone", "rubbish")

    def test_cleans_to_a_phone_or_empty_text(self) -> None:
        field = PhoneField(blank=True).formfield()
        assert field.clean("Tfn. 021-10 19 93") == Phone("+4621101993")
        assert field.clean("  ") == field.clean(None) == ""
        with pytest.raises(ValidationError, match=r"\+46 123 456 78"):
            field.clean("tel:+46012345678")

    @pytest.mark.parametrize(
        ("initial", "data", "changed"),
        [
            (Phone("+4621101993"), "021-10 19 93", False),
            (Phone("+4621101993"), "+46 21 10 19 93", False),
            ("", "", False),
            (None, "", False),
            (Phone("+4621101993"), "", True),
            (Phone("+4621101993"), "021-10 19 94", True),
            (Phone("+4621101993"), "rubbish", True),
        ],
    )
    def test_notices_a_change_of_the_number_and_not_of_its_spelling(
        self, initial: str | None, data: str, changed: bool
    ) -> None:
        assert PhoneFormField().has_changed(initial, data) is changed
