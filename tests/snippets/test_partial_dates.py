"""Partial dates: the value, what people may write, and how a model and a block keep them."""

import copy
import datetime
import json
import pickle
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wagtail_partnerships.snippets.partial_dates import (
    MAX_YEAR,
    MIN_YEAR,
    PartialDate,
    PartialDateFormField,
)

VECTORS = Path(__file__).resolve().parents[2] / "../shared/samples/vectors.json"

days = st.dates(datetime.date(MIN_YEAR, 1, 1), datetime.date(MAX_YEAR, 12, 31))
partial_dates = st.builds(lambda day, length: PartialDate(day.isoformat()[:length]), days, st.sampled_from([4, 7, 10]))


def read(text: object) -> PartialDate | None:
    return PartialDateFormField(required=False).clean(text)


class TestValue:
    @pytest.mark.parametrize(
        ("value", "precision", "earliest", "latest"),
        [
            ("2014", "year", "2014-01-01", "2014-12-31"),
            ("2014-01", "month", "2014-01-01", "2014-01-31"),
            ("2014-02", "month", "2014-02-01", "2014-02-28"),
            ("2016-02", "month", "2016-02-01", "2016-02-29"),
            ("1900-02", "month", "1900-02-01", "1900-02-28"),
            ("2000-02", "month", "2000-02-01", "2000-02-29"),
            ("2014-12", "month", "2014-12-01", "2014-12-31"),
            ("2016-02-29", "day", "2016-02-29", "2016-02-29"),
            ("1000", "year", "1000-01-01", "1000-12-31"),
            ("2999", "year", "2999-01-01", "2999-12-31"),
        ],
    )
    def test_knows_the_days_that_it_can_mean(self, value: str, precision: str, earliest: str, latest: str) -> None:
        date = PartialDate.parse(value)
        assert str(date) == value
        assert date.parts == {"value": value, "precision": precision, "earliest": earliest, "latest": latest}

    @pytest.mark.parametrize(
        "text",
        [
            *("", " ", "14", "0999", "3000", "9999", "20140", "2014-1", "2014-00", "2014-13", "2014-01-00"),
            *("2014-01-32", "2015-02-29", "20140115", "2014/01", "2014-01-15T00:00", "2014-01-15\n", " 2014"),
            *("2014~", "2014?", "201X", "-2014", "2014/2015", "٢٠١٤", "２０１４", "2014\x00", "januari 2014"),
        ],
    )
    def test_parses_nothing_but_dates_of_edtf_level_0(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"YYYY|year|month|day"):
            PartialDate.parse(text)

    @pytest.mark.parametrize(
        ("value", "swedish", "english"),
        [
            ("2014", "2014", "2014"),
            ("2014-01", "januari 2014", "January 2014"),
            ("2014-01-15", "15 januari 2014", "15 January 2014"),
            ("2014-05-01", "1 maj 2014", "1 May 2014"),
        ],
    )
    def test_is_shown_in_words(self, value: str, swedish: str, english: str) -> None:
        date = PartialDate.parse(value)
        assert (date.format("sv"), date.format("en")) == (swedish, english)
        for language, words in (("sv", swedish), ("en", english)):
            with translation.override(language):
                assert date.display == date.format() == words

    def test_sorts_by_first_day_and_wider_first(self) -> None:
        in_order = ["2013-12-31", "2014", "2014-01", "2014-01-01", "2014-01-02", "2014-02", "2015"]
        assert [date.value for date in sorted(map(PartialDate, reversed(in_order)))] == in_order

    def test_equal_dates_are_one_key(self) -> None:
        assert {PartialDate("2014"): 1} == {PartialDate.parse("2014"): 1}
        assert PartialDate("2014") != PartialDate("2014-01")
        assert PartialDate("2014") != "2014"

    def test_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            PartialDate("2014").value = "2015"  # type: ignore[misc]  # the point of the test

    @given(partial_dates)
    def test_survives_text_pickle_and_copy(self, date: PartialDate) -> None:
        assert date == PartialDate.parse(str(date)) == pickle.loads(pickle.dumps(date)) == copy.deepcopy(date)
        assert hash(date) == hash(PartialDate(date.value))

    @given(partial_dates)
    def test_earliest_is_never_after_latest(self, date: PartialDate) -> None:
        assert date.earliest <= date.latest
        following = date.latest + datetime.timedelta(days=1)
        assert date.earliest.isoformat().startswith(date.value)
        assert date.latest.isoformat().startswith(date.value)
        assert not following.isoformat().startswith(date.value)

    @given(partial_dates, partial_dates)
    def test_order_agrees_with_first_days(self, one: PartialDate, other: PartialDate) -> None:
        assert (one < other) == ((one.earliest, len(one.value)) < (other.earliest, len(other.value)))


