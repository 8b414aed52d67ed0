"""The addresses of what is no Wagtail page: strategies, the search, the feed and the site's files for machines."""

from __future__ import annotations

import itertools
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import slugify

from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from ..snippets.models import Strategy

#: How many hexadecimal digits of its translation key tell one strategy from another in an address.
KEY_DIGITS = 12


def in_all_languages(word: Promise) -> list[str]:
    """Return a word of our addresses in each language of the site, each once."""
    words = []
    for language in get_content_languages():
        with translation.override(language):
            words.append(str(word))
    return list(dict.fromkeys(words))


def address_of(name: str, language: str, **arguments: Any) -> str | None:
    """Return the path of one of our views in a language; None in a host that has not included them."""
    try:
        with translation.override(language):
            return reverse(f"partnerships_{name}", kwargs=arguments or None)
    except NoReverseMatch:
        return None


def language_of(path: str, name: str, **arguments: Any) -> str | None:
    """Return the language in whose words one of our addresses is written at a path; None if in none's."""
    for language in get_content_languages():
        address = address_of(name, language, **arguments)
        # A path comes decoded, and an address is written as it goes over the wire.
        if address and unquote(address) == path:
            return language
    return None


def is_taken(path: str, language: str) -> bool:
    """Tell whether one of our views answers at a path, so that no page is seen there."""
    try:
        with translation.override(language):
            match = resolve(path)
    except Resolver404:
        return False
    return str(match.url_name).startswith("partnerships_")


def is_hidden(slug: str, parent: Page | None) -> bool:
    """Tell whether one of our views answers where a page with this slug would stand, so that nobody would see it."""
    if not slug or parent is None:
        return False
    path = page_path(parent, slug)
    return path is not None and is_taken(path, parent.locale.language_code)


def page_path(parent: Page, slug: str) -> str | None:
    """Return the path of a page with this slug below another one; None if no site shows it."""
    above = parent.get_url_parts()
    return f"{above[2]}{slug}/" if above and above[2] else None


def free_slug(slug: str, parent: Page | None, page: Page) -> str:
    """Return a slug for a page, or with the first number after it that makes the page seen and is free."""
    if not is_hidden(slug, parent):
        return slug
    numbered = (f"{slug}-{number}" for number in itertools.count(1))
    others = parent.get_children().not_page(page) if parent else Page.objects.none()
    return next(candidate for candidate in numbered if not others.filter(slug=candidate).exists())


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
