"""System checks of the settings that the delivery API reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004  # the name that Django gives it

PREVIEW_URL_HINT = (
    'Set it to a dict such as {"*": "https://www.example.se/preview"}, or to one address alone; '
    "keys are a host, a kind of document, or host/kind."
)


def check_preview_urls(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Report front ends' addresses that can't be ones."""
    urls = getattr(settings, "PARTNERSHIPS_PREVIEW_URLS", None) or {}
    if isinstance(urls, str):
        urls = {"*": urls}
    if not isinstance(urls, Mapping):
        return [Error("PARTNERSHIPS_PREVIEW_URLS is no dict.", hint=PREVIEW_URL_HINT, id="partnerships.E101")]
    from .resources import resources  # models can't be imported before the apps are ready

    kinds = {resource.name for resource in resources()}
    wrong = [(key, url) for key, url in urls.items() if not isinstance(key, str) or not _is_address(url)]
    if wrong:
        return [
            Error(f"PARTNERSHIPS_PREVIEW_URLS[{key!r}] is {url!r}.", hint=PREVIEW_URL_HINT, id="partnerships.E101")
            for key, url in wrong
        ]
    return [
        Warning(
            f"PARTNERSHIPS_PREVIEW_URLS has the key {key!r}, which is no kind of document and hardly a host.",
            hint=f"The kinds are: {', '.join(sorted(kinds))}.",
            id="partnerships.W103",
        )
        for key in urls
        if not _is_preview_key(key, kinds)
    ]


def _is_preview_key(key: str, kinds: set[str]) -> bool:
    host, slash, kind = key.rpartition("/")
    if slash:
        return bool(host) and kind in kinds
    return kind in {"*", "localhost", *kinds} or "." in kind


def _is_address(url: Any) -> bool:
    try:
        parts = urlsplit(url)
    except (ValueError, AttributeError, TypeError):
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.fragment


def check_preview_seconds(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Report a life of tokens that is none, or longer than a working day's."""
    seconds = getattr(settings, "PARTNERSHIPS_PREVIEW_SECONDS", 3600)
    if isinstance(seconds, int) and not isinstance(seconds, bool) and 60 <= seconds <= 86_400:
        return []
    return [
        Error(
            f"PARTNERSHIPS_PREVIEW_SECONDS is {seconds!r}.",
            hint="Set it to a number of seconds from 60 to 86400, such as 3600.",
            id="partnerships.E102",
        )
    ]


def check_webhooks(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Warn of a public site whose webhooks reach into its own network."""
    is_open = getattr(settings, "PARTNERSHIPS_WEBHOOKS_ALLOW_PRIVATE", False)
    if not is_open or not settings.SECURE_SSL_REDIRECT:
        return []
    return [
        Warning(
            "Webhooks may be sent into the server's own network, and by plain HTTP.",
            hint="Set PARTNERSHIPS_WEBHOOKS_ALLOW_PRIVATE to False unless all who may add webhooks may reach it.",
            id="partnerships.W101",
        )
    ]


def check_docs_files(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Warn of a documentation page that would stay white."""
    if apps.is_installed("ninja"):
        return []
    return [
        Warning(
            "The page of the API's documentation lacks its scripts and styles.",
            hint='Add "ninja" to INSTALLED_APPS.',
            id="partnerships.W102",
        )
    ]


CHECKS = (check_docs_files, check_preview_urls, check_preview_seconds, check_webhooks)
