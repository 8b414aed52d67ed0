"""What hardly ever changes, read once for as long as the content's version and the day last: sites and settings, say.

Whoever knows a version (the delivery app's middleware) writes it on the request. Where nobody does, as in a preview or
within a transaction, everything is read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils import timezone

ValueT = TypeVar("ValueT")


class _Kept:
    """What this process has read under one version, on one day."""

    def __init__(self, version: Hashable) -> None:
        self.version = version
        self.values: dict[Hashable, Any] = {}


_kept = [_Kept(None)]


def stand_under(request: HttpRequest, version: Hashable) -> None:
    """Say that a request is answered from the content of this version, and anew if that has moved on meanwhile."""
    request.content_version = version  # type: ignore[attr-defined]


def standing(request: HttpRequest, key: Hashable, read: Callable[[], ValueT]) -> ValueT:
    """Return what ``read`` returns, from what is kept if the request stands under a version. Nobody may change it."""
    version = getattr(request, "content_version", None)
    if version is None:
        return read()
    kept, under = _kept[0], (version, timezone.localdate())
    if kept.version != under:
        kept = _kept[0] = _Kept(under)
    if key not in kept.values:
        kept.values[key] = read()
    value: ValueT = kept.values[key]
    return value
