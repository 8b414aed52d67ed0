"""What languages are called."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import get_language_info

from wagtail.coreutils import get_content_languages


class LanguageNames(NamedTuple):
    """The names of a language."""

    #: In the language itself.
    own: str
    #: In the language in use.
    translated: str


def names_of(code: str) -> LanguageNames:
    """Name a language; one that Django does not know, such as Northern Sámi, as ``LANGUAGES`` does."""
    try:
        known = get_language_info(code)
    except KeyError:
        name = str(get_content_languages().get(code, code))
        return LanguageNames(name, name)
    return LanguageNames(known["name_local"], known["name_translated"])
