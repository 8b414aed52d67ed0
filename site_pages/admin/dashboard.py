"""What the first page of the admin says of agreements that end or must be given notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail.admin.ui.components import Component

from ..deadlines import HORIZONS, TOLD_KINDS
from .access import agreements_of, works_with_agreements
from .badges import badge_text, is_in_force

#: So many deadlines are listed in each group; the report has the others.
SHOWN = 8


@dataclass(frozen=True)
class DeadlineGroup:
    """The deadlines within so many months that are in no nearer group."""

    heading: str
    rows: list[dict[str, Any]]
    total: int
    report_url: str

    @property
    def others(self) -> int:
        return self.total - len(self.rows)


class DeadlinesPanel(Component):
    name = "partnership_deadlines"
    template_name = "partnerships_pages/admin/deadlines_panel.html"
    order = 120

    def __init__(self, request: Any) -> None:
        self.request = request

    @cached_property
    def groups(self) -> list[DeadlineGroup]:
        """The groups that hold any deadline; the number of queries does not depend on how many those are."""
        agreements, today = agreements_of(self.request.user), timezone.localdate()
        found = {kind: agreements.approaching(kind, today) for kind in TOLD_KINDS}
        totals = dict.fromkeys(HORIZONS, 0)
        for rows in found.values():
            for months, count in rows.order_by().values_list("months").annotate(count=Count("pk")):
                totals[months] += count
        report = reverse("partnerships_agreement_report")
        return [
            DeadlineGroup(
                _("Within %(months)s months") % {"months": months},
                self._rows(found, months),
                totals[months],
                f"{report}?due_within={months}",
            )
            for months in HORIZONS
            if totals[months]
        ]

    def _rows(self, found: dict[Any, Any], months: int) -> list[dict[str, Any]]:
        rows = [
            {
                "agreement": agreement,
                "day": agreement.deadline,
                "kind": kind.label,
                "badge": badge_text(agreement),
                "is_in_force": is_in_force(agreement),
                "edit_url": reverse("wagtailadmin_pages:edit", args=[agreement.pk]),
            }
            for kind, agreements in found.items()
            for agreement in agreements.filter(months=months)
            .defer_streamfields()
            .select_related("responsible_user")
            .order_by("deadline", "title", "pk")[:SHOWN]
        ]
        return sorted(rows, key=lambda row: (row["day"], row["agreement"].title))[:SHOWN]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"groups": self.groups, "report_url": reverse("partnerships_agreement_report")}

    def render_html(self, parent_context: Any = None) -> str:
        return super().render_html(parent_context) if works_with_agreements(self.request.user) else ""
