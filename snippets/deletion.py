"""Refusing to delete what is in use, with a page that names the uses and offers to unpublish instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from .source_rows import source_of
from .usage import Use, uses_of

#: So many uses are named; the rest is counted.
SHOWN = 50


def with_translations(rows: Iterable[Any]) -> list[Any]:
    """Return ``rows`` and what goes with them: the translations of each that is a source."""
    lost = {}
    for row in rows:
        lost[row.pk] = row
        if source_of(row).pk == row.pk:
            for translation in row.get_translations():
                lost[translation.pk] = translation
    return list(lost.values())


def refuse_if_used(request: HttpRequest, lost: Sequence[Any], unpublish_url: str | None) -> HttpResponse | None:
    """Answer with the uses of what would be lost; None if nothing of it is in use."""
    uses = uses_of(lost)
    if not uses:
        return None
    context = {
        "uses": [{"use": use, "edit_url": use.edit_url(request.user)} for use in uses[:SHOWN]],
        "more": max(0, len(uses) - SHOWN),
        "unpublish_url": unpublish_url,
        "page_title": _("Still in use"),
        "header_title": _("Still in use"),
    }
    status = 409 if request.method == "POST" else 200
    return TemplateResponse(request, "partnerships_snippets/admin/still_in_use.html", context, status=status)


def raise_if_used(lost: Sequence[Model]) -> None:
    """The same for programs. Raises `ValidationError` that names the first few uses."""
    uses = uses_of(lost)
    if uses:
        raise ValidationError(
            _("This is still in use by %(uses)s. Remove it there first, or unpublish it instead."),
            code="in_use",
            params={"uses": ", ".join(sentence(use) for use in uses[:5])},
        )


def sentence(use: Use) -> str:
    """Name a use in a few words, such as “Länsstyrelsen Västmanland (partner)”."""
    if use.is_draft:
        return _("%(title)s (draft of a %(kind)s)") % {"title": use.title, "kind": use.kind}
    return _("%(title)s (%(kind)s)") % {"title": use.title, "kind": use.kind}
