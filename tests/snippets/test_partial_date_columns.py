"""How models keep partial dates: the text, its two bounds, revisions, fixtures and lookups."""

import copy
import datetime
import pickle
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from wagtail.models import Locale
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

import pytest

from wagtail_partnerships.snippets.models import Strategy
from wagtail_partnerships.snippets.partial_dates import (
    PartialDate,
    PartialDateBoundField,
    PartialDateField,
)


def strategy(**values: Any) -> Strategy:
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    return Strategy.objects.create(
        **{"name": "Växa i Västmanland", "kind": Strategy.Kind.REGIONAL, "locale": locale, **values}
    )


def stored(row: Strategy) -> tuple[Any, ...]:
    columns = "valid_from", "valid_from_earliest", "valid_from_latest"
    return tuple(
        str(value) if value is not None else None for value in Strategy.objects.values_list(*columns).get(pk=row.pk)
    )


@pytest.mark.django_db
class TestColumns:
    JANUARY = ("2014-01", "2014-01-01", "2014-01-31")
    YEAR = ("2015", "2015-01-01", "2015-12-31")

    def test_text_becomes_a_date_as_soon_as_it_is_assigned(self) -> None:
        row = Strategy(valid_from="2014-01", valid_to="")
        assert row.valid_from == PartialDate("2014-01")
        assert row.valid_from_latest == datetime.date(2014, 1, 31)
        assert row.valid_to is None
        assert row.valid_to_latest is None

    def test_save_writes_the_date_and_both_bounds(self) -> None:
        row = strategy(valid_from="2014-01")
        assert stored(row) == self.JANUARY
        row.valid_from = None
        row.save()
        assert stored(row) == (None, None, None)

    def test_save_of_that_field_alone_writes_its_bounds_in_one_statement(self) -> None:
        row = strategy(valid_from="2014-01", valid_to="2016")
        row.valid_from, row.valid_to = "2015", "2017"
        with CaptureQueriesContext(connection) as captured:
            row.save(update_fields=["valid_from"])
        statements = [query["sql"] for query in captured if query["sql"].startswith(f'UPDATE "{row._meta.db_table}"')]
        assert len(statements) == 1
        assert stored(row) == self.YEAR
        assert Strategy.objects.values_list("valid_to_latest", flat=True).get() == datetime.date(2016, 12, 31)

    @pytest.mark.parametrize("loaded", [("valid_from",), ("name", "valid_from", "valid_from_earliest")])
    def test_partly_loaded_row_saves_its_bounds(self, loaded: tuple[str, ...]) -> None:
        row = Strategy.objects.only(*loaded).get(pk=strategy(valid_from="2014-01").pk)
        row.valid_from = "2015"
        row.save()
        assert stored(row) == self.YEAR

    def test_bound_of_a_row_loaded_without_its_date_is_read(self) -> None:
        row = Strategy.objects.defer("valid_from").get(pk=strategy(valid_from="2014-01").pk)
        assert row.valid_from_latest == datetime.date(2014, 1, 31)
        assert row.valid_from == PartialDate("2014-01")

    def test_bulk_create_writes_the_bounds(self) -> None:
        locale, _ = Locale.objects.get_or_create(language_code="sv")
        (row,) = Strategy.objects.bulk_create([Strategy(name="A", kind="joint", valid_from="2014-01", locale=locale)])
        assert stored(row) == self.JANUARY

    def test_fixtures_leave_the_bounds_out_and_load_them_right(self) -> None:
        row = strategy(valid_from="2014-01")
        text = serializers.serialize("json", [row])
        assert "earliest" not in text
        Strategy.objects.all().delete()
        for loaded in serializers.deserialize("json", text):
            loaded.save()
        assert stored(row) == self.JANUARY

    def test_revision_holds_text_and_gives_back_dates(self) -> None:
        row = strategy(valid_from="2014-01")
        revision = row.save_revision()
        assert revision.content["valid_from"] == "2014-01"
        assert "valid_from_earliest" not in revision.content
        row.valid_from = "2015"
        row.save()
        draft = revision.as_object()
        assert draft.valid_from == PartialDate("2014-01")
        assert draft.valid_from_latest == datetime.date(2014, 1, 31)
        revision.publish()
        assert stored(row) == self.JANUARY

    def test_copy_for_another_language_keeps_the_date(self) -> None:
        english, _ = Locale.objects.get_or_create(language_code="en")
        copied = strategy(valid_from="2014-01").copy_for_translation(english)
        copied.save()
        assert stored(copied) == self.JANUARY

    def test_rows_survive_pickle_and_copy(self) -> None:
        row = strategy(valid_from="2014-01")
        for twin in (pickle.loads(pickle.dumps(row)), copy.deepcopy(row)):
            assert twin.valid_from == PartialDate("2014-01")
            assert twin.valid_from_earliest == datetime.date(2014, 1, 1)

    def test_update_takes_all_three_columns(self) -> None:
        row = strategy(valid_from="2014-01")
        field = Strategy._meta.get_field("valid_from")
        Strategy.objects.update(**field.update_values("2015"))
        assert stored(row) == self.YEAR
        Strategy.objects.update(**field.update_values(""))
        assert stored(row) == (None, None, None)
        with pytest.raises(ValidationError):
            field.update_values("2015-13")

    def test_lookups_take_text_and_dates(self) -> None:
        strategy(valid_from="2014-01")
        for value in ("2014-01", PartialDate("2014-01")):
            assert Strategy.objects.filter(valid_from=value).exists()
            assert Strategy.objects.filter(valid_from__in=[value]).exists()
        assert not Strategy.objects.filter(valid_from="rubbish").exists()
        assert Strategy.objects.filter(valid_to=None).exists()
        assert Strategy.objects.filter(valid_from_earliest__lte=datetime.date(2014, 1, 1)).exists()

    def test_rubbish_is_refused_by_validation_and_never_written(self) -> None:
        row = strategy(valid_from="2014-01")
        row.valid_from = "januari"
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert set(refused.value.message_dict) == {"valid_from"}
        with pytest.raises(ValidationError), transaction.atomic():
            row.save()
        with pytest.raises(ValidationError), transaction.atomic():
            Strategy.objects.update(valid_from="januari")
        assert stored(row) == self.JANUARY


class TestField:
    def test_is_optional_unless_told_otherwise(self) -> None:
        assert PartialDateField().blank
        assert PartialDateField(blank=False).formfield().required
        assert PartialDateField().deconstruct()[3] == {}
        assert PartialDateField(blank=False).deconstruct()[3] == {"blank": False}

    def test_every_date_of_a_model_has_two_indexed_columns_that_no_form_shows(self) -> None:
        for bound in ("earliest", "latest"):
            column = Strategy._meta.get_field(f"valid_from_{bound}")
            assert isinstance(column, PartialDateBoundField)
            assert (column.source, column.bound) == ("valid_from", bound)
            assert column.db_index
            assert not column.editable
        names = [field.name for field in Strategy._meta.local_fields]
        assert len(names) == len(set(names))

    def test_column_type_is_the_same_on_every_database(self) -> None:
        assert PartialDateField().db_type(connection) == "varchar(10)"

    def test_is_synchronised_and_not_offered_for_translation(self) -> None:
        class Undeclared(models.Model):
            date = PartialDateField()

            class Meta:
                app_label = "partnerships_undeclared"

            def __str__(self) -> str:
                return str(self.date)

        assert get_translatable_fields(Undeclared) == [SynchronizedField("date")]
