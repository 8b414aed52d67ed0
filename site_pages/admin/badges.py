"""What an agreement's status is called to editors, and which badge it wears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ..status import AgreementStatus

if TYPE_CHECKING:
    from ..models import AgreementPage


def is_in_force(agreement: AgreementPage) -> bool:
    """Tell whether the badge of an agreement is the strong one."""
    return agreement.status == AgreementStatus.ACTIVE


def badge_text(agreement: AgreementPage) -> str:
    """Name the status, or what an editor should act on; empty if no date tells."""
    if agreement.is_expiring:
        return _("Expiring")
    status = agreement.status
    if status == AgreementStatus.ACTIVE and not agreement.has_dates:
        return ""
    return str(status.label)
