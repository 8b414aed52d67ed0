"""A process that is killed in the middle of a delivery loses nothing, whatever database it used."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.utils import timezone

import orjson
import pytest
from standardwebhooks import Webhook

from tests.factories import PartnerPageFactory, SiteTree
from wagtail_partnerships.cms.delivery.webhooks.models import WebhookMessage, WebhookSubscription

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


class Receiver:
    """A subscriber that keeps what it gets, and lets the first sender wait for an answer until told."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.got_first = threading.Event()
        self.may_answer = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                receiver.requests.append((dict(self.headers.items()), body))
                receiver.got_first.set()
                receiver.may_answer.wait(8)
                try:
                    self.send_response(204)
                    self.end_headers()
                except OSError:
                    pass

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.requests]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.may_answer.set()
    receiver.server.shutdown()
    receiver.server.server_close()


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    password = f":{quote(settings['PASSWORD'], safe='')}" if settings["PASSWORD"] else ""
    return f"postgres://{settings['USER']}{password}@{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"


def run_due() -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "WEBHOOKS_ALLOW_PRIVATE": "1",
        "DJANGO_SETTINGS_MODULE": "wagtail_partnerships.cms.settings",
    }
    return subprocess.Popen([sys.executable, "manage.py", "run_due"], cwd=ROOT, env=environment)


def test_a_run_killed_while_it_waits_for_an_answer_loses_nothing(committed_tree: SiteTree, receiver: Receiver) -> None:
    subscription = WebhookSubscription.objects.create(name="Test", url=receiver.url)
    first = PartnerPageFactory(title="Länsstyrelsen")

    killed = run_due()
    assert receiver.got_first.wait(60)
    killed.kill()
    killed.wait(10)
    second = PartnerPageFactory(title="Kommunen")
    assert WebhookMessage.objects.get().status == "pending"

    # The lease of the one that was killed keeps the next run from sending, until it has passed.
    receiver.may_answer.set()
    assert run_due().wait(60) == 0
    assert len(receiver.requests) == 1
    WebhookSubscription.objects.update(leased_until=timezone.now())
    assert run_due().wait(60) == 0

    assert receiver.ids[0] == receiver.ids[1], "the same message, that the receiver can tell"
    told = []
    for headers, body in receiver.requests[1:]:
        payload = Webhook(subscription.secret).verify(body, headers)
        told += [item["id"] for item in payload["data"]["items"] if item["resource"] == "partner"]
    assert told == [str(first.translation_key), str(second.translation_key)]
    assert orjson.loads(receiver.requests[0][1]) == orjson.loads(receiver.requests[1][1])
    assert set(WebhookMessage.objects.values_list("status", flat=True)) == {"delivered"}
