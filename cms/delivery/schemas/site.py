"""The shapes of what is no document: the site's settings, vocabularies, routes, search, changes and the API itself."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .common import DateTime, Image, Language, Path, Ref, ResourceName, Translation, Url, Uuid
from .documents import AgreementSummary, OrganisationName, PartnerSummary, StrategySummary
from .envelope import Facets, Links, Meta


class SiteLanguage(TypedDict):
    """A language of the site. `url` is its first page; null while that is not published."""

    code: Language
    name: Annotated[str, Field(description="In the language itself.", examples=["svenska"])]
    is_default: bool
    url: Url | None
    path: Path | None


class SiteSettings(TypedDict):
    """The site and whose it is."""

    name: str
    locale: Language
    locales: list[SiteLanguage]
    organisation: OrganisationName | None
    logo: Image | None
    accent_colour: Annotated[str | None, Field(examples=["#005a70"])]
    navigation: Annotated[list[Ref], Field(description="The pages of the menu, in order.")]
    accessibility_statement: Url | None
    accessibility_contact: Annotated[str | None, Field(examples=["mailto:tillganglighet@example.se"])]
    security_contact: Annotated[str | None, Field(examples=["mailto:security@example.se"])]
    data_licence: Url | None


class LabelIn(TypedDict):
    locale: Language
    label: str


class Term(TypedDict):
    """A code and what it is called."""

    code: str
    labels: list[LabelIn]


class Vocabularies(TypedDict):
    """Every code that documents bear and filters take, with its label in each language of the site."""

    agreement_type: list[Term]
    agreement_status: list[Term]
    organisation_type: list[Term]
    strategy_kind: list[Term]
    contact_kind: list[Term]
    end_kind: list[Term]
    list_preset: list[Term]
    extent: list[Term]
    layout: list[Term]
    country: list[Term]
    region: list[Term]


class Route(TypedDict):
    """A public address of the site."""

    path: Path
    url: Url
    resource: ResourceName
    id: Uuid
    locale: Language
    modified_at: DateTime | None
    alternates: Annotated[
        list[Translation], Field(description="The same document in every language, its own included.")
    ]


class RouteList(TypedDict):
    """A page of the site's addresses."""

    _meta: Meta
    _links: Links
    items: list[Route]


class DocumentOutcome(TypedDict):
    """The path is a document's own."""

    outcome: Literal["document"]
    document: Ref


class RedirectOutcome(TypedDict):
    """The path leads elsewhere."""

    outcome: Literal["redirect"]
    location: Url
    is_permanent: bool


PathOutcome = Annotated[DocumentOutcome | RedirectOutcome, Field(discriminator="outcome")]

Hit = Annotated[PartnerSummary | AgreementSummary | StrategySummary, Field(discriminator="resource")]


class SearchResults(TypedDict):
    """A page of what a question finds, the best first."""

    _meta: Meta
    _links: Links
    _facets: Facets
    items: list[Hit]


class Change(TypedDict):
    """One change. After a `reset`, everything may have changed, and the four fields in between are null."""

    cursor: str
    action: Literal["upsert", "delete", "reset"]
    resource: ResourceName | None
    id: Annotated[str | None, Field(description="The id of a document, or the number of an image or a file.")]
    locale: Language | None
    time: DateTime
    tags: Annotated[list[str], Field(description="Fetch again whatever came with one of these in its `Cache-Tag`.")]


class Changes(TypedDict):
    """A page of the change feed, in the order of the changes, without gaps."""

    items: list[Change]
    next: Annotated[str, Field(description="The cursor to ask with the next time, also when nothing is left now.")]
    has_more: bool


class PreviewToken(TypedDict):
    """A token that reads one draft: the document of this id in this language, with what it embeds."""

    token: Annotated[str, Field(description="Send it as `Authorization: Bearer …`, and keep it out of addresses.")]
    token_type: Literal["Bearer"]
    expires_at: DateTime
    resource: ResourceName
    id: Uuid
    locale: Language


class ApiInfo(TypedDict):
    """About the API, with the names that the national REST API profile asks for."""

    apiName: str
    apiVersion: str
    apiReleased: Annotated[str, Field(json_schema_extra={"format": "date"})]
    apiDocumentation: Url
    apiStatus: Literal["active", "deprecated"]
