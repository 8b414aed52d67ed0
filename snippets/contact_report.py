"""Contacts that need care: past their review date, without any channel, or used nowhere."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, TextChoices
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables import TitleColumn as LinkColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, ReferenceIndex

from django_filters import ChoiceFilter

from .models import Contact
from .report_filters import SourceFilterSet
from .spreadsheets import PlainSpreadsheetMixin
from .usage import named_in_drafts
from .viewsets import DayColumn


class ContactNeed(TextChoices):
    REVIEW = "review", _("past its review date")
    CHANNEL = "channel", _("no phone, e-mail or form")
    UNUSED = "unused", _("used nowhere")


def needing_care() -> QuerySet[Contact]:
    """Return the contacts of the source language that need care, with `is_due`, `is_mute` and `is_unused`."""
    content_type = ContentType.objects.get_for_model(Contact)
    references = ReferenceIndex.objects.filter(
        to_content_type=content_type, to_object_id=Cast(OuterRef("pk"), CharField())
    ).exclude(base_content_type=content_type)
    drafted = named_in_drafts(Contact)
    contacts = Contact.objects.filter(locale=Locale.get_default()).annotate(
        is_due=Q(review_date__isnull=False, review_date__lte=timezone.localdate()),
        is_mute=Q(phone="", email="", form_link=""),
        is_unused=~Exists(references) & ~Q(pk__in=drafted),
    )
    return contacts.filter(Q(is_due=True) | Q(is_mute=True) | Q(is_unused=True)).select_related("locale")


class NeedColumn(Column):
    """What a contact needs, in words."""

    def get_value(self, instance: Any) -> str:
        needs = [
            (instance.is_due, ContactNeed.REVIEW),
            (instance.is_mute, ContactNeed.CHANNEL),
            (instance.is_unused, ContactNeed.UNUSED),
        ]
        return ", ".join(str(need.label) for is_so, need in needs if is_so)


class ContactReportFilterSet(SourceFilterSet):
    need = ChoiceFilter(label=_("Needs"), choices=ContactNeed.choices, method="filter_need")

    class Meta:
        model = Contact
        fields: ClassVar[list[str]] = ["kind", "live"]

    def filter_need(self, contacts: QuerySet[Contact], _name: str, need: str) -> QuerySet[Contact]:
        columns = {"review": "is_due", "channel": "is_mute", "unused": "is_unused"}
        return contacts.filter(**{columns[need]: True}) if need in columns else contacts


class ContactReportView(PlainSpreadsheetMixin, ReportView):
    model = Contact
    page_title = _("Contacts to look after")
    header_icon = "user"
    filterset_class = ContactReportFilterSet
    index_url_name = "partnerships_contact_report"
    index_results_url_name = "partnerships_contact_report_results"
    any_permission_required: ClassVar[list[str]] = ["change", "publish"]
    default_ordering = "name"
    list_export: ClassVar[list[str]] = ["name", "role", "unit", "review_date", "live"]
    columns: ClassVar[list[Any]] = [
        LinkColumn(
            "name",
            label=_("Name"),
            sort_key="name",
            get_url=lambda row: reverse("wagtailsnippets_partnerships_snippets_contact:edit", args=[row.pk]),
        ),
        Column("role", label=_("Role"), sort_key="role"),
        NeedColumn("needs", label=_("Needs")),
        DayColumn("review_date", label=_("Review date"), sort_key="review_date"),
    ]

    def get_queryset(self) -> QuerySet[Contact]:
        return needing_care()
