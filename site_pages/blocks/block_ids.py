"""Ids for blocks that code writes without any: editors' forms give them, JSON from elsewhere may not have them.

wagtail-localize names every text by the ids on the way to it. Without one, it crashes on a nested stream and passes
over a list in silence.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from wagtail import blocks


def with_ids(block: blocks.Block, raw: Any) -> Any:
    """Return a block's stored form in which every block of a stream and every item of a list has an id.

    Those that are there stay. List items of the old form, bare values, take the present one.
    """
    if isinstance(block, blocks.StreamBlock) and isinstance(raw, list):
        return [_with_id(_stream_child(block, child)) for child in raw]
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        return [_with_id(_list_item(block, item)) for item in raw]
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        children = block.child_blocks
        return {name: with_ids(children[name], value) if name in children else value for name, value in raw.items()}
    return raw


def _with_id(child: Any) -> Any:
    return child if not isinstance(child, dict) or child.get("id") else {**child, "id": str(uuid4())}


def _stream_child(block: blocks.StreamBlock, child: Any) -> Any:
    # A block type that a host no longer registers is passed on as it is.
    known = block.child_blocks.get(child["type"]) if isinstance(child, dict) and "value" in child else None
    return child if known is None else {**child, "value": with_ids(known, child["value"])}


def _list_item(block: blocks.ListBlock, item: Any) -> dict[str, Any]:
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    value = item["value"] if is_wrapped else item
    return {**(item if is_wrapped else {"type": "item"}), "value": with_ids(block.child_block, value)}
