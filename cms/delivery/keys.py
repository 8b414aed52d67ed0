"""Names one state of one answer: the content's version, the day, the program and the question."""

from __future__ import annotations

import datetime
import hashlib
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from .builds import build_id
from .introduction import introduce_build
from .midnight import start_day_if_due
from .seen_sites import see
from .versions import Version

#: The parameter that names the version a client expects.
VERSION_PARAMETER = "cv"


class Key(NamedTuple):
    """Names one state of one answer: as a cache key and as an ETag."""

    version: Version
    day: datetime.date
    digest: str
    #: The digest of the same answer in no coding.
    plain_digest: str

    @property
    def is_of_newest_build(self) -> bool:
        """Whether no newer program answers beside this one, as it may while a deployment goes on."""
        return self.version.build in ("", build_id())

    @property
    def etag(self) -> str:
        return as_etag(self.digest)

    @property
    def plain_etag(self) -> str:
        return as_etag(self.plain_digest)


def as_etag(digest: str) -> str:
    """Write a digest as a strong ETag."""
    return f'"{digest[:32]}"'


def current_key(request: HttpRequest, coding: str = "") -> Key:
    """Name the answer that a request gets now, in a content coding. Raises DisallowedHost."""
    version = introduce_build(start_day_if_due())
    see(version)
    day = timezone.localdate()
    parts = (
        str(version),
        day.isoformat(),
        build_id(),
        request.scheme or "",
        request.get_host(),
        request.path,
        canonical_query(request),
    )
    plain = digest_of("\n".join(parts).encode())
    return Key(version, day, digest_of(f"{plain}\n{coding}".encode()) if coding else plain, plain)


def digest_of(content: bytes) -> str:
    """Return a name of some content."""
    return hashlib.sha256(content).hexdigest()


def canonical_query(request: HttpRequest) -> str:
    """Write the query in one order, without the version: the same question in other words has the same answer."""
    names = sorted(name for name in request.GET if name != VERSION_PARAMETER)
    return urlencode([(name, value) for name in names for value in request.GET.getlist(name)])
