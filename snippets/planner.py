"""Conditions that never lead SQLite's planner.

Without statistics, SQLite takes the index of a foreign key for a selective one. Those of a page's language and of the
page that it mirrors are not: led by them, a query reads half the site, or all of it, maybe for each row of an outer
query, and leaves aside the index of what was asked for. ``ANALYZE`` is no remedy (see ``benchmarks/README.md``).
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Value
from django.db.models.sql.compiler import SQLCompiler

from wagtail.models import Locale


class _NeverLeads(Func):
    """A condition that on SQLite begins with the sign by which that is told not to use an index."""

    output_field = BooleanField()
    conditional = True

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"+{self.template}", **context)


class _IsNull(_NeverLeads):
    template = "%(expressions)s IS NULL"


class _Equals(_NeverLeads):
    template = "%(expressions)s"
    arg_joiner = " = "


def is_no_alias() -> Func:
    """Match the pages whose content is their own: no alias is ever an item of its own."""
    return _IsNull(F("alias_of"))


def is_in(locale: Locale) -> Func:
    """Match the rows in a language."""
    return _Equals(F("locale"), Value(locale.pk))
