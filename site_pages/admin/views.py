"""Wagtail's views of agreements, with what an editor expects of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from ...snippets.source_rows import source_of
from ...snippets.stale_saves import HeldBackPageMixin
from ..models import AgreementParty, PartnerPage
from ..panels import PARTY_PARAMETER


class EditPageView(HeldBackPageMixin, EditView):
    """A form that does not save over a newer version silently."""


class CreateAgreementView(CreateView):
    """Opens the form of a new agreement with the partner filled in that the address names."""

    def get(self, request: HttpRequest) -> HttpResponse:
        partner = self.named_partner(request)
        if partner is not None:
            self.page.parties = [AgreementParty(partner=partner, locale=self.page.locale)]
        return super().get(request)

    def named_partner(self, request: HttpRequest) -> Any:
        """Return the partner by its id in the address; None if there is none, or it is nobody's id."""
        key = request.GET.get(PARTY_PARAMETER, "")
        if not key.isdecimal() or len(key) > 18:
            return None
        partner = PartnerPage.objects.filter(pk=int(key)).first()
        return None if partner is None else source_of(partner)
