"""Swedish organisation numbers: the value, its model field and its form field."""

import re
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from stdnum import luhn

from .normalised_attributes import NormalisedAttribute

_TEN_DIGITS = re.compile(r"[0-9]{10}")
# Spaces and dots may stand anywhere. People above a hundred years write their number with a plus.
_WRITTEN = re.compile(r"(?:(?P<century>[0-9]{2})-?)?(?P<digits>[0-9]{6}(?P<sign>[-+]?)[0-9]{4})")
# 1 estates, 2 state and municipal bodies, 3 foreign companies, 5 companies, 6 simple partnerships, 7 cooperatives,
# 8 associations and foundations, 9 trading partnerships.
_GROUPS = "12356789"


class OrganisationNumber(str):
    """An organisation number as ten digits, such as "2120000142"; it is a plain string to JSON and templates.

    The constructor checks the shape alone and raises `ValueError`; `parse` reads what people write and checks it all.
    """

    __slots__ = ()

    def __new__(cls, digits: str) -> Self:
        if not _TEN_DIGITS.fullmatch(digits):
            raise ValueError("An organisation number is stored as ten digits.")
        return super().__new__(cls, digits)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number of ten digits, or of twelve that begin with 16, with or without separators.

        Raises `ValidationError` if it has another shape or a wrong check digit, and for the number of a person, which
        an organisation's record must not hold.
        """
        shape = ValidationError(_("Write the ten digits of the organisation number, like 212000-0142."), code="shape")
        plain = re.sub("[\u2010-\u2015\u2212]", "-", re.sub(r"[\s.]", "", text))
        match = _WRITTEN.fullmatch(plain)
        if not match:
            raise shape
        digits = match["digits"].replace(match["sign"], "") if match["sign"] else match["digits"]
        if match["century"] in ("18", "19", "20") or digits[2] < "2":
            raise _personal_number()
        if match["century"] not in (None, "16"):
            raise ValidationError(
                _("An organisation number of twelve digits begins with 16. Write the last ten, like 212000-0142."),
                code="prefix",
            )
        if match["sign"] == "+":
            raise shape
        if digits[0] not in _GROUPS:
            raise ValidationError(
                _("No organisation number begins with %(digit)s. Check the first digit."),
                code="group",
                params={"digit": digits[0]},
            )
        if not luhn.is_valid(digits):
            raise ValidationError(
                _("The check digit does not fit the others. Compare each digit with the source."), code="checksum"
            )
        return cls(digits)

    @property
    def display(self) -> str:
        """As it is written on paper: "212000-0142"."""
        return f"{self[:6]}-{self[6:]}"


def _personal_number() -> ValidationError:
    return ValidationError(
        _("This looks like the personal number of a human being, which must not be kept here. Leave the box empty."),
        code="personal",
    )


class OrganisationNumberInput(forms.TextInput):
    """A box for an organisation number that shows a stored one with its hyphen."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "212000-0142", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return super().format_value(value.display if isinstance(value, OrganisationNumber) else value)


class OrganisationNumberFormField(forms.CharField):
    """Reads an organisation number; the value is an `OrganisationNumber`, or "" if left empty."""

    widget = OrganisationNumberInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, OrganisationNumber):
            return value
        text = super().to_python(value)
        return OrganisationNumber.parse(text) if text else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


if TYPE_CHECKING:
    _TextColumn = models.Field[str, str]
else:
    _TextColumn = models.Field


class OrganisationNumberField(_TextColumn):
    """Stores an `OrganisationNumber` as ten digits, "" if empty.

    It is no CharField, since wagtail-localize offers the text of those for translation.
    """

    description = _("Organisation number")
    descriptor_class = NormalisedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, list(args), kwargs

    def get_internal_type(self) -> str:
        return "CharField"

    def to_python(self, value: Any) -> Any:
        """Return an `OrganisationNumber`, "" for empty, or the text itself if it can't be read."""
        if value is None:
            return ""
        if isinstance(value, OrganisationNumber) or value == "":
            return value
        try:
            return OrganisationNumber.parse(str(value))
        except ValidationError:
            return self.from_db_value(str(value))

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        # An outer join gives None.
        if value is None:
            return None
        try:
            return OrganisationNumber(value)
        except ValueError:
            return value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if value:
            OrganisationNumber.parse(value)
        super().validate(value, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """The text to store or to compare with; a lookup for what is no organisation number finds nothing."""
        return value if hasattr(value, "resolve_expression") else str(self.to_python(value))

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Raises `ValidationError` for what is no organisation number, a person's among them."""
        if value and not hasattr(value, "resolve_expression"):
            OrganisationNumber.parse(str(value))
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": OrganisationNumberFormField, **kwargs})
