"""Refusing to move a page to where one of our views answers: nobody would see it there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.models import Page

from ..addresses import is_hidden, page_path


def refuse_hidden(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Answer a wish to move a page as Wagtail does where another one has its slug; None if it may be moved."""
    return redirect("wagtailadmin_pages:move", page.pk) if _tell_of_hidden(request, [page], destination) else None


def refuse_hidden_of_many(request: HttpRequest, action_type: str, rows: list[Any], action: Any) -> HttpResponse | None:
    """Answer a wish to move several pages likewise: none of them is moved."""
    if action_type != "move" or action.model is not Page:
        return None
    destination = action.get_execution_context()["destination"]
    return redirect(action.next_url) if _tell_of_hidden(request, rows, destination) else None


def _tell_of_hidden(request: HttpRequest, pages: Iterable[Page], destination: Page) -> bool:
    hidden = [page_path(destination, page.slug) for page in pages if is_hidden(page.slug, destination)]
    for path in hidden:
        message = _("The site's own search or strategies answer at %(path)s. Choose another slug.")
        messages.error(request, message % {"path": path})
    return bool(hidden)
