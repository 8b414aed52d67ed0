"""What a request may ask for: each parameter named alike everywhere, typed, and nothing else is accepted."""

import datetime
import re
from typing import Annotated, Literal
from uuid import UUID

from django.http import QueryDict
from django.urls import register_converter
from django.urls.converters import UUIDConverter

from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from ...site_pages.agreement_types import AgreementType
from ...site_pages.models import PartnerPage
from ...site_pages.status import AgreementStatus
from ...snippets.models import Contact, Strategy
from ...snippets.places import country_codes, region_codes
from .problems import BadParameterError
from .scope import Fallback

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NUMBER = re.compile(r"[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)

#: Marks where the OpenAPI document lists the codes that this site knows.
CODES_MARK = "x-codes"
#: Marks a parameter that takes several names, with commas; the operation knows which.
NAMES_MARK = "x-names"

#: Far more than any list has, and small enough for every database's OFFSET.
MAX_PAGE = 1_000_000


def _read_uuid(value: object) -> object:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise ValueError("Write an id as the API gives it, such as 1b4e28ba-2fa1-4d2d-883f-0016d3cca427.")
    return UUID(value)


def _read_number(value: object) -> object:
    # int() and pydantic take far more: signs, spaces, underscores, decimals, the digits of other scripts.
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("Write a whole number in the digits 0 to 9.")
    return value


def _read_date(value: object) -> object:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("Write a day as YYYY-MM-DD.")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("There is no such day in the calendar.") from None


def _read_time(value: object) -> object:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError("Write a moment after RFC 3339, such as 2026-11-23T08:15:30Z.")
    try:
        return datetime.datetime.fromisoformat(value.upper()).astimezone(datetime.UTC)
    except OverflowError:
        # Before or after all years that there are, by its offset from UTC.
        year = 1 if value.startswith("0001") else 9999
        return datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
    except ValueError:
        raise ValueError("There is no such moment in the calendar.") from None


def _read_flag(value: object) -> object:
    if value not in ("true", "false"):
        raise ValueError("Write true or false.")
    return value == "true"


def _read_country(value: object) -> object:
    if value not in (known := country_codes()):
        raise ValueError(f"The countries known here are: {', '.join(known)}.")
    return value


def _read_region(value: object) -> object:
    if value not in (known := region_codes()):
        raise ValueError(f"The regions known here are: {', '.join(known)}.")
    return value


Id = Annotated[UUID, BeforeValidator(_read_uuid), WithJsonSchema({"type": "string", "format": "uuid"})]
Number = Annotated[int, BeforeValidator(_read_number)]
Day = Annotated[datetime.date, BeforeValidator(_read_date), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    datetime.datetime, BeforeValidator(_read_time), WithJsonSchema({"type": "string", "format": "date-time"})
]
Flag = Annotated[bool, BeforeValidator(_read_flag), WithJsonSchema({"type": "boolean"})]
Country = Annotated[str, BeforeValidator(_read_country), WithJsonSchema({"type": "string", CODES_MARK: "country"})]
Region = Annotated[str, BeforeValidator(_read_region), WithJsonSchema({"type": "string", CODES_MARK: "region"})]
#: Text that a database takes.
NO_NUL = {"pattern": "^[^\\u0000]*$"}


class IdConverter(UUIDConverter):
    """An id in a path, read as in a filter: Django's own knows no capital letters, which a UUID may have (RFC 9562)."""

    regex = _UUID.pattern


register_converter(IdConverter, "partnerships_id")


class Parameters(Schema):
    """What every request may say."""

    cv: str | None = Field(
        None,
        max_length=200,
        json_schema_extra=NO_NUL,
        examples=["112-aabc619b"],
        description="The content version that you know to be current: the answer may then be kept for ever. "
        "Any other version is redirected to the current one.",
    )


class PageParameters(Parameters):
    """Which part of a list."""

    page: Number = Field(1, ge=1, le=MAX_PAGE, description="Which page of the list, from 1.")
    limit: Number = Field(20, ge=1, le=100, description="How many a page has.")


class LanguageParameters(Parameters):
    """In which language to answer."""

    locale: str | None = Field(
        None,
        max_length=20,
        description="A language code of the site; its own language by default.",
        examples=["en"],
        json_schema_extra={CODES_MARK: "language"},
    )
    fallback: Fallback | None = Field(
        None,
        description="`source` answers with the source's document where the language has none, and lists these too.",
    )


class ListParameters(LanguageParameters, PageParameters):
    """Which part of a list, and in which form."""

    view: Literal["summary", "full"] = Field("summary", description="`full` gives whole documents.")
    fields: str | None = Field(
        None,
        max_length=1000,
        description="Names of fields, with commas: documents of only these, id, resource and locale, "
        "whatever `view` says.",
        json_schema_extra={NAMES_MARK: True},
    )
    sort: str | None = Field(
        None,
        max_length=200,
        description="Names, each once, with commas; a minus before one turns its order. What has no value comes last "
        "either way.",
        examples=["-modified_at"],
        json_schema_extra={NAMES_MARK: True},
    )
    id: list[Id] = Field([], max_length=100, description="Only these documents.")
    modified_since: Moment | None = Field(None, description="Only documents that were published then or later.")


class SearchableListParameters(ListParameters):
    """Which part of a list whose texts can be searched, and whose filters can be counted."""

    facets: str | None = Field(
        None,
        max_length=200,
        description="Names of filters, with commas, to count the values of.",
        json_schema_extra={NAMES_MARK: True},
    )
    q: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="Words that all begin a word of the text, accents aside; "
        "the best hits come first unless sort is given.",
        json_schema_extra=NO_NUL,
        examples=["lansstyrelsen"],
    )


