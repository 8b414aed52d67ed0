"""Turns the demo's blocks into the form in which Wagtail stores them, with an id for each."""

from __future__ import annotations

import datetime
import re
from typing import Any
from uuid import uuid5

from .entries import LINK, Block, FromToday, Items, Ref, Words, swedish
from .shelf import Shelf, translation_key


class MissingTargetError(Exception):
    """A block leads to something that an editor has deleted."""


class StreamWriter:
    """Writes the content of one page, in Swedish; ids follow from the page and the place of the block in it."""

    def __init__(self, shelf: Shelf, key: str, today: datetime.date) -> None:
        self.shelf = shelf
        self.key = translation_key(key)
        self.today = today

    def stream(self, blocks: tuple[Block, ...], path: str = "") -> list[dict[str, Any]]:
        """Write a stream of blocks, without those that lead to what was deleted."""
        written = []
        for index, block in enumerate(blocks):
            place = f"{path}/{index}"
            try:
                value = self.value(block.value, place)
            except MissingTargetError:
                continue
            written.append({"type": block.type, "value": value, "id": str(uuid5(self.key, place))})
        return written

    def value(self, value: Any, path: str) -> Any:
        match value:
            case Words() | str():
                written: Any = self.html(swedish(value))
            case FromToday():
                written = value.edtf(self.today)
            case Ref():
                written = self._pk(value)
            case Items():
                written = [self._item(item, f"{path}/{index}") for index, item in enumerate(value.values)]
            case tuple():
                written = self.stream(value, path)
            case list():
                written = [self.value(part, f"{path}/{index}") for index, part in enumerate(value)]
            case dict():
                written = {name: self.value(part, f"{path}/{name}") for name, part in value.items()}
            case _:
                written = value
        return written

    def _item(self, item: Any, path: str) -> dict[str, Any]:
        return {"type": "item", "value": self.value(item, path), "id": str(uuid5(self.key, path))}

    def html(self, text: str) -> str:
        """Point the links of a text to the rows that they name; a link to what was deleted becomes plain text."""

        def point(found: re.Match[str]) -> str:
            kind, key, label = found.groups()
            row = self.shelf.row(Ref(key))
            if row is None:
                return label
            return f'<a linktype="{"page" if kind == "ref" else "document"}" id="{row.pk}">{label}</a>'

        return LINK.sub(point, text)

    def _pk(self, ref: Ref) -> int:
        row = self.shelf.row(ref)
        if row is None:
            raise MissingTargetError(ref.key)
        return int(row.pk)
