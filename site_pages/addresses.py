"""The addresses of what is no Wagtail page: strategies, the search, the feed and the site's files for machines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import slugify

from ..snippets.models import Strategy

#: How many hexadecimal digits of its translation key tell one strategy from another in an address.
KEY_DIGITS = 12


def address_of(name: str, language: str, **arguments: Any) -> str | None:
    """Return the path of one of our views in a language; None in a host that has not included them."""
    try:
        with translation.override(language):
            return reverse(f"partnerships_{name}", kwargs=arguments or None)
    except NoReverseMatch:
        return None


def strategy_path(strategy: Strategy) -> str | None:
    """Return the path of a strategy's page, in the language of the row."""
    return address_of(
        "strategy", strategy.locale.language_code, slug=strategy_slug(strategy), key=short_key(strategy.translation_key)
    )


def strategy_slug(strategy: Strategy) -> str:
    return slugify(strategy.name)[:60].strip("-") or "strategy"


def short_key(key: UUID) -> str:
    return key.hex[:KEY_DIGITS]


def keys_between(short: str) -> tuple[UUID, UUID]:
    """Return the first and the last key that begin with ``short``."""
    rest = 32 - KEY_DIGITS
    return UUID(short + "0" * rest), UUID(short + "f" * rest)
