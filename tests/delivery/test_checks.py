"""System checks of the delivery API's settings, and how they are read from the environment."""

from typing import Any

from django.apps import apps

import pytest

from wagtail_partnerships.cms.delivery.checks import (
    check_docs_files,
    check_preview_seconds,
    check_preview_urls,
    check_webhooks,
)
from wagtail_partnerships.cms.environment import read_preview_urls


@pytest.mark.parametrize("urls", [None, {}, "https://a.se/x?y=1", {"*": "http://localhost:8001/"}])
def test_addresses_that_can_be_opened_are_accepted(settings: Any, urls: Any) -> None:
    settings.PARTNERSHIPS_PREVIEW_URLS = urls
    assert check_preview_urls() == []


@pytest.mark.parametrize(
    "urls",
    ["www.a.se", ["https://a.se"], {"*": "/preview"}, {"*": None}, {"*": "https://[a"}, {"*": "https://a.se/#x"}],
)
def test_an_address_that_can_not_be_opened_is_reported(settings: Any, urls: Any) -> None:
    settings.PARTNERSHIPS_PREVIEW_URLS = urls
    assert [message.id for message in check_preview_urls()] == ["partnerships.E101"]


@pytest.mark.parametrize("key", ["partners", "quux", "a.se/partners", "/partner"])
def test_a_key_that_chooses_nothing_is_warned_of(settings: Any, key: str) -> None:
    settings.PARTNERSHIPS_PREVIEW_URLS = {
        key: "https://a.se/p",
        "partner": "https://a.se/p",
        "b.se/page": "https://b.se",
    }
    [message] = check_preview_urls()
    assert message.id == "partnerships.W103"
    assert repr(key) in message.msg


@pytest.mark.parametrize("seconds", [0, -1, "3600", None, True, 10**6])
def test_a_life_of_tokens_that_is_none_is_reported(settings: Any, seconds: Any) -> None:
    settings.PARTNERSHIPS_PREVIEW_SECONDS = seconds
    assert [message.id for message in check_preview_seconds()] == ["partnerships.E102"]


def test_a_public_site_with_open_webhooks_is_warned_of(settings: Any) -> None:
    settings.PARTNERSHIPS_WEBHOOKS_ALLOW_PRIVATE = True
    assert check_webhooks() == []
    settings.SECURE_SSL_REDIRECT = True
    assert [message.id for message in check_webhooks()] == ["partnerships.W101"]


def test_a_docs_page_without_its_files_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_docs_files() == []
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "ninja")
    assert [message.id for message in check_docs_files()] == ["partnerships.W102"]


def test_preview_addresses_are_read_from_a_list() -> None:
    assert read_preview_urls(["https://a.se/x?y=1", "partner=https://b.se", "c.se/page=https://d.se/?e=f"]) == {
        "*": "https://a.se/x?y=1",
        "partner": "https://b.se",
        "c.se/page": "https://d.se/?e=f",
    }
