"""What this app needs to hear from Wagtail's admin."""

from typing import Any

from django.http import HttpRequest

from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .marks import mark
from .webhooks.admin import WebhookGroup


@hooks.register("register_admin_viewset")
def add_webhooks() -> WebhookGroup:
    return WebhookGroup()


@hooks.register("after_bulk_action")
def count_moved_files(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Mark the images and documents of a bulk action: it writes their collection past all signals.

    Wagtail runs this hook in the action's own transaction. A file moved to a private collection this way would
    otherwise stay in the answers that were kept before.
    """
    for row in objects:
        if isinstance(row, (get_image_model(), get_document_model())) and row.pk is not None:
            mark(row)
