"""Secrets and signatures after Standard Webhooks: https://www.standardwebhooks.com."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from secrets import token_bytes

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PREFIX = "whsec_"
#: Bytes of a key: what the standard allows, and what we draw.
LEAST, MOST, DRAWN = 24, 64, 32


def new_secret() -> str:
    """Draw a secret."""
    return PREFIX + base64.b64encode(token_bytes(DRAWN)).decode()


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


def sign(secrets: Iterable[str], message_id: str, timestamp: int, body: str) -> str:
    """Return the value of ``webhook-signature`` for a message sent at a second since 1970: a signature by each secret.

    A receiver takes the message if any of them is by the secret that it knows.
    """
    signed = f"{message_id}.{timestamp}.{body}".encode()
    digests = (hmac.new(key_of(secret), signed, hashlib.sha256).digest() for secret in secrets)
    return " ".join("v1," + base64.b64encode(digest).decode() for digest in digests)
