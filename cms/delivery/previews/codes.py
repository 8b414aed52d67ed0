"""Codes and tokens: who may look at which draft, and for how long. The database holds their hashes alone."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from ..models import Preview

#: How long a code can be exchanged: the time that a browser takes to follow one redirect, and more.
CODE_LIFE = datetime.timedelta(minutes=1)
#: Seconds that a token lasts, unless ``PARTNERSHIPS_PREVIEW_SECONDS`` says otherwise.
TOKEN_SECONDS = 3600
#: How many drafts of one document are kept for one editor: each change in the preview panel makes a new one.
KEPT_DRAFTS = 20


def token_life() -> datetime.timedelta:
    """How long a token lasts."""
    return datetime.timedelta(seconds=int(getattr(settings, "PARTNERSHIPS_PREVIEW_SECONDS", TOKEN_SECONDS)))


def issue_code(row: Any, resource: str, user: Any) -> str:
    """Keep a row as it stands in memory, and return the code that leads to it."""
    prune_previews()
    code = secrets.token_urlsafe(32)
    model = type(row)
    identity = {
        "user": user,
        "content_type": ContentType.objects.get_for_model(model),
        "translation_key": row.translation_key,
        "language_code": row.locale.language_code,
    }
    kept = Preview.objects.filter(**identity).order_by("-pk").values_list("pk", flat=True)[: KEPT_DRAFTS - 1]
    Preview.objects.filter(**identity).exclude(pk__in=list(kept)).delete()
    Preview.objects.create(
        **identity,
        resource=resource,
        object_pk=str(row.pk or ""),
        content=row.serializable_data(),
        code_hash=_hash(code),
        expires_at=timezone.now() + CODE_LIFE,
    )
    return code


def exchange_code(code: str) -> tuple[Preview, str] | None:
    """Take a code, once, and return its draft and the token that reads it; None if it is none or none any more."""
    now = timezone.now()
    token = secrets.token_urlsafe(32)
    # One statement, so that of two who come with the same code one gets a token.
    taken = Preview.objects.filter(
        code_hash=_hash(code), token_hash=None, expires_at__gt=now, user__is_active=True
    ).update(token_hash=_hash(token), expires_at=now + token_life())
    return (Preview.objects.get(code_hash=_hash(code)), token) if taken else None


def find_preview(token: str) -> Preview | None:
    """Return the draft that a token reads; None if it has expired, or its editor may not sign in any more."""
    return (
        Preview.objects.select_related("user")
        .filter(token_hash=_hash(token), expires_at__gt=timezone.now(), user__is_active=True)
        .first()
    )


def prune_previews() -> None:
    """Forget the drafts whose code or token has expired."""
    Preview.objects.filter(expires_at__lte=timezone.now()).delete()


def _hash(secret: str) -> str:
    # Both are drawn from 256 bits, so that a plain hash can't be turned back.
    return hashlib.sha256(secret.encode()).hexdigest()
