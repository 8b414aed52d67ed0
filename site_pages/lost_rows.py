"""Rows of an old revision that have been deleted since."""

from __future__ import annotations

from typing import Any


def write_lost_rows_anew(page: Any) -> None:
    """Let the rows that a page holds in memory, but that the database has no more, be saved as new ones.

    A form refuses a row by the key that the old revision gives it, in a hidden field, so that nobody could go back to
    a revision from before a party or contact was removed.
    """
    for rows in getattr(page, "_cluster_related_objects", {}).values():
        kept = [row for row in rows if row.pk is not None]
        if kept:
            found = set(
                type(kept[0])._default_manager.filter(pk__in=[row.pk for row in kept]).values_list("pk", flat=True)
            )
            for row in kept:
                if row.pk not in found:
                    row.pk = None
