"""What is public right now, of some documents or of all, as the feed names it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Model

from wagtail.models import Locale, Page, Site

from .models import ContentMark
from .resources import get_resource, resource_of, resources
from .usage import Document, Target, documents_at


class Identity(NamedTuple):
    """A document in one language."""

    resource: str
    key: UUID
    language: str


def public_on(site: Site, documents: set[Document] | None = None) -> set[Identity]:
    """Return what is public on a site, of some documents or of all."""
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    public: set[Identity] = set()
    for resource in resources():
        rows = resource.public(site)
        if documents is not None:
            keys = {key for name, key in documents if name == resource.name}
            if not keys:
                continue
            rows = rows.filter(translation_key__in=keys)
        public |= {
            Identity(resource.name, key, languages[locale_id])
            for key, locale_id in rows.values_list("translation_key", "locale_id")
        }
    return public


def public_identities(documents: set[Document]) -> Iterable[tuple[int, str, str, str]]:
    """Yield what of some documents is public on any site, as a mark keeps it."""
    if documents:
        for site in Site.objects.all():
            for identity in public_on(site, documents):
                yield site.pk, identity.resource, str(identity.key), identity.language


def documents_of(model: type[Model], key: UUID, targets: Iterable[Target]) -> set[Document]:
    """Return the documents that come and go with a row: itself, and what is public only while a public page uses it."""
    resource = resource_of(model)
    own = {(resource.name, key)} if resource else set()
    return own | {document for document in documents_at(targets) if not stands_alone(document[0])}


def stands_alone(resource_name: str) -> bool:
    """Tell whether a kind is public by itself, as pages are, and not only where a page uses it."""
    return all(issubclass(model, Page) for model in get_resource(resource_name).models)


def untold(before: int | None) -> bool:
    """Tell whether marks of transactions that are committed, and come before a number, wait to be told."""
    marks = ContentMark.objects.filter(is_told=False, number__gt=0)
    return (marks if before is None else marks.filter(number__lt=before)).exists()
