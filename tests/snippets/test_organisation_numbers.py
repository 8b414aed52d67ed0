"""Organisation numbers: what is read, what is refused, and never a person's number."""

import copy
import json
import pickle
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models

from wagtail_localize.fields import SynchronizedField, get_translatable_fields

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.se import orgnr

from wagtail_partnerships.snippets.organisation_numbers import (
    OrganisationNumber,
    OrganisationNumberField,
    OrganisationNumberFormField,
)

VECTORS = Path(__file__).resolve().parents[2] / "../shared/samples/vectors.json"


@st.composite
def organisation_numbers(draw: st.DrawFn) -> str:
    first = draw(st.sampled_from("12356789"))
    second = draw(st.sampled_from("0123456789"))
    third = draw(st.sampled_from("23456789"))
    rest = draw(st.text("0123456789", min_size=6, max_size=6))
    number = first + second + third + rest
    return number + luhn.calc_check_digit(number)


class TestReading:
    @pytest.mark.parametrize(
        ("text", "digits"),
        [
            ("212000-0142", "2120000142"),
            ("2120000142", "2120000142"),
            (" 212000 0142 ", "2120000142"),
            ("21 20 00-0142", "2120000142"),
            ("212.000.0142", "2120000142"),
            ("212000\N{EN DASH}0142", "2120000142"),
            ("212000\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}0142", "2120000142"),
            ("162120000142", "2120000142"),
            ("16212000-0142", "2120000142"),
            ("16-212000-0142", "2120000142"),
            ("556036-0793", "5560360793"),
            ("202100-2916", "2021002916"),
        ],
    )
    def test_takes_what_people_write(self, text: str, digits: str) -> None:
        number = OrganisationNumber.parse(text)
        assert number == digits
        assert number.display == orgnr.format(digits)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("1234567-922", "shape"),
            ("212000-014", "shape"),
            ("212000-01422", "shape"),
            ("2120-000142", "shape"),
            ("SE212000014201", "shape"),
            ("212000-014X", "shape"),
            ("212000+0142", "shape"),
            ("２１２０００-０１４２", "shape"),
            ("٢١٢٠٠٠٠١٤٢", "shape"),
            ("212000\x000142", "shape"),
            ("", "shape"),
            ("1" * 1_000_000, "shape"),
            ("212000-0143", "checksum"),
            ("556036-0739", "checksum"),
            ("172120000142", "prefix"),
            ("002120000142", "prefix"),
            ("412000-0140", "group"),
            ("012000-0144", "group"),
        ],
    )
    def test_refuses_the_rest_and_says_why(self, text: str, code: str) -> None:
        with pytest.raises(ValidationError) as refused:
            OrganisationNumber.parse(text)
        assert refused.value.code == code
        assert refused.value.messages[0].endswith(".")

    @pytest.mark.parametrize(
        "text",
        [
            "811228-9874",  # the tax agency's own example of a personal number
            "8112289874",
            "19811228-9874",
            "198112289874",
            "201212121212",
            "121212-1212",
            "121212+1212",
            "16811228-9874",
            "701063-2391",  # a coordination number: the day plus 60
            "19701063-2391",
            "189001019802",
            "192120000142",
        ],
    )
    def test_personal_numbers_get_their_own_sentence_which_repeats_nothing(self, text: str) -> None:
        with pytest.raises(ValidationError) as refused:
            OrganisationNumber.parse(text)
        assert refused.value.code == "personal"
        assert not any(character.isdigit() for character in refused.value.messages[0])

    @given(organisation_numbers())
    def test_reads_back_what_it_shows(self, digits: str) -> None:
        number = OrganisationNumber.parse(digits)
        assert number == digits == OrganisationNumber.parse(number.display) == OrganisationNumber.parse(f"16{digits}")
        assert orgnr.is_valid(number.display)

    @given(organisation_numbers(), st.integers(0, 9), st.sampled_from("0123456789"))
    def test_one_wrong_digit_is_never_accepted(self, digits: str, place: int, wrong: str) -> None:
        assume(digits[place] != wrong)
        with pytest.raises(ValidationError):
            OrganisationNumber.parse(digits[:place] + wrong + digits[place + 1 :])

    @given(st.text() | st.text(alphabet="0123456789 -+.\x00", max_size=20))
    @example("16")
    def test_any_text_is_a_number_or_a_sentence(self, text: str) -> None:
        sentences = ["read"]
        try:
            number = OrganisationNumber.parse(text)
            assert orgnr.is_valid(number)
            assert number[2] >= "2"
        except ValidationError as error:
            sentences = error.messages
        assert sentences
        assert all(sentences)

    def test_vectors_of_real_pages(self) -> None:
        if not VECTORS.exists():
            pytest.skip("the vectors lie outside this repository")
        vectors = json.loads(VECTORS.read_text())["orgnr"]
        assert vectors
        for vector in vectors:
            if vector["valid"]:
                assert OrganisationNumber.parse(vector["in"])
            else:
                with pytest.raises(ValidationError):
                    OrganisationNumber.parse(vector["in"])


