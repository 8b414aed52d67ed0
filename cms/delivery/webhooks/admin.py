"""Webhooks in Wagtail's admin: who is told, what was sent, how it went, and sending it again by hand."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import EditView, InspectView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import Button
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from ....snippets.comparisons import in_words
from ..keys import digest_of
from .models import (
    ROTATION,
    SECRETS,
    FormerSecretSignsError,
    WebhookMessage,
    WebhookSubscription,
    resource_choices,
)

#: How many attempts of a message its page shows, the latest first.
SHOWN_ATTEMPTS = 100


class WebhookForm(WagtailAdminModelForm):
    """A subscription's form."""

    data: QueryDict
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Where changes are posted to; it must begin with https://."),
    )
    #: Which secret the form showed, for a form that is saved after somebody else has changed it.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    resources = forms.MultipleChoiceField(
        label=_("What is told"),
        choices=resource_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose nothing to be told of everything, which is what a whole copy of the content needs."),
    )

    class Meta:
        model = WebhookSubscription
        fields: ClassVar[list[str]] = ["name", "url", "secret", "site", "resources", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        secret = self.fields["secret"]
        # A proposal that is drawn anew each time would make Django compare with what the form showed, not what is kept.
        secret.show_hidden_initial = False
        self.initial["shown"] = digest_of(self.instance.secret.encode())
        if self.instance.former_secret_signs:
            secret.help_text = f"{secret.help_text} {former_secret_notice(self.instance)}"

    def clean_secret(self) -> str:
        secret: str = self.cleaned_data["secret"]
        kept = self.instance.secret
        is_as_shown = digest_of(secret.encode()) == self.data.get(self.add_prefix("shown"))
        is_former = self.instance.former_secret_signs and secret == self.instance.former_secret
        if self.instance.pk and secret != kept and (is_as_shown or is_former):
            # Nobody typed it: it was changed since the form was opened, and what was before is not shown again.
            self.data = self.data.copy()
            self.data[self.add_prefix("secret")] = kept
            self.data[self.add_prefix("shown")] = digest_of(kept.encode())
            text = _(
                "Somebody has changed the secret since this form was opened. Now the new one stands here: save again."
            )
            raise forms.ValidationError(text)
        if secret != kept:
            self.instance.forget_former_secret()
        return secret

    def save(self, commit: bool = True) -> WebhookSubscription:
        if not commit or self.instance.pk is None:
            subscription: WebhookSubscription = super().save(commit)
            return subscription
        # Nothing else, since deliveries and rotations go on meanwhile.
        changed = {*self.changed_data, *(SECRETS if "secret" in self.changed_data else ())} - {"shown"}
        self.instance.save(update_fields=changed)
        return self.instance


def former_secret_notice(subscription: WebhookSubscription) -> str:
    """Say until when the former secret signs."""
    until = date_format(localtime(subscription.former_secret_until), "DATETIME_FORMAT")
    return gettext("Until %(until)s the former secret signs too.") % {"until": until}


class EditWebhookView(EditView):
    """A subscription's form, from which its secret can be rotated."""

    @property
    def header_more_buttons(self) -> list[Any]:
        url = reverse(webhooks.get_url_name("rotate_secret"), args=[self.object.pk])
        rotate = Button(gettext("Rotate secret"), url=url, icon_name="rotate", priority=10)
        return [rotate, *super().header_more_buttons]


class RotateSecretView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """Says what a new secret means for the receiver, and draws one when that is confirmed."""

    model = WebhookSubscription
    permission_required = "change"
    page_title = _("Rotate secret")
    header_icon = "rotate"
    template_name = "partnerships_delivery/rotate_secret.html"
    request: HttpRequest
    object: WebhookSubscription

    @property
    def edit_url(self) -> str:
        return reverse(webhooks.get_url_name("edit"), args=[self.object.pk])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {
            "url": reverse(webhooks.get_url_name("index")),
            "label": capfirst(WebhookSubscription._meta.verbose_name_plural),
        }
        return [
            *self.breadcrumbs_items,
            index,
            {"url": self.edit_url, "label": str(self.object)},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.object)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        refusal = refusal_to_rotate(self.object) if self.object.former_secret_signs else ""
        return {**context, "edit_url": self.edit_url, "refusal": refusal, "days": ROTATION.days}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.object.rotate_secret()
        except FormerSecretSignsError:
            messages.error(request, refusal_to_rotate(self.object))
        else:
            log(instance=self.object, action="wagtail.edit", user=request.user, content_changed=True)
            text = gettext("The secret has been rotated. Give the new one to the receiver.")
            messages.success(request, f"{text} {former_secret_notice(self.object)}")
        return redirect(self.edit_url)


def refusal_to_rotate(subscription: WebhookSubscription) -> str:
    """Say why a secret can't be rotated now, and what can be done instead."""
    reason = gettext("The secret can't be rotated again yet, since the receiver may still know only the former one.")
    remedy = gettext("If it has become known, type another one in the form: from then on that alone signs.")
    return f"{reason} {former_secret_notice(subscription)} {remedy}"


class WebhookViewSet(ModelViewSet):
    model = WebhookSubscription
    name = "webhooks"
    icon = "link-external"
    menu_label = _("Webhooks")
    copy_view_enabled = False
    add_to_reference_index = False
    edit_view_class = EditWebhookView
    list_display: ClassVar[list[Any]] = ["name", "url", "site", BooleanColumn("is_active", label=_("Active"))]

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        return WebhookForm

    def get_urlpatterns(self) -> list[Any]:
        rotate = RotateSecretView.as_view()
        return [*super().get_urlpatterns(), path("rotate-secret/<int:pk>/", rotate, name="rotate_secret")]


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Messages are written by the system: those who may look at them do nothing else."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))

    def users_with_any_permission(self, actions: list[str]) -> Any:
        return super().users_with_any_permission([action for action in actions if action == "view"])


register_permission_policy(WebhookMessage, ReadOnlyPolicy(WebhookMessage))


def may_send_again(user: Any) -> bool:
    """Tell whether a user may have messages sent: who may change the webhook itself."""
    policy = policy_registry.get_by_type(WebhookSubscription)
    return bool(policy.user_has_permission(user, "change"))


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a message sent at the next run, whatever became of it. Raises PermissionDenied."""
    if not may_send_again(request.user):
        raise PermissionDenied
    message = get_object_or_404(WebhookMessage, pk=pk)
    WebhookMessage.objects.filter(pk=message.pk).update(is_requested=True)
    messages.success(request, gettext("The message will be sent within a minute."))
    return redirect(webhook_messages.get_url_name("inspect"), pk)


class MessageInspectView(InspectView):
    """A message with its attempts, and the button that sends it again."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = getattr(self.object, field_name)
        if field_name == "next_attempt_at" and self.object.status != WebhookMessage.Status.PENDING:
            value = None
        if isinstance(value, datetime.datetime):
            return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
        if isinstance(value, bool):
            return in_words(value)
        return "–" if value is None else super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "object": self.object,
            "attempts": self.object.attempts.all()[:SHOWN_ATTEMPTS],
            "may_send_again": may_send_again(self.request.user),
            "send_again_url_name": webhook_messages.get_url_name("send_again"),
        }


