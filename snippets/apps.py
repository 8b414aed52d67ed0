from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .checks import CHECKS


class SnippetsConfig(AppConfig):
    """Floor 1: strategies, contacts and the field types that everything shares."""

    name = "wagtail_partnerships.snippets"
    label = "partnerships_snippets"
    verbose_name = _("Partnership contacts and strategies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import languages, liveness, privacy, publishers  # they need the models, which are not loaded before

        for check in CHECKS:
            register(check)
        # Wagtail makes the locale only when its own tables are made: a site may have changed its language since.
        post_migrate.connect(languages.make_source_locale, sender=self, dispatch_uid="partnerships_source_locale")
        liveness.connect()
        privacy.connect()
        publishers.connect()
