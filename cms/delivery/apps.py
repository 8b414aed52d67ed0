from typing import Any

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .checks import CHECKS


def text_schema(generator: Any, field: Any) -> tuple[Any, None, Any]:
    """Describe to Wagtail's v3 a field whose value it is to read as text, null if there is none."""

    def resolve(row: Any) -> str | None:
        value = getattr(row, field.name)
        return None if value is None else str(value)

    return str | None, None, staticmethod(resolve)


class DeliveryConfig(AppConfig):
    """Floor 3: the public JSON API."""

    name = "wagtail_partnerships.cms.delivery"
    label = "partnerships_delivery"
    verbose_name = _("Partnership delivery API")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # What these modules import needs every app's models.
        from wagtail.api.v3.schemas import read_generator

        from ...site_pages.due import register_due_task
        from ...snippets.partial_dates import PartialDateField
        from ...snippets.previews import register_preview_address
        from . import feed, midnight, telling
        from .answers import register_kept_views, register_search_views
        from .daily_statuses import agreements_with_other_status
        from .kinds import register_kinds
        from .previews.addresses import preview_address
        from .previews.codes import prune_previews
        from .watching import register_core_models
        from .webhooks.delivering import deliver_due, prune_former_secrets, prune_messages

        # Wagtail's v3 takes it for text and fails to read it. Too late where Wagtail's apps are listed before this one.
        read_generator.register_field_schema(PartialDateField, text_schema)
        for check in CHECKS:
            register(check)
        register_kinds()
        register_core_models()
        midnight.register_daily_rows(agreements_with_other_status)
        register_kept_views("partnerships_feed", "partnerships_strategies", "partnerships_strategy")
        register_kept_views("partnerships_sitemap", are_of_all_languages=True)
        register_search_views("partnerships_search")
        register_due_task("start_day", midnight.start_day)
        # Soon after the fact, so that little is left to work out for whoever asks next.
        register_due_task("tell_changes", telling.tell_pending)
        register_due_task("prune_changes", feed.prune)
        register_preview_address(preview_address)
        register_due_task("prune_previews", prune_previews)
        # Last, since it waits for others' servers.
        register_due_task("prune_webhook_messages", prune_messages)
        register_due_task("prune_webhook_secrets", prune_former_secrets)
        register_due_task("deliver_webhooks", deliver_due)
