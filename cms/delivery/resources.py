"""The kinds of documents that the delivery API serves: each is registered once, and the rest of the app asks here.

An app registers its kinds in its ``AppConfig.ready``; nothing else in the core names a model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from wagtail.models import Site


@dataclass(frozen=True)
class Resource:
    """A kind of document: rows that share an id, their ``translation_key``, across languages.

    ``public`` returns the rows that anyone may read, of one site or of all; what it leaves out does not exist for
    any reader. ``models`` are tried in the order of registration, subclasses included, so that a general kind
    (any page) comes after the special ones.
    """

    #: The kind's name in documents, Refs and the feed: ``partner``.
    name: str
    #: The list's path segment, and its cache tag: ``partners``.
    plural: str
    models: tuple[type[Model], ...]
    public: Callable[[Site | None], QuerySet[Any]]
    #: What a reader calls a row: the text of a Ref.
    title: Callable[[Any], str]
    #: Whether readers can list it at all; contacts answer by id alone unless a setting opens their list.
    is_listed: Callable[[], bool] = lambda: True
    #: Whether a row that readers don't see changes how those of its kind read that it points at: a live agreement
    #: supersedes another, public or not.
    counts_while_hidden: bool = False

    def path(self, key: UUID) -> str:
        """The document's address below the API's mount."""
        return f"/{self.plural}/{key}"


_resources: dict[str, Resource] = {}


def register_resource(resource: Resource) -> Resource:
    """Add a kind of document, or replace the one of the same name."""
    _resources[resource.name] = resource
    return resource


def resources() -> tuple[Resource, ...]:
    """Every kind, in the order of registration."""
    return tuple(_resources.values())


def get_resource(name: str) -> Resource:
    """Return a kind by its name. Raises KeyError if there is none."""
    return _resources[name]


def resource_of(model: type[Model]) -> Resource | None:
    """Return the kind that a model's rows are documents of; None for what the API does not serve."""
    for resource in _resources.values():
        if issubclass(model, resource.models):
            return resource
    return None
