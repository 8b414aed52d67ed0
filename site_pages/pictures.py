"""Images as readers get them: a few widths, in WebP and in the original's format, made once and fetched together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError
from wagtail.signals import page_published, published

from ..snippets.models import Contact
from .models import PartnerPage
from .models.content import ContentPage

#: The widths, in pixels, that a content image comes in.
CONTENT_WIDTHS = (400, 800, 1280)
#: Those of a portrait, in the square that contacts show.
PORTRAIT_WIDTHS = (80, 160)
#: Those of a logo, which is shown whole.
LOGO_WIDTHS = (200, 400)


@dataclass(frozen=True)
class PictureKind:
    """How an image is cut and in which widths it comes."""

    widths: tuple[int, ...]
    operation: str = "width-{width}"
    sizes: str = "100vw"
    #: The ratio of width to height from which on an image is classed as wide: the stylesheet then fixes its width, and
    #: otherwise its height, so that its place is known before it has come.
    wide_from: float | None = None

    def specs(self, image: AbstractImage) -> tuple[list[str], str]:
        """Return the filter specs of the WebP renditions, narrowest first, and of the one in the original's format."""
        if image.is_svg():
            return [], "original"
        operations = [self.operation.format(width=width) for width in self.widths]
        return [f"{operation}|format-webp" for operation in operations], operations[-1 if len(operations) < 3 else 1]


CONTENT = PictureKind(CONTENT_WIDTHS, sizes="(min-width: 64rem) 48rem, 100vw")
PORTRAIT = PictureKind(PORTRAIT_WIDTHS, operation="fill-{width}x{width}", sizes="5rem")
LOGO = PictureKind(LOGO_WIDTHS, operation="max-{width}x{width}", sizes="11rem", wide_from=11 / 6)


def images_in(value: Any) -> Iterator[AbstractImage]:
    """Yield the images within a block value, or within several."""
    if isinstance(value, AbstractImage):
        yield value
    elif isinstance(value, StructValue):
        for child in value.values():
            yield from images_in(child)
    elif isinstance(value, StreamValue | ListValue | list | tuple):
        for child in value:
            yield from images_in(child.value if isinstance(child, StreamValue.StreamChild) else child)


def prefetch_renditions(images: Iterable[AbstractImage | None]) -> None:
    """Fetch the renditions of all images by one query."""
    present = [image for image in images if image is not None]
    if present:
        prefetch_related_objects(present, "renditions")


def make_renditions(image: AbstractImage, kind: PictureKind) -> None:
    """Make what readers will ask for, unless it is there; an image whose file is gone is left alone."""
    narrow_to_wide, original = kind.specs(image)
    with suppress(SourceImageIOError, OSError):
        image.get_renditions(*narrow_to_wide, original)


def _make_renditions_of(instance: Any) -> None:
    """Make the renditions that a page or snippet of ours shows."""
    if isinstance(instance, ContentPage):
        for image in images_in(instance.content):
            make_renditions(image, CONTENT)
    if isinstance(instance, PartnerPage) and instance.logo:
        make_renditions(instance.logo, LOGO)
    if isinstance(instance, Contact) and instance.photo:
        make_renditions(instance.photo, PORTRAIT)


def _on_publish(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, ContentPage | Contact):
        # Drawing takes long, and other editors would wait for the transaction's locks.
        transaction.on_commit(lambda: _make_renditions_of(instance), robust=True)


def make_renditions_when_published() -> None:
    """See to it that no visitor has to wait for a rendition of what is published from now on."""
    for signal in (page_published, published):
        signal.connect(_on_publish, dispatch_uid=f"partnerships_renditions_{id(signal)}")


def picture(image: AbstractImage, kind: PictureKind, *, alt: str, lazy: bool = True, **attributes: Any) -> SafeString:
    """Render an image as ``<picture>``; nothing at all if its file is gone."""
    narrow_to_wide, original = kind.specs(image)
    try:
        renditions = image.get_renditions(*narrow_to_wide, original)
    except (SourceImageIOError, OSError):
        return mark_safe("")
    fallback = renditions[original]
    if kind.wide_from is not None and fallback.width >= kind.wide_from * fallback.height:
        attributes = {**attributes, "class": "is-wide"}
    by_width: dict[int, AbstractRendition] = {renditions[spec].width: renditions[spec] for spec in narrow_to_wide}
    source = (
        format_html(
            '<source type="image/webp" srcset="{}" sizes="{}">',
            ", ".join(f"{rendition.url} {width}w" for width, rendition in sorted(by_width.items())),
            kind.sizes,
        )
        if by_width
        else ""
    )
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}{}></picture>',
        source,
        fallback.url,
        fallback.width,
        fallback.height,
        alt,
        mark_safe(' loading="lazy" decoding="async"') if lazy else "",
        format_html_join("", ' {}="{}"', attributes.items()),
    )
