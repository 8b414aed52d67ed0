"""Images and documents: addresses of what is made when it is asked for, so that reading never writes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import reverse

from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.images.utils import generate_signature

from ..schemas import common
from .context import Context

#: The widths that images are offered in, in pixels; none is wider than the original.
WIDTHS = (320, 640, 960, 1280, 1920)

#: The width of ``src``, for what knows no ``srcset``.
DEFAULT_WIDTH = 1280


def render_image(
    context: Context,
    image: AbstractImage | None,
    *,
    alt: str,
    decorative: bool = False,
    caption: str = "",
    credit: str = "",
) -> common.Image | None:
    """Describe an image that anyone may see; None for one in a closed collection, or for none."""
    if image is None or image.collection_id in context.scope.closed_collections:
        return None
    widths = [width for width in WIDTHS if width < image.width] + ([image.width] if image.width <= WIDTHS[-1] else [])
    if image.is_svg():
        width, spec, sources = image.width, "original", []
    else:
        width = min(image.width, DEFAULT_WIDTH)
        spec = f"width-{width}"
        srcset: list[common.ImageCandidate] = [
            {"url": _image_url(context, image, f"width-{candidate}|format-webp"), "width": candidate}
            for candidate in widths
        ]
        sources = [common.ImageSource(type="image/webp", srcset=srcset)]
    return {
        "id": image.pk,
        "alt": "" if decorative else alt,
        "decorative": decorative,
        "caption": caption,
        "credit": credit,
        "width": width,
        "height": max(1, round(image.height * width / image.width)) if image.width else image.height,
        "focal_point": _focal_point(image, width),
        "src": _image_url(context, image, spec),
        "sources": sources,
    }


def _image_url(context: Context, image: AbstractImage, spec: str) -> str:
    return context.absolute(serve_path(image.pk, spec, image.file.name.rpartition("/")[2]))


@lru_cache(maxsize=10_000)
def serve_path(image_id: int, spec: str, name: str) -> str:
    """Sign the path of an image in the form that a filter gives it: ``views.serve_image`` answers there."""
    return reverse("partnerships_delivery:image", args=(generate_signature(image_id, spec), image_id, spec, name))


def _focal_point(image: AbstractImage, shown_width: int) -> common.FocalPoint | None:
    if not image.has_focal_point():
        return None
    scale = shown_width / image.width
    return {
        "x": round(image.focal_point_x * scale),
        "y": round(image.focal_point_y * scale),
        "width": round(image.focal_point_width * scale),
        "height": round(image.focal_point_height * scale),
    }


def render_document(context: Context, document: AbstractDocument) -> common.Document:
    """Describe a document that anyone may read; the caller has checked that its collection is open."""
    language: Any = getattr(document, "language", None)
    return {
        "title": document.title,
        "url": context.absolute(document.url),
        "type": document.content_type,
        "size": document.file_size,
        "language": str(language) if language else None,
    }
