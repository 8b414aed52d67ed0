"""Who asks for a draft: the bearer token of a request, and what it does not open."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest

from ..models import Preview
from ..problems import ProblemError
from .codes import find_preview

SCHEME = "bearer"
#: Longer than any token: what is longer is refused unread.
MAX_LENGTH = 200


class BadTokenError(ProblemError):
    """A bearer token that is none, or none any more."""

    def __init__(self) -> None:
        super().__init__(
            HTTPStatus.UNAUTHORIZED,
            "The preview token is unknown or has expired: open the preview again from the admin.",
            headers={"WWW-Authenticate": 'Bearer realm="preview", error="invalid_token"'},
        )


def has_token(request: HttpRequest) -> bool:
    """Tell whether a request bears a token; other kinds of credentials mean nothing here."""
    # A server strips a header's end: a scheme alone is an empty token.
    return request.META.get("HTTP_AUTHORIZATION", "").partition(" ")[0].lower() == SCHEME


def open_preview(request: HttpRequest) -> None:
    """Note on a request what draft it may see. Raises BadTokenError."""
    request.preview = None  # type: ignore[attr-defined]  # read by `preview_of`
    if has_token(request):
        token = request.META["HTTP_AUTHORIZATION"][len(SCHEME) :].strip()
        preview = find_preview(token) if token and len(token) <= MAX_LENGTH else None
        if preview is None:
            raise BadTokenError
        request.preview = preview  # type: ignore[attr-defined]


def preview_of(request: HttpRequest) -> Preview | None:
    """The draft that a request may see; None for everybody else."""
    return getattr(request, "preview", None)


def refuse_previews(request: HttpRequest) -> None:
    """Refuse a request that bears a token, where drafts have no place. Raises ProblemError."""
    if preview_of(request) is not None:
        raise ProblemError(
            HTTPStatus.FORBIDDEN, "A preview token reads documents by their id. Ask here without Authorization."
        )
