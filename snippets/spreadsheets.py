"""Spreadsheets that can be opened safely: what somebody typed never becomes a formula."""

from __future__ import annotations

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

#: A cell that begins with one of these is taken for a formula by one spreadsheet program or another.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: Any) -> Any:
    """Return what a cell may hold: text that would be a formula after an apostrophe, without control characters."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


class PlainSpreadsheetMixin:
    """Put before Wagtail's ``SpreadsheetExportMixin``, which exports whatever was typed."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        prepared = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]  # of Wagtail's view
        return plain_cell(prepared)
