"""Copies of partners and agreements as a starting point: what identifies the original stays with it."""

from __future__ import annotations

from typing import Any

from wagtail.actions.copy_page import CopyPageAction
from wagtail.admin.views.pages import copy as copy_views
from wagtail.models import Page

from ..models import AgreementPage, PartnerPage
from ..officers import management_names

#: What a copy begins without, by page type; of an agreement also whatever only officers write.
LEFT_OUT: dict[type[Page], tuple[str, ...]] = {
    PartnerPage: ("organisation_number", "ror_id", "website", "logo", "logo_alt", "former_names"),
    AgreementPage: ("signed", "since", "valid_from", "end_kind", "end_date"),
}


def names_left_out(page: Page) -> list[str]:
    """Name the fields and child relations that a copy of ``page`` does not take over."""
    page_type: Any = type(page)
    for model, names in LEFT_OUT.items():
        if isinstance(page, model):
            return [*names, *management_names(page_type)]
    return []


class CopyAsStartAction(CopyPageAction):
    """Wagtail's action, whose copies are new partners and agreements, also of those below the page that is copied."""

    def _copy_page(
        self, page: Page, to: Page | None = None, update_attrs: Any = None, exclude_fields: Any = None, **options: Any
    ) -> Page:
        # Wagtail hands no names to the pages below. The class attribute exclude_fields_in_copy can't say so either:
        # translations are made by the same action, and they take over everything.
        left_out = names_left_out(page.specific) if self.reset_translation_key else []
        copied: Page = super()._copy_page(page, to, update_attrs, [*(exclude_fields or []), *left_out], **options)
        return copied


# Wagtail's view names its action, where the API asks a registry for it.
copy_views.CopyPageAction = CopyAsStartAction
