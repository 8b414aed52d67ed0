"""One row in several languages: which of them is the source, and which one a reader gets."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale
from wagtail_localize.fields import SynchronizedField


class Translated(Protocol):
    """A row that exists once per language, as Wagtail's ``TranslatableMixin`` makes it."""

    pk: int
    locale_id: int
    translation_key: UUID


RowT = TypeVar("RowT", bound=Translated)


def synchronised(*names: str) -> list[SynchronizedField]:
    """Declare fields that are the same in every language and that no translator can change."""
    return [SynchronizedField(name, overridable=False) for name in names]


def source_language() -> str:
    """Return the code of the language that content is written in first: ``LANGUAGE_CODE``, as the content's know it.

    Raises LookupError if the content can't have it: check_source_language tells of that.
    """
    code: str = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    return code


def make_source_locale(plan: list[Any] | None = None, using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    """Make the locale of ``LANGUAGE_CODE`` after ``migrate`` if it is missing: Wagtail can't do without."""
    if plan is None:  # after a flush
        return
    with suppress(LookupError):
        Locale.objects.using(using).get_or_create(language_code=source_language())


def in_language(rows: Iterable[RowT], locale_id: int, source_locale_id: int | None = None) -> dict[UUID, RowT]:
    """Choose one row per translation key for a reader of ``locale_id``.

    That is the row in the reader's language, else the source: the row in the default locale (asked of the database
    unless the caller knows it), or the first one written in a group that has none there. The caller passes only rows
    that the reader may see.
    """
    if source_locale_id is None:
        source_locale_id = Locale.get_default().pk

    def rank(row: RowT) -> tuple[bool, bool, int]:
        return row.locale_id != locale_id, row.locale_id != source_locale_id, row.pk

    chosen: dict[UUID, RowT] = {}
    for row in sorted(rows, key=rank):
        chosen.setdefault(row.translation_key, row)
    return chosen
