"""How the blocks combine: sections nest, and their depth gives the heading its level."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .choosers import AgreementBlock, AgreementListBlock, ContactBlock, PartnerBlock, PartnerListBlock, StrategyBlock
from .links import DocumentListBlock, LinkListBlock
from .media import ContentImageBlock, ContentTableBlock, VideoBlock
from .text import FactBoxBlock, ListOfItemsBlock, MilestoneBlock, ProseBlock, QuotationBlock


class LeafBlocks(blocks.StreamBlock):
    """Every block that holds no section."""

    rich_text = ProseBlock(group=_("Text"))
    list = ListOfItemsBlock(group=_("Text"))
    quote = QuotationBlock(group=_("Text"))
    milestone = MilestoneBlock(group=_("Text"))
    fact_box = FactBoxBlock(group=_("Text"))
    image = ContentImageBlock(group=_("Media"))
    table = ContentTableBlock(group=_("Media"))
    embed = VideoBlock(group=_("Media"))
    link_list = LinkListBlock(group=_("Links"))
    document_list = DocumentListBlock(group=_("Links"))
    agreement = AgreementBlock(group=_("Partnerships"))
    partner = PartnerBlock(group=_("Partnerships"))
    strategy = StrategyBlock(group=_("Partnerships"))
    contact = ContactBlock(group=_("Partnerships"))
    agreement_list = AgreementListBlock(group=_("Partnerships"))
    partner_list = PartnerListBlock(group=_("Partnerships"))


class SubsectionBlock(blocks.StructBlock):
    """A section within a section."""

    heading = blocks.CharBlock(max_length=150, label=_("Heading"))
    content = LeafBlocks(label=_("Content"))

    class Meta:
        label = _("Section")
        icon = "title"
        label_format = "{heading}"
        description = _("A heading with what belongs under it.")
        template = "partnerships_pages/blocks/section.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"


class SectionContentBlock(LeafBlocks):
    section = SubsectionBlock(group=_("Structure"))


class SectionBlock(blocks.StructBlock):
    """A heading with what belongs under it."""

    heading = blocks.CharBlock(max_length=150, label=_("Heading"))
    content = SectionContentBlock(label=_("Content"))

    class Meta:
        label = _("Section")
        icon = "title"
        label_format = "{heading}"
        description = _("A heading with what belongs under it, sections of its own included.")
        template = "partnerships_pages/blocks/section.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"


class ContentBlock(LeafBlocks):
    """The content of a page: sections and what they may hold, and the blocks that the host site adds.

    ``PARTNERSHIPS_EXTRA_BLOCKS`` names those: ``{"map": "myproject.blocks.MapBlock"}``.

    Raises:
        ImportError: if one of them can't be imported.
    """

    section = SectionBlock(group=_("Structure"))

    def __init__(self, local_blocks: Iterable[tuple[str, blocks.Block]] = (), **kwargs: Any) -> None:
        extra = getattr(settings, "PARTNERSHIPS_EXTRA_BLOCKS", {})
        added = [(name, import_string(path)()) for name, path in extra.items()]
        super().__init__([*local_blocks, *added], **kwargs)
