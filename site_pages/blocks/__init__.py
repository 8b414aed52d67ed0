"""The blocks that editors build pages from. A host adds its own with ``register_block``."""

from .choosers import (
    AgreementBlock,
    AgreementListBlock,
    ContactBlock,
    PartnerBlock,
    PartnerListBlock,
    StrategyBlock,
)
from .links import DocumentListBlock, LinkListBlock
from .media import ContentImageBlock, ContentTableBlock, VideoBlock
from .stream import ContentBlock, SectionBlock, SubsectionBlock
from .text import FactBoxBlock, ListOfItemsBlock, MilestoneBlock, ProseBlock, QuotationBlock

__all__ = [
    "AgreementBlock",
    "AgreementListBlock",
    "ContactBlock",
    "ContentBlock",
    "ContentImageBlock",
    "ContentTableBlock",
    "DocumentListBlock",
    "FactBoxBlock",
    "LinkListBlock",
    "ListOfItemsBlock",
    "MilestoneBlock",
    "PartnerBlock",
    "PartnerListBlock",
    "ProseBlock",
    "QuotationBlock",
    "SectionBlock",
    "StrategyBlock",
    "SubsectionBlock",
    "VideoBlock",
]
