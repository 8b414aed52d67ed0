"""System checks that tell a host what the page types need of its settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004  # the name that Django gives it
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ..snippets.checks import missing_apps

#: Apps that the code here can't do without.
NEEDED_APPS = (
    "wagtail_partnerships.snippets",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
)
LOCALE_MIDDLEWARE = "django.middleware.locale.LocaleMiddleware"


def check_needed_apps(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    return missing_apps(NEEDED_APPS, "partnerships.E003")


def check_page_model(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Report a swapped base page, which wagtail-localize does not support."""
    model = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")
    if model.lower() == "wagtailcore.page":
        return []
    return [
        Error(
            f"WAGTAIL_PAGE_MODEL is {model!r}, but pages can be translated only on Wagtail's own base page.",
            hint="Remove WAGTAIL_PAGE_MODEL.",
            id="partnerships.E004",
        )
    ]


def check_locale_middleware(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    if LOCALE_MIDDLEWARE in settings.MIDDLEWARE:
        return []
    return [
        Warning(
            "Dates, statuses and types are shown in one language only, whatever the language of the page.",
            hint=f'Add "{LOCALE_MIDDLEWARE}" to MIDDLEWARE, after the sessions and before CommonMiddleware.',
            id="partnerships.W004",
        )
    ]


def check_periods(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Report a number of days that can't be one."""
    days = getattr(settings, "PARTNERSHIPS_EXPIRING_DAYS", 180)
    if isinstance(days, int) and not isinstance(days, bool) and 0 <= days <= 3660:
        return []
    return [
        Error(
            f"PARTNERSHIPS_EXPIRING_DAYS is {days!r}.",
            hint="Set it to a number of days from 0 to 3660, such as 180.",
            id="partnerships.E005",
        )
    ]


def check_reminder_fallback(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Report a fallback for reminders that no mail can be sent to."""
    address = getattr(settings, "PARTNERSHIPS_REMINDER_FALLBACK", "")
    if not address:
        return []
    try:
        validate_email(address)
    except ValidationError:
        return [
            Error(
                f"PARTNERSHIPS_REMINDER_FALLBACK is {address!r}.",
                hint="Set it to one e-mail address, or leave it out.",
                id="partnerships.E006",
            )
        ]
    return []


CHECKS = (check_needed_apps, check_page_model, check_locale_middleware, check_periods, check_reminder_fallback)
