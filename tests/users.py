"""Users of the admin, by what they may do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission, User

from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

from wagtail_partnerships.site_pages.officers import MANAGE_AGREEMENTS


def make_user(name: str, *, language: str = "", **values: Any) -> User:
    """Return a user with the address ``name@example.se``, who has chosen ``language`` for the admin."""
    user: User = User.objects.create_user(name, f"{name}@example.se", "pass", **values)
    if language:
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


def make_editor(name: str, page: Page, *permissions: str, language: str = "") -> User:
    """Return a user who may do so much with ``page`` and below it: change, add, publish …"""
    user = make_user(name, language=language)
    group = Group.objects.create(name=f"{name}s")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for permission in permissions:
        GroupPagePermission.objects.create(
            group=group,
            page=page,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", content_type__model="page", codename=f"{permission}_page"
            ),
        )
    user.groups.add(group)
    return user


def make_officer(name: str, page: Page, *permissions: str, language: str = "") -> User:
    """Return a user as ``make_editor`` does, who also manages agreements."""
    user = make_editor(name, page, *permissions, language=language)
    app_label, codename = MANAGE_AGREEMENTS.split(".")
    permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
    user.groups.get().permissions.add(permission)
    return user
