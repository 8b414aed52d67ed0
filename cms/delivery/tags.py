"""Cache tags: how a response names what it was rendered from, and the change feed what changed."""

from __future__ import annotations

from django.db.models import Model

from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import TranslatableMixin

#: The tag of responses that name public addresses or redirects.
ROUTES_TAG = "routes"
#: The tag of answers of the feed. No change bears it, since every change makes them old.
CHANGES_TAG = "changes"


def kind_of(model: type[Model]) -> str:
    """Name the kind of what is no document of the API: ``image``, ``document``, or the model's own name."""
    if issubclass(model, AbstractImage):
        return "image"
    if issubclass(model, AbstractDocument):
        return "document"
    return str(model._meta.model_name)


def row_tag(row: Model) -> str:
    """Return the tag of a row: its id for all languages, or if it is not translated its kind and key: ``image:5``."""
    if isinstance(row, TranslatableMixin):
        return str(row.translation_key)
    return f"{kind_of(type(row))}:{row.pk}"
