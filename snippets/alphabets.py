"""Sorting names as readers of a language expect: å, ä and ö last in Swedish."""

from __future__ import annotations

import re
import unicodedata

#: The letters that stand after z in a language, in their order; every other accent counts as its plain letter.
_LAST_LETTERS = {
    "sv": "åäö",
    "fi": "åäö",
    "nb": "æøå",
    "nn": "æøå",
    "no": "æøå",
    "da": "æøå",
}
#: What an alphabet takes for one of its own letters: a Norwegian name under Ä in Swedish, and the other way round.
_VARIANTS = {
    "sv": str.maketrans({"æ": "ä", "ø": "ö", "ü": "y"}),
    "fi": str.maketrans({"æ": "ä", "ø": "ö", "ü": "y"}),
    "nb": str.maketrans({"ä": "æ", "ö": "ø"}),
    "nn": str.maketrans({"ä": "æ", "ö": "ø"}),
    "no": str.maketrans({"ä": "æ", "ö": "ø"}),
    "da": str.maketrans({"ä": "æ", "ö": "ø"}),
}
_DIGITS = re.compile(r"([0-9]+)")


def alphabetical_key(text: str, language: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts ``text`` by the alphabet of ``language``, numbers by their value, case aside."""
    base = language.partition("-")[0]
    folded = unicodedata.normalize("NFC", text).casefold().translate(_VARIANTS.get(base, {}))
    last = _LAST_LETTERS.get(base, "")
    parts: list[tuple[int, str]] = []
    for part in _DIGITS.split(folded):
        if part and _DIGITS.fullmatch(part):
            parts.append((int(part[:18]), ""))
        elif part:
            # Beyond any number that a name holds, so that digits come before letters.
            parts.append((10**18, "".join(_letter(letter, last) for letter in part)))
    return tuple(parts)


def _letter(letter: str, last: str) -> str:
    """Spell one letter so that plain comparison of strings puts it in its place."""
    if letter in last:
        return "~" + chr(ord("a") + last.index(letter))
    plain = unicodedata.normalize("NFD", letter)
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return plain if plain.isalnum() else " "
