"""Wagtail's content checker, in the editor and in the user bar, with the rules that visitors' pages are held to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from wagtail.admin.userbar import ContentCheckerItem

from ..models.content import ContentPage

#: Rules of axe beyond Wagtail's own that what an editor writes can break, with the words that tell them what to do.
EDITORS_RULES: dict[str, dict[str, Any]] = {
    "identical-links-same-purpose": {
        "error_name": _("Links with the same text lead to different places"),
        "help_text": _("Say in each link what the reader finds there"),
    },
    "image-alt": {
        "error_name": _("Image without alternative text"),
        "help_text": _("Write what the image shows, or mark it as decoration"),
    },
    "image-redundant-alt": {
        "error_name": _("Alternative text repeats the text beside the image"),
        "help_text": _("Mark the image as decoration, or say what it shows beyond that"),
    },
    "table-duplicate-name": {
        "error_name": _("Table is described twice in the same words"),
        "help_text": _("Write a caption that says what the table shows"),
    },
}


class PublicPageChecker(ContentCheckerItem):
    """Checks what an editor decides; what the design decides has tests of its own."""

    axe_run_only: ClassVar[list[str]] = [*ContentCheckerItem.axe_run_only, *EDITORS_RULES]
    axe_messages: ClassVar[dict[str, Any]] = {**ContentCheckerItem.axe_messages, **EDITORS_RULES}


def check_as_public_page(items: list[Any], page: object) -> None:
    """Put our checker in the place of Wagtail's on pages of ours; one that a host has put there itself stays."""
    if not isinstance(page, ContentPage):
        return
    for position, item in enumerate(items):
        if isinstance(item, ContentCheckerItem) and type(item).__module__ == ContentCheckerItem.__module__:
            items[position] = PublicPageChecker(in_editor=item.in_editor)
