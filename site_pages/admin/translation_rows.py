"""Rows of the translation report: every page, contact and strategy of the source language, once for each translation.

One query finds, filters, sorts and counts them across their tables; what a row shows is fetched for a batch of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, IntegerField, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language

from wagtail.models import Locale, Page, get_page_models
from wagtail.permissions import policy_registry
from wagtail_localize.models import TranslationSource

from ...snippets.models import Contact, Strategy
from ...snippets.permissions import may_write_in
from ...snippets.sort_keys import alphabetical_text
from ...snippets.translation_states import (
    TranslationState,
    edit_url,
    target_locales,
    translate_url,
    translation_state,
    translations_into,
)
from ..models.content import ContentPage

BATCH = 500
TRANSLATE = "wagtail_localize.submit_translation"


def translated_models() -> list[Any]:
    """List the kinds that the report is about: page types with content, a host's own included, and our snippets."""
    return [*(model for model in get_page_models() if issubclass(model, ContentPage)), Contact, Strategy]


@dataclass(frozen=True)
class Wanted:
    """What the report is asked for; None stands for all."""

    locale: str | None = None
    kind: str | None = None
    state: str | None = None
    live: bool | None = None


class Key(NamedTuple):
    """What the database sorts and counts."""

    content_type: int
    pk: int
    title: str
    published_at: datetime | None
    sort_title: str
    locale: int
    state: str
    translation: int | None


@dataclass(frozen=True)
class TranslationRow:
    """A source in one of the other languages."""

    title: str
    kind: str
    language: str
    state: TranslationState
    published_at: datetime | None
    #: The source's form, and where what the translation needs is done; None if the user may not go there.
    source_url: str | None
    task_url: str | None

    @property
    def state_label(self) -> str:
        return str(self.state.label)


@dataclass
class TranslationRows:
    """The rows that a user may see, as a paginator slices them and an export goes through them."""

    user: Any
    wanted: Wanted
    ordering: str = "title"
    #: Tells the paginator that pages do not overlap.
    ordered: bool = field(default=True, init=False)

    @cached_property
    def _locales(self) -> dict[int, Locale]:
        return {row.pk: row for row in target_locales() if self.wanted.locale in {None, row.language_code}}

    @cached_property
    def _keys(self) -> QuerySet[Any, Any]:
        models = [model for model in translated_models() if self.wanted.kind in {None, model._meta.label_lower}]
        types = ContentType.objects.get_for_models(*models)
        pages = [types[model].pk for model in models if issubclass(model, Page)]
        parts = []
        for locale in self._locales.values():
            if pages:
                sources = _within_reach(self.user, locale).filter(content_type__in=pages, alias_of__isnull=True)
                parts.append(self._part(sources, locale, F("content_type_id"), "draft_title"))
            parts += [
                self._part(model._default_manager.all(), locale, Value(types[model].pk, IntegerField()), "name")
                for model in models
                if not issubclass(model, Page) and _may_see(self.user, model)
            ]
        if not parts:
            return Page.objects.none()
        sign, name = ("-" if self.ordering.startswith("-") else ""), self.ordering.removeprefix("-")
        column = {"title": "sort_title"}.get(name, name)
        keys: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
        return keys.order_by(f"{sign}row_{column}", "row_sort_title", "row_type", "row_key", "row_locale")

    def _part(self, rows: Any, locale: Locale, content_type: Any, title: str) -> Any:
        """Return the sources of one table with the state of their translations into one language."""
        if self.wanted.live is not None:
            rows = rows.filter(live=self.wanted.live)
        rows = rows.filter(locale=Locale.get_default()).annotate(
            row_type=content_type,
            row_key=F("pk"),
            row_title=F(title),
            row_published_at=F("last_published_at"),
            row_sort_title=alphabetical_text(title, get_language() or ""),
            row_locale=Value(locale.pk, IntegerField()),
            row_state=translation_state(rows.model, locale),
            row_translation=Subquery(translations_into(rows.model, locale).values("pk")[:1]),
        )
        if self.wanted.state:
            rows = rows.filter(row_state=self.wanted.state)
        # The order of a part alone means nothing to the union, and is an error on SQLite.
        return rows.order_by().values_list(
            *("row_type", "row_key", "row_title", "row_published_at"),
            *("row_sort_title", "row_locale", "row_state", "row_translation"),
        )

    def count(self) -> int:
        return self._keys.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[TranslationRow]:
        return list(self._rows([Key(*values) for values in self._keys[part]]))

    def __iter__(self) -> Iterator[TranslationRow]:
        keys = [Key(*values) for values in self._keys]
        for start in range(0, len(keys), BATCH):
            yield from self._rows(keys[start : start + BATCH])

    def _rows(self, keys: list[Key]) -> Iterator[TranslationRow]:
        models = {key.content_type: _model_of(key.content_type) for key in keys}
        named: defaultdict[Any, set[int]] = defaultdict(set)
        for key in keys:
            named[_table_of(models[key.content_type])] |= {key.pk, *([key.translation] if key.translation else [])}
        found = {table: table._default_manager.in_bulk(pks) for table, pks in named.items()}
        may_edit = {table: _editable(self.user, table, pks) for table, pks in named.items()}
        synchronised = _synchronised(row.translation_key for rows in found.values() for row in rows.values())
        for key in keys:
            table = _table_of(models[key.content_type])
            source = found[table].get(key.pk)
            if source is None:
                # Deleted since it was counted.
                continue
            yield TranslationRow(
                title=source.get_admin_display_title() if isinstance(source, Page) else str(source),
                kind=capfirst(str(models[key.content_type]._meta.verbose_name)),
                language=self._locales[key.locale].get_display_name(),
                state=TranslationState(key.state),
                published_at=key.published_at,
                source_url=edit_url(source, key.pk) if key.pk in may_edit[table] else None,
                task_url=self._task_url(source, key, may_edit[table], synchronised),
            )

    def _task_url(self, source: Any, key: Key, may_edit: set[int], synchronised: dict[Any, int]) -> str | None:
        """Where the user asks for a translation, fetches what is new in the source, or translates."""
        may_submit = self.user.has_perm(TRANSLATE)
        if key.translation is None:
            if not (may_submit and may_write_in(self.user, key.locale)):
                return None
            code = self._locales[key.locale].language_code
            return f"{translate_url(source)}?{urlencode({'select_locale': code})}"
        if key.translation not in may_edit:
            return None
        translation_url = edit_url(source, key.translation)
        synchronised_source = synchronised.get((source.translation_key, key.locale))
        if key.state == TranslationState.OUTDATED and synchronised_source and may_submit:
            url = reverse("wagtail_localize:update_translations", args=[synchronised_source])
            return f"{url}?{urlencode({'next': translation_url})}"
        return translation_url


