"""The lists of all partners and of all agreements, in the menu and when one explores their index pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, NavigateToChildrenColumn, PageStatusColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from ...snippets.searching import find_as_typed
from ...snippets.spreadsheets import PlainSpreadsheetMixin
from ...snippets.translation_states import TranslationColumn, with_translation_states
from ...snippets.viewsets import MENU_HOOK, PartialDateColumn
from ..models import AgreementPage, AgreementParty, PartnerPage
from .columns import AgreementStatusColumn, PartiesColumn, TitleColumn, TypesColumn
from .filters import AgreementFilterSet, PartnerFilterSet
from .views import CreateAgreementView, EditPageView

LEADING = [BulkActionsColumn("bulk_actions"), TitleColumn("title", label=_("Title"), sort_key="title")]
TRAILING = [
    DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
    PageStatusColumn("status", label=_("Status"), sort_key="live"),
]

PARTNER_COLUMNS: list[Any] = [
    *LEADING,
    Column(
        "organisation_type", label=_("Type"), accessor="get_organisation_type_display", sort_key="organisation_type"
    ),
    Column("region", label=_("Region"), accessor="get_region_display", sort_key="region"),
    LocaleColumn(label=_("Language")),
    TranslationColumn(),
    *TRAILING,
]
AGREEMENT_COLUMNS: list[Any] = [
    *LEADING,
    AgreementStatusColumn(),
    TypesColumn(),
    PartiesColumn(),
    PartialDateColumn("end_date", label=_("Ends"), sort_key="end_date_latest"),
    LocaleColumn(label=_("Language")),
    TranslationColumn(),
    *TRAILING,
]


class PartnerRowsMixin:
    """Rows of partners: searched by title and former names."""

    def annotate_queryset(self, pages: Any) -> Any:
        return super().annotate_queryset(with_translation_states(pages))  # type: ignore[misc]  # of Wagtail's view

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:  # type: ignore[attr-defined]  # of Wagtail's view
            return super().search_queryset(queryset)  # type: ignore[misc]  # of Wagtail's view
        return find_as_typed(queryset, self.search_query)  # type: ignore[attr-defined]  # of Wagtail's view


class AgreementRowsMixin:
    """Rows of agreements with their status: searched by title, reference number and party."""

    def annotate_queryset(self, pages: Any) -> Any:
        pages = super().annotate_queryset(with_translation_states(pages.with_status()))  # type: ignore[misc]  # of Wagtail's view
        return pages.prefetch_related("agreement_types", "parties__partner")

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:  # type: ignore[attr-defined]  # of Wagtail's view
            return super().search_queryset(queryset)  # type: ignore[misc]  # of Wagtail's view
        text = self.search_query.replace("\0", "")  # type: ignore[attr-defined]  # of Wagtail's view
        parties = AgreementParty.objects.filter(Q(name__icontains=text) | Q(partner__title__icontains=text))
        found = find_as_typed(AgreementPage.objects.all(), text).order_by().values("pk")
        return queryset.filter(
            Q(pk__in=found) | Q(reference_number__icontains=text) | Q(pk__in=parties.values("page_id"))
        )


class PartnerIndexView(PlainSpreadsheetMixin, PartnerRowsMixin, IndexView):
    default_ordering = "title"


class PartnerExplorerView(PlainSpreadsheetMixin, PartnerRowsMixin, ExplorableIndexView):
    base_columns = [*PARTNER_COLUMNS, NavigateToChildrenColumn("navigate", width="10%")]


class AgreementIndexView(PlainSpreadsheetMixin, AgreementRowsMixin, IndexView):
    default_ordering = "title"


class AgreementExplorerView(PlainSpreadsheetMixin, AgreementRowsMixin, ExplorableIndexView):
    base_columns = [*AGREEMENT_COLUMNS, NavigateToChildrenColumn("navigate", width="10%")]


class PartnerListing(PageListingViewSet):
    model = PartnerPage
    index_view_class = PartnerIndexView
    filterset_class = PartnerFilterSet
    columns = PARTNER_COLUMNS
    icon = "group"
    menu_hook = MENU_HOOK
    menu_label = _("Partners")
    menu_name = "partnership-partners"
    menu_order = 100
    list_export: ClassVar[list[str]] = ["title", "organisation_type", "country", "region", "live", "full_url"]
    export_filename = "partners"


class AgreementListing(PageListingViewSet):
    model = AgreementPage
    index_view_class = AgreementIndexView
    filterset_class = AgreementFilterSet
    columns = AGREEMENT_COLUMNS
    icon = "doc-full-inverse"
    menu_hook = MENU_HOOK
    menu_label = _("Agreements")
    menu_name = "partnership-agreements"
    menu_order = 200


class PartnerViews(PageViewSet):
    model = PartnerPage
    icon = "group"
    index_view_class = PartnerExplorerView
    columns = PartnerExplorerView.base_columns
    filterset_class = PartnerFilterSet
    edit_view_class = EditPageView


class AgreementViews(PageViewSet):
    model = AgreementPage
    icon = "doc-full-inverse"
    index_view_class = AgreementExplorerView
    columns = AgreementExplorerView.base_columns
    filterset_class = AgreementFilterSet
    add_view_class = CreateAgreementView
    edit_view_class = EditPageView
