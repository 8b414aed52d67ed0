"""Shapes that all documents share."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

Uuid = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Date = Annotated[str, Field(json_schema_extra={"format": "date"}, examples=["2014-01-31"])]
DateTime = Annotated[
    str,
    Field(description="RFC 3339, UTC.", json_schema_extra={"format": "date-time"}, examples=["2026-11-23T08:15:30Z"]),
]
Url = Annotated[str, Field(json_schema_extra={"format": "uri"}, examples=["https://www.example.se/sv/partner/"])]
Path = Annotated[str, Field(description="The path of the URL, for routing.", examples=["/sv/partner/lansstyrelsen/"])]
Language = Annotated[str, Field(description="A language code of the site.", examples=["sv", "en"])]
ResourceName = Annotated[
    str, Field(description="The kind of document.", examples=["partner", "agreement", "strategy", "contact", "page"])
]


class Coded(TypedDict):
    """A value of a controlled vocabulary; filters take the code. New codes may come within v1."""

    code: str
    label: Annotated[str, Field(description="In the document's language.")]


class PartialDate(TypedDict):
    """A date known to the year, the month or the day (EDTF level 0, ISO 8601-2)."""

    value: Annotated[str, Field(examples=["2014", "2014-01", "2014-01-15"])]
    precision: Literal["year", "month", "day"]
    earliest: Annotated[Date, Field(description="The first day that it can mean.")]
    latest: Annotated[Date, Field(description="The last day that it can mean.")]


class Link(TypedDict):
    """Where to go on, and how."""

    href: Url
    rel: str
    method: Literal["GET"]


class Ref(TypedDict):
    """A document named by another one. `url` and `path` are null for what has no page of its own."""

    id: Uuid
    resource: ResourceName
    title: str
    url: Url | None
    path: Path | None
    locale: Annotated[Language, Field(description="The language of the row that the reader gets.")]


class Translation(TypedDict):
    """The same document in a language in which it is published, its own included."""

    locale: Language
    url: Url | None
    path: Path | None


class RichText(TypedDict):
    """Formatted text. In the HTML, links into the site are whole and carry `data-resource` and `data-id`."""

    html: str
    text: Annotated[str, Field(description="Without markup, one line per paragraph.")]
    links: Annotated[list[Ref], Field(description="The documents that the text links to.")]


class ImageCandidate(TypedDict):
    url: Url
    width: Annotated[int, Field(description="In pixels.", ge=1)]


class ImageSource(TypedDict):
    """The image in one format, in several widths: what a `<source>` wants."""

    type: Annotated[str, Field(examples=["image/webp"])]
    srcset: list[ImageCandidate]


class FocalPoint(TypedDict):
    """What must stay in view when the image is cropped: its middle and size in pixels of `src`."""

    x: int
    y: int
    width: int
    height: int


class Image(TypedDict):
    """An image, ready for `<picture>`; its URLs are signed, and the file is made when first asked for."""

    id: Annotated[int, Field(description="The image's id in the CMS.")]
    alt: Annotated[str, Field(description="What a reader who can't see it is told; empty if decorative.")]
    decorative: bool
    caption: str
    credit: str
    width: Annotated[int, Field(description="Of `src`, in pixels.")]
    height: Annotated[int, Field(description="Of `src`, in pixels.")]
    focal_point: FocalPoint | None
    src: Url
    sources: list[ImageSource]


class Document(TypedDict):
    """A file to download that anyone may read."""

    title: str
    url: Url
    type: Annotated[str, Field(description="The media type.", examples=["application/pdf"])]
    size: Annotated[int | None, Field(description="In bytes; null if unknown.")]
    language: Annotated[Language | None, Field(description="Null if the CMS does not know it.")]
