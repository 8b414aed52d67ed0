"""Conditions that never lead SQLite's planner, nor have it plan a query anew.

Without statistics, SQLite takes the index of a foreign key for a selective one. Those of a page's language and of the
page that it mirrors are not: led by them, a query reads half the site, or all of it, maybe for each row of an outer
query, and leaves aside the index of what was asked for. ``ANALYZE`` is no remedy (see ``benchmarks/README.md``).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import INNER

from wagtail.models import Locale

QuerySetT = TypeVar("QuerySetT", bound=QuerySet[Any])


class _NeverLeads(Func):
    """A condition that on SQLite begins with the sign by which that is told not to use an index."""

    output_field = BooleanField()
    conditional = True

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"+{self.template}", **context)


class _IsNull(_NeverLeads):
    template = "%(expressions)s IS NULL"


class _IsIn(_NeverLeads):
    template = "%(expressions)s"
    arg_joiner = " IN "


class _BeginsWith(Func):
    """A condition on a column of texts without wildcards.

    SQLite plans a query anew at every asking that compares by LIKE with a parameter, since an index might serve just
    that one. PostgreSQL can tell by LIKE alone how many rows there will be.
    """

    output_field = BooleanField()
    conditional = True
    template = "%(expressions)s"
    arg_joiner = " LIKE "

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> Any:
        column, pattern = self.get_source_expressions()
        start = pattern.value.removesuffix("%")
        return compiler.compile(Exact(Left(column, len(start)), Value(start)))


class _List(Func):
    template = "(%(expressions)s)"


def is_no_alias() -> Func:
    """Match the pages whose content is their own: no alias is ever an item of its own."""
    return _IsNull(F("alias_of"))


def is_any_of(column: str, values: Iterable[Any]) -> Func:
    """Match the rows that have one of some values, at least one, in a column."""
    return _IsIn(F(column), _List(*map(Value, values)))


def is_below(path: str) -> Func:
    """Match the pages at a tree path, or below it."""
    return _BeginsWith(F("path"), Value(f"{path}%"))


def is_in(locale: Locale) -> Func:
    """Match the rows in a language."""
    return is_any_of("locale", [locale.pk])


def led_by_own_table(rows: QuerySetT) -> QuerySetT:
    """Have SQLite read the rows' own table first, and those of their parents by primary key.

    For rows in the order of an index of their own table: so read, a page of a list is full after a few of them, while
    SQLite would rather read the whole site by the parents' table, and sort it.
    """
    if connections[rows.db].vendor != "sqlite":
        return rows
    rows = rows.all()
    for alias, join in rows.query.alias_map.items():
        if join.join_type == INNER:
            led = copy(join)
            led.join_type = "CROSS JOIN"  # what SQLite never reorders
            rows.query.alias_map[alias] = led
    return rows
