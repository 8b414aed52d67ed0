"""What an operation says of its answers for the OpenAPI document: shapes made from the documents' own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired, Required, Union

from pydantic import Field
from typing_extensions import TypedDict

from .schemas.envelope import FacetValue, Links, Meta, Problem

if TYPE_CHECKING:
    from .listings.base import Listing

_SURE = ("id", "resource", "locale")


def document_errors(*statuses: int) -> dict[int, type[Problem]]:
    """The error responses of an operation, for ninja."""
    return dict.fromkeys(statuses, Problem)


def typed_dict(name: str, fields: dict[str, Any], doc: str) -> Any:
    made = TypedDict(name, fields)  # type: ignore[operator]  # mypy reads only literal definitions; this one follows others
    made.__doc__ = doc
    return made


def _fields(shape: Any) -> dict[str, Any]:
    """The annotations of a TypedDict and of those that it extends."""
    found: dict[str, Any] = {}
    for base in reversed(getattr(shape, "__orig_bases__", ())):
        if base is not TypedDict:
            found |= _fields(base)
    return found | shape.__annotations__


def sparse_shape(shape: Any) -> Any:
    """The same document with any of its fields left out but those that are always sure."""
    fields = {name: Required[kind] if name in _SURE else NotRequired[kind] for name, kind in _fields(shape).items()}
    return typed_dict(
        f"Sparse{shape.__name__}", fields, f"Some fields of {with_article(shape.__name__)}, as asked for."
    )


def with_article(name: str) -> str:
    """Put "a" or "an" before a name."""
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def list_shape(listing: Listing[Any]) -> Any:
    """The envelope around a list; `view` tells which form its documents have."""
    name = listing.whole_shape.__name__
    counted = dict.fromkeys(listing.facets, NotRequired[list[FacetValue]])
    facets = typed_dict(f"{name}Facets", counted, "The facets asked for, each with its values, most frequent first.")

    def envelope(view: str, item: Any) -> Any:
        return typed_dict(
            f"{name}{view.title()}List",
            {
                "view": Literal[view],  # type: ignore[valid-type]  # the parameter is one of three words
                "_meta": Meta,
                "_links": Links,
                "_facets": facets,
                "items": list[item],
            },
            f"A page of {listing.resource.plural}.",
        )

    forms = (
        envelope("summary", listing.summary_shape),
        envelope("full", listing.whole_shape),
        envelope("fields", sparse_shape(listing.whole_shape)),
    )
    return Annotated[Union[forms], Field(discriminator="view")]  # type: ignore[valid-type]  # as above  # noqa: UP007
