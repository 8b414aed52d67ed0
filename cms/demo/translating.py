"""Makes the English rows through wagtail-localize, as a translator does who has every string at hand."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue, extract_strings

from .entries import Entry, Words, bilingual

_ROOT_DEPTH = 2


class UntranslatedError(Exception):
    """A text of the demo has no English counterpart of the same shape."""


def phrase_book(entry: Entry) -> dict[str, str]:
    """Map each Swedish string of an entry to its English one, as wagtail-localize splits them.

    A text of several paragraphs is several strings; those of both languages correspond by their order.

    Raises:
        UntranslatedError: if the two have not as many paragraphs.
    """
    book: dict[str, str] = {}
    for words in bilingual(entry):
        book.update(_phrases(words))
    return book


def _phrases(words: Words) -> dict[str, str]:
    phrases = {_plain(words.sv): _plain(words.en)}
    if "<" in words.sv:
        swedish, english = (extract_strings(html)[1] for html in (words.sv, words.en))
        if len(swedish) != len(english):
            raise UntranslatedError(f"Swedish and English differ in their paragraphs: {words.sv[:60]}")
        phrases |= {ours.data: theirs.data for (ours, _), (theirs, _) in zip(swedish, english, strict=True)}
    return phrases


def _plain(text: str) -> str:
    return StringValue.from_plaintext(text).data


def translate(row: Any, entry: Entry, target: Locale) -> Any:
    """Publish ``row`` in another language with the words of ``entry``; return that row, or what an editor made before.

    A string that the entry gives in one language alone is the same in both.

    Raises:
        UntranslatedError: if the text of the entry does not fit.
    """
    present = row.get_translation_or_none(target)
    if present is not None:
        return present
    book = phrase_book(entry)
    source, _ = TranslationSource.get_or_create_from_instance(row)
    Translation.objects.get_or_create(source=source, target_locale=target)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=target,
            context=segment.context,
            defaults={
                "data": book.get(segment.string.data, segment.string.data),
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    if isinstance(row, Page):
        # Copied under its Swedish slug and renamed later, the page would leave a redirect from where it never was.
        # A root page gets the language behind its slug from Wagtail.
        row.slug = row.slug if row.depth == _ROOT_DEPTH else book.get(row.slug, row.slug)
        row.copy_for_translation(target, copy_parents=True)
    # Asked to publish, wagtail-localize does so only after the commit: a process killed there would leave a draft.
    translated, _ = source.create_or_update_translation(target, publish=False)
    translated.get_latest_revision().publish()
    return translated
