"""What a host is told that has forgotten something."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.core.checks import run_checks

import pytest


def ids() -> set[str]:
    return {message.id for message in run_checks() if message.id.startswith("partnerships.")}


@pytest.mark.django_db
def test_our_own_site_has_forgotten_nothing() -> None:
    assert ids() == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("WAGTAIL_I18N_ENABLED", False, "partnerships.W002"),
        ("WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True, "partnerships.W003"),
        ("WAGTAIL_CONTENT_LANGUAGES", [("fi", "Finska")], "partnerships.E002"),
        ("WAGTAIL_PAGE_MODEL", "myapp.BasePage", "partnerships.E004"),
        ("MIDDLEWARE", [], "partnerships.W004"),
        ("PARTNERSHIPS_EXPIRING_DAYS", "180", "partnerships.E005"),
        ("PARTNERSHIPS_EXPIRING_DAYS", -1, "partnerships.E005"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(settings: Any, name: str, value: Any, expected: str) -> None:
    from wagtail_partnerships.site_pages.checks import CHECKS as PAGE_CHECKS
    from wagtail_partnerships.snippets.checks import CHECKS as SNIPPET_CHECKS

    setattr(settings, name, value)
    found = [message for check in (*PAGE_CHECKS, *SNIPPET_CHECKS) for message in check()]
    assert expected in {message.id for message in found}
    assert all(message.hint for message in found)


def test_the_sync_setting_must_be_set_since_its_default_is_the_wrong_one(settings: Any) -> None:
    from wagtail_partnerships.snippets.checks import check_translation

    del settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE
    assert "partnerships.W003" in {message.id for message in check_translation()}


@pytest.mark.parametrize(
    ("app", "expected"),
    [
        ("wagtail_localize", "partnerships.E001"),
        ("phonenumber_field", "partnerships.E001"),
        ("wagtail_localize.locales", "partnerships.W001"),
        ("wagtail.contrib.settings", "partnerships.E003"),
        ("wagtail.contrib.typed_table_block", "partnerships.E003"),
    ],
)
def test_a_missing_app_is_named(monkeypatch: pytest.MonkeyPatch, app: str, expected: str) -> None:
    from django.apps import apps

    present = set(django_settings.INSTALLED_APPS) - {app}
    monkeypatch.setattr(apps, "is_installed", lambda name: name in present)
    found = {message.id: message for message in run_checks(databases=[])}
    assert app in found[expected].hint


def test_a_variant_of_a_content_language_will_do(settings: Any) -> None:
    from wagtail_partnerships.snippets.checks import check_source_language

    settings.LANGUAGE_CODE = "sv-fi"
    assert check_source_language() == []
