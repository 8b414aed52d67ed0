"""What names a deployment's answers: it is the same in each of its processes, whatever that has done before."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from django.test import Client
from django.utils import translation

import pytest

from tests.delivery.client import ROOT, fetch
from tests.factories import SiteTree
from wagtail_partnerships.cms.delivery import introduction, keys
from wagtail_partnerships.cms.delivery.answers import IMMUTABLE
from wagtail_partnerships.cms.delivery.builds import build_id
from wagtail_partnerships.cms.delivery.versions import current_version

PROGRAM = """
import django
from django.conf import settings
from django.test.utils import override_settings

django.setup()
from wagtail_partnerships.cms.delivery.builds import build_id

def renditions():
    pass

with override_settings(WAGTAILIMAGES_EXTENSIONS={"avif", "gif", "jpg", "png", "webp"}, PARTNERSHIPS_BY=renditions):
    print(build_id())
"""


def test_the_language_in_use_does_not_matter(settings: Any) -> None:
    found = set()
    for language in ("sv", "en", "de"):
        settings.PARTNERSHIPS_EXPIRING_DAYS = 90
        with translation.override(language):
            found.add(build_id())
    assert len(found) == 1


def test_every_process_names_it_alike() -> None:
    found = set()
    for seed in ("1", "2", "3"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        found.add(subprocess.check_output([sys.executable, "-c", PROGRAM], env=environment, text=True))
    assert len(found) == 1


def test_a_deployment_is_told_and_leaves_no_old_copy(
    client: Client, committed_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer_by(build: str) -> None:
        for module in (introduction, keys):
            monkeypatch.setattr(module, "build_id", lambda: build)

    def begin(build: str) -> None:
        monkeypatch.setattr(introduction, "_introduced", set())
        answer_by(build)

    before = str(current_version())
    begin("old")
    assert client.get(f"{ROOT}/partners", {"cv": before})["Cache-Control"] == IMMUTABLE
    begin("old")
    assert client.get(f"{ROOT}/partners", {"cv": before})["Cache-Control"] == IMMUTABLE

    begin("new")
    moved = client.get(f"{ROOT}/partners", {"cv": before})
    assert moved.status_code == 307
    assert [item["action"] for item in fetch(client, "/changes", since=before)["items"]] == ["reset"]
    now = str(current_version())
    assert client.get(f"{ROOT}/partners", {"cv": now})["Cache-Control"] == IMMUTABLE

    # A process that has not ended yet answers as it knows, but nobody keeps that.
    answer_by("old")
    assert client.get(f"{ROOT}/partners", {"cv": now})["Cache-Control"] != IMMUTABLE
    assert str(current_version()) == now
