"""The rows of one model that a reader may see, one per translation key, fetched by one query at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model, Q

from wagtail.models import Locale

from ..snippets.languages import in_language

RowT = TypeVar("RowT", bound=Any)


class Drafts(Protocol):
    """What somebody who looks at a draft is given in place of the public rows that it names."""

    def visible(self, model: type[Model]) -> Q:
        """Match the rows of a model that they see although nobody else does."""

    def newest(self, rows: list[Any]) -> list[Any]:
        """Return the same rows, each as its newest draft has it."""


#: Finds all rows of some groups, named by their keys or by the id of any row; ``is_public`` tells who may see a row.
Find = Callable[[Collection[UUID], Collection[int]], list[RowT]]


class ReadersRows(Generic[RowT]):
    """Finds the reader's row by the key of its group, or by the primary key of any row of the group."""

    def __init__(
        self,
        find: Find[RowT],
        locales: Mapping[int, Locale],
        locale_id: int,
        source_locale_id: int,
        *,
        drafts: Drafts | None = None,
    ) -> None:
        self._find = find
        self._drafts = drafts
        self._locales = locales
        self._locale_id = locale_id
        self._source_locale_id = source_locale_id
        self._by_key: dict[UUID, RowT | None] = {}
        self._key_of: dict[int, UUID | None] = {}

    def load(self, keys: Iterable[UUID] = (), ids: Iterable[int] = ()) -> list[RowT]:
        """Fetch what these name, unless it has been fetched before; return the rows that are new."""
        missing_keys = set(keys) - self._by_key.keys()
        missing_ids = set(ids) - self._key_of.keys()
        if not missing_keys and not missing_ids:
            return []
        rows: list[Any] = self._find(missing_keys, missing_ids)
        self._key_of |= dict.fromkeys(missing_ids)
        self._key_of |= {row.pk: row.translation_key for row in rows}
        self._by_key |= dict.fromkeys(missing_keys)
        self._by_key |= dict.fromkeys(row.translation_key for row in rows if row.translation_key not in self._by_key)
        found = [row for row in rows if row.is_public]
        return self.choose(self._drafts.newest(found) if self._drafts else found)

    def choose(self, rows: Iterable[RowT]) -> list[RowT]:
        """Keep the reader's row of each group among these public rows, each with its locale; return what was chosen."""
        rows = [row for row in rows if self._with_locale(row)]
        chosen = in_language(rows, self._locale_id, self._source_locale_id)
        new = {key: row for key, row in chosen.items() if self._by_key.get(key) is None}
        self._by_key |= new
        return list(new.values())

    def _with_locale(self, row: Any) -> bool:
        """Set a row's locale without a query; a row in a locale that the site no longer has is nobody's."""
        if row.locale_id not in self._locales:
            return False
        row.locale = self._locales[row.locale_id]
        return True

    def get(self, key: UUID | None) -> RowT | None:
        """The reader's row of a group; None if it is not public."""
        return self._by_key.get(key) if key else None

    def of_id(self, pk: int | None) -> RowT | None:
        """The reader's row of the group that a row belongs to; None if it is not public."""
        return self.get(self._key_of.get(pk)) if pk else None

    def all_of(self, keys: Iterable[UUID]) -> list[RowT]:
        """The reader's rows of some groups in the same order, each once, without those that are not public."""
        return [row for key in dict.fromkeys(keys) if (row := self.get(key)) is not None]
