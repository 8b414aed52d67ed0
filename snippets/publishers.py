"""Who published a translation, in its history.

wagtail-localize publishes after the commit and names nobody. When the whole request is one transaction, Wagtail has
forgotten by then whose request it was; the revision knows.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save

from wagtail.models import ModelLogEntry, PageLogEntry

from .source_rows import is_source
from .synchronisation import FollowsSource


def connect() -> None:
    for model in (ModelLogEntry, PageLogEntry):
        pre_save.connect(_name_publisher, sender=model, dispatch_uid=f"partnerships_publisher_{model.__name__}")


def _name_publisher(instance: Any, **_kwargs: Any) -> None:
    if instance.action != "wagtail.publish" or instance.user_id or not instance.revision_id:
        return
    revision = instance.revision
    if revision.user_id is None or revision.approved_go_live_at is not None:
        return
    model = revision.content_type.model_class()
    if model is None or not issubclass(model, FollowsSource):
        return
    row = model._default_manager.filter(pk=revision.object_id).first()
    if row is not None and not is_source(row):
        instance.user_id = revision.user_id
