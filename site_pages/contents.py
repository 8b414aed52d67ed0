"""What a page shows, its relations resolved: public rows only, in the reader's language or else the source's.

Templates and the JSON API are two renderings of these; neither asks the database again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from wagtail.blocks import StreamValue
from wagtail.documents.models import AbstractDocument

from ..snippets.models import Contact, Strategy
from ..snippets.partial_dates import PartialDate
from .agreement_types import AgreementType
from .rich_text import RichTextContents
from .status import AgreementStatus

if TYPE_CHECKING:
    from .models import AgreementPage, PartnerPage
    from .models.content import ContentPage


class ContactSource(Enum):
    """Whose contact it is that an agreement shows."""

    AGREEMENT = "agreement"
    PARTNER = "partner"


@dataclass(frozen=True)
class ContactContents:
    """A contact that answers for an agreement."""

    contact: Contact
    source: ContactSource


@dataclass(frozen=True)
class PartyContents:
    """A party: by the name that it bore in the agreement, else by its page's title."""

    name: str
    role: str
    country: str
    partner: PartnerPage | None

    @property
    def is_in_own_words(self) -> bool:
        """Whether the agreement names it otherwise than its page does, and so in the agreement's language."""
        return self.partner is None or self.name != self.partner.title


@dataclass(frozen=True)
class FormerNameContents:
    """A name that a partner used to bear, with the time that it did."""

    name: str
    since: PartialDate | None
    until: PartialDate | None


@dataclass
class PageContents:
    """What every page has."""

    page: ContentPage
    introduction: RichTextContents
    content: StreamValue


@dataclass
class AgreementContents:
    """An agreement and all that it refers to."""

    page: AgreementPage
    status: AgreementStatus
    is_expiring: bool
    types: list[AgreementType]
    content: StreamValue
    parties: list[PartyContents] = field(default_factory=list)
    contacts: list[ContactContents] = field(default_factory=list)
    strategies: list[Strategy] = field(default_factory=list)
    documents: list[AbstractDocument] = field(default_factory=list)
    renews: AgreementPage | None = None
    part_of: AgreementPage | None = None
    successors: list[AgreementPage] = field(default_factory=list)
    sub_agreements: list[AgreementPage] = field(default_factory=list)

    @property
    def own_contacts(self) -> list[Contact]:
        """The contacts that were chosen for the agreement itself."""
        return [entry.contact for entry in self.contacts if entry.source is ContactSource.AGREEMENT]


@dataclass
class PartnerContents(PageContents):
    """A partner and all that it refers to; its agreements whole, the first ``MAX_AGREEMENTS`` by status and date."""

    page: PartnerPage
    agreements: list[AgreementContents] = field(default_factory=list)
    agreements_total: int = 0
    contacts: list[Contact] = field(default_factory=list)
    strategies: list[Strategy] = field(default_factory=list)
    related_partners: list[PartnerPage] = field(default_factory=list)
    former_names: list[FormerNameContents] = field(default_factory=list)
    agreements_in_place: list[AgreementContents] = field(default_factory=list)
    contacts_in_place: list[Contact] = field(default_factory=list)
