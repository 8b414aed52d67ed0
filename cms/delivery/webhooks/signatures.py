"""Secrets and signatures after Standard Webhooks: https://www.standardwebhooks.com."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PREFIX = "whsec_"
#: Bytes of a key: what the standard allows, and what we draw.
LEAST, MOST, DRAWN = 24, 64, 32


def new_secret() -> str:
    """Draw a secret."""
    return PREFIX + base64.b64encode(secrets.token_bytes(DRAWN)).decode()


def key_of(secret: str) -> bytes:
    """Return the key that a secret spells. Raises ValidationError for what is no secret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True) if secret.startswith(PREFIX) else b""
    except ValueError:
        key = b""
    if not LEAST <= len(key) <= MOST:
        raise ValidationError(
            _("A secret is whsec_ and the base64 of 24 to 64 bytes. Leave the one that was proposed.")
        )
    return key


def validate_secret(secret: str) -> None:
    """Raises ValidationError for what is no secret."""
    key_of(secret)


def sign(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """Return the value of ``webhook-signature`` for a message sent at a second since 1970."""
    signed = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest()).decode()
