"""Queries whose SQL is composed once, and asked again for other keys.

Django composes a query's SQL anew whenever it is asked, which is two thirds of what a page of a dozen queries costs.
Here a query is a function that returns a queryset. It is called once with stand-ins for its keys; what the SQL then
holds in their places is exchanged for the keys of each question.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler

Key = int | UUID
#: Returns the query for some constants and, after them, some lists of keys. It must depend on nothing else.
Compose = Callable[..., QuerySet[Any, Any]]

#: How many queries are kept in a process, each for other constants or another number of keys.
MOST_QUERIES = 256
#: Longer lists are so rare that their queries are composed each time.
MOST_KEYS = 512
#: Where the stand-ins for numbers begin: far from anything that a query holds by itself.
FIRST_STAND_IN = 0x5EED_0000


def ask(compose: Compose, constants: tuple[Any, ...], *keys: Collection[Key]) -> list[Any]:
    """Return what ``compose(*constants, *keys)`` finds."""
    lists = [list(some) for some in keys]
    if max(map(len, lists)) <= MOST_KEYS:
        prepared = _prepare(compose, constants, tuple(_room_for(some) for some in lists))
        if prepared is not None:
            return prepared.ask(lists)
    return list(compose(*constants, *lists))


def _room_for(keys: Sequence[Key]) -> tuple[type[Key], int]:
    """Tell what kind of keys these are, and how many the next larger query has room for."""
    return (type(keys[0]), 1 << (len(keys) - 1).bit_length()) if keys else (int, 0)


@dataclass(frozen=True)
class _Prepared:
    """A composed query: its parameters, and which of them are the keys of which list, by their positions."""

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    converters: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int, int], ...]

    def ask(self, lists: Sequence[Sequence[Key]]) -> list[Any]:
        # Connections belong to threads.
        connection = connections[self.rows.db]
        adapted = [[_adapted(key, connection) for key in keys] for keys in lists]
        parameters = list(self.parameters)
        for position, number, index in self.places:
            keys = adapted[number]
            # Where there is more room than keys, the last one is named again.
            parameters[position] = keys[min(index, len(keys) - 1)]
        compiler: Any = copy(self.compiler)
        compiler.connection = connection
        compiler.get_converters = lambda _expressions: self.converters
        compiler.as_sql = lambda *_arguments, **_options: (self.sql, tuple(parameters))
        rows: Any = self.rows.all()
        rows.query.get_compiler = lambda *_arguments, **_options: compiler
        return list(rows)


@lru_cache(maxsize=MOST_QUERIES)
def _prepare(
    compose: Compose, constants: tuple[Hashable, ...], rooms: tuple[tuple[type[Key], int], ...]
) -> _Prepared | None:
    """Compose a query with stand-ins; None if it finds nothing whatever its keys are.

    Raises ValueError for one that depends on more than its arguments, or makes something else of its keys than
    parameters.
    """
    if getattr(compose, "__closure__", None):
        raise ValueError(f"{compose} depends on what it was made with, and not on its arguments alone.")
    stand_ins: list[list[Key]] = []
    number = FIRST_STAND_IN
    for kind, room in rooms:
        numbers = range(number, number + room)
        stand_ins.append([UUID(int=each) for each in numbers] if kind is UUID else list(numbers))
        number += room
    rows = compose(*constants, *stand_ins)
    connection = connections[rows.db]
    compiler: Any = rows.query.get_compiler(rows.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    origins = {
        _adapted(stand_in, connection): (which, index)
        for which, some in enumerate(stand_ins)
        for index, stand_in in enumerate(some)
    }
    places = tuple(
        (position, *origins[value])
        for position, value in enumerate(parameters)
        if isinstance(value, Hashable) and value in origins
    )
    if {place[1:] for place in places} != set(origins.values()):
        raise ValueError(f"{compose} makes something else of its keys than parameters.")
    converters = compiler.get_converters([expression for expression, _sql, _alias in compiler.select])
    return _Prepared(rows, compiler, converters, sql, tuple(parameters), places)


def forget() -> None:
    """Compose all queries anew when they are asked next."""
    _prepare.cache_clear()


def _adapted(key: Key, connection: Any) -> Any:
    return _uuid.get_db_prep_value(key, connection) if isinstance(key, UUID) else key


_uuid: Any = UUIDField()
