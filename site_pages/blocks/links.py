"""Blocks that lead on: to pages, documents and the rest of the web."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from ..link_texts import check_link_text
from .identity import SourceDocumentChooserBlock, SourcePageChooserBlock


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site, to an address on the web or to a document: to exactly one of them."""

    text = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Link text"),
        help_text=_("Needed for a web address; a page or document brings its title."),
    )
    page = SourcePageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("Web address"))
    document = SourceDocumentChooserBlock(required=False, label=_("Document"))
    description = blocks.TextBlock(required=False, rows=2, label=_("Description"))

    class Meta:
        label = _("Link")
        icon = "link"
        label_format = "{text}"

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        targets = [name for name in ("page", "url", "document") if result.get(name)]
        errors: dict[str, ValidationError] = {}
        if not targets:
            errors["url"] = ValidationError(_("Choose a page or a document, or write a web address."))
        elif len(targets) > 1:
            errors[targets[1]] = ValidationError(_("A link leads to one place: keep one of the targets."))
        if result.get("url") and not result.get("text", "").strip():
            errors["text"] = ValidationError(_("Write what the reader finds behind the link."))
        else:
            try:
                check_link_text(result.get("text", ""))
            except ValidationError as error:
                errors["text"] = error
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return result


class LinkListBlock(blocks.StructBlock):
    """Where to read more."""

    heading = blocks.CharBlock(
        required=False, max_length=150, label=_("Heading"), help_text=_("Such as “Läs mer om Länsstyrelsen”.")
    )
    links = blocks.ListBlock(LinkBlock(), min_num=1, label=_("Links"))

    class Meta:
        label = _("Links")
        icon = "link"
        label_format = "{heading}"
        description = _("Read more: pages, projects, websites.")
        template = "partnerships_pages/blocks/link_list.html"
        preview_template = "partnerships_pages/blocks/preview.html"
        preview_value = {
            "heading": "Read more",
            "links": [
                {
                    "text": "The county board",
                    "page": None,
                    "url": "https://www.example.se/",
                    "document": None,
                    "description": "",
                }
            ],
        }


class DocumentListBlock(blocks.StructBlock):
    """Documents to download, with their type and size."""

    heading = blocks.CharBlock(required=False, max_length=150, label=_("Heading"))
    documents = blocks.ListBlock(SourceDocumentChooserBlock(label=_("Document")), min_num=1, label=_("Documents"))

    class Meta:
        label = _("Documents")
        icon = "doc-full"
        label_format = "{heading}"
        description = _("Documents to download. Readers see only those that are open to all.")
        template = "partnerships_pages/blocks/document_list.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"
