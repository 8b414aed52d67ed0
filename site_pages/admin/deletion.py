"""Refusing to delete pages that are in use, they or anything that goes with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wagtail.actions.delete_page import DeletePageAction
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.models import Locale, Page

from ...snippets.deletion import raise_if_used, refuse_if_used


def pages_lost_with(pages: Iterable[Page]) -> list[Page]:
    """Return what is lost if ``pages`` are deleted: their descendants, and the translations of what is a source."""
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(path__startswith=page.path)
    found = Page.objects.filter(below)
    keys = found.filter(locale=Locale.get_default()).values("translation_key")
    for path in Page.objects.filter(translation_key__in=keys).values_list("path", flat=True):
        below |= Q(path__startswith=path) if not any(path.startswith(page.path) for page in pages) else Q(pk__in=[])
    return list(Page.objects.filter(below))


def refuse_page_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answer a wish to delete a page by naming what uses it; None if nothing does."""
    unpublish_url = None
    if page.live and page.permissions_for_user(request.user).can_unpublish():
        unpublish_url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    return refuse_if_used(request, pages_lost_with([page]), unpublish_url)


def refuse_bulk_deletion(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """Answer a wish to delete several pages at once likewise, and offer to unpublish them in one step."""
    ids = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    return refuse_if_used(request, pages_lost_with(pages), f"{url}?{ids}")


class DeleteUnusedPages(DeleteBulkAction):
    """Wagtail's bulk action, which tells only that something is protected; this one says what uses it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pages, _without_access = self.get_actionable_objects()
        return refuse_bulk_deletion(request, pages) or super().dispatch(request, *args, **kwargs)


class DeleteUnusedPageAction(DeletePageAction):
    """Deletes a page for the API only if nothing uses it. Raises `ValidationError` otherwise."""

    def execute(self, *args: Any, skip_permission_checks: bool = False, **kwargs: Any) -> Any:
        self.check(skip_permission_checks=skip_permission_checks)
        raise_if_used(pages_lost_with([self.page]))
        return super().execute(*args, skip_permission_checks=True, **kwargs)
