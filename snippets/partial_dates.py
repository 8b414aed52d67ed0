"""Dates that are known to the year, the month or the day: the value, its model field and its form field."""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import class_prepared
from django.utils import dateformat, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from .date_spellings import UnreadableDateError, read_date_spelling
from .normalised_attributes import NormalisedAttribute

_EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

# Wide enough for a medieval charter; 9999 and the like mean "no end", which the models say in words instead.
MIN_YEAR = 1000
MAX_YEAR = 2999


class PartialDateParts(TypedDict):
    """A partial date spelt out for programs; `earliest` and `latest` are ISO 8601 dates."""

    value: str
    precision: str
    earliest: str
    latest: str


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A date of EDTF level 0 (ISO 8601-2) without time or interval: `2014`, `2014-01` or `2014-01-15`.

    Years run from 1000 to 2999. They sort by the first day that they can mean, and the wider one first where that is
    the same. Raises `ValueError` for any other text.
    """

    value: str

    class Precision(models.TextChoices):
        YEAR = "year", _("year")
        MONTH = "month", _("month")
        DAY = "day", _("day")

    def __post_init__(self) -> None:
        match = _EDTF.fullmatch(self.value)
        if not match:
            raise ValueError("A partial date is written YYYY, YYYY-MM or YYYY-MM-DD.")
        year, month, day = (int(part or 1) for part in match.groups())
        if not MIN_YEAR <= year <= MAX_YEAR:
            raise ValueError(f"The year is not between {MIN_YEAR} and {MAX_YEAR}.")
        datetime.date(year, month, day)

    def __str__(self) -> str:
        return self.value

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read EDTF level 0 and nothing else; `PartialDateFormField` reads what people write. Raises `ValueError`."""
        return cls(value)

    @property
    def precision(self) -> Precision:
        return {4: self.Precision.YEAR, 7: self.Precision.MONTH}.get(len(self.value), self.Precision.DAY)

    @property
    def earliest(self) -> datetime.date:
        """The first day that it can mean."""
        return datetime.date.fromisoformat(self.value + "-01-01"[len(self.value) - 4 :])

    @property
    def latest(self) -> datetime.date:
        """The last day that it can mean."""
        first = self.earliest
        if self.precision == self.Precision.DAY:
            return first
        month = 12 if self.precision == self.Precision.YEAR else first.month
        return datetime.date(first.year, month, calendar.monthrange(first.year, month)[1])

    @property
    def display(self) -> str:
        """The date in words, in the active language: "2014", "januari 2014", "15 januari 2014"."""
        if self.precision == self.Precision.YEAR:
            return self.value
        if self.precision == self.Precision.MONTH:
            pattern = pgettext("format of a month in a year, in Django's date syntax", "F Y")
        else:
            pattern = pgettext("format of a day, in Django's date syntax", "j F Y")
        return dateformat.format(self.earliest, pattern)

    def format(self, language: str | None = None) -> str:
        """The date in words, in `language` (a code such as "sv") or else in the active one."""
        if language is None:
            return self.display
        with translation.override(language):
            return self.display

    @property
    def parts(self) -> PartialDateParts:
        return {
            "value": self.value,
            "precision": self.precision.value,
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat(),
        }


