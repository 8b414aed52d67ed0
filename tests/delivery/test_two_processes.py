"""Two web processes on one database: what one writes the other shows at once, whatever cache they have."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from django.urls import reverse

import pytest

from tests.delivery.client import ROOT
from tests.factories import PartnerPageFactory, SiteTree
from wagtail_partnerships.site_pages.models import PartnerPage

PROJECT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Process:
    """A web process, asked as a reader or as a signed-in editor who holds its cookies."""

    def __init__(self, port: int) -> None:
        self.root = f"http://localhost:{port}"
        self.editor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def read(self, path: str) -> str:
        # Both ports are one site to the cache, as behind one balancer.
        request = urllib.request.Request(f"{self.root}{path}", headers={"Host": "localhost"})
        with urllib.request.urlopen(request, timeout=60) as response:
            return str(response.read().decode())

    def post(self, path: str, **fields: str) -> None:
        with self.editor.open(f"{self.root}{path}", timeout=60) as form:
            found = TOKEN.search(form.read().decode())
        assert found is not None, path
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": found[1]}).encode()
        with self.editor.open(f"{self.root}{path}", data, timeout=60) as response:
            assert response.status == 200


@contextmanager
def web_process(environment: dict[str, str]) -> Iterator[Process]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "wagtail_partnerships.cms.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--worker-class", "gthread", "--threads", "2", "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=PROJECT, env=os.environ | environment)
    try:
        process = Process(port)
        for _ in range(120):
            try:
                process.read(f"{ROOT}/api-info")
            except OSError:
                assert server.poll() is None, "gunicorn ended"
                time.sleep(0.5)
            else:
                break
        yield process
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def processes(committed_tree: SiteTree, tmp_path: Path) -> Iterator[tuple[Process, Process]]:
    """Two gunicorn processes on the test's own database, with its cache."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        host = f"{database['HOST']}:{database['PORT'] or 5432}"
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{host}/{database['NAME']}"
    environment = {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "wagtail_partnerships.cms.settings",
        "DEBUG": "true",
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(tmp_path),
    }
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        environment["REDIS_URL"] = settings.CACHES["default"]["LOCATION"]
    with ExitStack() as stack:
        yield (
            stack.enter_context(web_process(environment)),
            stack.enter_context(web_process(environment)),
        )


@pytest.mark.slow
def test_an_edit_through_one_process_is_seen_through_the_other_at_once(processes: tuple[Process, Process]) -> None:
    writer, reader = processes
    with transaction.atomic():
        partner = PartnerPageFactory(title="Förut")
        partner.save_revision().publish()
        # By a hasher of the site's own settings, which know nothing of the tests' quick one.
        password = PBKDF2PasswordHasher().encode("x", "salt", iterations=1)
        get_user_model().objects.create(username="redaktor", password=password, is_superuser=True)
    page, document = partner.get_url(), f"{ROOT}/partners/{partner.translation_key}"
    login = reverse("wagtailadmin_login")
    writer.post(login, username="redaktor", password="x", next=login)
    for process in processes:
        assert "Förut" in process.read(page)
        assert "Förut" in process.read(document)

    for number in range(3):
        title = f"Efteråt {number}"
        writer.post(reverse("wagtailadmin_pages:unpublish", args=[partner.pk]))
        with pytest.raises(urllib.error.HTTPError, match="410"):
            reader.read(document)
        with transaction.atomic():
            row: Any = PartnerPage.objects.get(pk=partner.pk)
            row.title = title
            row.save_revision().publish()

        # Twice each: the second time from what was kept.
        for process in (reader, writer, reader, writer):
            assert title in process.read(page)
            assert title in process.read(document)
