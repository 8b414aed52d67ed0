from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .checks import CHECKS


class SitePagesConfig(AppConfig):
    """Floor 2: the page types of partners and agreements, and their blocks."""

    name = "wagtail_partnerships.site_pages"
    label = "partnerships_pages"
    verbose_name = _("Partnerships")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .due import register_due_task  # all of these need the models
        from .pictures import make_renditions_when_published
        from .reminders import send_reminders
        from .search_texts import keep_search_texts

        for check in CHECKS:
            register(check)
        keep_search_texts()
        register_due_task("send_reminders", send_reminders)
        make_renditions_when_published()
