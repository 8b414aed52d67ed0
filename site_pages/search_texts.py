"""Search over partners, agreements and strategies: the same hits in the same order on every database.

A word of the question matches the beginning of a word of the text, accents aside. All words have to match.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Case, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.signals import post_delete, post_save

from wagtail.rich_text import get_text_for_indexing

from ..snippets.models import Strategy
from .models import AgreementPage, PartnerPage
from .models.search import SearchText
from .search_words import stems_of, words_of

SEARCHED = (PartnerPage, AgreementPage, Strategy)

_WRITTEN_FIELDS = frozenset(
    {
        "title",
        "name",
        "introduction",
        "content",
        "responsible_unit",
        "purpose",
        "display_label",
        "reference_number",
        "owner_organisation",
        "summary",
    }
)

RowsT = TypeVar("RowsT", bound="QuerySet[Any]")


def _title_of(row: Any) -> str:
    return str(row.name if isinstance(row, Strategy) else row.title)


def _body_of(row: Any) -> Iterable[str]:
    if isinstance(row, Strategy):
        return (row.owner_organisation, row.summary)
    content = row.content.stream_block.get_searchable_content(row.content)
    if isinstance(row, PartnerPage):
        names = (former.name for former in row.former_names.all())
        return (get_text_for_indexing(row.introduction), row.responsible_unit, *names, *content)
    # Not its partners' titles: they change, and may stop being public, without this row being saved.
    parties = (party.name for party in row.parties.all())
    return (row.purpose, row.display_label, row.reference_number, *parties, *content)


def written(words: Iterable[str]) -> str:
    """Put words as they are stored: each begins after a space."""
    return f" {' '.join(words)} "


def write_search_texts(rows: Iterable[Model]) -> None:
    """Write the words of rows anew; a bulk writer that sends no signals calls it itself."""
    texts = [
        SearchText(
            model=_label(type(row)),
            object_id=row.pk,
            title=written(words_of(_title_of(row))),
            body=written(words_of(" ".join(str(part) for part in _body_of(row)))),
        )
        for row in rows
    ]
    SearchText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["model", "object_id"], update_fields=["title", "body"]
    )


def _label(model: type[Model]) -> str:
    return next(searched for searched in SEARCHED if issubclass(model, searched))._meta.label_lower


def matching(rows: RowsT, question: str, language: str, *, languages_of_rows: Mapping[int, str] | None = None) -> RowsT:
    """Keep the rows that a question finds, with ``rank``: 4 if the title begins with it, 1 if only the text has it.

    Its words lose the endings of ``language``, or of each row's own: ``languages_of_rows`` gives these by locale.
    """
    usual = stems_of(question, language)
    if not usual:
        return rows.none().annotate(rank=Value(0))
    rank: Any = _rank(rows, question, usual)
    own_ranks = [
        When(locale=locale, then=_rank(rows, question, stems))
        for locale, own in (languages_of_rows or {}).items()
        if (stems := stems_of(question, own)) != usual
    ]
    if own_ranks:
        rank = Case(*own_ranks, default=rank, output_field=IntegerField())
    return rows.annotate(rank=rank).filter(rank__isnull=False)


def _rank(rows: QuerySet[Any], question: str, stems: Iterable[str]) -> Subquery:
    """How well the text of a row matches stems; null if it lacks one."""
    in_title, anywhere = Q(), Q()
    for stem in stems:
        in_title &= Q(title__contains=f" {stem}")
        anywhere &= Q(title__contains=f" {stem}") | Q(body__contains=f" {stem}")
    first = Q(title__startswith=f" {' '.join(words_of(question))}")
    return Subquery(
        SearchText.objects.filter(anywhere, model=_label(rows.model), object_id=OuterRef("pk"))
        .annotate(
            rank=Case(
                When(first, then=Value(4)),
                When(in_title, then=Value(3)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .values("rank")[:1]
    )


def _on_save(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **_kwargs: Any,
) -> None:
    # Loading a fixture: the row's children may not be there yet.
    if raw or not isinstance(instance, SEARCHED):
        return
    if update_fields is not None:
        # Saving a draft writes a few columns of the live row, while the instance holds the draft's words.
        if _WRITTEN_FIELDS.isdisjoint(update_fields):
            return
        instance = type(instance)._default_manager.get(pk=instance.pk)
    write_search_texts([instance])


def _on_delete(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if isinstance(instance, SEARCHED):
        SearchText.objects.filter(model=_label(type(instance)), object_id=instance.pk).delete()


def keep_search_texts() -> None:
    """Have every save write the row's words, and every deletion remove them."""
    post_save.connect(_on_save, dispatch_uid="partnerships_write_search_text")
    post_delete.connect(_on_delete, dispatch_uid="partnerships_delete_search_text")
