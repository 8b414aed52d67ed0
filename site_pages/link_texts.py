"""Link texts that tell nothing by themselves (WCAG 2.2, link purpose): screen readers list links without the rest."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bs4 import BeautifulSoup

#: In small letters and without punctuation; in every language that editors here may write.
VAGUE_TEXTS = frozenset(
    {
        "click",
        "click here",
        "den här länken",
        "den här sidan",
        "download",
        "find out more",
        "go here",
        "here",
        "här",
        "klicka",
        "klicka här",
        "ladda ner",
        "ladda ned",
        "learn more",
        "link",
        "länk",
        "länken",
        "läs mer",
        "läs mer här",
        "mer",
        "mer information",
        "more",
        "more information",
        "read more",
        "read more here",
        "se här",
        "see here",
        "this link",
        "this page",
        "tryck här",
    }
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w\s]+")


def check_link_text(text: str) -> None:
    """Refuse the text of a link that does not say where it leads.

    Raises:
        ValidationError: with a sentence that names the text.
    """
    words = " ".join(text.split())
    if _ADDRESS.fullmatch(words):
        raise ValidationError(
            _("“%(text)s” is an address. Write what the reader finds there, and link those words."),
            code="bare_address",
            params={"text": words},
        )
    if " ".join(_PUNCTUATION.sub(" ", words).casefold().split()) in VAGUE_TEXTS:
        raise ValidationError(
            _("“%(text)s” does not say where the link leads. Link words that do, such as the title of the page."),
            code="vague_link",
            params={"text": words},
        )


def check_link_texts(source: str) -> None:
    """Refuse rich text with a link that does not say where it leads.

    Raises:
        ValidationError: with one message for each such link.
    """
    faults = []
    for link in BeautifulSoup(source or "", "html.parser").find_all("a"):
        try:
            check_link_text(link.get_text())
        except ValidationError as fault:
            faults.append(fault)
    if faults:
        raise ValidationError(faults)
