from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The demo content of the site, loaded by ``manage.py load_demo``."""

    name = "wagtail_partnerships.cms.demo"
    label = "partnerships_demo"
    verbose_name = _("Partnership demo content")
    default_auto_field = "django.db.models.BigAutoField"