class AgreementFilters(SearchableListParameters):
    """Filters by agreements; on partners, one agreement has to match all of them."""

    agreement_type: list[AgreementType] = Field([], description="Any of these types.")
    agreement_status: list[AgreementStatus] = Field([], description="Any of these statuses.")
    is_expiring: Flag | None = Field(None, description="Active, and ends within the site's period of warning.")
    valid_on: Day | None = Field(None, description="In force on that day; an end that is not stated counts as open.")
    expires_before: Day | None = Field(None, description="Its end date lies before that day.")


class OrganisationFilters(AgreementFilters):
    """Filters by partners; on agreements, one party has to match all of them."""

    organisation_type: list[PartnerPage.OrganisationType] = Field([], description="Any of these types.")
    region: list[Region] = Field([], max_length=100, description="Any of these regions (ISO 3166-2).")
    country: list[Country] = Field([], max_length=100, description="Any of these countries (ISO 3166-1).")
    strategy: list[Id] = Field([], max_length=100, description="Works towards any of these strategies.")


class PartnerListParameters(OrganisationFilters):
    """What a list of partners may be asked."""


class AgreementListParameters(OrganisationFilters):
    """What a list of agreements may be asked."""

    partner: list[Id] = Field([], max_length=100, description="Any of these partners is a party.")


class StrategyListParameters(SearchableListParameters):
    """What a list of strategies may be asked."""

    kind: list[Strategy.Kind] = Field([], description="Any of these kinds.")
    partner: list[Id] = Field([], max_length=100, description="Any of these partners works towards it.")


class ContactListParameters(ListParameters):
    """What a list of contacts may be asked, where it is open."""

    kind: list[Contact.Kind] = Field([], description="Any of these kinds.")


class PageListParameters(ListParameters):
    """What a list of other pages may be asked."""


def check_parameters(query: QueryDict, known: type[Schema]) -> None:
    """Refuse what is unknown, given twice without being a list, or holds characters that no text has.

    Raises:
        BadParameterError: naming the parameter, and for an unknown one those that are known.
    """
    for name, values in query.lists():
        field = known.model_fields.get(name)
        if field is None:
            raise BadParameterError(name, f"The parameters known here are: {', '.join(sorted(known.model_fields))}.")
        if len(values) > 1 and getattr(field.annotation, "__origin__", None) is not list:
            raise BadParameterError(name, "Give it once.")
        if any("\x00" in value for value in values):
            raise BadParameterError(name, "It holds a NUL character.")


def split_names(parameter: str, given: str | None, known: set[str] | frozenset[str], prefix: str = "") -> list[str]:
    """Split a list of names at its commas. Raises BadParameterError for one that is unknown or comes twice."""
    if given is None:
        return []
    names = [name.strip() for name in given.split(",")]
    for name in names:
        if name.removeprefix(prefix) not in known:
            raise BadParameterError(parameter, f"The names known here are: {', '.join(sorted(known))}.")
    if len({name.removeprefix(prefix) for name in names}) < len(names):
        raise BadParameterError(parameter, "A name comes twice.")
    return names
