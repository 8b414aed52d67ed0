"""Search that goes on being a queryset, so that lists can filter, sort and annotate what is found."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from wagtail.search.backends import get_search_backend

RowT = TypeVar("RowT", bound=Model)

#: More words than anyone types; each is one more condition to the database.
MAX_LENGTH = 200


def find_as_typed(rows: QuerySet[RowT], text: str) -> QuerySet[RowT]:
    """Keep the rows that have words beginning with those in ``text``; all of them if it has no word.

    The search backends refuse to filter or sort by a column that is not in the index, and by any expression. So the
    index is asked for the matches first, and the rest is left to the database.
    """
    # The backends take a quotation mark for syntax, and PostgreSQL refuses NUL.
    words = text.replace('"', " ").replace("\0", " ")[:MAX_LENGTH].strip()
    if not words:
        return rows
    found = get_search_backend().autocomplete(words, rows.model._default_manager.only("pk"), order_by_relevance=False)
    return rows.filter(pk__in=[row.pk for row in found])
