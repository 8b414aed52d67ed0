"""System checks that tell a host what contacts, strategies and their translation need of its settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004  # the name that Django gives it

#: Apps that the code here can't do without.
NEEDED_APPS = ("wagtail.snippets", "wagtail_localize", "phonenumber_field")


def missing_apps(needed: Sequence[str], error_id: str) -> list[CheckMessage]:
    """Report each of the needed apps that is not in INSTALLED_APPS."""
    return [
        Error(f"{name} is not installed.", hint=f'Add "{name}" to INSTALLED_APPS.', id=error_id)
        for name in needed
        if not apps.is_installed(name)
    ]


def check_needed_apps(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    return missing_apps(NEEDED_APPS, "partnerships.E001")


def check_locales_app(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    names = ("wagtail_localize.locales", "wagtail.locales")
    if any(apps.is_installed(name) for name in names):
        return []
    hint = 'Add "wagtail_localize.locales" to INSTALLED_APPS.'
    return [Warning("Nobody can add a language in the admin.", hint=hint, id="partnerships.W001")]


def check_translation(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Report settings under which editors miss the languages, or translations go live by themselves."""
    messages: list[CheckMessage] = []
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        messages.append(
            Warning(
                "Wagtail's languages are off: nobody can translate, and a deleted page leaves its translations behind.",
                hint="Set WAGTAIL_I18N_ENABLED = True.",
                id="partnerships.W002",
            )
        )
    if getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True):
        messages.append(
            Warning(
                "A translated page goes live at once, with the source's text, before anybody has translated it.",
                hint="Set WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False.",
                id="partnerships.W003",
            )
        )
    return messages


def check_source_language(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Report a default language that content can't be written in: it would be no row's source."""
    languages = [code for code, _name in getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)]
    code = settings.LANGUAGE_CODE
    if code in languages or code.partition("-")[0] in languages:
        return []
    return [
        Error(
            f"LANGUAGE_CODE is {code!r}, which is none of the languages of the content: {', '.join(languages)}.",
            hint="Add it to WAGTAIL_CONTENT_LANGUAGES, or set LANGUAGE_CODE to the language you write in first.",
            id="partnerships.E002",
        )
    ]


CHECKS = (check_needed_apps, check_locales_app, check_translation, check_source_language)
