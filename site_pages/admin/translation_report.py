"""What is untranslated or outdated over the whole site."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Locale, Page, get_page_models

from django_filters import ChoiceFilter, ModelChoiceFilter

from ...snippets.translation_states import (
    TranslationColumn,
    TranslationState,
    attribute_for,
    target_locales,
    with_translation_states,
)
from ..models.content import ContentPage


def page_types(_request: Any = None) -> Any:
    models = [model for model in get_page_models() if issubclass(model, ContentPage)]
    return ContentType.objects.filter(pk__in=[row.pk for row in ContentType.objects.get_for_models(*models).values()])


class TranslationReportFilterSet(WagtailFilterSet):
    state = ChoiceFilter(label=_("Translation"), choices=TranslationState.choices, method="filter_state")
    content_type = ModelChoiceFilter(label=_("Type"), queryset=page_types)

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = ["state", "content_type", "live"]

    def filter_state(self, pages: Any, _name: str, state: str) -> Any:
        if not state:
            return pages
        found = pages.none()
        for locale in target_locales():
            found |= pages.filter(**{attribute_for(locale): state})
        return found


class TranslationReportView(PageReportView):
    """Every page of the source language with what its translations need."""

    page_title = _("Translation of pages")
    header_icon = "globe"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    filterset_class = TranslationReportFilterSet
    index_url_name = "partnerships_translation_report"
    index_results_url_name = "partnerships_translation_report_results"
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]
    default_ordering = "title"
    columns: ClassVar[list[Any]] = [
        TitleColumn(
            "title",
            label=_("Title"),
            accessor="get_admin_display_title",
            sort_key="title",
            classname="partnerships-title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("content_type", label=_("Type"), accessor="page_type_display_name"),
        TranslationColumn(),
        DateColumn("last_published_at", label=_("Published"), sort_key="last_published_at"),
    ]

    def get_queryset(self) -> Any:
        pages = Page.objects.filter(locale=Locale.get_default(), alias_of__isnull=True, content_type__in=page_types())
        return with_translation_states(pages).select_related("locale", "content_type").order_by("title", "pk")