class TestValue:
    def test_is_plain_text_with_a_display_form(self) -> None:
        number = OrganisationNumber("2120000142")
        assert json.dumps(number) == '"2120000142"'
        assert number.display == "212000-0142"

    @pytest.mark.parametrize("text", ["", "212000-0142", "162120000142", "2120000142\n", "٢١٢٠٠٠٠١٤٢"])
    def test_holds_nothing_but_ten_digits(self, text: str) -> None:
        with pytest.raises(ValueError, match="ten digits"):
            OrganisationNumber(text)

    def test_survives_pickle_and_copy(self) -> None:
        number = OrganisationNumber("2120000142")
        for twin in (pickle.loads(pickle.dumps(number)), copy.deepcopy(number)):
            assert twin.display == "212000-0142"


class Registered(models.Model):
    """A model that no migration knows: what is asked of it needs no table."""

    number = OrganisationNumberField(blank=True)

    class Meta:
        app_label = "partnerships_registered"

    def __str__(self) -> str:
        return self.number


class TestField:
    def test_any_spelling_is_read_on_assignment(self) -> None:
        row = Registered(number="16212000-0142")
        row.full_clean()
        assert row.number == OrganisationNumber("2120000142")
        assert Registered(number=None).number == Registered().number == ""

    @pytest.mark.parametrize("rubbish", ["rubbish", "2120000143", "811228-9874"])
    def test_no_number_is_refused_by_validation_and_never_written(self, rubbish: str) -> None:
        row = Registered(number=rubbish)
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert set(refused.value.message_dict) == {"number"}
        with pytest.raises(ValidationError):
            Registered._meta.get_field("number").get_db_prep_save(rubbish, connection)

    def test_lookups_compare_the_stored_form(self) -> None:
        field = Registered._meta.get_field("number")
        assert field.get_prep_value("212000-0142") == "2120000142"
        assert field.get_prep_value("rubbish") == "rubbish"
        assert field.get_prep_value(None) == ""
        assert field.from_db_value(None) is None
        assert field.from_db_value("2120000142").display == "212000-0142"

    def test_is_synchronised_and_not_offered_for_translation(self) -> None:
        assert get_translatable_fields(Registered) == [SynchronizedField("number")]

    def test_deconstruction_and_column_type_are_stable(self) -> None:
        assert OrganisationNumberField(blank=True).deconstruct()[3] == {"blank": True}
        assert OrganisationNumberField().db_type(connection) == "varchar(10)"


class TestForm:
    def test_box_shows_the_hyphen(self) -> None:
        field = OrganisationNumberField(blank=True).formfield()
        assert 'value="212000-0142"' in field.widget.render("number", OrganisationNumber("2120000142"))
        assert 'value="rubbish"' in field.widget.render("number", "rubbish")

    def test_cleans_to_a_number_or_empty_text(self) -> None:
        field = OrganisationNumberField(blank=True).formfield()
        assert field.clean("212000-0142") == OrganisationNumber("2120000142")
        assert field.clean("") == field.clean(None) == ""
        with pytest.raises(ValidationError):
            field.clean("212000-0143")

    @pytest.mark.parametrize(
        ("initial", "data", "changed"),
        [
            (OrganisationNumber("2120000142"), "212000-0142", False),
            ("", "", False),
            (OrganisationNumber("2120000142"), "", True),
            (OrganisationNumber("2120000142"), "rubbish", True),
        ],
    )
    def test_notices_a_change_of_the_number_and_not_of_its_spelling(
        self, initial: Any, data: str, changed: bool
    ) -> None:
        assert OrganisationNumberFormField().has_changed(initial, data) is changed
