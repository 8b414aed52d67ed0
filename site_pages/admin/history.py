"""What the history of an agreement says of renewing and terminating it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.log_actions import LogFormatter

from ...snippets.partial_dates import PartialDate


class RenewFormatter(LogFormatter):
    label = gettext_lazy("Renew agreement")

    def format_message(self, log_entry: Any) -> str:
        return _("Renewed by “%(title)s”") % {"title": log_entry.data["page"]["title"]}


class CreateRenewalFormatter(LogFormatter):
    label = gettext_lazy("Create agreement by renewal")

    def format_message(self, log_entry: Any) -> str:
        return _("Created as the renewal of “%(title)s”") % {"title": log_entry.data["source"]["title"]}


class TerminateFormatter(LogFormatter):
    label = gettext_lazy("Terminate agreement")

    def format_message(self, log_entry: Any) -> str:
        date = PartialDate(log_entry.data["date"]).display
        return _("Terminated as of %(date)s") % {"date": date}

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data["reason"])


def register_actions(actions: Any) -> None:
    actions.register_action("partnerships.renew")(RenewFormatter)
    actions.register_action("partnerships.create_renewal")(CreateRenewalFormatter)
    actions.register_action("partnerships.terminate")(TerminateFormatter)
    actions.register_action(
        "partnerships.make_calendar", gettext_lazy("Make calendar address"), gettext_lazy("Made a calendar address")
    )
    actions.register_action(
        "partnerships.revoke_calendar",
        gettext_lazy("Revoke calendar address"),
        gettext_lazy("Revoked the calendar address"),
    )
