"""Webhooks in Wagtail's admin: who is told, what was sent, how it went, and sending it again by hand."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from .models import WebhookMessage, WebhookSubscription, resource_choices

#: How many attempts of a message its page shows, the latest first.
SHOWN_ATTEMPTS = 100


class WebhookForm(WagtailAdminModelForm):
    """A subscription's form."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Where changes are posted to; it must begin with https://."),
    )
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


class WebhookViewSet(ModelViewSet):
    model = WebhookSubscription
    name = "webhooks"
    icon = "link-external"
    menu_label = _("Webhooks")
    copy_view_enabled = False
    add_to_reference_index = False
    list_display: ClassVar[list[Any]] = ["name", "url", "site", BooleanColumn("is_active", label=_("Active"))]

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        return WebhookForm


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
