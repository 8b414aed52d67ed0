"""Rich text for readers: internal links lead to the page in the reader's language, or are plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import extract_attrs

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_HREF_OF_PATH = re.compile(r'(?<=\shref=")(?=/(?!/))')
_EMBED = re.compile(r"<embed\b[^>]*/>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")


@dataclass(frozen=True)
class RichTextContents:
    """Rich text as HTML for browsers, as plain text for programs, and the pages and documents that it links to."""

    html: SafeString = field(default_factory=lambda: mark_safe(""))
    text: str = ""
    pages: list[Page] = field(default_factory=list)
    documents: list[AbstractDocument] = field(default_factory=list)

    def __str__(self) -> str:
        return self.html

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class LinkTargets:
    """The ids that a rich text links to, before they are resolved."""

    page_ids: frozenset[int]
    document_ids: frozenset[int]


def link_targets(source: str) -> LinkTargets:
    """Collect the ids of the pages and documents that a stored rich text links to."""
    ids: dict[str, set[int]] = {"page": set(), "document": set()}
    for match in _LINK.finditer(source):
        attrs = extract_attrs(match.group(1))
        if attrs.get("linktype") in ids and attrs.get("id", "").isdecimal():
            ids[attrs["linktype"]].add(int(attrs["id"]))
    return LinkTargets(frozenset(ids["page"]), frozenset(ids["document"]))


def render_rich_text(
    source: str | RichText,
    *,
    page: Callable[[int], Page | None],
    page_url: Callable[[Page], str | None],
    document: Callable[[int], AbstractDocument | None],
    lang: str,
    base_url: str | None = None,
) -> RichTextContents:
    """Render stored rich text; ``page`` and ``document`` give the reader's public row of a stored id, or None.

    A link whose target is not public stands as its text alone. A page in another language than ``lang`` is marked
    with ``hreflang``. Pages carry ``data-resource`` and ``data-id`` (their translation key) for programs. A
    ``base_url`` (without a slash at its end) makes links to documents and to paths that an editor wrote whole.
    """
    pages: list[Page] = []
    documents: list[AbstractDocument] = []

    def rewrite(match: re.Match[str]) -> str:
        attrs, label = extract_attrs(match.group(1)), match.group(2)
        link_type, target_id = attrs.get("linktype"), attrs.get("id", "")
        if link_type is None:
            return f"<a{_HREF_OF_PATH.sub(base_url or '', match.group(1))}>{label}</a>"
        if link_type == "page" and target_id.isdecimal():
            target = page(int(target_id))
            url = page_url(target) if target is not None else None
            if target is not None and url is not None:
                pages.append(target)
                language = target.locale.language_code
                hreflang = "" if language == lang else f' hreflang="{html.escape(language)}"'
                return (
                    f'<a href="{html.escape(url)}" data-resource="{_resource(target)}"'
                    f' data-id="{target.translation_key}"{hreflang}>{label}</a>'
                )
        if link_type == "document" and target_id.isdecimal():
            file = document(int(target_id))
            if file is not None:
                documents.append(file)
                url = urljoin(base_url, file.url) if base_url else file.url
                return f'<a href="{html.escape(url)}" data-resource="document">{label}</a>'
        return label

    stored = source.source if isinstance(source, RichText) else source
    rendered = _EMBED.sub("", _LINK.sub(rewrite, stored or ""))
    return RichTextContents(
        html=mark_safe(rendered),  # noqa: S308 - stored rich text is whitelisted when it is saved
        text=plain_text(rendered),
        pages=pages,
        documents=documents,
    )


def _resource(page: Page) -> str:
    return str(getattr(page.specific_class, "resource", "page"))


class _TextReader(HTMLParser):
    """Collects what a browser would show as text, without building a tree."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:  # within a script or a style
            self.parts.append(data)


def plain_text(rendered: str) -> str:
    """Strip the tags from rich text, one line per paragraph or list item."""
    reader = _TextReader()
    reader.feed(_BLOCK_END.sub(lambda match: match.group(0) + "\n", rendered))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)
