"""Spreadsheets that can be opened safely: what somebody typed never becomes a formula."""

from __future__ import annotations

import functools
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

#: A cell that begins with one of these is taken for a formula by one spreadsheet program or another.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: Any) -> Any:
    """Return what a cell may hold: text that would be a formula after an apostrophe, without control characters."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def keep_exports_plain() -> None:
    """Have every view of the admin export plain cells.

    Wagtail exports whatever was typed, and its own reports of history, workflows and old pages show our names too. No
    hook can take over their addresses, so the method that all exporting views share is changed.
    """
    prepare = SpreadsheetExportMixin.preprocess_field_value
    if hasattr(prepare, "__wrapped__"):
        return

    @functools.wraps(prepare)
    def prepare_plainly(view: Any, field: str, value: Any, export_format: str) -> Any:
        return plain_cell(prepare(view, field, value, export_format))

    SpreadsheetExportMixin.preprocess_field_value = prepare_plainly
