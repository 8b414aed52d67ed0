"""Columns that lists of partners and agreements share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.widgets.button import Button, ButtonWithDropdownFromHook, ListingButton

from ..models import AgreementPage
from .badges import badge_text, is_in_force


class MoreButtons(ButtonWithDropdownFromHook):
    """The dropdown of what one can do with a page in a list, without a query for each row.

    wagtail-localize asks the database for each page whether it can be translated; the list knows already.
    """

    def __init__(self, page: Any, user: Any, next_url: str | None) -> None:
        if page.is_leaf():
            # Whether it may be deleted depends on live pages below it, which Wagtail asks for each row.
            page.get_descendants = lambda **_inclusive: type(page).objects.none()
        super().__init__(
            "",
            hook_name="register_page_listing_more_buttons",
            page=page,
            user=user,
            next_url=next_url,
            icon_name="dots-horizontal",
            attrs={"aria-label": _("More options for “%(title)s”") % {"title": page.get_admin_display_title()}},
        )

    @cached_property
    def dropdown_buttons(self) -> list[Any]:
        functions = [
            function
            for function in hooks.get_hooks(self.hook_name)
            if not function.__module__.startswith("wagtail_localize")
        ]
        offered = [
            button
            for function in functions
            for button in function(page=self.page, user=self.user, next_url=self.next_url)
        ]
        buttons = [
            Button.from_menu_item(button) if isinstance(button, MenuItem) else button
            for button in offered
            if (button.is_shown(self.user) if isinstance(button, MenuItem) else button.show)
        ]
        if getattr(self.page, "_has_untranslated_locale", False) and self.user.has_perm(
            "wagtail_localize.submit_translation"
        ):
            url = reverse("wagtail_localize:submit_page_translation", args=[self.page.pk])
            buttons.append(ListingButton(_("Translate"), url, priority=60, icon_name="wagtail-localize-language"))
        return buttons


class TitleColumn(PageTitleColumn):
    """The title of a page, linked to its form, with its dropdown."""

    cell_template_name = "partnerships_pages/admin/page_title_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        next_url = parent_context.get("actions_next_url")
        return {**context, "more_buttons": MoreButtons(instance, parent_context["request"].user, next_url)}


class LiveColumn(StatusTagColumn):
    """Whether readers see a page, without asking for its workflow and schedule as Wagtail's own column does."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Status"))
        super().__init__("live", primary=lambda page: page.live, **kwargs)

    def get_value(self, instance: Any) -> str:
        return str(_("live") if instance.live else _("draft"))


class AgreementStatusColumn(StatusTagColumn):
    """The computed status as a badge; an agreement without any date has none. Wants ``with_status()`` rows."""

    cell_template_name = "partnerships_pages/admin/status_cell.html"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Agreement status"))
        kwargs.setdefault("sort_key", "status_code")
        super().__init__("agreement_status", primary=is_in_force, **kwargs)

    def get_value(self, instance: AgreementPage) -> str:
        return badge_text(instance)


class PartiesColumn(Column):
    """The parties by name, the first few of them. Wants ``parties__partner`` prefetched."""

    shown = 3

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Parties"))
        super().__init__("parties", **kwargs)

    def get_value(self, instance: AgreementPage) -> str:
        names = [str(party) for party in instance.parties.all()]
        text = ", ".join(names[: self.shown])
        if len(names) > self.shown:
            text = _("%(parties)s and %(count)s more") % {"parties": text, "count": len(names) - self.shown}
        return text


class TypesColumn(Column):
    """The types of an agreement, the primary one first. Wants ``agreement_types`` prefetched."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Agreement type"))
        super().__init__("agreement_types", **kwargs)

    def get_value(self, instance: AgreementPage) -> str:
        return ", ".join(str(choice) for choice in instance.agreement_types.all())
