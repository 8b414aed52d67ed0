"""Makes the demo's images and documents, through the forms with which the admin takes in uploads."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from ...site_pages.admin.documents import private_collection
from .drawing import draw
from .entries import DocumentEntry, ImageEntry
from .paper import write_pdf


class FileMaker:
    """Uploads what the demo draws and writes; a private document goes where those of agreements go in the admin."""

    def image(self, entry: ImageEntry) -> models.Model:
        picture = BytesIO()
        draw(entry.drawing, **entry.options).save(picture, "PNG", optimize=True)
        return self._upload(
            get_image_form(get_image_model()),
            {"title": entry.title, "description": entry.description},
            _filename(entry.key, "png"),
            picture.getvalue(),
        )

    def document(self, entry: DocumentEntry) -> models.Model:
        collection = private_collection() if entry.private else None
        return self._upload(
            get_document_form(get_document_model()),
            {"title": entry.title},
            entry.filename,
            write_pdf(entry.title, entry.paragraphs, entry.language),
            collection,
        )

    def _upload(
        self, form_class: Any, data: dict[str, Any], filename: str, content: bytes, collection: Collection | None = None
    ) -> models.Model:
        collection = collection or Collection.get_first_root_node()
        form = form_class({**data, "collection": collection.pk}, {"file": SimpleUploadedFile(filename, content)})
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        row: models.Model = form.save()
        return row


def _filename(key: str, extension: str) -> str:
    return f"{key.partition('/')[2]}.{extension}"
