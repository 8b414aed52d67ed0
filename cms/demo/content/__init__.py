"""What the demo shows, as data: one module for each subject.

Organisations and facts are public knowledge, in our own words. Every person but one is invented; their telephone
numbers are those that the Swedish Post and Telecom Authority (PTS) keeps free for fiction, and their mail goes to
the example domains of RFC 2606.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..entries import (
    AgreementEntry,
    ContactEntry,
    DocumentEntry,
    Entry,
    ImageEntry,
    PageEntry,
    PartnerEntry,
    PlainPageEntry,
    Ref,
    StrategyEntry,
)
from . import academia, civil_society, companies, county_board, eskilstuna, site, varmland
from .contacts import CONTACTS
from .documents import DOCUMENTS
from .images import IMAGES
from .strategies import STRATEGIES


@dataclass(frozen=True)
class Content:
    """All entries, each kind in an order in which none leads to a later one.

    ``logo`` is the site's own; ``showpiece`` is the key of the page to look at first.
    """

    home: PlainPageEntry
    indexes: tuple[PlainPageEntry, ...]
    images: tuple[ImageEntry, ...]
    documents: tuple[DocumentEntry, ...]
    strategies: tuple[StrategyEntry, ...]
    contacts: tuple[ContactEntry, ...]
    partners: tuple[PartnerEntry, ...]
    agreements: tuple[AgreementEntry, ...]
    logo: Ref | None
    showpiece: str

    def in_order(self) -> Iterator[Entry]:
        """Yield every entry in the order of loading."""
        yield self.home
        for entries in (self.images, self.documents, self.strategies, self.contacts):
            yield from entries
        yield from self.indexes
        yield from self.partners
        yield from self.agreements

    def pages(self) -> Iterator[PageEntry]:
        """Yield every page, those above before those below."""
        yield self.home
        yield from self.indexes
        yield from self.partners
        yield from self.agreements

    def translated(self) -> Iterator[Entry]:
        """Yield what also exists in English: what pages refer to before the pages."""
        for entries in (self.strategies, self.contacts, self.pages()):
            yield from (entry for entry in entries if entry.translated)


_SUBJECTS = (county_board, eskilstuna, companies, academia, civil_society, varmland)

CONTENT = Content(
    home=site.HOME,
    indexes=(site.PARTNERS, site.AGREEMENTS),
    images=IMAGES,
    documents=DOCUMENTS,
    strategies=STRATEGIES,
    contacts=CONTACTS,
    partners=tuple(partner for subject in _SUBJECTS for partner in subject.PARTNERS),
    agreements=tuple(agreement for subject in _SUBJECTS for agreement in subject.AGREEMENTS),
    logo=Ref("image/mark-university"),
    showpiece=county_board.PARTNERS[0].key,
)
