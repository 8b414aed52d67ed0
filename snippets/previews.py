"""Where an editor's preview opens: in Wagtail's own template, unless a floor above names a front end for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

#: Given a row as the editor has typed it and the editor's request, returns the front end's address, or None for none.
PreviewAddress = Callable[[Any, HttpRequest], str | None]

_addresses: list[PreviewAddress] = []

#: Untyped, as the models that it stands before are.
_Model: Any = models.Model


def register_preview_address(address: PreviewAddress) -> None:
    """Have previews open at the address that this returns; the first one that returns any is taken."""
    if address not in _addresses:
        _addresses.append(address)


class FrontEndPreview(_Model):
    """A page or snippet whose preview may open at a front end. It stands before Wagtail's own previewable classes."""

    class Meta:
        abstract = True

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        for address in _addresses:
            if (url := address(self, request)) is not None:
                response = HttpResponseRedirect(url)
                # The address works once, and the admin's own is nobody else's business.
                response["Cache-Control"] = "private, no-store"
                response["Referrer-Policy"] = "no-referrer"
                return response
        own: HttpResponse = super().serve_preview(request, mode_name)
        return own
