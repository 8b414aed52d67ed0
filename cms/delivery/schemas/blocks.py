"""The shapes of content blocks: one for each type, told apart by `type`."""

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from .common import Coded, Document, Image, Link, PartialDate, Ref, RichText, Url

#: Marks where the OpenAPI document refers to the union of all blocks.
BLOCK_MARK = "x-any-block"

#: Any block: the union is put together when the OpenAPI document is made, with the blocks that the host added.
AnyBlock = Annotated[dict[str, Any], WithJsonSchema({"type": "object", BLOCK_MARK: True})]

BlockId = Annotated[str, Field(description="Stays the same while the block is edited or moved.")]


class SectionBlock(TypedDict):
    """A heading with what belongs under it. Sections nest."""

    type: Literal["section"]
    id: BlockId
    heading: str
    level: Annotated[int, Field(description="1 for a section of the page, 2 for one within it.", ge=1)]
    content: list[AnyBlock]


class RichTextBlock(TypedDict):
    """Running text."""

    type: Literal["rich_text"]
    id: BlockId
    text: RichText


class ListItem(TypedDict):
    """One area, goal, example or commitment."""

    name: str
    description: str


class ListBlock(TypedDict):
    """A list of areas, goals, examples, commitments or other things."""

    type: Literal["list"]
    id: BlockId
    preset: Annotated[Coded, Field(description="What it is a list of.")]
    heading: Annotated[str, Field(description="The editor's, else the label of the preset.")]
    introduction: str
    items: list[ListItem]


class QuoteBlock(TypedDict):
    """What somebody said."""

    type: Literal["quote"]
    id: BlockId
    quotation: str
    person: str
    role: str


class MilestoneBlock(TypedDict):
    """Something that happened on a day, in a month or in a year."""

    type: Literal["milestone"]
    id: BlockId
    date: PartialDate | None
    what: str
    link: Url | None


class FactBoxBlock(TypedDict):
    """A short text set apart from the rest."""

    type: Literal["fact_box"]
    id: BlockId
    heading: str
    text: RichText


class ImageBlock(TypedDict):
    """A picture; null if it has been deleted."""

    type: Literal["image"]
    id: BlockId
    image: Image | None


class TextCell(TypedDict):
    type: Literal["text"]
    text: str


class RichTextCell(TypedDict):
    type: Literal["rich_text"]
    rich_text: RichText


class NumberCell(TypedDict):
    type: Literal["number"]
    number: Annotated[
        str | None, Field(description="A decimal number, as text to keep its precision.", examples=["12.50"])
    ]


class TableColumn(TypedDict):
    type: Literal["text", "rich_text", "number"]
    heading: str


class TableBlock(TypedDict):
    """A table; every row has a cell for each column."""

    type: Literal["table"]
    id: BlockId
    caption: str
    columns: list[TableColumn]
    rows: list[list[Annotated[TextCell | RichTextCell | NumberCell, Field(discriminator="type")]]]


class EmbedBlock(TypedDict):
    """A film or another thing on the web; it is linked, since embedding it would tell a third party of the visitor."""

    type: Literal["embed"]
    id: BlockId
    url: Url


class PageTarget(TypedDict):
    type: Literal["page"]
    page: Ref


class UrlTarget(TypedDict):
    type: Literal["url"]
    url: Url


class DocumentTarget(TypedDict):
    type: Literal["document"]
    document: Document


class ContentLink(TypedDict):
    """A link that an editor made. What it led to and is not public any more is left out of its list."""

    text: str
    description: str
    target: Annotated[PageTarget | UrlTarget | DocumentTarget, Field(discriminator="type")]


class LinkListBlock(TypedDict):
    """Where to read more."""

    type: Literal["link_list"]
    id: BlockId
    heading: str
    links: list[ContentLink]


class DocumentListBlock(TypedDict):
    """Documents to download, those that anyone may read."""

    type: Literal["document_list"]
    id: BlockId
    heading: str
    documents: list[Document]


class AgreementBlock(TypedDict):
    """An agreement at a place of the editor's choice; null if it is not public."""

    type: Literal["agreement"]
    id: BlockId
    agreement: Ref | None
    introduction: str
    extent: Annotated[Coded, Field(description="How much of it to show.")]


class PartnerBlock(TypedDict):
    """A card that leads to a partner; null if it is not public."""

    type: Literal["partner"]
    id: BlockId
    partner: Ref | None
    introduction: str


class StrategyBlock(TypedDict):
    """A strategy; null if it is not public."""

    type: Literal["strategy"]
    id: BlockId
    strategy: Ref | None
    introduction: str


class ContactBlock(TypedDict):
    """A contact at a place of the editor's choice; null if it is not public."""

    type: Literal["contact"]
    id: BlockId
    contact: Ref | None
    invitation: str


class AgreementListBlock(TypedDict):
    """The agreements that match a filter; `list` asks for them."""

    type: Literal["agreement_list"]
    id: BlockId
    heading: str
    agreement_types: list[Coded]
    statuses: list[Coded]
    partner: Ref | None
    strategy: Ref | None
    layout: Coded
    group_by_type: bool
    list: Link


class PartnerListBlock(TypedDict):
    """The partners that match a filter; `list` asks for them."""

    type: Literal["partner_list"]
    id: BlockId
    heading: str
    organisation_types: list[Coded]
    agreement_types: list[Coded]
    strategy: Ref | None
    layout: Coded
    group_by_type: bool
    list: Link


BLOCK_SCHEMAS: dict[str, type] = {
    "section": SectionBlock,
    "rich_text": RichTextBlock,
    "list": ListBlock,
    "quote": QuoteBlock,
    "milestone": MilestoneBlock,
    "fact_box": FactBoxBlock,
    "image": ImageBlock,
    "table": TableBlock,
    "embed": EmbedBlock,
    "link_list": LinkListBlock,
    "document_list": DocumentListBlock,
    "agreement": AgreementBlock,
    "partner": PartnerBlock,
    "strategy": StrategyBlock,
    "contact": ContactBlock,
    "agreement_list": AgreementListBlock,
    "partner_list": PartnerListBlock,
}
