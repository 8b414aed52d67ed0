"""The address at which a front end exchanges the code of its preview address for a token."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

import orjson
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from ..openapi import document_errors
from ..parameters import NO_NUL
from ..problems import NotFoundError
from ..rendering.context import timestamp
from ..schemas import site as shapes
from .codes import exchange_code

#: The one address of the API that is posted to.
URL_NAME = "exchange_preview_code"

router = Router(tags=["previews"])


class PreviewCode(Schema):
    """The code that came with the preview address."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(
        min_length=1, max_length=200, pattern=NO_NUL["pattern"], description="The `code` of the preview address."
    )


@router.post(
    "/preview-tokens",
    response={201: shapes.PreviewToken, **document_errors(400, 404, 413, 415)},
    operation_id=URL_NAME,
    url_name=URL_NAME,
    summary="Exchange a preview code for a token",
)
def exchange_preview_code(request: HttpRequest, body: PreviewCode) -> HttpResponse:
    """A code works once, within a minute. Send the token as `Authorization: Bearer …` to read the draft by its id."""
    exchanged = exchange_code(body.code)
    if exchanged is None:
        raise NotFoundError("The code has been used or has expired: open the preview again from the admin.")
    preview, token = exchanged
    resource: Any = preview.resource
    document: shapes.PreviewToken = {
        "token": token,
        "token_type": "Bearer",
        "expires_at": timestamp(preview.expires_at),
        "resource": resource,
        "id": str(preview.translation_key),
        "locale": preview.language_code,
    }
    response = HttpResponse(orjson.dumps(document), status=HTTPStatus.CREATED, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response
