"""Spreadsheets that can be trusted: what somebody typed never becomes a formula, and a filter never goes unheeded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

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
    """Put before Wagtail's ``SpreadsheetExportMixin``, which exports whatever was typed.

    By a filter with a wrong value Wagtail shows everything, and beside it what is wrong. A sheet could not tell, so an
    export leads there.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        view: Any = self
        if view.is_export and view.filters and not view.filters.is_valid():
            question = request.GET.copy()
            del question["export"]
            return HttpResponseRedirect(f"{request.path}?{question.urlencode()}")
        response: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[misc]  # of Wagtail's view
        return response

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        prepared = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]  # of Wagtail's view
        return plain_cell(prepared)
