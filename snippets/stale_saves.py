"""Saving over somebody else's newer version: never silently.

Wagtail warns an editor whose browser runs its script, and its autosave stops. A plain save goes through
all the same: here it is held back once, with everything typed still in the form.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin import messages


class HeldBackMixin:
    """An edit view that answers a stale save with a warning; saving again keeps what the form says."""

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        if view.is_out_of_date and not view.expects_json_response and self.is_by_somebody_else():
            return self.hold_back(form)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of Wagtail's view
        return response

    def is_by_somebody_else(self) -> bool:
        """Tell whose the newer version is: one's own autosave may still be on its way when one publishes."""
        view: Any = self
        return bool(view.latest_revision.user_id != view.request.user.pk)

    def hold_back(self, form: Any) -> HttpResponse:
        view: Any = self
        newer = view.latest_revision
        who = newer.user.get_full_name() or newer.user.get_username() if newer.user else _("Somebody else")
        text = _(
            "%(who)s saved another version while you were writing. Nothing of yours is lost: it is still in the form "
            "below, not saved yet. Compare it with the other version, then save again to keep yours."
        )
        url = view.newer_version_url()
        messages.warning(view.request, text % {"who": who}, buttons=[messages.button(url, _("See the other version"))])
        view.has_unsaved_changes = True
        view.form = form
        return view.render_to_response(view.get_context_data(form=form))

    def newer_version_url(self) -> str:
        view: Any = self
        return str(view.get_history_url())


class HeldBackPageMixin(HeldBackMixin):
    """The same for the form of a page."""

    def newer_version_url(self) -> str:
        view: Any = self
        return reverse("wagtailadmin_pages:history", args=[view.page.pk])
