"""Renewing and terminating an agreement in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ...snippets.partial_dates import PartialDate, PartialDateFormField
from ..models import AgreementPage
from ..officers import may_manage_agreements
from ..renewal import AlreadyRenewedError, moved_dates, renew, successor_of
from ..termination import check_termination, terminate
from .access import named_agreement


class AgreementActionView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # takes none at run time
    """Asks before it does something to an agreement, and goes back to its form if that can't be done."""

    submit_label: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.agreement = named_agreement(request, kwargs["pk"])
        self.permissions = self.agreement.permissions_for_user(request.user)
        if not self.is_permitted():
            raise PermissionDenied
        return self.refusal() or super().dispatch(request, *args, **kwargs)

    def is_permitted(self) -> bool:
        raise PermissionDenied

    def refusal(self) -> HttpResponse | None:
        """Answer what can't be done now; None if it can."""
        return None

    @cached_property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.agreement.pk])

    def get_page_subtitle(self) -> str:
        return str(self.agreement.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("partnerships_agreements:index"), "label": _("Agreements")},
            {"url": self.edit_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {
            "agreement": self.agreement,
            "action_url": self.request.path,
            "cancel_url": self.edit_url,
            "submit_button_label": self.submit_label,
            "media": context["form"].media,
        }
        return context


class RenewView(AgreementActionView):
    page_title = gettext_lazy("Renew agreement")
    header_icon = "rotate"
    template_name = "partnerships_pages/admin/renew.html"
    form_class = forms.Form
    submit_label = gettext_lazy("Make the new agreement")

    def is_permitted(self) -> bool:
        parent = self.agreement.get_parent().specific_deferred
        return bool(self.permissions.can_edit() and parent.permissions_for_user(self.request.user).can_add_subpage())

    def refusal(self) -> HttpResponse | None:
        successor = successor_of(self.agreement)
        return self.already_renewed(successor) if successor is not None else None

    def already_renewed(self, successor: AgreementPage) -> HttpResponse:
        message = _("“%(title)s” has been renewed already: the new agreement is “%(successor)s”.")
        titles = {
            "title": self.agreement.get_admin_display_title(),
            "successor": successor.get_admin_display_title(),
        }
        messages.warning(self.request, message % titles)
        return redirect("wagtailadmin_pages:edit", successor.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dates = moved_dates(self.agreement)
        shown = [
            (AgreementPage._meta.get_field(name).verbose_name, dates[name])
            for name in ("valid_from", "end_date", "notice_date", "review_date")
            if dates[name]
        ]
        return {**super().get_context_data(**kwargs), "dates": shown}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            successor = renew(self.agreement, self.request.user)
        except AlreadyRenewedError as error:
            return self.already_renewed(error.successor)
        messages.success(
            self.request,
            _("This is the new agreement, as a draft. Check its dates and text; readers see it once you publish it."),
        )
        return redirect("wagtailadmin_pages:edit", successor.pk)


class TerminationForm(forms.Form):
    date = PartialDateFormField(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy("From which day, month or year it no longer holds, as exactly as you know."),
        error_messages={"required": gettext_lazy("Write from when the agreement no longer holds.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("For the history and your colleagues; readers don't see it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write why the agreement is terminated, in a sentence.")},
    )

    def __init__(self, *args: Any, agreement: AgreementPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement

    def clean_date(self) -> PartialDate:
        date: PartialDate = self.cleaned_data["date"]
        check_termination(self.agreement, date)
        return date


class TerminateView(AgreementActionView):
    page_title = gettext_lazy("Terminate agreement")
    header_icon = "cross"
    template_name = "partnerships_pages/admin/terminate.html"
    form_class = TerminationForm
    submit_label = gettext_lazy("Terminate the agreement")

    def is_permitted(self) -> bool:
        return bool(self.permissions.can_edit())

    def refusal(self) -> HttpResponse | None:
        lock = self.agreement.get_lock()
        if self.agreement.outcome == AgreementPage.Outcome.TERMINATED:
            message = _("This agreement has been terminated already. What is written of it stands under Management.")
        elif lock is not None and lock.for_user(self.request.user):
            message = _("This agreement is locked, so it can't be terminated now.")
        else:
            return None
        messages.warning(self.request, message)
        return redirect(self.edit_url)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "agreement": self.agreement}

    @cached_property
    def publishes(self) -> bool:
        return bool(self.agreement.live and self.permissions.can_publish())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "publishes": self.publishes}

    def form_valid(self, form: TerminationForm) -> HttpResponse:
        date, reason = form.cleaned_data["date"], form.cleaned_data["reason"]
        try:
            published = terminate(self.agreement, date, reason, self.request.user, publish=self.publishes)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        if published:
            messages.success(self.request, _("The agreement is terminated as of %(date)s.") % {"date": date.display})
        else:
            messages.success(
                self.request,
                _("The termination as of %(date)s is saved as a draft. Readers see it once somebody publishes it.")
                % {"date": date.display},
            )
        return redirect(self.edit_url)


class RenewItem(PageMenuItem):
    label = gettext_lazy("Renew")
    icon_name = "rotate"
    url_name = "partnerships_renew"

    def is_shown(self, user: Any) -> bool:
        return (
            isinstance(self.page, AgreementPage)
            and may_manage_agreements(user)
            and bool(self.page.permissions_for_user(user).can_edit())
        )


class TerminateItem(RenewItem):
    label = gettext_lazy("Terminate")
    icon_name = "cross"
    url_name = "partnerships_terminate"

    def is_shown(self, user: Any) -> bool:
        return super().is_shown(user) and self.page.outcome != AgreementPage.Outcome.TERMINATED


def lifecycle_items(page: Any) -> list[PageMenuItem]:
    """Return what the menus of a page offer: nothing unless it is an agreement."""
    if not isinstance(page, AgreementPage):
        return []
    return [RenewItem(page=page, priority=31), TerminateItem(page=page, priority=32)]


urlpatterns = [
    path("partnerships/agreements/<int:pk>/renew/", RenewView.as_view(), name="partnerships_renew"),
    path("partnerships/agreements/<int:pk>/terminate/", TerminateView.as_view(), name="partnerships_terminate"),
]
