"""What every renderer needs: for whom it renders, and who has read the rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import urljoin

from django.db.models import Choices
from django.utils import translation

from wagtail.models import Page

from ....site_pages.addresses import strategy_path
from ....site_pages.reader import Reader
from ....snippets.models import Strategy
from ....snippets.partial_dates import PartialDate
from ....snippets.places import country_name, region_name
from ..resources import resource_of
from ..schemas import common
from ..scope import Scope


@dataclass
class Context:
    """A scope, and the reader that has read what is rendered within it."""

    scope: Scope
    reader: Reader
    _refs: dict[tuple[type, int], common.Ref] = field(default_factory=dict)
    _shapes: dict[tuple[type, int], dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def root_url(self) -> str:
        return str(self.scope.site.root_url)

    def absolute(self, path: str) -> str:
        """Make the address of a path on this site absolute; a whole address stays what it is."""
        return urljoin(f"{self.root_url}/", path)

    def ref(self, row: Any) -> common.Ref:
        """Name a document: a page or a snippet that the reader may see."""
        found = self._refs.get((type(row), row.pk))
        if found is None:
            found = self._refs[type(row), row.pk] = self._make_ref(row)
        self.scope.tag(row.translation_key)
        return found

    def _make_ref(self, row: Any) -> common.Ref:
        is_page = isinstance(row, Page)
        path = self.reader.path(row) if is_page else strategy_path(row) if isinstance(row, Strategy) else None
        model = row.specific_class or Page if is_page else type(row)
        resource = resource_of(model)
        if resource is None:
            raise LookupError(f"{model.__name__} is no kind of document that the API serves.")
        return {
            "id": str(row.translation_key),
            "resource": resource.name,
            "title": resource.title(row),
            "url": self.reader.url(row) if is_page else self.absolute(path) if path else None,
            "path": path,
            "locale": self.scope.language_of(row),
        }

    def refs(self, rows: Any) -> list[common.Ref]:
        return [self.ref(row) for row in rows]

    def once(self, row: Any, render: Callable[[Context, Any], dict[str, Any]]) -> dict[str, Any]:
        """Render a row that many others show, at the first of them."""
        key = (type(row), row.pk)
        if key not in self._shapes:
            self._shapes[key] = render(self, row)
        return self._shapes[key]

    def language(self, row: Any) -> str:
        return self.scope.language_of(row)


# Typed, since the codes of two vocabularies are equal as strings are: "other" is one of several.
@lru_cache(maxsize=None, typed=True)
def label_in(choice: Choices, language: str) -> str:
    """The label of a code in a language. Labels come from the catalogues, which never change while we run."""
    with translation.override(language):
        return str(choice.label)


def coded(choice: Choices, language: str) -> common.Coded:
    """A value of a controlled vocabulary."""
    return {"code": str(choice.value), "label": label_in(choice, language)}


@cache
def _place(kind: str, code: str, language: str) -> str:
    with translation.override(language):
        return country_name(code) if kind == "country" else region_name(code)


def coded_country(code: str, language: str) -> common.Coded | None:
    """An ISO 3166-1 country; None for none."""
    return {"code": code, "label": _place("country", code, language)} if code else None


def coded_region(code: str, language: str) -> common.Coded | None:
    """An ISO 3166-2 region; None for none."""
    return {"code": code, "label": _place("region", code, language)} if code else None


def partial_date(value: PartialDate | str | None) -> common.PartialDate | None:
    """A partial date with the first and the last day that it can mean."""
    if not isinstance(value, PartialDate):
        return None
    earliest, latest = value.earliest.isoformat(), value.latest.isoformat()
    precision: Any = value.precision.value
    return {"value": value.value, "precision": precision, "earliest": earliest, "latest": latest}


def timestamp(moment: datetime.datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