class TestReading:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("2014", "2014"),
            ("  2014 ", "2014"),
            ("2014-01", "2014-01"),
            ("2014-1", "2014-01"),
            ("2014-1-5", "2014-01-05"),
            ("2014-01-15", "2014-01-15"),
            ("2014\N{EN DASH}01\N{NON-BREAKING HYPHEN}15", "2014-01-15"),
            ("2014/01/15", "2014-01-15"),
            ("2014.01.15", "2014-01-15"),
            ("20140115", "2014-01-15"),
            ("januari 2014", "2014-01"),
            ("Januari  2014", "2014-01"),
            ("JANUARI\N{NO-BREAK SPACE}2014", "2014-01"),
            ("i januari 2014", "2014-01"),
            ("January 2014", "2014-01"),
            ("jan 2014", "2014-01"),
            ("jan. 2014", "2014-01"),
            ("maj 2014", "2014-05"),
            ("May 2014", "2014-05"),
            ("okt 2014", "2014-10"),
            ("Oct 2014", "2014-10"),
            ("Sept. 2014", "2014-09"),
            ("1/2014", "2014-01"),
            ("15 januari 2014", "2014-01-15"),
            ("den 15 januari 2014", "2014-01-15"),
            ("15 jan. 2014", "2014-01-15"),
            ("1:a maj 2014", "2014-05-01"),
            ("15. januari 2014", "2014-01-15"),
            ("15 January 2014", "2014-01-15"),
            ("15th of January 2014", "2014-01-15"),
            ("January 15, 2014", "2014-01-15"),
            ("March 3rd 2014", "2014-03-03"),
            ("29 februari 2016", "2016-02-29"),
            ("15/1 2014", "2014-01-15"),
            ("15/1-2014", "2014-01-15"),
            ("15.1.2014", "2014-01-15"),
            ("1/24/2023", "2023-01-24"),
            ("3/3/2014", "2014-03-03"),
        ],
    )
    def test_takes_what_people_write(self, text: str, value: str) -> None:
        assert read(text) == PartialDate(value)

    @pytest.mark.parametrize("text", ["1/2/2014", "1/2 2014", "1.2.2014", "01-02-2014"])
    def test_refuses_what_can_be_two_days_and_spells_out_both(self, text: str) -> None:
        with pytest.raises(ValidationError) as refused:
            read(text)
        assert refused.value.error_list[0].code == "ambiguous"
        (sentence,) = refused.value.messages
        assert "2014-02-01" in sentence
        assert "2014-01-02" in sentence

    @pytest.mark.parametrize("text", ["0999", "3000", "9999-12-31", "31 december 9999", "0000"])
    def test_refuses_years_out_of_range(self, text: str) -> None:
        with pytest.raises(ValidationError) as refused:
            read(text)
        assert refused.value.error_list[0].code == "year"
        assert "1000" in refused.value.messages[0]

    @pytest.mark.parametrize(
        "text",
        ["2014-02-30", "29 februari 2014", "2014-13", "2014-00", "31/4 2014", "20141301", "0/5/2014", "13/13/2014"],
    )
    def test_refuses_days_that_no_calendar_has(self, text: str) -> None:
        with pytest.raises(ValidationError) as refused:
            read(text)
        assert refused.value.error_list[0].code == "nonexistent"

    @pytest.mark.parametrize(
        "text",
        [
            *("fredag 11 december", "hösten 2015", "sedan 2009", "till och med 2017", "2018- 2021", "2018-2021"),
            *("tre år från och med 1 januari 2023", "no end date", "2021-04-13–15:30", "14", "201401", "2014-01/15"),
            *(
                "٢٠١٤",
                "２０１４",
                "२०१४-०१",
                "2014\x00",
                "\x00",
                "jan 14",
                "<script>",
                "2014-01-15T12:00",
                "1" * 1_000_000,
                "januari" + " " * 1_000_000 + "2014",
            ),
        ],
    )
    def test_refuses_the_rest_and_says_what_to_write(self, text: str) -> None:
        with pytest.raises(ValidationError) as refused:
            read(text)
        assert refused.value.error_list[0].code == "unreadable"
        assert "2014-01-15" in refused.value.messages[0]
        assert len(refused.value.messages[0]) < 200

    @pytest.mark.parametrize("empty", ["", "   ", None])
    def test_empty_is_none_and_can_be_required(self, empty: str | None) -> None:
        assert read(empty) is None
        with pytest.raises(ValidationError):
            PartialDateFormField().clean(empty)

    @given(partial_dates, st.sampled_from(["sv", "en"]))
    def test_reads_back_what_it_shows(self, date: PartialDate, language: str) -> None:
        assert read(date.format(language)) == read(date.value) == date

    @given(st.text() | st.text(alphabet="0123456789/-. janfebrumsoktdc\x00", max_size=60))
    @example("\x00")
    @example("1/2/2014" * 10)
    def test_any_text_is_a_date_or_a_sentence(self, text: str) -> None:
        date, sentences = None, ["read"]
        try:
            date = read(text)
        except ValidationError as error:
            sentences = error.messages
        assert date is None or date == PartialDate.parse(date.value)
        assert sentences
        assert all(sentences)

    @pytest.mark.parametrize(
        ("initial", "data", "changed"),
        [
            (PartialDate("2014-01"), "2014-01", False),
            (PartialDate("2014-01"), "januari 2014", False),
            ("2014-01", "2014-1", False),
            (None, "", False),
            (PartialDate("2014-01"), "2014", True),
            (PartialDate("2014-01"), "", True),
            (PartialDate("2014-01"), "rubbish", True),
            (None, "2014", True),
        ],
    )
    def test_notices_a_change_of_the_date_and_not_of_its_spelling(self, initial: Any, data: str, changed: bool) -> None:
        assert PartialDateFormField().has_changed(initial, data) is changed

    def test_box_shows_stored_text_and_an_example(self) -> None:
        field = PartialDateFormField()
        html = field.widget.render("signed", field.prepare_value(PartialDate("2014-01")))
        assert 'value="2014-01"' in html
        assert "placeholder=" in html

    def test_vectors_of_real_pages(self) -> None:
        if not VECTORS.exists():
            pytest.skip("the vectors lie outside this repository")
        vectors = json.loads(VECTORS.read_text())["date"]
        read_texts = [vector["in"] for vector in vectors if _is_read(vector["in"])]
        assert read_texts == ["januari 2014", "1/24/2023"]
        assert read("januari 2014") == PartialDate(vectors[0]["expect"]["value"])
        assert read("1/24/2023") == PartialDate("2023-01-24")


def _is_read(text: str) -> bool:
    try:
        return read(text) is not None
    except ValidationError:
        return False
