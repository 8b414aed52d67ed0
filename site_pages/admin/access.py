"""Which agreements a user watches over in the admin: those that an agreement officer may edit or publish."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from wagtail.permissions import policy_registry

from ...snippets.source_rows import source_of
from ..models import AgreementPage
from ..officers import may_manage_agreements

#: Who may do any of this to an agreement sees it in the dashboard, the report and the calendar.
ACTIONS = {"change", "publish"}


def works_with_agreements(user: Any) -> bool:
    """Tell whether there can be any agreement that a user manages and may edit or publish."""
    return may_manage_agreements(user) and bool(
        policy_registry.get_by_type(AgreementPage).user_has_any_permission(user, ACTIONS)
    )


def agreements_of(user: Any) -> Any:
    """Return the agreements that a user manages and may edit or publish; none for one who is no longer active."""
    if not (user.is_active and user.has_perm("wagtailadmin.access_admin") and may_manage_agreements(user)):
        return AgreementPage.objects.none()
    allowed = policy_registry.get_by_type(AgreementPage).instances_user_has_any_permission_for(user, ACTIONS)
    return AgreementPage.objects.filter(pk__in=allowed.order_by().values("pk"))


def named_agreement(request: HttpRequest, pk: int) -> AgreementPage:
    """Return the source of an agreement. Raises Http404, or PermissionDenied if the user may not manage or edit it."""
    source = source_of(get_object_or_404(AgreementPage, pk=pk))
    agreement: AgreementPage | None = agreements_of(request.user).with_status().filter(pk=source.pk).first()
    if agreement is None:
        raise PermissionDenied
    return agreement
