"""Work that falls due: done once, by one run at a time, whatever was killed before."""

import datetime
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from wagtail.models import Page

import pytest

from wagtail_partnerships.site_pages import due
from wagtail_partnerships.site_pages.management.commands import run_due

HOLD = """
import fcntl, sys, time
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """An empty registry for the test's own tasks."""
    registry: dict[str, object] = {}
    monkeypatch.setattr(due, "_tasks", registry)
    return registry


def test_a_scheduled_page_is_published_and_an_expired_one_taken_down(db: None) -> None:
    past = timezone.now() - datetime.timedelta(minutes=1)
    root = Page.get_first_root_node()
    scheduled = root.add_child(title="Tomorrow", slug="tomorrow", live=False)
    scheduled.go_live_at = past
    scheduled.save_revision(approved_go_live_at=past)
    expired = root.add_child(title="Yesterday", slug="yesterday", expire_at=past)

    call_command("run_due")
    call_command("run_due")

    scheduled.refresh_from_db()
    expired.refresh_from_db()
    assert scheduled.live
    assert not expired.live


def test_tasks_run_in_the_order_they_were_registered(db: None, tasks: dict[str, object]) -> None:
    seen: list[str] = []
    due.register_due_task("first", lambda: seen.append("first"))
    due.register_due_task("second", lambda: seen.append("second"))

    call_command("run_due")

    assert seen == ["first", "second"]


def test_a_failing_task_is_named_and_stops_no_other(
    db: None, tasks: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []
    due.register_due_task("broken", lambda: seen[0].upper() and None)
    due.register_due_task("sound", lambda: seen.append("sound"))

    with pytest.raises(CommandError, match="broken"):
        call_command("run_due")

    assert seen == ["sound"]
    assert "IndexError" in caplog.text


def test_a_name_belongs_to_one_task(tasks: dict[str, object]) -> None:
    def task() -> None: ...

    due.register_due_task("mine", task)
    due.register_due_task("mine", task)
    with pytest.raises(ImproperlyConfigured, match="mine"):
        due.register_due_task("mine", lambda: None)


def test_a_lock_file_is_free_again_after_its_holder_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with due.file_lock(path) as held:
        assert not held

    holder.send_signal(signal.SIGKILL)
    holder.communicate()

    with due.file_lock(path) as held:
        assert held


def test_a_second_run_does_nothing(
    db: None, tasks: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    monkeypatch.setattr(run_due, "only_run", lambda: due.file_lock(path))
    due.register_due_task("never", lambda: pytest.fail("ran beside another run"))
    output = StringIO()

    with due.file_lock(path):
        call_command("run_due", stdout=output)

    assert "Another run is under way" in output.getvalue()


@pytest.mark.postgres
def test_postgresqls_lock_is_free_again_after_its_session_ended(db: None) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [due.ADVISORY_LOCK])
    with due.only_run() as held:
        assert not held

    other.close()

    # The server notices the closed session a moment later.
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with due.only_run() as held:
            if held:
                return
        time.sleep(0.05)
    pytest.fail("the lock outlived its session")
