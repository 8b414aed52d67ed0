"""Notes, in the transaction that touches a row, that it was touched; the number moves with the same commit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, CharField, Func, Model
from django.db.models.functions import Cast

from wagtail.models import Page

from .models import ContentMark
from .public_items import documents_of, public_identities, untold
from .resources import resource_of
from .usage import Target, targets_of, users_before
from .versions import move_version_at_once

logger = logging.getLogger(__name__)

_muted: ContextVar[bool] = ContextVar("partnerships_marks_muted", default=False)


def is_muted() -> bool:
    """Tell whether rows are being loaded in bulk, under one reset."""
    return _muted.get()


@contextmanager
def one_reset() -> Iterator[None]:
    """Note one reset instead of every row touched within, and make all of it one transaction.

    For loaders that write more than readers would follow row by row.
    """
    with transaction.atomic():
        token = _muted.set(True)
        try:
            yield
        finally:
            _muted.reset(token)
        mark_reset()


def mark(row: Model, *, is_new: bool = False) -> None:
    """Note that a row is about to change or go, or has just been added, whatever signal failed to say so."""
    if not is_muted():
        model = (row.specific_class or type(row)) if isinstance(row, Page) else type(row)
        # An alias has an id of its own that nobody is told; its address is all that it has.
        is_alias = isinstance(row, Page) and row.alias_of_id is not None
        _write(
            model,
            str(row.pk),
            translation_key=None if is_alias else getattr(row, "translation_key", None),
            locale_id=getattr(row, "locale_id", None),
            is_new=is_new,
        )


def mark_kind(model: type[Model]) -> None:
    """Note that unnamed rows of a model changed: for what is written past all signals, such as automatic redirects."""
    if not is_muted():
        _write(model, "")


def mark_reset() -> None:
    """Note that readers can't tell what changed and must load everything again."""
    if not is_muted():
        _write(None, "")


def _write(model: type[Model] | None, object_pk: str, *, is_new: bool = False, **identity: Any) -> None:
    label = model._meta.label_lower if model else ""
    if not connection.in_atomic_block:
        # The row is committed before or after its mark, and a process killed in between leaves readers stale.
        logger.warning("%s %s is written outside a transaction", label or "A reset", object_pk)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            values: dict[str, Any] = {"transaction": _PostgresTransaction()}
            same = ContentMark.objects.filter(number__isnull=True, **values)
        else:
            version = move_version_at_once()
            values = {"transaction": version.number, "number": version.number, "token": version.token}
            same = ContentMark.objects.filter(number=version.number)
        # What counts is the state before the transaction, so only the first mark of a row in it says anything.
        if not same.filter(model=label, object_pk=object_pk).exists():
            targets: list[Target] = []
            if model and object_pk:
                targets = (targets_of if resource_of(model) else users_before)(model, object_pk)
            was_public = None
            if model and untold(before=values.get("number")):
                # Nobody has looked since the last change, so what this one makes appear or go has to be seen now.
                key = identity.get("translation_key")
                was_public = (
                    [] if is_new or key is None else sorted(public_identities(documents_of(model, key, targets)))
                )
            ContentMark.objects.create(
                model=label, object_pk=object_pk, targets=targets, was_public=was_public, **values, **identity
            )


class _PostgresTransaction(Cast):
    """The id of PostgreSQL's transaction, whatever savepoint it stands at."""

    def __init__(self) -> None:
        text = Cast(Func(function="pg_current_xact_id"), CharField())
        super().__init__(text, BigIntegerField())