class MessageFilterSet(WagtailFilterSet):
    class Meta:
        model = WebhookMessage
        fields: ClassVar[list[str]] = ["subscription", "status"]


class WebhookMessageViewSet(ModelViewSet):
    model = WebhookMessage
    name = "webhook_messages"
    icon = "history"
    menu_label = _("Webhook messages")
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_enabled = True
    inspect_view_class = MessageInspectView
    inspect_template_name = "partnerships_delivery/webhook_message.html"
    inspect_view_fields: ClassVar[list[str]] = [
        "subscription",
        "message_id",
        "status",
        "created_at",
        "delivered_at",
        "next_attempt_at",
        "is_requested",
        "items",
        "body",
    ]
    filterset_class = MessageFilterSet
    list_display: ClassVar[list[Any]] = [
        "message_id",
        Column("subscription", label=_("Webhook")),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("items", label=_("Changes")),
        Column("attempt_count", label=_("Attempts"), sort_key="attempt_count"),
        DateColumn("created_at", label=_("Created"), sort_key="created_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        # Its add and edit views exist, and the policy keeps everybody out of them.
        return forms.modelform_factory(WebhookMessage, fields=[])

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("send-again/<int:pk>/", send_again, name="send_again")]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        permissions: QuerySet[Permission] = (
            super().get_permissions_to_register().filter(codename=f"view_{WebhookMessage._meta.model_name}")
        )
        return permissions


webhooks = WebhookViewSet()
webhook_messages = WebhookMessageViewSet()


class WebhookGroup(ModelViewSetGroup):
    menu_label = _("Webhooks")
    menu_icon = "link-external"
    menu_name = "partnership-webhooks"
    add_to_settings_menu = True
    items: ClassVar[list[Any]] = [webhooks, webhook_messages]
