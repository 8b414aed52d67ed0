"""Replacing a contact in the admin: choose the successor, see the places, confirm; and take it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Page

from .models import Contact, Replacement
from .permissions import may_write_in
from .replacing import (
    AlreadyUndoneError,
    NothingToReplaceError,
    is_replaceable,
    places_of,
    replace_contact,
    undo_replacement,
)
from .source_rows import source_of
from .usage import Use


class SuccessorForm(forms.Form):
    """Asks for the contact that takes over."""

    new = forms.ModelChoiceField(queryset=Contact.objects.filter(live=True), label=gettext_lazy("Replace by"))

    def __init__(self, *args: Any, old: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old = old
        self.fields["new"].widget = Contact.snippet_viewset.chooser_viewset.widget_class()

    def clean_new(self) -> Contact:
        new: Contact = self.cleaned_data["new"]
        if new.translation_key == self.old.translation_key:
            raise forms.ValidationError(_("This is the contact that you want to replace. Choose another one."))
        return new


def may_change(user: Any, use: Use) -> bool:
    """Tell whether ``user`` may change a place as it has to be changed: published, if it is live."""
    row = use.user
    if not is_replaceable(use):
        return False
    if isinstance(row, Page):
        permissions = row.permissions_for_user(user)
        may_publish = not row.live or permissions.can_publish()
        return bool(permissions.can_edit() and may_publish and not permissions.page_locked())
    options = row._meta
    allowed = all(
        user.has_perm(f"{options.app_label}.{action}_{options.model_name}") for action in ("change", "publish")
    )
    return allowed and may_write_in(user, row.locale_id)


class ReplacementMixin(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin):
    model: type[models.Model] = Contact
    permission_required = "publish"
    edit_url_name: str = ""
    index_url_name: str = ""
    header_icon = "user"
    request: HttpRequest
    object: Any

    def get_edit_url(self) -> str:
        return reverse(self.edit_url_name, args=[quote(self.object.pk)])


class ReplaceContactView(ReplacementMixin, TemplateView):
    """Shows where a contact stands and what will take its place, and replaces it when confirmed."""

    page_title = gettext_lazy("Replace everywhere")
    template_name = "partnerships_snippets/admin/replace_contact.html"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        title = self.get_page_title()
        return [
            *self.breadcrumbs_items,
            {"url": self.get_edit_url(), "label": str(self.object)},
            {"url": "", "label": title, "sublabel": str(self.object)},
        ]

    def form(self) -> SuccessorForm:
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        if "new" not in data:
            return SuccessorForm(old=self.object)
        # Wagtail's chooser can't show again what is no number.
        chosen = data["new"] if data["new"].isdecimal() and len(data["new"]) < 19 else ""
        return SuccessorForm({"new": chosen}, old=self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.request.user
        form = kwargs.get("form") or self.form()
        places = [
            {"use": use, "edit_url": use.edit_url(user), "may_change": may_change(user, use)}
            for use in places_of(self.object)
        ]
        return {
            **context,
            "form": form,
            "new": form.cleaned_data["new"] if form.is_bound and form.is_valid() else None,
            "places": places,
            "is_allowed": all(place["may_change"] for place in places),
            "former": Replacement.objects.filter(old=source_of(self.object)).select_related("new", "user")[:10],
            "media": context.get("media", forms.Media()) + form.media,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if not form.is_bound or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if not all(may_change(request.user, use) for use in places_of(self.object)):
            raise PermissionDenied
        back = HttpResponseRedirect(request.get_full_path().partition("?")[0])
        try:
            record = replace_contact(self.object, form.cleaned_data["new"], request.user)
        except NothingToReplaceError:
            text = _("“%(contact)s” stands nowhere any more: somebody has replaced it before you.")
            messages.warning(request, text % {"contact": self.object})
            return back
        count = len(
            {(change.get("content_type"), change["pk"]) for change in record.changes if "content_type" in change}
        )
        text = ngettext("Replaced in one place.", "Replaced in %(count)d places.", count) % {"count": count}
        messages.success(
            request,
            text,
            buttons=[messages.button(self.get_edit_url(), _("Unpublish the old contact, if it has left"))],
        )
        return back


class UndoReplacementView(ReplacementMixin, TemplateView):
    """Takes a replacement back, on POST only, and says what has been changed since."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, record: int, **kwargs: Any) -> HttpResponse:
        replacement = get_object_or_404(Replacement, pk=record, old=source_of(self.object))
        places = [*places_of(replacement.new), *places_of(replacement.old)]
        touched = {
            (change["content_type"], str(change["pk"])) for change in replacement.changes if "content_type" in change
        }
        for use in places:
            key = (use.content_type_id, str(use.user.pk))
            if key in touched and not may_change(request.user, use):
                raise PermissionDenied
        back = HttpResponseRedirect(reverse(self.replace_url_name(), args=[quote(self.object.pk)]))
        try:
            undone = undo_replacement(replacement, request.user)
        except AlreadyUndoneError:
            messages.warning(request, _("Somebody has taken this replacement back before you."))
            return back
        messages.success(request, _("Taken back. Places restored: %(count)d.") % {"count": len(undone.restored)})
        if undone.left:
            names = ", ".join(str(getattr(row, "title", row)) for row in undone.left)
            text = _("These have been changed since, and were left as they are: %(names)s. Look at them yourself.")
            messages.warning(request, text % {"names": names})
        return back

    def replace_url_name(self) -> str:
        return self.edit_url_name.removesuffix(":edit") + ":replace"
