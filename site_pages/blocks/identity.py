"""Choosers of rows that are chosen for their identity: each reader gets the row in their own language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import TranslatableMixin
from wagtail.snippets.blocks import SnippetChooserBlock

from ...snippets.source_rows import source_of

#: Finds the reader's row of a stored id; None if it is not public.
FindRow = Callable[[type[Model], int], Model | None]

_find_row: ContextVar[FindRow | None] = ContextVar("find_row", default=None)


@contextmanager
def rows_found_by(find_row: FindRow) -> Iterator[None]:
    """While blocks are turned into values, take the rows that they name from ``find_row`` and not from the database."""
    token = _find_row.set(find_row)
    try:
        yield
    finally:
        _find_row.reset(token)


class SourceChooser(blocks.ChooserBlock):
    """A chooser whose value has nothing to translate: it names a row in its source language."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def get_prep_value(self, value: Any) -> Any:
        # Whichever language it was chosen in.
        return super().get_prep_value(source_of(value) if isinstance(value, TranslatableMixin) else value)

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Show nothing in the history where nothing is chosen."""
        return "" if value is None else str(super().render_basic(value, context))

    def to_python(self, value: Any) -> Any:
        return self.bulk_to_python([value])[0] if _find_row.get() and value is not None else super().to_python(value)

    def bulk_to_python(self, values: Sequence[Any]) -> list[Any]:
        find_row = _find_row.get()
        if find_row is None:
            rows: list[Any] = super().bulk_to_python(values)
            return rows
        return [find_row(self.model_class, value) if value is not None else None for value in values]


class SourcePageChooserBlock(SourceChooser, blocks.PageChooserBlock):
    """A page, whichever language it is shown in."""


class SourceSnippetChooserBlock(SourceChooser, SnippetChooserBlock):
    """A contact, a strategy or a host's own snippet, whichever language it is shown in."""


class SourceDocumentChooserBlock(SourceChooser, DocumentChooserBlock):
    """A document, which is the same in every language."""
