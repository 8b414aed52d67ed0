"""A column to sort names by: one key that the database turns into the order of any reader's alphabet.

``alphabets.alphabetical_key`` sorts what is in memory; this gives the same order in SQL, alike on every database.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Func, Value
from django.db.models.functions import Collate, Lower, Replace

_DIGITS = re.compile(r"([0-9]+)")

#: Letters that have a place of their own in some alphabet, each by what stands for it in the key.
_OWN_PLACE = {"å": "~a", "ä": "~b", "ö": "~c", "æ": "~d", "ø": "~e", "ü": "~f"}

#: How each alphabet takes them, as replacements in order. In Swedish, å ä ö follow z in the very order of the key.
_REPLACEMENTS = {
    "swedish": (("~d", "~b"), ("~e", "~c"), ("~f", "y")),
    "danish": (("~a", "~z"), ("~b", "~d"), ("~c", "~e"), ("~f", "u")),
    "plain": (("~a", "a"), ("~b", "a"), ("~c", "o"), ("~d", "ae"), ("~e", "o"), ("~f", "u")),
}
_ALPHABETS = {"sv": "swedish", "fi": "swedish", "da": "danish", "nb": "danish", "nn": "danish", "no": "danish"}

MAX_LENGTH = 500


def sort_key(text: str) -> str:
    """Spell a name so that bytes compare as names do: case and most accents aside, numbers by their value."""
    parts = []
    for part in _DIGITS.split(unicodedata.normalize("NFC", text).casefold()):
        if part and _DIGITS.fullmatch(part):
            parts.append(f"{int(part[:18]):018d}")
        elif part:
            # ":" follows "9" in ASCII, so that numbers come before words; a space ends a word before any letter does.
            parts.append(":" + "".join(_spell(letter) for letter in part) + " ")
    return "".join(parts)[:MAX_LENGTH]


def _spell(letter: str) -> str:
    if letter in _OWN_PLACE:
        return _OWN_PLACE[letter]
    decomposed = unicodedata.normalize("NFD", letter)
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return plain if plain.isalnum() else "!"


class InAlphabet(Func):
    """A ``SortKeyField`` in the order of one alphabet: swedish, danish or plain.

    The letters stand in the SQL itself, since a database uses an index on an expression only for the very same one.
    """

    output_field = models.CharField()

    def __init__(self, key: str, alphabet: str) -> None:
        super().__init__(key)
        self.template = "%(expressions)s"
        for stand_in, letter in _REPLACEMENTS[alphabet]:
            self.template = f"REPLACE({self.template}, '{stand_in}', '{letter}')"


def alphabetical(field: str, language: str) -> InAlphabet:
    """An expression to order by, from the name of a ``SortKeyField``, in the alphabet of a language."""
    return InAlphabet(field, _alphabet(language))


def alphabetical_indexes(field: str, name: str) -> list[models.Index]:
    """Make the indexes that a list sorted by a ``SortKeyField`` is read by, in each of the alphabets."""
    return [models.Index(InAlphabet(field, alphabet), name=f"{name}_{alphabet}") for alphabet in _REPLACEMENTS]


def _alphabet(language: str) -> str:
    return _ALPHABETS.get(language.partition("-")[0], "plain")


def alphabetical_text(field: str, language: str) -> Expression:
    """The same for a text column without a key; it knows the letters of ``_OWN_PLACE`` and no other accents or numbers.

    SQLite can't read an expression that is nested deeper.
    """
    text: Any = Lower(field)
    replacements = dict(_REPLACEMENTS[_alphabet(language)])
    for letter, stand_in in _OWN_PLACE.items():
        place = replacements.get(stand_in, stand_in)
        # SQLite lowers ASCII alone.
        text = Replace(Replace(text, Value(letter), Value(place)), Value(letter.upper()), Value(place))
    return Collate(text, "C" if connection.vendor == "postgresql" else "BINARY")


if TYPE_CHECKING:
    _KeyColumn = models.CharField[str, str]
else:
    _KeyColumn = models.CharField


class SortKeyField(_KeyColumn):
    """Keeps the ``sort_key`` of another field of the same row; whatever saves the row keeps it right.

    It is left out of forms, revisions and translation, since it follows from its source.
    """

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs |= {"max_length": MAX_LENGTH, "editable": False, "db_index": True, "serialize": False, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "editable", "db_index", "serialize", "default"):
            del kwargs[fixed]
        return name, path, list(args), {**kwargs, "source": self.source}

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Compare bytes, as SQLite does anyway, whatever language PostgreSQL was set up in."""
        parameters: Any = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        key = sort_key(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, key)
        return key
