"""What a visitor's words find: the search index, and the names that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from ..snippets.models import Strategy
from .catalogue import AgreementEntry, Catalogue, PartnerEntry
from .models import AgreementPage, PartnerPage

#: A question is read to this many characters, and to this many words.
MAX_QUESTION_LENGTH = 200
MAX_WORDS = 10
#: So many hits of each kind are looked at; nobody reads further.
MAX_HITS = 200

RowT = TypeVar("RowT")

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")


def clean_question(text: str) -> str:
    """Return what a visitor typed without control characters and beyond-reason length."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:MAX_QUESTION_LENGTH]).split())


def words_of(question: str) -> list[str]:
    """Return the words of a question, without the signs that a search engine would take for orders."""
    return _WORD.findall(question)[:MAX_WORDS]


class TextSearch:
    """The public partners, agreements and strategies that a question finds, the best first."""

    def __init__(self, catalogue: Catalogue, question: str) -> None:
        self.catalogue = catalogue
        self.question = clean_question(question)
        self.words = words_of(self.question)

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
        folded = text.casefold()
        return bool(self.words) and all(word.casefold() in folded for word in self.words)

    def _indexed(self, model: type[Page | Strategy]) -> Iterable[UUID]:
        """Ask the index. It may hold what is no longer public: the caller keeps what the catalogue has."""
        if not self.words:
            return []
        rows: Any = model.objects.filter(live=True)
        if issubclass(model, Page):
            rows = rows.defer_streamfields()
        found = get_search_backend().search(" ".join(self.words), rows, operator="and")
        return [row.translation_key for row in found[:MAX_HITS]]


def _pick(rows: dict[UUID, RowT], *keys: Iterable[UUID]) -> list[RowT]:
    """Return the rows that bear the keys, once each, in the keys' order."""
    ordered = dict.fromkeys(key for group in keys for key in group)
    return [rows[key] for key in ordered if key in rows]
