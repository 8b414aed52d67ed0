"""Pages that mirror another one: no alias is ever an item of its own."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler


class IsNoAlias(Func):
    """A condition on pages: what a row shows is its own.

    It says ``alias_of__isnull=True`` in a way that never leads SQLite's planner. Without statistics, that takes this
    column's index for the most selective of all, and then reads every page of the site for each row of an outer query.
    """

    template = "%(expressions)s IS NULL"
    output_field = BooleanField()
    conditional = True

    def __init__(self) -> None:
        super().__init__(F("alias_of"))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Write it with the sign by which SQLite is told not to use an index."""
        return self.as_sql(compiler, connection, template="+%(expressions)s IS NULL", **context)