class PartialDateInput(forms.TextInput):
    """One text box for a partial date."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        example = _("2014, 2014-01 or 2014-01-15")
        super().__init__({"placeholder": example, "autocomplete": "off", **(attrs or {})})


class PartialDateFormField(forms.Field):
    """Reads a partial date in EDTF and as people write it in Swedish and English; empty is None.

    Numbers that can be read as two days, such as 1/2/2014, are refused with both readings spelt out.
    """

    widget = PartialDateInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "year": _("Write a year between %(min)s and %(max)s."),
        "nonexistent": _("There is no such day in the calendar. Check the month and the day."),
    }

    def to_python(self, value: object) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        text = str(value).strip()
        if not text:
            return None
        try:
            edtf = read_date_spelling(text)
        except UnreadableDateError as error:
            raise ValidationError(error.message, code=error.code, params=error.params) from error
        if not MIN_YEAR <= int(edtf[:4]) <= MAX_YEAR:
            raise ValidationError(
                self.error_messages["year"], code="year", params={"min": str(MIN_YEAR), "max": str(MAX_YEAR)}
            )
        try:
            return PartialDate.parse(edtf)
        except ValueError as error:
            raise ValidationError(self.error_messages["nonexistent"], code="nonexistent") from error

    def prepare_value(self, value: object) -> object:
        return value.value if isinstance(value, PartialDate) else value

    def has_changed(self, initial: object, data: object) -> bool:
        if self.disabled:
            return False
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


if TYPE_CHECKING:
    _PartialDateColumn = models.Field[PartialDate | str | None, PartialDate | None]
    _BoundColumn = models.DateField[datetime.date | None, datetime.date | None]
else:
    _PartialDateColumn = models.Field
    _BoundColumn = models.DateField


class PartialDateField(_PartialDateColumn):
    """Stores a `PartialDate` as its EDTF text, NULL if empty, and keeps two indexed date columns beside it.

    A field `signed` comes with `signed_earliest` and `signed_latest`, the first and the last day that it can mean.
    Query and sort by those. Whatever saves a model instance keeps them right; `QuerySet.update` knows nothing of them
    and takes `update_values()`, and `bulk_update` takes all three names. A date may be left out unless `blank=False`.
    It is no CharField, since wagtail-localize offers the text of those for translation.
    """

    description = _("Partial date")
    descriptor_class = NormalisedAttribute
    empty_strings_allowed = False
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write a year, a month or a day, like 2014, 2014-01 or 2014-01-15."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs["null"] = True
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["null"]
        if not kwargs.pop("blank", False):
            kwargs["blank"] = False
        return name, path, list(args), kwargs

    def get_internal_type(self) -> str:
        return "CharField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        _save_bounds_with_their_source(cls)

    def to_python(self, value: Any) -> Any:
        """Return a `PartialDate`, None for empty, or the value itself if it is no EDTF level 0."""
        if value is None or value == "":
            return None
        try:
            return PartialDate.parse(value) if isinstance(value, str) else value
        except ValueError:
            return value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        self._check(value)
        super().validate(value, model_instance)

    def from_db_value(self, value: str | None, *_args: Any) -> Any:
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        """The text to store or to compare with; a lookup for what is no partial date finds nothing."""
        value = super().get_prep_value(value)
        if hasattr(value, "resolve_expression"):
            return value
        date = self.to_python(value)
        return None if date is None else str(date)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Raises `ValidationError` for what is no partial date."""
        if not hasattr(value, "resolve_expression"):
            self._check(self.to_python(value))
        return super().get_db_prep_save(value, connection)

    def _check(self, value: Any) -> None:
        if value is not None and not isinstance(value, PartialDate):
            raise ValidationError(self.error_messages["invalid"], code="invalid")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})

    def update_values(self, value: PartialDate | str | None) -> dict[str, Any]:
        """The three columns, to be given to `QuerySet.update`. Raises `ValidationError` for no partial date."""
        date = self.to_python(value)
        self._check(date)
        return {
            self.name: date,
            f"{self.name}_earliest": date.earliest if date else None,
            f"{self.name}_latest": date.latest if date else None,
        }


class BoundAttribute(DeferredAttribute):
    """Computes the bound from the partial date each time, so that it can't fall behind; assigning changes nothing."""

    field: "PartialDateBoundField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        if self.field.source in instance.__dict__:
            date = instance.__dict__[self.field.source]
            return getattr(date, self.field.bound) if isinstance(date, PartialDate) else None
        return super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: Any) -> None:
        # Django takes a column that is absent here for a deferred one, and would leave it out of the save.
        instance.__dict__[self.field.attname] = value


class PartialDateBoundField(_BoundColumn):
    """The column that a `PartialDateField` keeps beside itself: the first or the last day that it can mean.

    It is left out of fixtures and revisions, since it follows from its source.
    """

    descriptor_class = BoundAttribute

    def __init__(self, *args: Any, source: str = "", bound: str = "earliest", **kwargs: Any) -> None:
        self.source = source
        self.bound = bound
        kwargs |= {"null": True, "blank": True, "editable": False, "db_index": True, "serialize": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("null", "blank", "editable", "db_index", "serialize"):
            del kwargs[fixed]
        return name, path, list(args), {**kwargs, "source": self.source, "bound": self.bound}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return getattr(model_instance, self.attname)


def _add_bound_columns(sender: type[models.Model], **_kwargs: Any) -> None:
    """Give each partial date of a model its two columns, once the class stands."""
    # Historical models of migrations name their columns themselves; adding any would ask the database for
    # columns that it does not have yet.
    if sender.__module__ == "__fake__":
        return
    for field in list(sender._meta.local_fields):
        if not isinstance(field, PartialDateField):
            continue
        for bound in ("earliest", "latest"):
            name = f"{field.name}_{bound}"
            try:
                sender._meta.get_field(name)
            except FieldDoesNotExist:
                sender.add_to_class(name, PartialDateBoundField(source=field.name, bound=bound))


def _save_bounds_with_their_source(model: type[models.Model]) -> None:
    """Make `save(update_fields=["signed"])` write the columns of `signed` in the same statement."""
    if getattr(model.save_base, "writes_bounds", False):
        return
    inherited = model.save_base

    @wraps(inherited)
    def save_base(self: models.Model, *args: Any, **kwargs: Any) -> None:
        named = kwargs.get("update_fields")
        if named is not None:
            bounds = (field for field in self._meta.concrete_fields if isinstance(field, PartialDateBoundField))
            kwargs["update_fields"] = frozenset(named).union(field.name for field in bounds if field.source in named)
        inherited(self, *args, **kwargs)

    save_base.writes_bounds = True  # type: ignore[attr-defined]  # marks the wrapped method
    model.save_base = save_base  # type: ignore[method-assign]  # Django has no hook that sees and widens update_fields


class_prepared.connect(_add_bound_columns, dispatch_uid="partial_date_bounds")
