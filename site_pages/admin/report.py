"""The report of agreements: one row each, filtered, sorted, and exported."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from django_filters import BooleanFilter, CharFilter, ChoiceFilter, MultipleChoiceFilter, NumberFilter

from ...snippets.report_filters import SourceFilterSet
from ...snippets.spreadsheets import PlainSpreadsheetMixin
from ...snippets.viewsets import DayColumn, PartialDateColumn
from ..agreement_types import AgreementType
from ..deadlines import DEADLINES, HORIZONS, DeadlineKind, months_later
from ..models import AgreementPage
from ..status import AgreementStatus, ending_of
from .access import agreements_of, works_with_agreements
from .badges import badge_text
from .columns import AgreementStatusColumn, LiveColumn, PartiesColumn
from .filters import AgreementRelationFilters


def responsible_units(*_args: Any) -> list[tuple[str, str]]:
    units = AgreementPage.objects.exclude(responsible_unit="").order_by("responsible_unit")
    return [(unit, unit) for unit in units.values_list("responsible_unit", flat=True).distinct()]


def horizons(*_args: Any) -> list[tuple[str, str]]:
    return [(str(months), _("Within %(months)s months") % {"months": months}) for months in HORIZONS]


class AgreementReportFilterSet(SourceFilterSet, AgreementRelationFilters):
    status = MultipleChoiceFilter(
        label=_("Agreement status"),
        choices=AgreementStatus.choices,
        widget=CheckboxSelectMultiple,
        field_name="status_code",
    )
    due_within = ChoiceFilter(
        label=_("Ends or must be given notice"),
        choices=horizons,
        method="filter_due_within",
    )
    agreement_type = MultipleChoiceFilter(
        label=_("Agreement type"),
        choices=AgreementType.choices,
        widget=CheckboxSelectMultiple,
        method="filter_agreement_type",
    )
    partner = CharFilter(label=_("Name of a party"), method="filter_partner")
    responsible_unit = MultipleChoiceFilter(
        label=_("Responsible unit"), choices=responsible_units, widget=CheckboxSelectMultiple
    )
    year = NumberFilter(label=_("In force in the year"), method="filter_year", min_value=1000, max_value=2999)
    undated = BooleanFilter(label=_("No dates at all"), method="filter_undated")
    live = BooleanFilter(label=_("Live"))

    class Meta:
        model = AgreementPage
        fields: ClassVar[list[str]] = ["live"]

    def filter_due_within(self, agreements: Any, _name: str, months: str) -> Any:
        today = timezone.localdate()
        span = (today, months_later(today, int(months)))
        return agreements.alias(end=DEADLINES[DeadlineKind.END], notice=DEADLINES[DeadlineKind.NOTICE]).filter(
            Q(end__range=span) | Q(notice__range=span),
            pk__in=AgreementPage.objects.watched().order_by().values("pk"),
        )

    def filter_year(self, agreements: Any, _name: str, year: Any) -> Any:
        """Keep what held at some time in a year: a start or an end that is not known rules nothing out."""
        return agreements.exclude(starts_on__isnull=True, ends_on__isnull=True).filter(
            Q(starts_on__isnull=True) | Q(starts_on__year__lte=int(year)),
            Q(ends_on__isnull=True) | Q(ends_on__year__gte=int(year)),
        )

    def filter_undated(self, agreements: Any, _name: str, undated: bool) -> Any:
        nothing = {"starts_on__isnull": True, "ends_on__isnull": True}
        return agreements.filter(**nothing) if undated else agreements.exclude(**nothing)


class AgreementReportView(PlainSpreadsheetMixin, ReportView):
    """Every agreement that the user manages, drafts too, once: in its source language."""

    model = AgreementPage
    page_title = _("Agreements")
    header_icon = "doc-full-inverse"
    index_url_name = "partnerships_agreement_report"
    index_results_url_name = "partnerships_agreement_report_results"
    filterset_class = AgreementReportFilterSet
    default_ordering = "title"
    export_filename = "agreements"
    list_export: ClassVar[list[str]] = [
        "title",
        "status_label",
        "type_labels",
        "party_names",
        "signed",
        "since",
        "valid_from",
        "end_label",
        "notice_date",
        "review_date",
        "reference_number",
        "responsible_unit",
        "responsible_user",
        "live",
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Title"),
        "status_label": _("Agreement status"),
        "type_labels": _("Agreement type"),
        "party_names": _("Parties"),
        "end_label": _("End"),
        "live": _("Live"),
    }
    # As many as leave the title room on a small screen; an export has the others too.
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            accessor="get_admin_display_title",
            sort_key="title",
            classname="partnerships-title",
            get_url=lambda agreement: reverse("wagtailadmin_pages:edit", args=[agreement.pk]),
        ),
        AgreementStatusColumn(),
        PartiesColumn(),
        PartialDateColumn("end_date", label=_("Ends"), accessor=ending_of, sort_key="last_day"),
        DayColumn("notice_date", label=_("Last day to give notice"), sort_key="notice_date"),
        Column("responsible_unit", label=_("Responsible unit"), sort_key="responsible_unit"),
        LiveColumn(sort_key="live"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not works_with_agreements(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> Any:
        return (
            agreements_of(self.request.user)
            .sources()
            .with_status()
            .defer_streamfields()
            .select_related("responsible_user")
            .prefetch_related("agreement_types", "parties__partner")
        )

    def order_queryset(self, queryset: Any) -> Any:
        # Rows that tie must not change places between two pages of the list.
        return queryset.order_by(self.ordering, "pk")

    def get_filtered_queryset(self) -> Any:
        # Wagtail's method filters once more what get_queryset() has filtered.
        return self.get_queryset()

    def to_row_dict(self, item: AgreementPage) -> dict[str, Any]:
        texts = {
            "status_label": badge_text(item),
            "type_labels": ", ".join(str(choice) for choice in item.agreement_types.all()),
            "party_names": "; ".join(str(party) for party in item.parties.all()),
            "end_label": str(ending_of(item) or item.get_end_kind_display()),
            "responsible_user": str(item.responsible_user or ""),
            "live": str(_("Yes") if item.live else _("No")),
        }
        return {name: texts[name] if name in texts else getattr(item, name) for name in self.list_export}

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        calendar = Button(
            _("Subscribe to the calendar"), url=reverse("partnerships_calendar"), icon_name="date", priority=110
        )
        return [*super().header_more_buttons, calendar]


class AgreementReportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return works_with_agreements(request.user)


def report_menu_item() -> MenuItem:
    return AgreementReportMenuItem(
        _("Agreements"),
        reverse("partnerships_agreement_report"),
        name="partnership-agreements-report",
        icon_name=AgreementReportView.header_icon,
        order=100,
    )


urlpatterns = [
    path("reports/agreements/", AgreementReportView.as_view(), name="partnerships_agreement_report"),
    path(
        "reports/agreements/results/",
        AgreementReportView.as_view(results_only=True),
        name="partnerships_agreement_report_results",
    ),
]
