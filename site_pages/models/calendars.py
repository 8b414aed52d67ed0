"""The key of a personal calendar address."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class CalendarKey(models.Model):
    """Opens the calendar of agreements of one user, without signing in. Only a digest of the key is stored."""

    #: How many letters and digits a key has.
    LENGTH = 43

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("calendar key")
        verbose_name_plural = _("calendar keys")

    def __str__(self) -> str:
        return str(self.user)

    @staticmethod
    def digest_of(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()

    @classmethod
    @transaction.atomic
    def make(cls, user: Any) -> str:
        """Return a new key for ``user``, which can't be asked for again; the former one opens nothing any more."""
        key = secrets.token_urlsafe(32)
        cls.revoke(user)
        cls.objects.create(user=user, digest=cls.digest_of(key))
        return key

    @classmethod
    def revoke(cls, user: Any) -> None:
        """Let the key of ``user`` open nothing any more."""
        cls.objects.filter(user=user).delete()

    @classmethod
    def key_of(cls, user: Any) -> CalendarKey | None:
        """Return what is kept of the key of ``user``; None if there is none."""
        return cls.objects.filter(user=user).first()

    @classmethod
    def user_of(cls, key: str) -> Any:
        """Return the user whose key this is; None if it is nobody's."""
        found = cls.objects.filter(digest=cls.digest_of(key)).select_related("user").first()
        return found.user if found else None
