"""What the demo has loaded so far: each entry once, in a transaction of its own, and found again by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import models, transaction

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from ...site_pages.models import AgreementIndexPage, AgreementPage, HomePage, PartnerIndexPage, PartnerPage
from ...snippets.models import Contact, Strategy
from .entries import Ref
from .models import LoadedEntry

_NAMESPACE = UUID("5f0f0d9c-6d2b-5a0e-9a55-7f6f1a3b8d21")

#: The model behind each kind of key: the part before the slash.
_MODELS: Mapping[str, Callable[[], type[models.Model]]] = {
    "agreement": lambda: AgreementPage,
    "agreements": lambda: AgreementIndexPage,
    "contact": lambda: Contact,
    "document": get_document_model,
    "home": lambda: HomePage,
    "image": get_image_model,
    "partner": lambda: PartnerPage,
    "partners": lambda: PartnerIndexPage,
    "site": lambda: Site,
    "strategy": lambda: Strategy,
}


def translation_key(key: str) -> UUID:
    """Return the translation key of a demo entry: the same in every database, so that its API address is too."""
    return uuid5(_NAMESPACE, key)


def _index_references(row: models.Model) -> None:
    if ReferenceIndex.is_indexed(type(row)):
        ReferenceIndex.create_or_update_for_object(type(row)._default_manager.get(pk=row.pk))


class Shelf:
    """Loads entries once and hands out the rows that were made of them."""

    def __init__(self) -> None:
        self.loaded = 0
        self.kept = 0

    def once(self, key: str, load: Callable[[], models.Model | None]) -> None:
        """Call ``load`` unless the entry was loaded before; both or neither are written, whatever kills the process."""
        with transaction.atomic():
            entry, is_new = LoadedEntry.objects.get_or_create(key=key)
            if is_new:
                # A page is saved three times on its way, and so is each of its rows: index what it refers to once.
                with disable_reference_index_auto_update():
                    row = load()
                if row is not None:
                    _index_references(row)
                    entry.object_id = row.pk
                    entry.save(update_fields=["object_id"])
        if is_new:
            self.loaded += 1
        else:
            self.kept += 1

    def row(self, ref: Ref) -> Any:
        """Return the row of an entry, or None if an editor has deleted it.

        Raises:
            LookupError: if no such entry has been loaded yet.
        """
        entry = LoadedEntry.objects.filter(key=ref.key).first()
        if entry is None:
            raise LookupError(f"The demo entry {ref.key} is used before it is loaded.")
        model = _MODELS[ref.key.partition("/")[0]]()
        return model._default_manager.filter(pk=entry.object_id).first()

    def rows(self, refs: tuple[Ref, ...]) -> list[Any]:
        """Return the rows that still exist, in the order of ``refs``."""
        return [row for row in map(self.row, refs) if row is not None]
