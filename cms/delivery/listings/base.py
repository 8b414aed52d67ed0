"""How any kind of document is listed and fetched; each kind says which filters, facets and orders it has."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.db.models import F, OrderBy, Q, QuerySet

from wagtail.models import Page, Site

from ....site_pages.reader_queries import versions
from ....site_pages.search_texts import matching
from ....site_pages.visibility import roots_of
from ....snippets.planner import led_by_own_table
from ....snippets.prepared import ask
from ....snippets.sort_keys import InAlphabet
from ..counts import counted
from ..parameters import ListParameters, split_names
from ..rendering.context import Context
from ..resources import Resource
from ..schemas import common
from ..schemas.envelope import Facets
from ..scope import Scope
from .facets import Facet, count_facets

ParametersT = TypeVar("ParametersT", bound=ListParameters)

#: Parameters that look at nothing but the listed documents themselves.
PLAIN = (frozenset(ListParameters.model_fields) | {"q"}) - {"facets"}

#: About as many rows as a large site has. To find the last of a page's n rows in a list of m, as many as MANY_ROWS / m
#: have to be read for each in their order, and m in all if the filter finds them.
MANY_ROWS = 20_000

#: Makes the expressions to order by, in the alphabet of the scope's language.
Order = Callable[[Scope], Any]


class Listing(ABC, Generic[ParametersT]):
    """A kind of document as a list and by itself."""

    resource: ClassVar[Resource]
    parameters: ClassVar[type[ListParameters]]
    summary_shape: ClassVar[type]
    whole_shape: ClassVar[type]
    orders: ClassVar[Mapping[str, Order]]
    default_order: ClassVar[str] = "title"
    facets: ClassVar[Mapping[str, Facet]] = {}
    #: The filters that an index finds the rows by.
    indexed_filters: ClassVar[frozenset[str]] = frozenset()
    #: The plurals of other kinds that its filters and facets look at.
    related: ClassVar[frozenset[str]] = frozenset()

    # Rows

    def rows(self, scope: Scope, *, is_narrowed: bool = False) -> QuerySet[Any]:
        """The public rows, one per document, in the scope's language; ``is_narrowed`` as for ``Scope.in_language``."""
        return scope.in_language(self.resource.public(scope.site), is_narrowed=is_narrowed)

    def filtered(
        self, scope: Scope, parameters: ParametersT, *, without: str | None = None, leads: bool = True
    ) -> QuerySet[Any]:
        """The rows that match every filter, leaving out the one of that name; ``leads`` as in ``conditions``."""
        conditions = list(self.conditions(scope, parameters, without, leads=leads))
        rows = self.rows(scope, is_narrowed=bool(conditions or parameters.id))
        if parameters.id:
            rows = rows.filter(translation_key__in=parameters.id)
        if parameters.modified_since:
            rows = rows.filter(last_published_at__gte=parameters.modified_since)
        question = getattr(parameters, "q", None)
        if question is not None:
            rows = matching(rows, question, scope.language, languages_of_rows=scope.listed_languages)
        for condition in conditions:
            rows = rows.filter(condition)
        return rows

    def conditions(self, scope: Scope, parameters: ParametersT, without: str | None, *, leads: bool) -> Iterable[Q]:
        """The filters that only this kind has, without the one named ``without``; with ``leads`` they find the rows."""
        return ()

    def page(self, scope: Scope, parameters: ParametersT, total: int) -> list[Any]:
        """The rows of the page asked for, of a list of so many. Raises BadParameterError for an order unknown here."""
        start = (parameters.page - 1) * parameters.limit
        names = split_names("sort", parameters.sort, self.order_names(), prefix="-")
        in_order = self._is_read_in_order(parameters, names, total, start + parameters.limit)
        rows = self.ordered(scope, self.filtered(scope, parameters, leads=not in_order), names)
        if in_order:
            rows = led_by_own_table(rows)
        return list(rows[start : start + parameters.limit]) if start < total else []

    def _is_read_in_order(self, parameters: ParametersT, names: Sequence[str], total: int, last: int) -> bool:
        """Tell whether to read all rows in their order until the page is full, and not what matches to be sorted."""
        if parameters.id or getattr(parameters, "q", None) is not None:
            return False
        if (names[0].removeprefix("-") if names else self.default_order) not in self.orders:
            return False
        has_index = any(getattr(parameters, name) for name in self.indexed_filters)
        return not has_index or total * total > MANY_ROWS * last

    def ordered(self, scope: Scope, rows: QuerySet[Any], names: Sequence[str]) -> QuerySet[Any]:
        """Sort rows by the names of orders, ties by id."""
        if not names and "rank" in rows.query.annotations:
            return rows.order_by("-rank", self._order(scope, self.default_order, descending=False), "translation_key")
        names = names or [self.default_order]
        expressions = [self._order(scope, name.removeprefix("-"), descending=name.startswith("-")) for name in names]
        return rows.order_by(*expressions, "translation_key")

    def order_names(self) -> frozenset[str]:
        """What the list can be sorted by."""
        return frozenset({*self.orders, "id", "modified_at"})

    def _order(self, scope: Scope, name: str, *, descending: bool) -> OrderBy:
        if name == "id":
            expression: Any = F("translation_key")
        elif name == "modified_at":
            expression = F("last_published_at")
        else:
            expression = self.orders[name](scope)
        # Told what to do with nulls, a database may leave aside the index of what is never null.
        is_null_at_times = name != "id" and not isinstance(expression, InAlphabet)
        return OrderBy(expression, descending=descending, nulls_last=is_null_at_times or None)

    def facet_counts(self, scope: Scope, parameters: ParametersT) -> Facets:
        """Count the values of the facets asked for. Raises BadParameterError for one that is unknown."""
        names = split_names("facets", getattr(parameters, "facets", None), frozenset(self.facets))

        def count() -> Facets:
            asked = {name: (self.facets[name], self.filtered(scope, parameters, without=name)) for name in names}
            return count_facets(asked, scope, parameters)

        return counted(scope, count) if names else {}

    def list_tags(self, parameters: ParametersT) -> set[str]:
        """The list tags of every kind that decides which documents are listed, and how they are counted."""
        fields = type(parameters).model_fields
        narrowing = {name for name in fields if getattr(parameters, name) != fields[name].default} - PLAIN
        return {self.resource.plural} | (self.related if narrowing else frozenset())

    # Documents

    def find(self, context: Context, key: UUID) -> Any:
        """The row of one document in the scope's language; None if it is not public."""
        return self.rows(context.scope).filter(translation_key=key).first()

    @abstractmethod
    def summaries(self, context: Context, rows: Sequence[Any]) -> list[Any]:
        """Render rows in short; the number of queries does not depend on how many there are."""

    @abstractmethod
    def documents(self, context: Context, rows: Sequence[Any]) -> list[Any]:
        """Render rows whole; the number of queries does not depend on how many there are."""

    def for_rendering(self, scope: Scope, pks: Iterable[int]) -> list[Any]:
        """Fetch rows by primary key as ``documents`` wants them; the caller has checked that they are public."""
        return list(self.resource.models[0]._default_manager.filter(pk__in=list(pks)))

    def sparse(self, context: Context, rows: Sequence[Any], fields: Iterable[str]) -> list[dict[str, Any]]:
        """Render some fields of rows, and what is sure of every document."""
        wanted = {"id", "resource", "locale", *fields}
        short = wanted <= _inherited(self.summary_shape)
        rendered = self.summaries(context, rows) if short else self.documents(context, rows)
        return [{name: value for name, value in document.items() if name in wanted} for document in rendered]

    def field_names(self) -> frozenset[str]:
        """The fields of a whole document."""
        return frozenset(_inherited(self.whole_shape))

    def context(self, scope: Scope, *, of_drafts: bool = False) -> Context:
        """A context to render rows of this kind in."""
        return Context(scope, scope.reader(of_drafts=of_drafts))

    def translations(self, context: Context, rows: Sequence[Any]) -> dict[UUID, list[common.Translation]]:
        """List the languages in which each row's document is published, by one query."""
        keys = {row.translation_key for row in rows}
        found: dict[UUID, list[common.Translation]] = {key: [] for key in keys}
        for version in self._versions(context.scope.site, keys):
            ref = context.ref(version)
            found[version.translation_key].append({"locale": ref["locale"], "url": ref["url"], "path": ref["path"]})
        return found

    def _versions(self, site: Site, keys: Collection[UUID]) -> Iterable[Any]:
        [model, *_others] = self.resource.models
        if issubclass(model, Page):
            return ask(versions, (model, roots_of(site)), keys)
        return self.resource.public(site).filter(translation_key__in=keys).order_by("locale_id")


def _inherited(shape: type) -> set[str]:
    return set(shape.__required_keys__ | shape.__optional_keys__)  # type: ignore[attr-defined]  # what every TypedDict has
