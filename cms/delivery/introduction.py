"""What changes by a deployment alone is told as one reset before the new program's first answer."""

from __future__ import annotations

from django.db import transaction

from .builds import build_id
from .marks import mark_reset
from .models import ContentVersion
from .versions import Version, current_version

#: The build that this process has made known, if it has: once, so that old and new ones side by side take no turns.
_introduced: set[str] = set()


def introduce_build(version: Version) -> Version:
    """Return the version to answer under; the first answer of a new build moves it, since it may read otherwise."""
    if _introduced:
        return version
    build = build_id()
    if version.build != build:
        with transaction.atomic():
            known = ContentVersion.objects.select_for_update().get(pk=ContentVersion.ONLY)
            if known.build != build:
                if known.build:
                    mark_reset()
                ContentVersion.objects.filter(pk=ContentVersion.ONLY).update(build=build)
        version = current_version()
    _introduced.add(build)
    return version
