"""What surrounds a list of documents, and what is sent instead of one."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from .common import Coded, Language, Link


class Meta(TypedDict):
    """Where in the whole list this page of it stands."""

    total: Annotated[int, Field(ge=0)]
    page: Annotated[int, Field(ge=1)]
    pages: Annotated[int, Field(description="How many pages there are; 0 if the list is empty.", ge=0)]
    limit: Annotated[int, Field(ge=1, le=100)]
    locale: Annotated[Language, Field(description="The language that was asked for.")]
    content_version: Annotated[str, Field(description="Opaque: changes whenever anything that readers see changes.")]


class Links(TypedDict):
    """The pages of the list, by absolute addresses; null where there is none."""

    self: Link
    first: Link | None
    prev: Link | None
    next: Link | None
    last: Link | None


class FacetValue(Coded):
    """How many documents of the list have this value, whatever other value of the same filter is asked for."""

    count: Annotated[int, Field(ge=1)]


Facets = dict[str, list[FacetValue]]
View = Literal["summary", "full", "fields"]


class FieldError(TypedDict):
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class Problem(TypedDict):
    """What went wrong, after RFC 9457."""

    type: Annotated[str, Field(description="An address that names the kind of problem.", examples=["about:blank"])]
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: Annotated[str, Field(description="A sentence that says what to do.")]
    instance: Annotated[str, Field(description="The path that was asked for.")]
    errors: NotRequired[list[FieldError]]
