"""What only agreement officers see and write: the tab “Management” of an agreement, in every way that leads to it.

The admin's form, the form behind Wagtail's API v3, the comparison of versions, copies and reverts all ask here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import cached_property

from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.admin.panels import ObjectList, PanelGroup

#: What one needs to see and write the management of agreements.
MANAGE_AGREEMENTS = "partnerships_pages.manage_agreement"


def may_manage_agreements(user: Any) -> bool:
    return bool(user.has_perm(MANAGE_AGREEMENTS))


class ManagementTab(ObjectList):
    """A tab for agreement officers. For everyone else it holds nothing: neither fields nor differences of versions."""

    class BoundPanel(ObjectList.BoundPanel):
        @cached_property
        def children(self) -> list[Any]:
            if self.request is not None and not may_manage_agreements(self.request.user):
                return []
            children: list[Any] = super().children
            return children


@lru_cache
def management_names(model: Any) -> frozenset[str]:
    """Name the fields and child relations on the management tab of a page type."""
    names: set[str] = set()
    panels: list[Any] = [model.get_edit_handler()]
    while panels:
        panel = panels.pop()
        if isinstance(panel, ManagementTab):
            options = panel.get_form_options()
            names |= {*options.get("fields", ()), *options.get("formsets", ())}
        elif isinstance(panel, PanelGroup):
            panels += panel.children
    return frozenset(names)


class ManagedForm:
    """A page's form without the management tab's fields and rows, unless its user is an agreement officer."""

    fields: dict[str, Any]
    formsets: dict[str, Any]

    def leave_management_to_officers(self, model: Any, user: Any) -> None:
        """``user`` is None for programs, which may write everything."""
        if user is None or may_manage_agreements(user):
            return
        for name in management_names(model):
            self.fields.pop(name, None)
            self.formsets.pop(name, None)

    def _update_errors(self, errors: ValidationError) -> None:
        """Tell faults of fields that the form does not have as faults of the whole; Django would answer 500."""
        if hasattr(errors, "error_dict"):
            shown: dict[str, Any] = {}
            for name, found in errors.error_dict.items():
                shown.setdefault(name if name in self.fields else NON_FIELD_ERRORS, []).extend(found)
            errors = ValidationError(shown)
        super()._update_errors(errors)  # type: ignore[misc]  # of Django's form


class RevertAgreementAction(RevertToPageRevisionAction):
    """Goes back to an earlier version for the API; whoever is no officer leaves the management as it is."""

    def execute(self, skip_permission_checks: bool = False) -> Any:
        names = management_names(self.instance.specific_class)
        if names and self.user and not may_manage_agreements(self.user):
            latest = self.instance.specific.get_latest_revision()
            kept = {name: latest.content[name] for name in names if latest and name in latest.content}
            # In memory only: the earlier version itself stays what it was.
            self.revision.content = self.revision.content | kept
        return super().execute(skip_permission_checks=skip_permission_checks)
