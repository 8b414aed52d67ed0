"""Blocks to look at: images, tables and films."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha1
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.embeds.blocks import EmbedBlock, EmbedValue
from wagtail.images.blocks import ImageBlock, ImageBlockComparison
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from ...snippets.field_blocks import YesNoBlock
from ..link_texts import check_link_texts
from .text import SHORT_TEXT_FEATURES


class ImageComparison(ImageBlockComparison):
    """Wagtail's comparison of two images, which fails where none was chosen or it has been deleted."""

    def htmlvalue(self, val: Any) -> Any:
        return "" if val is None else super().htmlvalue(val)


class DescribedImageBlock(ImageBlock):
    """Wagtail's image with its text, of which the history tells in words whether it is decoration."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        tick = YesNoBlock(required=False, default=False, label=self.child_blocks["decorative"].label)
        tick.set_name("decorative")
        self.child_blocks["decorative"] = tick

    def get_comparison_class(self) -> type[ImageComparison]:
        return ImageComparison


class ContentImageBlock(blocks.StructBlock):
    """An image with what it shows, who made it and, unless it is decoration, its alternative text."""

    image = DescribedImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, max_length=255, label=_("Caption"))
    credit = blocks.CharBlock(required=False, max_length=255, label=_("Credit"), help_text=_("Who made the picture."))

    class Meta:
        label = _("Image")
        icon = "image"
        label_format = "{caption}"
        description = _("A picture with caption and credit.")
        template = "partnerships_pages/blocks/image.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"

    def get_translatable_segments(self, value: blocks.StructValue) -> list[Any]:
        # From the value, not from what is stored: of an image that has been deleted nothing is left to translate.
        segments: list[Any] = StreamFieldSegmentExtractor(None, include_overridables=True).handle_struct_block(
            value, raw_value={"value": self.get_prep_value(value)}
        )
        return segments

    def restore_translated_segments(self, value: blocks.StructValue, segments: list[Any]) -> blocks.StructValue:
        if value["image"] is None:
            segments = [segment for segment in segments if not segment.path.startswith("image.")]
        return StreamFieldSegmentsWriter(None, None, None).handle_struct_block(value, segments)


class ContentTableBlock(TypedTableBlock):
    """A table with a caption and a heading for every column."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(
            local_blocks
            or [
                ("text", blocks.CharBlock(required=False, label=_("Text"))),
                (
                    "rich_text",
                    blocks.RichTextBlock(
                        required=False,
                        features=SHORT_TEXT_FEATURES,
                        validators=[check_link_texts],
                        label=_("Text with links"),
                    ),
                ),
                ("number", blocks.DecimalBlock(required=False, label=_("Number"))),
            ],
            **kwargs,
        )

    class Meta:
        label = _("Table")
        icon = "table"
        description = _("A small table: figures, dates, who does what.")
        template = "partnerships_pages/blocks/table.html"
        preview_template = "partnerships_pages/blocks/preview.html"
        preview_value = {
            "caption": "Exchange students",
            "columns": [{"type": "text", "heading": "Year"}, {"type": "number", "heading": "Students"}],
            "rows": [{"values": ["2024", 12]}, {"values": ["2025", 15]}],
        }

    def get_translatable_segments(self, value: TypedTable) -> list[Any]:
        """Offer the caption, the headings and the cells to wagtail-localize, which knows no tables."""
        segments = [StringSegmentValue("caption", value.caption or "")]
        segments += {
            path: StringSegmentValue(path, column["heading"] or "") for path, column in _headings(value)
        }.values()
        extractor = StreamFieldSegmentExtractor(None, include_overridables=True)
        cells = {path: (block, cell) for path, block, cell, _row, _index in _cells(value)}
        for path, (block, cell) in cells.items():
            found = extractor.handle_block(block, cell, raw_value=block.get_prep_value(cell))
            segments += [segment.wrap(path) for segment in found]
        return segments

    def restore_translated_segments(self, value: TypedTable, segments: list[Any]) -> TypedTable:
        by_path: dict[str, list[Any]] = defaultdict(list)
        for segment in segments:
            path, inner = segment.unwrap()
            by_path[path].append(inner)
        writer = StreamFieldSegmentsWriter(None, None, None)
        if "caption" in by_path:
            value.caption = by_path["caption"][0].render_text()
        for path, column in list(_headings(value)):
            if path in by_path:
                column["heading"] = by_path[path][0].render_text()
        for path, block, cell, row, index in list(_cells(value)):
            if path in by_path:
                row["values"][index] = writer.handle_block(block, cell, by_path[path])
        return value


def _headings(table: TypedTable) -> Iterator[tuple[str, dict[str, Any]]]:
    for column in table.columns:
        yield f"heading-{_digest(column['heading'])}", column


def _cells(table: TypedTable) -> Iterator[tuple[str, blocks.Block, Any, dict[str, Any], int]]:
    """Yield each cell's path, block and value, its row and its place in it.

    Cells have no ids; a path made of what a cell says keeps its translation when rows and columns are moved.
    """
    for row in table.row_data:
        for index, (column, cell) in enumerate(zip(table.columns, row["values"], strict=False)):
            yield f"cell-{_digest(column['block'].get_prep_value(cell))}", column["block"], cell, row, index


def _digest(value: Any) -> str:
    return sha1(json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True).encode(), usedforsecurity=False).hexdigest()[
        :12
    ]


class NoEmbed(EmbedValue):
    """What an empty embed holds: wagtail-localize asks every embed for its URL, also in an unfinished draft."""

    def __init__(self) -> None:
        super().__init__("")
        self.html = ""

    def __bool__(self) -> bool:
        return False


class VideoBlock(EmbedBlock):
    """A film or another thing that a web address embeds."""

    def get_default(self) -> EmbedValue:
        return super().get_default() or NoEmbed()

    def normalize(self, value: Any) -> EmbedValue:
        return super().normalize(value) or NoEmbed()

    def to_python(self, value: Any) -> EmbedValue:
        return super().to_python(value) or NoEmbed()

    def value_from_form(self, value: Any) -> EmbedValue:
        return super().value_from_form(value) or NoEmbed()

    def clean(self, value: Any) -> Any:
        # Readers get a link, so nobody needs the provider's HTML; asking for it fails on a machine without network.
        return blocks.URLBlock.clean(self, value)

    class Meta:
        label = _("Film or embed")
        icon = "media"
        description = _("The address of a film, shown as a link that the reader opens.")
        template = "partnerships_pages/blocks/embed.html"
        preview_template = "partnerships_pages/blocks/preview_without_value.html"
