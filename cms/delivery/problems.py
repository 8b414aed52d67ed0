"""Errors as problem details (RFC 9457), the same shape wherever they arise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

import orjson

from .schemas.envelope import FieldError, Problem
from .versions import current_version

MEDIA_TYPE = "application/problem+json"
#: The language of what the API says in its own name: problems, the contract, names and codes without labels.
OWN_LANGUAGE = "en"


class ProblemError(Exception):
    """A request that can't be answered; ``detail`` is a sentence that tells the developer what to do."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Iterable[FieldError] = (),
        problem: str = "about:blank",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)
        self.problem = problem
        self.headers = dict(headers or {})


class BadParameterError(ProblemError):
    """One parameter that is unknown, repeated or has a value that does not fit."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(
            HTTPStatus.BAD_REQUEST,
            "The request has parameters that do not fit.",
            errors=[{"parameter": parameter, "detail": detail}],
        )


class NotFoundError(ProblemError):
    """Nothing public stands at this address."""

    def __init__(self, detail: str) -> None:
        super().__init__(HTTPStatus.NOT_FOUND, detail)


class GoneError(ProblemError):
    """Something public stood at this address and has been removed."""

    def __init__(self, detail: str) -> None:
        super().__init__(HTTPStatus.GONE, detail)


def title_of(status: HTTPStatus) -> str:
    """Return what RFC 9110 calls a status; Python has called this one so since 3.13 only."""
    return "Content Too Large" if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else status.phrase


def problem_response(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """Render a problem."""
    problem: Problem = {
        "type": error.problem,
        "title": title_of(error.status),
        "status": error.status.value,
        "detail": error.detail,
        "instance": request.path,
    }
    if error.errors:
        problem["errors"] = error.errors
    body = orjson.dumps(problem)
    headers = {"Content-Language": OWN_LANGUAGE, "Content-Length": str(len(body)), "Cache-Control": "no-store"}
    version = getattr(request, "content_version", None)
    if version is None and error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        # What is wrong with us may be the database.
        version = current_version()
    if version is not None:
        headers["Content-Version"] = str(version)
    return HttpResponse(body, status=error.status.value, content_type=MEDIA_TYPE, headers=headers | error.headers)


def describe_validation(errors: list[dict[str, Any]]) -> ProblemError:
    """Turn pydantic's list of errors into one problem that names each parameter."""
    return ProblemError(
        HTTPStatus.BAD_REQUEST,
        "The request has parameters that do not fit.",
        errors=[
            {
                "parameter": str(next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")),
                "detail": error["msg"].removeprefix("Value error, "),
            }
            for error in errors
        ],
    )
