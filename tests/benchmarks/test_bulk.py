"""The benchmark's content comes in by the shortest way, and stands as if Wagtail had written it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

import pytest

from benchmarks.bulk import finish_indexes
from benchmarks.content import Loader
from tests.delivery.client import fetch
from wagtail_partnerships.site_pages.models import SearchText
from wagtail_partnerships.site_pages.search_texts import SEARCHED, write_search_texts

ROOT = Path(__file__).resolve().parents[2]


def _references() -> set[tuple[object, ...]]:
    names = [field.attname for field in ReferenceIndex._meta.concrete_fields if not field.primary_key]
    return set(ReferenceIndex.objects.values_list(*names))


def _index() -> set[tuple[object, ...]]:
    names = ["content_type_id", "object_id", "title", "body", "autocomplete"]
    return {tuple(map(str, row)) for row in IndexEntry.objects.values_list(*names)}


def _search_texts() -> set[tuple[object, ...]]:
    return set(SearchText.objects.values_list("model", "object_id", "title", "body"))


@pytest.mark.django_db
def test_what_is_loaded_in_bulk_equals_what_wagtail_rebuilds(django_capture_on_commit_callbacks: Any) -> None:
    # The root of the tree, which a migration writes, is in the index only after a rebuild.
    call_command("update_index", verbosity=0, stdout=StringIO())
    with django_capture_on_commit_callbacks(execute=True):
        Loader(port=80).load(7)
    finish_indexes()

    loaded = _references(), _index(), _search_texts()
    assert all(loaded)
    assert Page.find_problems() == ([], [], [], [], [])
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0, stdout=StringIO())
    for model in SEARCHED:
        write_search_texts(model.objects.all())
    for before, after in zip(loaded, (_references(), _index(), _search_texts()), strict=True):
        assert (before - after, after - before) == (set(), set())
    for page in Page.objects.specific():
        written = page.url_path
        page.set_url_path(page.get_parent())
        assert page.url_path == written


@pytest.mark.django_db
def test_it_is_published_in_two_languages(client: Client) -> None:
    Loader(port=80).load(7)

    assert fetch(client, "/partners", locale="sv")["_meta"]["total"] == 7
    assert fetch(client, "/partners", locale="en")["_meta"]["total"] == 7
    assert fetch(client, "/agreements", locale="sv")["_meta"]["total"] == 14
    # Some exist in Swedish alone.
    assert fetch(client, "/agreements", locale="en")["_meta"]["total"] == 12


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the benchmark serves SQLite, as the demo does")
@pytest.mark.django_db
def test_a_small_benchmark_prints_every_ratio(tmp_path: Path) -> None:
    (tmp_path / "21").mkdir()
    # Not the file alone: what was written last may stand in the log beside it.
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as migrated,
        closing(sqlite3.connect(tmp_path / "21" / "migrated.sqlite3")) as copy,
    ):
        migrated.backup(copy)
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PARTNERS": "21", "ROUNDS": "2"}

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    for part in ("constant bytes", "v2 fields=*", "v2 search", "Memory of the worker", "SQL queries"):
        assert part in done.stdout
