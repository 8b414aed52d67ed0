"""Which agreements read differently as one day follows another, because their status is computed from their dates."""

from __future__ import annotations

import datetime

from ...site_pages.models import AgreementPage


def agreements_with_other_status(before: datetime.date, today: datetime.date) -> list[AgreementPage]:
    """Return the public agreements whose status, or whether they are expiring, differs between two local days."""
    agreements = AgreementPage.objects.live()
    then = {
        row["pk"]: (row["status_code"], row["expiring"])
        for row in agreements.with_status(before).values("pk", "status_code", "expiring")
    }
    now = agreements.with_status(today).values("pk", "status_code", "expiring")
    changed = [row["pk"] for row in now if then.get(row["pk"]) != (row["status_code"], row["expiring"])]
    return list(AgreementPage.objects.filter(pk__in=changed).order_by("pk"))