def _model_of(content_type: int) -> Any:
    return ContentType.objects.get_for_id(content_type).model_class()


def _table_of(model: Any) -> Any:
    """The model by which rows are fetched: of a page its title is enough."""
    return Page if issubclass(model, Page) else model


def _within_reach(user: Any, locale: Locale) -> Any:
    """Return the pages that a user may explore, themselves or where their translation stands or would stand."""
    policy = policy_registry.get_by_type(Page)
    if user.is_superuser:
        return Page.objects.all()
    explorable = policy.explorable_instances(user).order_by()
    within = Q(pk__in=explorable.values("pk"))
    within |= Q(translation_key__in=explorable.filter(locale=locale).values("translation_key"))
    granted = [row.page for row in policy.get_cached_permissions_for_user(user)]
    tops = Page.objects.filter(
        locale=Locale.get_default(),
        translation_key__in=[page.translation_key for page in granted if page.locale_id == locale.pk],
    )
    for path in tops.values_list("path", flat=True):
        within |= Q(path__startswith=path)
    return Page.objects.filter(within)


def _may_see(user: Any, model: Any) -> bool:
    actions = ["add", "change", "publish"]
    return bool(policy_registry.get_by_type(model).user_has_any_permission(user, actions))


def _editable(user: Any, model: Any, pks: set[int]) -> set[int]:
    policy = policy_registry.get_by_type(model)
    allowed = policy.instances_user_has_any_permission_for(user, ["change"])
    return set(allowed.filter(pk__in=pks).values_list("pk", flat=True))


def _synchronised(keys: Iterable[Any]) -> dict[Any, int]:
    """Find what wagtail-localize keeps of the sources with these translation keys, by key and target language."""
    sources = TranslationSource.objects.filter(
        object_id__in=set(keys), locale=Locale.get_default(), translations__enabled=True
    )
    rows = sources.values_list("object_id", "translations__target_locale_id", "pk")
    return {(key, locale): pk for key, locale, pk in rows}
