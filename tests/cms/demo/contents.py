"""Demo content cut down to the page about the county administrative board, which loads in a moment."""

from dataclasses import replace
from typing import TypeVar

from wagtail_partnerships.cms.demo.content import CONTENT, Content, county_board
from wagtail_partnerships.cms.demo.entries import Entry, references

EntryT = TypeVar("EntryT", bound=Entry)

_PAGES = (*county_board.PARTNERS, *county_board.AGREEMENTS)
_NEEDED = set(references(_PAGES))


def _needed(entries: tuple[EntryT, ...]) -> tuple[EntryT, ...]:
    return tuple(entry for entry in entries if entry.key in _NEEDED)


COUNTY_BOARD: Content = replace(
    CONTENT,
    home=replace(CONTENT.home, content=()),
    images=_needed(CONTENT.images),
    documents=(),
    logo=None,
    strategies=_needed(CONTENT.strategies),
    contacts=_needed(CONTENT.contacts),
    partners=county_board.PARTNERS,
    agreements=county_board.AGREEMENTS,
)
