"""Translates as people do it in the admin: submit, write strings, publish; all through wagtail-localize."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.test import TestCase
from django.utils import timezone

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object


@contextmanager
def committed() -> Iterator[None]:
    """wagtail-localize publishes after the commit, which a test's transaction never reaches."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


def submit(row: Any, locale: Locale) -> Translation:
    """Submit a row for translation, as the button “Translate” does."""
    with committed():
        translate_object(row, [locale])
    return Translation.objects.get(source__object_id=row.translation_key, target_locale=locale)


def write(translation: Translation, words: Mapping[str, str]) -> None:
    """Write the translations of some strings, by source text. Raises KeyError for a text that is not offered."""
    segments = {
        segment.string.data: segment
        for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    }
    for text, translated in words.items():
        StringTranslation.objects.update_or_create(
            translation_of=segments[text].string,
            locale=translation.target_locale,
            context=segments[text].context,
            defaults={
                "data": translated,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "updated_at": timezone.now(),
            },
        )


def publish(translation: Translation) -> Any:
    """Publish what has been translated so far and return the translated row."""
    with committed():
        Translation.objects.get(pk=translation.pk).save_target(publish=True)
    return translation.get_target_instance()


def translate(row: Any, locale: Locale, words: Mapping[str, str] | None = None) -> Translation:
    """Submit, write and publish."""
    translation = submit(row, locale)
    write(translation, words or {})
    publish(translation)
    return translation


def synchronise(translation: Translation) -> None:
    """Fetch the source's present text, as the button “Sync translated pages” does, and publish the result."""
    TranslationSource.objects.get(pk=translation.source_id).update_from_db()
    publish(translation)


def edit(row: Any, **values: Any) -> Any:
    """Edit a row's latest version and publish it, as an editor does; return it as stored."""
    draft = row.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    with committed():
        draft.save_revision().publish()
    return type(row).objects.get(pk=row.pk)
