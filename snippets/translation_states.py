"""How far a page or a snippet is translated: at a glance in lists and on the form, and over the site in a report."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, TextChoices, Value, When
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from .planner import is_no_alias


class TranslationState(TextChoices):
    """What a translation needs, the most urgent first."""

    UNTRANSLATED = "untranslated", _("not translated")
    OUTDATED = "outdated", _("outdated: the source has been published since")
    INCOMPLETE = "incomplete", _("texts missing")
    DRAFT = "draft", _("not published")
    DONE = "done", _("up to date")


PREFIX = "translation_state_"
PK_PREFIX = "translation_pk_"


def target_locales() -> list[Locale]:
    return list(Locale.objects.exclude(pk=Locale.get_default().pk).order_by("pk"))


def attribute_for(locale: Locale, prefix: str = PREFIX) -> str:
    """Name the annotation of a row that holds the state of its translation into ``locale``, or its key."""
    return prefix + locale.language_code.replace("-", "_")


def translations_into(model: Any, locale: Locale) -> Any:
    """Find the translation of each of a model's rows into ``locale``, within a subquery."""
    rows = Page.objects.filter(is_no_alias()) if issubclass(model, Page) else model._default_manager.order_by()
    return rows.filter(translation_key=OuterRef("translation_key"), locale=locale)


def translation_state(model: Any, locale: Locale) -> Case:
    """Compute the `TranslationState` of rows of the source language in ``locale``; empty for others and for aliases.

    A translation made without wagtail-localize is outdated if its source has been published after it.
    """
    rows = translations_into(model, locale)
    no_source = ~Q(locale=Locale.get_default())
    if issubclass(model, Page):
        no_source |= Q(alias_of__isnull=False)
    sources = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"), translations__target_locale=locale, translations__enabled=True
    )
    written = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale=locale, has_error=False
    )
    missing = StringSegment.objects.filter(
        ~Exists(written),
        source__object_id=OuterRef("translation_key"),
        source__translations__target_locale=locale,
        source__translations__enabled=True,
    )
    is_older = Exists(sources.filter(last_updated_at__lt=OuterRef("last_published_at"))) | (
        ~Exists(sources) & Exists(rows.filter(last_published_at__lt=OuterRef("last_published_at")))
    )
    return Case(
        When(no_source, then=Value("")),
        When(~Exists(rows), then=Value(TranslationState.UNTRANSLATED)),
        When(is_older, then=Value(TranslationState.OUTDATED)),
        When(Exists(missing), then=Value(TranslationState.INCOMPLETE)),
        When(~Exists(rows.filter(live=True)), then=Value(TranslationState.DRAFT)),
        default=Value(TranslationState.DONE),
        output_field=CharField(),
    )


def with_translation_states(rows: Any) -> Any:
    """Add what `TranslationColumn` wants to rows of one model."""
    found: dict[str, Any] = {}
    for locale in target_locales():
        found[attribute_for(locale)] = translation_state(rows.model, locale)
        found[attribute_for(locale, PK_PREFIX)] = Subquery(translations_into(rows.model, locale).values("pk")[:1])
    return rows.annotate(**found)


def translate_url(row: Any) -> str:
    """Where one asks for a translation of a row."""
    if isinstance(row, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[row.pk])
    options = row._meta
    arguments = [options.app_label, options.model_name, quote(row.pk)]
    return reverse("wagtail_localize:submit_snippet_translation", args=arguments)


def edit_url(row: Any, pk: Any) -> str:
    """Where one writes the row of that key, which is of the same model as ``row``."""
    name = "wagtailadmin_pages:edit" if isinstance(row, Page) else row.snippet_viewset.get_url_name("edit")
    return reverse(name, args=[quote(pk)])


class TranslationColumn(Column):
    """What each translation of a row needs, linked to where that is done. Wants ``with_translation_states()`` rows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Translation"))
        super().__init__("translation", **kwargs)

    def states_of(self, row: Any) -> list[tuple[str, TranslationState]]:
        # As annotated: asking for the languages in each row would cost a query each.
        found = [(name.removeprefix(PREFIX), state) for name, state in vars(row).items() if name.startswith(PREFIX)]
        return [(code, TranslationState(state)) for code, state in found if state]

    def get_value(self, instance: Any) -> str:
        return "; ".join(f"{code}: {state.label}" for code, state in self.states_of(instance))

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        if parent_context["request"].user.has_perm("wagtail_localize.submit_translation"):
            states = self.states_of(instance)
            context["value"] = format_html_join("; ", "{}", ((self.link(instance, *state),) for state in states))
        return context

    def link(self, row: Any, code: str, state: TranslationState) -> str:
        pk = getattr(row, PK_PREFIX + code, None)
        url = edit_url(row, pk) if pk else translate_url(row)
        return format_html('{}: <a href="{}">{}</a>', code, url, state.label)
