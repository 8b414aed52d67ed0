"""The controlled vocabulary of agreement types, and the heading that each brings to a partner's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AgreementType(models.TextChoices):
    """What an agreement is called overlaps in practice; the code is for filters, the label for readers."""

    LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
    MOU = "mou", _("Memorandum of understanding")
    COLLABORATION_AGREEMENT = "collaboration_agreement", _("Collaboration agreement")
    STRATEGIC_PARTNERSHIP = "strategic_partnership", _("Strategic partnership")
    FRAMEWORK_AGREEMENT = "framework_agreement", _("Framework agreement")
    SUB_AGREEMENT = "sub_agreement", _("Sub-agreement")
    EXCHANGE_AGREEMENT = "exchange_agreement", _("Exchange agreement")
    CONSORTIUM = "consortium", _("Consortium agreement")
    OTHER = "other", _("Other agreement")

    @classmethod
    def named_by(cls, codes: Iterable[str]) -> list[Self]:
        """Return the types that some codes name; the rows of a draft may name none yet."""
        return [cls(code) for code in codes if code in cls.values]

    @property
    def heading(self) -> str | Promise:
        """The default heading over an agreement of this type on a partner's page."""
        return _HEADINGS[self]


_HEADINGS: dict[AgreementType, str | Promise] = {
    AgreementType.LETTER_OF_INTENT: _("About the letter of intent"),
    AgreementType.MOU: _("About the memorandum of understanding"),
    AgreementType.COLLABORATION_AGREEMENT: _("About the collaboration agreement"),
    AgreementType.STRATEGIC_PARTNERSHIP: _("About the strategic partnership"),
    AgreementType.FRAMEWORK_AGREEMENT: _("About the framework agreement"),
    AgreementType.SUB_AGREEMENT: _("About the sub-agreement"),
    AgreementType.EXCHANGE_AGREEMENT: _("About the exchange agreement"),
    AgreementType.CONSORTIUM: _("About the consortium agreement"),
    AgreementType.OTHER: _("About the agreement"),
}
