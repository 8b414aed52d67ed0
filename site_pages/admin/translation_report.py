"""What is untranslated or outdated over the whole site: pages, contacts and strategies in one list."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from django_filters import BooleanFilter, ChoiceFilter

from ...snippets.spreadsheets import PlainSpreadsheetMixin
from ...snippets.translation_states import TranslationState, target_locales
from .translation_rows import TranslationRow, TranslationRows, Wanted, translated_models


def languages() -> list[tuple[str, str]]:
    return [(locale.language_code, locale.get_display_name()) for locale in target_locales()]


def kinds() -> list[tuple[str, str]]:
    return [(model._meta.label_lower, capfirst(str(model._meta.verbose_name))) for model in translated_models()]


class TranslationReportFilterSet(WagtailFilterSet):
    # Of this name, since Wagtail adds a filter by the language of the rows otherwise, which are all in the source's.
    locale = ChoiceFilter(label=_("Translation into"), choices=languages)
    kind = ChoiceFilter(label=_("Type"), choices=kinds)
    state = ChoiceFilter(label=_("Translation"), choices=TranslationState.choices)
    live = BooleanFilter(label=_("Source is live"))

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = []


class StateColumn(Column):
    """What a translation needs, linked to where the user does that."""

    def get_cell_context_data(self, instance: TranslationRow, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        if instance.task_url:
            context["value"] = format_html('<a href="{}">{}</a>', instance.task_url, instance.state_label)
        return context


class TranslationReportView(PlainSpreadsheetMixin, ReportView):
    model = Page
    page_title = _("Translation status")
    header_icon = "globe"
    filterset_class = TranslationReportFilterSet
    index_url_name = "partnerships_translation_report"
    index_results_url_name = "partnerships_translation_report_results"
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]
    default_ordering = "title"
    export_filename = "translations"
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Title"),
        "kind": _("Type"),
        "language": _("Translation into"),
        "state_label": _("Translation"),
        "published_at": _("Source published"),
    }
    list_export: ClassVar[list[str]] = list(export_headings)
    columns: ClassVar[list[Any]] = [
        TitleColumn(
            "title",
            label=_("Title"),
            sort_key="title",
            classname="partnerships-title",
            get_url=lambda row: row.source_url,
        ),
        Column("kind", label=_("Type")),
        Column("language", label=_("Translation into")),
        StateColumn("state_label", label=_("Translation")),
        DateColumn("published_at", label=_("Source published"), sort_key="published_at"),
    ]

    def get_filtered_queryset(self) -> TranslationRows:
        return self.get_queryset()

    def get_queryset(self) -> TranslationRows:
        asked = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        wanted = Wanted(
            locale=asked.get("locale") or None,
            kind=asked.get("kind") or None,
            state=asked.get("state") or None,
            live=asked.get("live"),
        )
        return TranslationRows(self.request.user, wanted, self.ordering)
