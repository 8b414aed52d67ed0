"""Loads the demo content, entry by entry: what was loaded before stays as it is, edited or deleted."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db import models
from django.utils import translation

from .content import CONTENT, Content
from .entries import Entry, Ref, references
from .files import FileMaker
from .shelf import Shelf
from .site import claim_site, demo_locales, describe_organisation, follow_base_address, tree_root
from .translating import translate
from .writing import Writer

EntryT = TypeVar("EntryT", bound=Entry)


@dataclass(frozen=True)
class LoadReport:
    """How many steps were taken, how many had been taken before, and where to look."""

    loaded: int
    kept: int
    addresses: dict[str, str]


class DemoLoader:
    """Loads ``content`` as of the day ``today``.

    Each entry is a transaction of its own, in an order that never leads to what is not there yet; a loader that was
    killed half-way is simply run again.
    """

    def __init__(self, today: datetime.date, content: Content = CONTENT) -> None:
        self.content = content
        self.shelf = Shelf()
        self.swedish, self.english = demo_locales()
        self.waiting = waiting_pages(content)
        self.writer = Writer(self.shelf, self.swedish, today, self.waiting)
        self.files = FileMaker()

    def load(self) -> LoadReport:
        """Load what is missing.

        Raises:
            OccupiedError: if the site has pages that the demo did not make.
            UntranslatedError: if an English text does not fit the Swedish one.
            ValidationError: if the content breaks a rule of its model.
        """
        with translation.override(self.swedish.language_code):
            self._load_swedish()
        with translation.override(self.english.language_code):
            self._load_english()
        return LoadReport(self.shelf.loaded, self.shelf.kept, self._addresses())

    def _load_swedish(self) -> None:
        writer = self.writer
        self.shelf.once("home", lambda: writer.plain_page(self.content.home, tree_root()))
        self._load_each(self.content.images, self.files.image)
        self._load_each(self.content.documents, self.files.document)
        self._load_each(self.content.strategies, writer.strategy)
        self._load_each(self.content.contacts, writer.contact)
        self._set_up_site()
        self._load_each(self.content.indexes, lambda index: writer.plain_page(index, self.shelf.row(Ref("home"))))
        self._load_each(self.content.partners, writer.partner)
        self._load_each(self.content.agreements, writer.agreement)
        for page in self.content.pages():
            if page.key in self.waiting:
                self.shelf.once(f"{page.key}/content", partial(writer.fill, page))

    def _set_up_site(self) -> None:
        self.shelf.once("site", lambda: claim_site(self.shelf.row(Ref("home"))))
        site = self.shelf.row(Ref("site"))
        if site is not None:
            logo = self.shelf.row(self.content.logo) if self.content.logo else None
            self.shelf.once("settings", lambda: describe_organisation(site, logo))
            follow_base_address(site)

    def _load_each(self, entries: Iterable[EntryT], load: Callable[[EntryT], models.Model]) -> None:
        for entry in entries:
            self.shelf.once(entry.key, partial(load, entry))

    def _load_english(self) -> None:
        for entry in self.content.translated():
            self.shelf.once(f"{entry.key}/en", partial(self._translate, entry))

    def _translate(self, entry: Entry) -> models.Model | None:
        row = self.shelf.row(Ref(entry.key))
        return translate(row, entry, self.english) if row is not None and row.live else None

    def _addresses(self) -> dict[str, str]:
        """Return the address of the page that shows most, in each language."""
        page = self.shelf.row(Ref(self.content.showpiece))
        if page is None:
            return {}
        return {row.locale.language_code: row.full_url for row in page.get_translations(inclusive=True).live()}


def waiting_pages(content: Content) -> set[str]:
    """Return the keys of the pages whose content or related partners lead to what is loaded later."""
    waiting, entries = set(), list(content.in_order())
    later = {entry.key for entry in entries}
    for entry in entries:
        shown = (
            getattr(entry, "content", ()),
            getattr(entry, "related_partners", ()),
        )
        if not later.isdisjoint(references(shown)):
            waiting.add(entry.key)
        later.discard(entry.key)
    return waiting
