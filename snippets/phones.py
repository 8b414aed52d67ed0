"""Phone numbers: any Swedish spelling in, E.164 stored, Swedish display out."""

import re
from typing import Any, ClassVar, Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

import phonenumbers
from phonenumber_field.modelfields import PhoneNumberField

from .normalised_attributes import NormalisedAttribute

# No country lets a significant number begin with Sweden's trunk 0 after +46. 15 digits is the limit of E.164.
_E164 = re.compile(r"\+(?!460)[1-9][0-9]{6,14}")
_LABEL = re.compile(r"(?:tel|tfn|telefon|phone|telephone|mobil|mobile|växel|vx)\b\s*[.:]?\s*", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:ext|ankn|anknytning|extension|x|#)\W*[0-9]+\W*$", re.IGNORECASE)
_DIALLED = re.compile(r"\+?[0-9 ()/.\-]+")
_MAX_LENGTH = 50


class Phone(str):
    """A phone number in E.164, such as "+4621101993"; it is a plain string to JSON, templates and revisions.

    The constructor takes E.164 alone and checks its shape; `Phone.parse` reads what people write. Both raise: the
    constructor `ValueError`, `parse` `ValidationError`.
    """

    __slots__ = ()

    def __new__(cls, e164: str) -> Self:
        if not _E164.fullmatch(e164):
            raise ValueError("A phone number is stored in E.164, such as +4621101993.")
        return super().__new__(cls, e164)

    @classmethod
    def parse(cls, text: str, region: str = "SE") -> Self:
        """Read one complete number as people in `region` (ISO 3166-1) write it. Raises `ValidationError`."""
        return cls(_read_number(text, region))

    @property
    def e164(self) -> str:
        return str(self)

    @property
    def uri(self) -> str:
        """The link to call it, after RFC 3966: "tel:+4621101993"."""
        return f"tel:{self}"

    @property
    def international(self) -> str:
        """As one writes it abroad: "+46 21 10 19 93"."""
        return phonenumbers.format_number(phonenumbers.parse(self), phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    @property
    def display(self) -> str:
        """As one writes it in Sweden: "021-10 19 93", and numbers of other countries with their country code."""
        number = phonenumbers.parse(self)
        if number.country_code != phonenumbers.country_code_for_region("SE"):
            return self.international
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def _read_number(text: str, region: str) -> str:
    plain = re.sub("[\u2010-\u2015\u2212]", "-", " ".join(text.split()))
    plain = _LABEL.sub("", plain, count=1) if _LABEL.match(plain) else plain
    if len(plain) <= _MAX_LENGTH and _EXTENSION.search(plain):
        raise ValidationError(
            _("Leave out the extension and write the direct number, like 021-10 19 93."), code="extension"
        )
    if len(plain) > _MAX_LENGTH or not _DIALLED.fullmatch(plain):
        raise ValidationError(
            _("Write one phone number with digits only, like 021-10 19 93 or +47 22 12 34 56."), code="characters"
        )
    # "+46 (0)21" and "(0)21" show the trunk 0 to those who call from within the country.
    abroad, shown = re.match(r"(\+|00)?(.*)", plain, re.DOTALL).groups()  # type: ignore[union-attr]  # matches any text
    digits = re.sub(r"[^0-9]", "", re.sub(r"\( ?0 ?\)", "", shown) if abroad else shown)
    # Without its 0, a Swedish number has no area code; Norway and Denmark have no such prefix.
    dials_0 = phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True) == "0"
    if dials_0 and not abroad and not digits.startswith("0"):
        raise ValidationError(
            _("Begin with the area code, like 021-10 19 93, or with + and the country code, like +46 21 10 19 93."),
            code="area_code",
        )
    incomplete = ValidationError(
        _("This is no complete phone number. Write it like 021-10 19 93, or +47 22 12 34 56 if it is abroad."),
        code="incomplete",
    )
    try:
        number = phonenumbers.parse(f"+{digits}" if abroad else digits, region)
    except phonenumbers.NumberParseException as error:
        raise incomplete from error
    if not phonenumbers.is_valid_number(number):
        raise incomplete
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if abroad and e164 != f"+{digits}":
        raise ValidationError(
            _("Leave out the 0 after the country code: write %(number)s."),
            code="trunk",
            params={"number": Phone(e164).international},
        )
    return e164


class PhoneInput(forms.TextInput):
    """A box for a phone number that shows a stored one as people write it."""

    input_type = "tel"

    def format_value(self, value: Any) -> str | None:
        return super().format_value(value.display if isinstance(value, Phone) else value)


class PhoneFormField(forms.CharField):
    """Reads a phone number in any spelling of its region; the value is a `Phone`, or "" if left empty."""

    widget = PhoneInput

    def __init__(self, *, region: str = "SE", **kwargs: Any) -> None:
        self.region = region
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Phone):
            return value
        text = super().to_python(value)
        return Phone.parse(text, self.region) if text else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class PhoneField(PhoneNumberField):
    """Stores a `Phone` in E.164, "" if empty. Without a region, `PHONENUMBER_DEFAULT_REGION` or else "SE" holds.

    It is a CharField by inheritance, whose text wagtail-localize offers for translation: declare it synchronised.
    """

    descriptor_class = NormalisedAttribute
    # `validate` says what is wrong; the inherited validator says that something is.
    default_validators: ClassVar[list[Any]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 16
        super().__init__(*args, **kwargs)

    @property
    def region(self) -> str:
        return self._region or getattr(settings, "PHONENUMBER_DEFAULT_REGION", None) or "SE"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        if self._region is None:
            del kwargs["region"]
        return name, path, list(args), kwargs

    def to_python(self, value: Any) -> Any:
        """Return a `Phone`, "" for empty, or the text itself if it can't be read."""
        if value is None:
            return ""
        if isinstance(value, Phone) or value == "":
            return value
        try:
            return Phone.parse(str(value), self.region)
        except ValidationError:
            return self.from_db_value(str(value))

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        # A stored number stays readable when the numbering plan moves on; `validate` asks for a new one.
        # An outer join gives None.
        if value is None:
            return None
        try:
            return Phone(value)
        except ValueError:
            return value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if value:
            Phone.parse(value, self.region)
        super().validate(value, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """The text to store or to compare with; a lookup for what is no phone number finds nothing."""
        return value if hasattr(value, "resolve_expression") else str(self.to_python(value))

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Raises `ValidationError` for what is no phone number."""
        if not hasattr(value, "resolve_expression"):
            phone = self.to_python(value)
            if phone and not isinstance(phone, Phone):
                Phone.parse(phone, self.region)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        # The limit is that of E.164, which what people write may exceed.
        return super().formfield(**{"form_class": PhoneFormField, **kwargs, "max_length": None})
