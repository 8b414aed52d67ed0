"""What this app adds to Wagtail's admin."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogFormatter
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet

from .comparisons import register_comparisons
from .contact_report import ContactReportView
from .deletion import refuse_if_used, with_translations
from .duplicates import hint_at_contacts
from .models import Contact, SharedSnippet, Strategy
from .permissions import LanguagePermissionPolicy
from .replacing import ACTION, UNDO_ACTION
from .viewsets import MENU_HOOK, ContactViewSet, StrategyViewSet

register_comparisons()
for model in (Contact, Strategy):
    register_permission_policy(model, LanguagePermissionPolicy(model))
register_snippet(ContactViewSet)
register_snippet(StrategyViewSet)

partnerships_menu = Menu(register_hook_name=MENU_HOOK)


@hooks.register("register_admin_menu_item")
def add_partnerships_menu() -> MenuItem:
    return SubmenuMenuItem(_("Partnerships"), partnerships_menu, name="partnerships", icon_name="group", order=150)


@hooks.register("before_delete_snippet")
def keep_snippets_in_use(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    unpublish_url = None
    if len(instances) == 1 and getattr(instances[0], "live", False):
        row = instances[0]
        unpublish_url = reverse(row.snippet_viewset.get_url_name("unpublish"), args=[quote(row.pk)])
    ours = [row for row in instances if isinstance(row, SharedSnippet)]
    return refuse_if_used(request, with_translations(ours), unpublish_url) if ours else None


@hooks.register("register_log_actions")
def tell_replacements(actions: Any) -> None:
    @actions.register_action(ACTION)
    class ReplacementFormatter(LogFormatter):
        label = _("Replace contact")

        def format_message(self, log_entry: Any) -> str:
            return gettext("“%(old)s” was replaced by “%(new)s”") % log_entry.data

    @actions.register_action(UNDO_ACTION)
    class UndoFormatter(LogFormatter):
        label = _("Take back the replacement of a contact")

        def format_message(self, log_entry: Any) -> str:
            return gettext("“%(old)s” took its place back from “%(new)s”") % log_entry.data


hooks.register("after_create_snippet", hint_at_contacts)
hooks.register("after_edit_snippet", hint_at_contacts)


@hooks.register("register_admin_urls")
def add_contact_report() -> list[Any]:
    return [
        path("reports/partnerships/contacts/", ContactReportView.as_view(), name="partnerships_contact_report"),
        path(
            "reports/partnerships/contacts/results/",
            ContactReportView.as_view(results_only=True),
            name="partnerships_contact_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def offer_contact_report() -> MenuItem:
    return ContactReportMenuItem(
        ContactReportView.page_title, reverse("partnerships_contact_report"), icon_name="user", order=910
    )


class ContactReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Contact)
        return bool(policy.user_has_any_permission(request.user, ContactReportView.any_permission_required))
