"""What this app adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from .admin import (
    calendars,
    lifecycle,
    places,  # noqa: F401  # registers what it finds
    report,
)
from .admin.choosers import agreement_chooser, partner_chooser
from .admin.content_checker import check_as_public_page
from .admin.copying import CopyAsStartAction
from .admin.dashboard import DeadlinesPanel
from .admin.deletion import DeleteUnusedPageAction, DeleteUnusedPages, refuse_page_deletion
from .admin.documents import agreement_document_chooser
from .admin.duplicates import hint_at_partners
from .admin.history import register_actions
from .admin.lists import AgreementListing, AgreementViews, PartnerListing, PartnerViews
from .admin.moving import refuse_hidden, refuse_hidden_of_many
from .admin.translating import SubmitWithOthersView
from .admin.translation_report import TranslationReportView
from .officers import MANAGE_AGREEMENTS, RevertAgreementAction


@hooks.register("register_admin_viewset")
def add_views() -> list[Any]:
    return [
        partner_chooser,
        agreement_chooser,
        agreement_document_chooser,
        PartnerListing("partnerships_partners"),
        AgreementListing("partnerships_agreements"),
        PartnerViews(),
        AgreementViews(),
    ]


@hooks.register("before_delete_page")
def keep_pages_in_use(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_page_deletion(request, page)


hooks.register("before_move_page", refuse_hidden)
hooks.register("before_bulk_action", refuse_hidden_of_many)


# After Wagtail's own action of the same name, which it replaces.
hooks.register("register_bulk_action", DeleteUnusedPages, order=100)


@hooks.register("register_actions")
def replace_actions(registry: Any) -> None:
    for action in (DeleteUnusedPageAction, RevertAgreementAction, CopyAsStartAction):
        registry.register(Page, action)


@hooks.register("register_permissions")
def offer_management_of_agreements() -> QuerySet[Permission]:
    app_label, codename = MANAGE_AGREEMENTS.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)


hooks.register("after_create_page", hint_at_partners)
hooks.register("after_edit_page", hint_at_partners)


# Before wagtail-localize's own, which it stands in for.
@hooks.register("register_admin_urls", order=-1)
def submit_with_others() -> list[Any]:
    return [path("localize/submit/page/<int:page_id>/", SubmitWithOthersView.as_view())]


@hooks.register("register_admin_urls")
def add_translation_report() -> list[Any]:
    return [
        path(
            "reports/partnerships/translations/",
            TranslationReportView.as_view(),
            name="partnerships_translation_report",
        ),
        path(
            "reports/partnerships/translations/results/",
            TranslationReportView.as_view(results_only=True),
            name="partnerships_translation_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def offer_translation_report() -> MenuItem:
    url = reverse("partnerships_translation_report")
    return MenuItem(TranslationReportView.page_title, url, icon_name="globe", order=920)


@hooks.register("construct_wagtail_userbar")
def check_what_editors_can_break(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    check_as_public_page(items, page)


@hooks.register("insert_global_admin_css")
def keep_titles_readable() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("partnerships/admin.css"))


@hooks.register("register_admin_urls")
def add_urls() -> list[Any]:
    return [*lifecycle.urlpatterns, *report.urlpatterns, *calendars.urlpatterns]


hooks.register("register_reports_menu_item", report.report_menu_item)
hooks.register("register_account_menu_item", calendars.calendar_menu_item)
hooks.register("register_log_actions", register_actions)


@hooks.register("construct_homepage_panels")
def show_deadlines(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DeadlinesPanel(request))


@hooks.register("register_page_header_buttons")
def offer_lifecycle_in_header(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Any]:
    return lifecycle.lifecycle_items(page)


@hooks.register("register_page_listing_more_buttons")
def offer_lifecycle_in_list(page: Page, user: Any, next_url: str | None = None) -> list[Any]:
    return lifecycle.lifecycle_items(page)
