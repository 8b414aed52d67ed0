"""Words as people type and write them: without accents, and by the stem that their endings leave."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_SPECIAL = str.maketrans({"æ": "ae", "ø": "o", "ß": "ss", "ð": "d", "þ": "th", "œ": "oe"})

#: The endings of nouns, the longest first: "strategier" and "strategies" find what "strategi" finds.
_ENDINGS = {
    "sv": (
        "ernas",
        "arnas",
        "ornas",
        "erna",
        "arna",
        "orna",
        "ens",
        "ets",
        "en",
        "et",
        "er",
        "ar",
        "or",
        "na",
        "s",
        "n",
    ),
    "en": ("ies", "es", "s", "y"),
}

#: What is left of a word has to be at least this long.
MIN_STEM = 4

#: More words than this say nothing more of what a reader looks for.
MAX_WORDS = 10


def words_of(text: str) -> list[str]:
    """Split text into words of a to z and digits: "Länsstyrelsen" is ``lansstyrelsen``."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def stems_of(question: str, language: str) -> list[str]:
    """The beginnings of words to look for, each once."""
    endings = _ENDINGS.get(language.partition("-")[0], ())
    stems = (_stem(word, endings) for word in words_of(question)[:MAX_WORDS])
    return list(dict.fromkeys(stems))


def _stem(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM:
            return word.removesuffix(ending)
    return word
