"""An error of the API's own is a problem like any other, and whoever watches over the site is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.signals import got_request_exception
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse

import pytest

from tests.factories import AgreementPageFactory, SiteTree
from wagtail_partnerships.cms.delivery import answers, api, views
from wagtail_partnerships.cms.delivery.store import local_store

LIST = "/delivery/v1/agreements"
SECRET = "what nobody may read"


def fail(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError(SECRET)


@pytest.fixture(autouse=True)
def signalled() -> Iterator[list[Any]]:
    """The requests that were said to have failed."""
    requests: list[Any] = []

    def note(sender: Any, request: Any, **kwargs: Any) -> None:
        requests.append(request)

    got_request_exception.connect(note)
    local_store.clear()
    yield requests
    got_request_exception.disconnect(note)


def without_middleware(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".DeliveryMiddleware")]


@pytest.mark.parametrize("has_middleware", [True, False])
@pytest.mark.parametrize("method", ["get", "head"])
def test_an_error_of_its_own_is_a_problem_and_is_logged_and_signalled(
    committed_tree: SiteTree,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    signalled: list[Any],
    *,
    method: str,
    has_middleware: bool,
) -> None:
    if not has_middleware:
        without_middleware(settings)
    monkeypatch.setattr(api, "json_response", fail)
    response = getattr(Client(raise_request_exception=False), method)(LIST)

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Language"] == "en"
    assert "ETag" not in response
    if method == "get":
        problem = response.json()
        assert {name: problem[name] for name in ("type", "title", "status", "instance")} == {
            "type": "about:blank",
            "title": "Internal Server Error",
            "status": 500,
            "instance": LIST,
        }
        assert SECRET not in response.content.decode()
    else:
        assert response.content == b""
    assert [request.path for request in signalled] == [LIST]
    [logged] = [record for record in caplog.records if record.name == "django.request"]
    assert logged.exc_info is not None
    assert SECRET in str(logged.exc_info[1])


@pytest.mark.parametrize("has_middleware", [True, False])
@pytest.mark.parametrize("broken", ["image", "preview token", "database", "database meanwhile"])
def test_so_is_one_where_nothing_is_kept(
    committed_tree: SiteTree,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    signalled: list[Any],
    broken: str,
    *,
    has_middleware: bool,
) -> None:
    if not has_middleware:
        without_middleware(settings)
    client = Client(raise_request_exception=False)
    if broken == "image":
        monkeypatch.setattr(views, "_serve_image", fail)
        response = client.get("/delivery/v1/images/x/1/max-1x1/x.png")
    elif broken == "preview token":
        monkeypatch.setattr(views, "open_preview", fail)
        response = client.post("/delivery/v1/preview-tokens", {"code": "x"}, content_type="application/json")
    else:

        def lose(*args: Any) -> Any:
            raise OperationalError(SECRET)

        if broken == "database":
            monkeypatch.setattr(answers, "current_key", lose)
        monkeypatch.setattr(answers, "current_version", lose)
        monkeypatch.setattr("wagtail_partnerships.cms.delivery.problems.current_version", lose)
        monkeypatch.setattr(api, "json_response", fail)
        response = client.get(LIST)

    assert response.status_code == response.json()["status"] == 500
    assert response["Access-Control-Allow-Origin"] == "*"
    assert SECRET not in response.content.decode()
    assert len(signalled) == 1


@pytest.mark.parametrize("has_middleware", [True, False])
def test_what_is_asked_next_is_answered_as_ever(
    committed_tree: SiteTree, settings: Any, monkeypatch: pytest.MonkeyPatch, *, has_middleware: bool
) -> None:
    if not has_middleware:
        without_middleware(settings)
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        page = AgreementPageFactory(title="Kvar")
    with monkeypatch.context() as patched:
        patched.setattr(api, "json_response", fail)
        assert client.get(LIST)["Content-Type"] == "application/problem+json"

    assert reverse("partnerships_delivery:openapi") == "/delivery/v1/openapi"
    assert client.get(LIST).status_code == client.get(page.get_url()).status_code == 200


def test_an_error_elsewhere_is_a_page(committed_tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wagtail_partnerships.site_pages.views.search.view_context", fail)

    assert Client(raise_request_exception=False).get("/sv/sok/")["Content-Type"].startswith("text/html")
