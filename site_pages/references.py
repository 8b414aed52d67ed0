"""Walks the stored blocks of pages and collects what they refer to, so that all of it can be fetched at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import RichText

from .blocks import AgreementBlock, ContactBlock
from .blocks.identity import SourceChooser
from .rich_text import link_targets


@dataclass
class References:
    """What a set of stored blocks names, by the target's model and primary key."""

    ids: defaultdict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    page_links: set[int] = field(default_factory=set)
    document_links: set[int] = field(default_factory=set)
    #: What is shown here by a block of its own, and so not at its standard place on the page.
    shown_agreements: set[int] = field(default_factory=set)
    shown_contacts: set[int] = field(default_factory=set)

    def add_rich_text(self, source: str) -> None:
        """Collect what a rich text links to."""
        targets = link_targets(source)
        self.page_links |= targets.page_ids
        self.document_links |= targets.document_ids

    def update(self, other: References) -> None:
        """Take in what another set names; what is shown there stays out."""
        for model, ids in other.ids.items():
            self.ids[model] |= ids
        self.page_links |= other.page_links
        self.document_links |= other.document_links


#: The blocks that themselves name something.
REFERRING = (SourceChooser, blocks.RichTextBlock, AgreementBlock, ContactBlock)


class _Walk:
    """Walks stored values, and into those parts of them alone whose blocks can name something."""

    def __init__(self) -> None:
        # By identity, since blocks can't be hashed; what is walked keeps them alive.
        self._can_refer: dict[int, bool] = {}

    def parts(self, block: blocks.Block, stored: Any) -> Iterator[tuple[blocks.Block, Any]]:
        """Yield every block within a stored value, itself first, with its part of the value."""
        if stored is None or not self._may_refer(block):
            return
        yield block, stored
        for child_block, child in _children(block, stored):
            if child_block is not None:
                yield from self.parts(child_block, child)

    def _may_refer(self, block: blocks.Block) -> bool:
        known = self._can_refer.get(id(block))
        if known is None:
            known = isinstance(block, REFERRING) or any(map(self._may_refer, _blocks_within(block)))
            self._can_refer[id(block)] = known
        return known


def _blocks_within(block: blocks.Block) -> Iterable[blocks.Block]:
    if isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock | TypedTableBlock):
        return block.child_blocks.values()
    return (block.child_block,) if isinstance(block, blocks.ListBlock) else ()


def _children(block: blocks.Block, stored: Any) -> Iterable[tuple[blocks.Block | None, Any]]:
    """Pair the parts of a stored value with their blocks; None for a block that no longer exists."""
    if isinstance(block, blocks.BaseStreamBlock):
        return ((block.child_blocks.get(child["type"]), child["value"]) for child in stored)
    if isinstance(block, blocks.BaseStructBlock) and isinstance(stored, dict):
        return ((child_block, stored.get(name)) for name, child_block in block.child_blocks.items())
    if isinstance(block, blocks.ListBlock):
        return ((block.child_block, _list_item(child)) for child in stored)
    if isinstance(block, TypedTableBlock):
        columns = [block.child_blocks.get(column["type"]) for column in stored.get("columns", [])]
        return (cell for row in stored.get("rows", []) for cell in zip(columns, row["values"], strict=False))
    return ()


def _list_item(stored: Any) -> Any:
    """Lists written by code may hold bare values instead of items with a type and an id."""
    in_block_format = isinstance(stored, dict) and {"type", "value"} <= stored.keys()
    return stored["value"] if in_block_format else stored


def references_in(block: blocks.Block, streams: Iterable[Any]) -> list[References]:
    """Collect what each of some pages' stored streams refers to."""
    walk = _Walk()
    return [_references(walk.parts(block, stream)) for stream in streams]


def _references(parts: Iterable[tuple[blocks.Block, Any]]) -> References:
    found = References()
    for block, stored in parts:
        if isinstance(block, SourceChooser):
            found.ids[block.model_class].add(stored)
        elif isinstance(block, blocks.RichTextBlock):
            found.add_rich_text(stored.source if isinstance(stored, RichText) else stored)
        elif isinstance(block, AgreementBlock):
            found.shown_agreements.add(stored.get("agreement"))
        elif isinstance(block, ContactBlock):
            found.shown_contacts.add(stored.get("contact"))
    return found
