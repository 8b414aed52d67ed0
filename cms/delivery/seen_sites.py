"""What Wagtail keeps of sites and languages in a process, dropped once another process may have changed them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from wagtail.models import Site

from .versions import Version, current_version


class _Process:
    """What this process has seen."""

    version: Version | None = None


def see(version: Version) -> None:
    """Note the version that a request is answered under."""
    seen = _Process.version
    if seen is None or seen[:2] != version[:2]:
        forget_sites()
        _Process.version = version


def forget_sites() -> None:
    """Drop what Wagtail keeps of sites and languages for an hour: another process may have changed them."""
    Site.clear_site_root_paths_cache()
    cache.delete("wagtail_locales_display_name")


@contextmanager
def watching_sites() -> Iterator[None]:
    """Have a request that is not cached leave nothing old behind, should the content change while it runs."""
    before = _Process.version
    yield
    if before is None or current_version()[:2] != before[:2]:
        forget_sites()
