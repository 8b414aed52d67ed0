"""Filters of reports that show each row once, in its source language."""

from __future__ import annotations

from typing import Any

from wagtail.admin.filters import WagtailFilterSet


class SourceFilterSet(WagtailFilterSet):
    """Leaves out the filter by language, which Wagtail adds and which would keep all rows or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop("locale", None)
