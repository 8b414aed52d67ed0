"""The one number: read before every answer, moved by every transaction that changes what a reader could see."""

from __future__ import annotations

import datetime
import secrets
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F

from .models import ContentVersion


class Version(NamedTuple):
    """The state of the public content; compare it, never count with it."""

    number: int
    token: str
    #: The local day whose changes of status the number includes; None before the first.
    day: datetime.date | None = None
    #: The newest program that answers; empty before the first answer.
    build: str = ""

    def __str__(self) -> str:
        """Write it as in the header ``Content-Version``, in the parameter ``cv`` and in the feed's cursors."""
        return f"{self.number}-{self.token}"


SELECT = f"SELECT number, token, day, build FROM {ContentVersion._meta.db_table} WHERE id = {ContentVersion.ONLY}"  # noqa: S608


def current_version() -> Version:
    """Return the version of what is committed, or within a transaction of what it sees; one small query."""
    # Past the ORM, since this is most of what a cached answer costs.
    with connection.cursor() as cursor:
        cursor.execute(SELECT)
        row = cursor.fetchone()
    if row is None:
        return Version(0, "new", None)
    number, token, day, build = row
    return Version(number, token, datetime.date.fromisoformat(day) if isinstance(day, str) else day, build)


def draw_token() -> str:
    """Return a new token, eight hexadecimal digits."""
    return secrets.token_hex(4)


class _Moved:
    """Stands among a transaction's commit hooks, and goes with them if it, or the savepoint around it, rolls back."""

    def __init__(self, version: Version) -> None:
        self.version = version

    def __call__(self) -> None:
        """Nothing is left to do after the commit."""


def move_version_at_once() -> Version:
    """Add one to the number for the transaction that is open, if it has not yet, and return the new version.

    For databases whose writers queue anyway (SQLite); on PostgreSQL the trigger of migration 0001 does it at commit.
    """
    for entry in connection.run_on_commit:
        hook = entry[1]
        if isinstance(hook, _Moved):
            return hook.version
    token = draw_token()
    if not ContentVersion.objects.filter(pk=ContentVersion.ONLY).update(number=F("number") + 1, token=token):
        ContentVersion.objects.create(pk=ContentVersion.ONLY, number=1, token=token)
    version = current_version()
    transaction.on_commit(_Moved(version))
    return version
