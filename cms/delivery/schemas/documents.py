"""The documents: partners, agreements, strategies, contacts and other pages, each short (in lists) and whole."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .blocks import AnyBlock, ListItem
from .common import Coded, DateTime, Document, Image, Language, PartialDate, Path, Ref, RichText, Translation, Url, Uuid

DocumentId = Annotated[Uuid, Field(description="The same in every language, for ever.")]
Content = Annotated[list[AnyBlock], Field(description="What the editor wrote, block by block.")]
Items = Annotated[list[ListItem], Field(description="The items of all lists of this kind in the content.")]


class Item(TypedDict):
    """What every document has."""

    id: DocumentId
    locale: Language
    modified_at: Annotated[DateTime | None, Field(description="When it was last published; null if that is not known.")]


class PageItem(Item):
    """What every document with a page has."""

    title: str
    url: Url
    path: Path


class End(TypedDict):
    """When an agreement ends."""

    kind: Literal["date", "until_further_notice", "not_stated"]
    date: Annotated[PartialDate | None, Field(description="Null unless `kind` is `date`.")]


class Period(TypedDict):
    """When an agreement was signed and when it holds."""

    signed: PartialDate | None
    since: PartialDate | None
    valid_from: PartialDate | None
    end: End
    terminated: Annotated[
        PartialDate | None,
        Field(description="From when it is terminated, if it is and the date is known."),
    ]


class FormerName(TypedDict):
    name: str
    since: PartialDate | None
    until: PartialDate | None


class Party(TypedDict):
    """A party of an agreement, by the name that it bore there; `partner` is null if it has no public page."""

    name: str
    role: str
    country: Coded | None
    partner: Ref | None


class Phone(TypedDict):
    number: Annotated[str, Field(description="E.164.", examples=["+4621101993"])]
    display: Annotated[str, Field(examples=["021-10 19 93"])]
    uri: Annotated[str, Field(examples=["tel:+4621101993"])]


class ContactSummary(Item):
    """A person or an office to ask, without photo."""

    resource: Literal["contact"]
    kind: Coded
    name: str
    role: str
    unit: str
    organisation: Annotated[str, Field(description="Empty for the own organisation.")]
    when_to_contact: str
    phone: Phone | None
    email: str | None
    form_link: Url | None


class Contact(ContactSummary):
    """A person or an office to ask."""

    photo: Image | None
    translations: list[Translation]


class AgreementContact(ContactSummary):
    """Whom to ask about an agreement."""

    photo: Image | None
    source: Annotated[
        Literal["agreement", "partner"],
        Field(description="Whether it was chosen for the agreement, or is the contact of a party."),
    ]


class PartnerContact(ContactSummary):
    """Whom to ask about a partner."""

    photo: Image | None


class StrategySummary(Item):
    """A strategy that partners and agreements work towards."""

    resource: Literal["strategy"]
    title: str
    url: Annotated[Url | None, Field(description="Its page's; null on a site without such pages.")]
    path: Path | None
    kind: Coded
    owner_organisation: str
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    summary: str
    link: Url | None


class EmbeddedStrategy(StrategySummary):
    """A strategy, as a partner or an agreement shows it."""

    document: Document | None


class Strategy(StrategySummary):
    """A strategy, whole."""

    document: Document | None
    translations: list[Translation]


class AgreementSummary(PageItem):
    """An agreement in a list."""

    resource: Literal["agreement"]
    types: Annotated[list[Coded], Field(description="The first is the primary type.")]
    label: Annotated[str, Field(description="What the reader is told that this is.", examples=["avsiktsförklaring"])]
    parties: list[Party]
    period: Period
    status: Coded
    is_expiring: Annotated[bool, Field(description="Active, and ends within the site's period of warning.")]
    renewal_pending: bool
    has_dates: Annotated[bool, Field(description="False if no date tells when it holds: then show no status.")]
    purpose: str


class OrganisationName(TypedDict):
    name: str
    short_name: str


class EmbeddedAgreement(AgreementSummary):
    """An agreement, as a partner's page shows it."""

    heading: Annotated[
        str, Field(description="Over the agreement on a partner's page.", examples=["Om avsiktsförklaringen"])
    ]
    own_organisation: Annotated[
        OrganisationName | None, Field(description="The own organisation by the name that it bore when it signed.")
    ]
    contact_invitation: str
    contacts: Annotated[list[AgreementContact], Field(description="Its own, else those of its parties.")]
    strategies: list[EmbeddedStrategy]
    documents: list[Document]
    reference_number: Annotated[str, Field(description="The registry's number (diarienummer).")]
    renews: Ref | None
    renewed_by: list[Ref]
    part_of: Ref | None
    sub_agreements: list[Ref]
    content: Content
    areas: Items
    goals: Items
    examples: Items
    commitments: Items


class Agreement(EmbeddedAgreement):
    """An agreement, whole."""

    translations: list[Translation]


class PartnerSummary(PageItem):
    """A partner in a list."""

    resource: Literal["partner"]
    organisation_type: Coded
    country: Coded
    region: Annotated[Coded | None, Field(description="ISO 3166-2.")]
    summary: Annotated[str, Field(description="The introduction as plain text.")]
    logo: Image | None
    agreements_total: int


class Partner(PartnerSummary):
    """A partner, with everything that its page shows."""

    introduction: RichText
    content: Content
    agreements: Annotated[list[EmbeddedAgreement], Field(description="The first 50, by status and date.")]
    contact_invitation: str
    contacts: list[PartnerContact]
    strategies: Annotated[list[EmbeddedStrategy], Field(description="Its own and its agreements', each once.")]
    related_partners: list[Ref]
    former_names: list[FormerName]
    website: Url | None
    organisation_number: str | None
    ror_id: Url | None
    responsible_unit: str
    areas: Items
    goals: Items
    examples: Items
    commitments: Items
    translations: list[Translation]


class PageSummary(PageItem):
    """Any other page in a list."""

    resource: Literal["page"]
    kind: Annotated[str, Field(description="The page's type.", examples=["homepage", "partnerindexpage"])]
    published_at: DateTime | None


class Page(PageSummary):
    """Any other page, whole."""

    introduction: RichText
    content: Content
    parent: Ref | None
    children: list[Ref]
    translations: list[Translation]
    search_description: str
