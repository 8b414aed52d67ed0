"""Which row of a translated item to offer in a choice."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from wagtail.models import Locale

RowT = TypeVar("RowT", bound=models.Model)


def rows_to_choose(rows: models.QuerySet[RowT], locale: Locale) -> models.QuerySet[RowT]:
    """Keep one of ``rows`` per translation key: the one in ``locale``, else the source.

    The queryset's counterpart of ``in_language()``, so that choosers can count, sort and search.
    """
    source_locale = Locale.get_default()
    same = rows.model._default_manager.filter(
        pk__in=rows.order_by().values("pk"), translation_key=OuterRef("translation_key")
    ).order_by()
    is_source = Q(locale=source_locale) | (
        ~Exists(same.filter(locale=source_locale)) & ~Exists(same.filter(pk__lt=OuterRef("pk")))
    )
    return rows.filter(Q(locale=locale) | (is_source & ~Exists(same.filter(locale=locale))))
