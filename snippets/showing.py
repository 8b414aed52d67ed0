"""Where a row that is written once shows: on which pages, and in which languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel
from wagtail.models import Page

from .source_rows import group_of
from .usage import Use, uses_of

#: Given a row and the uses of it, finds the pages that show it without naming it; the floors above add theirs.
FindShown = Callable[[Any, list[Use]], Iterable[Page]]
_finders: list[FindShown] = []

#: So many places are named on a form; the rest is counted.
SHOWN = 30


def also_shown_by(find: FindShown) -> FindShown:
    """Register a function that finds pages which show a row through another one."""
    _finders.append(find)
    return find


@dataclass(frozen=True)
class Place:
    """A page, or another row, that shows what is written once."""

    row: Any
    is_draft: bool

    @property
    def title(self) -> str:
        get_title = getattr(self.row, "get_admin_display_title", None)
        return str(get_title() if get_title else self.row)

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)


def places_showing(row: Any) -> list[Place]:
    """List where ``row`` shows, in any language of its own: by name or through another row, each place once."""
    uses = uses_of(group_of(row))
    places: dict[tuple[Any, Any], Place] = {}
    for use in uses:
        key = (type(use.user), use.user.pk)
        is_draft = use.is_draft or not getattr(use.user, "live", True)
        if key not in places or not is_draft:
            places[key] = Place(use.user, is_draft)
    for find in _finders:
        for page in find(row, uses):
            places.setdefault((type(page), page.pk), Place(page, not page.live))
    own = {(type(row), member.pk) for member in group_of(row)}
    found = [place for key, place in places.items() if key not in own]
    return sorted(found, key=lambda place: (place.is_draft, place.row.locale_id, place.title))


class PlacesPanel(Panel):
    """Tells, before one saves, on how many pages and in which languages the row shows."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "partnerships_snippets/admin/places_panel.html"

        def is_shown(self) -> bool:
            return self.instance is not None and self.instance.pk is not None and self.request is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            places = places_showing(self.instance)
            find = AdminURLFinder(self.request.user)
            live = [place for place in places if not place.is_draft]
            return {
                **context,
                "live_count": len(live),
                "draft_count": len(places) - len(live),
                "languages": list(dict.fromkeys(place.row.locale.get_display_name() for place in live)),
                "places": [{"place": place, "edit_url": find.get_edit_url(place.row)} for place in places[:SHOWN]],
                "more": max(0, len(places) - SHOWN),
            }
