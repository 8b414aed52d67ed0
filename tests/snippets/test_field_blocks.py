"""Blocks that hold our field types."""

from django.core.exceptions import ValidationError
from django.utils import translation

from wagtail.blocks import StreamBlock
from wagtail.test.utils.form_data import nested_form_data
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

import pytest

from wagtail_partnerships.snippets.field_blocks import PartialDateBlock
from wagtail_partnerships.snippets.partial_dates import (
    PartialDate,
)


class TestBlock:
    def test_keeps_text_and_gives_dates(self) -> None:
        block = PartialDateBlock()
        assert block.to_python("2014-01") == block.normalize("2014-01") == PartialDate("2014-01")
        assert block.get_prep_value(PartialDate("2014-01")) == "2014-01"
        assert block.to_python(None) is block.to_python("") is block.get_prep_value(None) is None
        assert PartialDateBlock(default="2014").get_default() == PartialDate("2014")

    def test_form_round_trip_inside_a_stream(self) -> None:
        stream = StreamBlock([("date", PartialDateBlock())])
        value = stream.to_python([{"type": "date", "value": "2014-01", "id": "1"}])
        assert stream.get_form_state(value)[0]["value"] == "2014-01"
        data = {"s-count": "1", "s-0-deleted": "", "s-0-order": "0", "s-0-type": "date", "s-0-value": "januari 2014"}
        posted = stream.clean(stream.value_from_datadict(nested_form_data(data), {}, "s"))
        assert posted[0].value == PartialDate("2014-01")
        assert stream.get_prep_value(posted)[0]["value"] == "2014-01"

    def test_refuses_with_the_sentence_of_the_form_field(self) -> None:
        with pytest.raises(ValidationError) as refused:
            PartialDateBlock().clean("1/2/2014")
        assert "2014-02-01" in refused.value.messages[0]
        assert PartialDateBlock(required=False).clean("") is None

    def test_shows_words_and_a_machine_readable_time(self) -> None:
        block = PartialDateBlock()
        with translation.override("sv"):
            assert block.render(PartialDate("2014-01")) == '<time datetime="2014-01">januari 2014</time>'
            assert block.get_searchable_content(PartialDate("2014-01")) == ["januari 2014"]
        assert block.render(None) == ""
        assert block.get_searchable_content(None) == []

    def test_stored_text_that_is_no_date_stays_for_the_editor_to_mend(self) -> None:
        block = PartialDateBlock()
        value = block.to_python("<hösten> 2015")
        assert block.get_prep_value(value) == block.get_form_state(value) == "<hösten> 2015"
        assert block.render(value) == ""
        assert block.get_api_representation(value) is None
        with pytest.raises(ValidationError):
            block.clean(value)

    def test_api_spells_out_the_date(self) -> None:
        block = PartialDateBlock()
        assert block.get_api_representation(PartialDate("2014")) == PartialDate("2014").parts
        assert block.get_api_representation(None) is None

    def test_is_not_offered_for_translation(self) -> None:
        extractor = StreamFieldSegmentExtractor(None, include_overridables=True)
        assert extractor.handle_block(PartialDateBlock(), PartialDate("2014")) == []

    def test_migrations_name_it_by_its_module(self) -> None:
        path, _, kwargs = PartialDateBlock(required=False).deconstruct()
        assert path == "wagtail_partnerships.snippets.field_blocks.PartialDateBlock"
        assert kwargs == {"required": False}
