"""Rich text as HTML, as plain text and as the documents that it links to."""

from __future__ import annotations

from wagtail.rich_text import RichText

from ....site_pages.rich_text import RichTextContents
from ..schemas import common
from .context import Context


def render_rich_text(context: Context, source: str | RichText | RichTextContents) -> common.RichText:
    """Render rich text whose links the reader has loaded; each linked page is named once."""
    contents = source if isinstance(source, RichTextContents) else context.reader.rich_text(source)
    refs = {ref["id"]: ref for ref in context.refs(contents.pages)}
    return {"html": str(contents.html), "text": contents.text, "links": list(refs.values())}
