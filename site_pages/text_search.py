"""What a visitor's words find: the same as in the API, and the names that stand beside a title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from wagtail.models import Page

from ..snippets.models import Strategy
from .catalogue import AgreementEntry, Catalogue, PartnerEntry
from .models import AgreementPage, PartnerPage
from .search_texts import matching, written
from .search_words import stems_of, words_of

#: A question is read to this many characters.
MAX_QUESTION_LENGTH = 200

RowT = TypeVar("RowT")


def clean_question(text: str) -> str:
    """Return what a visitor typed without control characters and beyond-reason length."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:MAX_QUESTION_LENGTH]).split())


class TextSearch:
    """The public partners, agreements and strategies that a question finds, the best first."""

    def __init__(self, catalogue: Catalogue, question: str) -> None:
        self.catalogue = catalogue
        self.question = clean_question(question)
        self.stems = stems_of(self.question, catalogue.language)

    def partners(self) -> list[PartnerEntry]:
        entries = {entry.page.translation_key: entry for entry in self.catalogue.partners}
        named = [key for key, entry in entries.items() if self._holds(entry.page.title)]
        return _pick(entries, named, self._indexed(PartnerPage))

    def agreements(self) -> list[AgreementEntry]:
        entries = {entry.page.translation_key: entry for entry in self.catalogue.agreements}
        named = [
            key
            for key, entry in entries.items()
            if self._holds(
                " ".join([entry.page.title, entry.page.reference_number, *(name for name, _ in entry.parties)])
            )
        ]
        return _pick(entries, named, self._indexed(AgreementPage))

    def strategies(self) -> list[Strategy]:
        entries = self.catalogue.strategies
        named = [key for key, row in entries.items() if self._holds(f"{row.name} {row.owner_organisation}")]
        return _pick(entries, named, self._indexed(Strategy))

    def _holds(self, text: str) -> bool:
        words = written(words_of(text))
        return bool(self.stems) and all(f" {stem}" in words for stem in self.stems)

    def _indexed(self, model: type[Page | Strategy]) -> Iterable[UUID]:
        """Find by the texts of all languages. The caller keeps what the catalogue has."""
        rows: Any = matching(model.objects.filter(live=True), self.question, self.catalogue.language)
        keys: Iterable[UUID] = rows.order_by("-rank", "pk").values_list("translation_key", flat=True)
        return keys


def _pick(rows: dict[UUID, RowT], *keys: Iterable[UUID]) -> list[RowT]:
    """Return the rows that bear the keys, once each, in the keys' order."""
    ordered = dict.fromkeys(key for group in keys for key in group)
    return [rows[key] for key in ordered if key in rows]
