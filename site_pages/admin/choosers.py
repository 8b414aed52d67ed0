"""Choosing a partner or an agreement from one flat list, in the language of the page, published ones first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from ...snippets.choosers import ChosenSourceMixin, OneRowPerItemMixin
from ..models import AgreementPage, PartnerPage
from .columns import AgreementStatusColumn, LiveColumn, PartiesColumn


class PageRowChooser(BaseChooser):
    """Shows the chosen page by the title that editors know, draft or not."""

    def get_display_title(self, instance: Any) -> str:
        return str(instance.get_admin_display_title())


class PageRowsMixin(OneRowPerItemMixin):
    """Drafts may be chosen too, since an agreement is often written before its partner is published."""

    ordering = ("-live", "title", "pk")

    def choosable(self) -> QuerySet[Any]:
        return self.model_class.objects.filter(alias_of__isnull=True)

    def get_object_list(self) -> Any:
        rows: Any = super().get_object_list()
        return rows.defer_streamfields()


class PartnerRowsMixin(PageRowsMixin):
    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]  # of Wagtail's view
            Column("organisation_type", label=_("Type"), accessor="get_organisation_type_display"),
            LocaleColumn(label=_("Language"), sort_key=None),
            LiveColumn(),
        ]


class AgreementRowsMixin(PageRowsMixin):
    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]  # of Wagtail's view
            PartiesColumn(),
            AgreementStatusColumn(sort_key=None),
            LocaleColumn(label=_("Language"), sort_key=None),
            LiveColumn(),
        ]

    def get_object_list(self) -> Any:
        return super().get_object_list().with_status().prefetch_related("parties__partner")


class ChoosePartnerView(PartnerRowsMixin, ChooseView):
    pass


class ChoosePartnerResultsView(PartnerRowsMixin, ChooseResultsView):
    pass


class ChooseAgreementView(AgreementRowsMixin, ChooseView):
    pass


class ChooseAgreementResultsView(AgreementRowsMixin, ChooseResultsView):
    pass


class ChosenPageMixin(ChosenSourceMixin):
    def get_display_title(self, instance: Any) -> str:
        return str(instance.get_admin_display_title())


class ChosenPageView(ChosenPageMixin, ChosenView):
    pass


class ChosenPagesView(ChosenPageMixin, ChosenMultipleView):
    pass


class PageChooserViewSet(ChooserViewSet):
    """A chooser for one page type that lists rows, not the page tree."""

    per_page = 25
    preserve_url_parameters = ("multiple", "locale")
    base_widget_class = PageRowChooser
    chosen_view_class = ChosenPageView
    chosen_multiple_view_class = ChosenPagesView


class PartnerChooserViewSet(PageChooserViewSet):
    model = PartnerPage
    icon = "group"
    choose_one_text = _("Choose a partner")
    choose_another_text = _("Choose another partner")
    edit_item_text = _("Edit this partner")
    choose_view_class = ChoosePartnerView
    choose_results_view_class = ChoosePartnerResultsView


class AgreementChooserViewSet(PageChooserViewSet):
    model = AgreementPage
    icon = "doc-full-inverse"
    choose_one_text = _("Choose an agreement")
    choose_another_text = _("Choose another agreement")
    edit_item_text = _("Edit this agreement")
    choose_view_class = ChooseAgreementView
    choose_results_view_class = ChooseAgreementResultsView


partner_chooser = PartnerChooserViewSet("partnerships_partner_chooser")
agreement_chooser = AgreementChooserViewSet("partnerships_agreement_chooser")
