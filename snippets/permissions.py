"""Who may write contacts and strategies in which language.

Wagtail's permissions on snippets know no language. Those on pages do, by the tree that they lie on: so whoever has been
given pages in some languages writes snippets in those languages only, and a translator no Swedish contact.
"""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from wagtail.models import Page, TranslatableMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry


def locales_written_by(user: Any) -> frozenset[int] | None:
    """Return the ids of the languages that ``user`` may write, None if that is not limited.

    It is not for superusers, for users who have no pages at all and for those who have the root.
    """
    pages = [row.page for row in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)]
    if not pages or any(page.depth == 1 for page in pages):
        return None
    return frozenset(page.locale_id for page in pages)


def may_write_in(user: Any, locale_id: int) -> bool:
    locales = locales_written_by(user)
    return locales is None or locale_id in locales


class LanguagePermissionPolicy(ModelPermissionPolicy):
    """The permissions on a model, for rows in a language that the user writes."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: TranslatableMixin) -> bool:
        return self.user_has_any_permission(user, actions) and may_write_in(user, instance.locale_id)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: TranslatableMixin) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        rows = super().instances_user_has_any_permission_for(user, actions)
        locales = locales_written_by(user)
        return rows if locales is None else rows.filter(locale__in=locales)


class InWrittenLanguageMixin:
    """A view of Wagtail's about one row, or about a new one, that asks for the language too.

    Wagtail's own ask only for the permission on the model.
    """

    def user_has_permission(self, permission: str) -> bool:
        view: Any = self
        if not super().user_has_permission(permission):  # type: ignore[misc]  # of Wagtail's view
            return False
        locale_id = self._locale_id
        return locale_id is None or may_write_in(view.request.user, locale_id)

    @cached_property
    def _locale_id(self) -> int | None:
        view: Any = self
        if key := view.kwargs.get("pk"):
            locale_id: int = get_object_or_404(view.model.objects.only("locale_id"), pk=key).locale_id
            return locale_id
        locale = getattr(view, "locale", None)
        return None if locale is None else locale.pk
