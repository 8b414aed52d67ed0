"""The change feed's address: what followers of the content ask."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from ninja import Query, Router
from pydantic import Field

from .feed import CURSOR, BadCursorError, FeedItem, ResyncRequiredError, read_feed
from .openapi import document_errors
from .parameters import LanguageParameters, Number, check_parameters
from .parameters import Parameters as AnyParameters
from .previews.access import refuse_previews
from .problems import BadParameterError, ProblemError
from .rendering.context import timestamp
from .responses import json_response
from .schemas import site as shapes
from .scope import Scope
from .tags import CHANGES_TAG

RESYNC_REQUIRED = "resync-required"

router = Router(tags=["changes"])


class ChangeParameters(AnyParameters):
    """From where to follow."""

    since: str | None = Field(
        None,
        max_length=60,
        description="The `next` of the last answer, or the `Content-Version` of a full download. "
        "Without it, the oldest changes that are kept.",
        examples=["112-aabc619b"],
        json_schema_extra={"pattern": f"^{CURSOR.pattern}$"},
    )
    limit: Number = Field(100, ge=1, le=100, description="How many changes at most.")


@router.get(
    "/changes",
    response={200: shapes.Changes, **document_errors(400, 403, 404, 410)},
    operation_id="list_changes",
    summary="What changed since a cursor",
)
def list_changes(request: HttpRequest, parameters: Query[ChangeParameters]) -> HttpResponse:
    """Changes in the order in which they were made, without gaps, kept for 90 days."""
    refuse_previews(request)
    check_parameters(request.GET, ChangeParameters)
    site = Scope(request, LanguageParameters()).site
    try:
        feed = read_feed(site, parameters.since, parameters.limit)
    except BadCursorError:
        raise BadParameterError("since", "Give a cursor as the feed gave it, or a content version.") from None
    except ResyncRequiredError:
        raise ProblemError(
            HTTPStatus.GONE,
            "The cursor is older than what is kept: load everything again and follow from its Content-Version.",
            problem=RESYNC_REQUIRED,
        ) from None
    changes: Any = {"items": [as_change(item) for item in feed.items], "next": feed.next, "has_more": feed.has_more}
    return json_response(changes, {CHANGES_TAG})


def as_change(item: FeedItem) -> shapes.Change:
    """Write a change as the feed and webhooks do."""
    action: Any = item.action
    return {
        "cursor": item.cursor,
        "action": action,
        "resource": item.resource or None,
        "id": item.id or None,
        "locale": item.locale or None,
        "time": timestamp(item.time),
        "tags": item.tags,
    }
