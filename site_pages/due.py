"""Work that falls due as time passes: one registry, run by `manage.py run_due` once a minute, one run at a time.

Wagtail's scheduled publishing is its first task; other apps register theirs in `AppConfig.ready()`.
"""

import fcntl
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction

logger = logging.getLogger(__name__)

# Advisory locks of PostgreSQL are named by a number; this one is ours in every database.
ADVISORY_LOCK = 0x7061_7274_6E65_7273


def publish_scheduled() -> None:
    """Publish and expire the pages and snippets whose time has come, all in one transaction."""
    with transaction.atomic():
        call_command("publish_scheduled", verbosity=0)


_tasks: dict[str, Callable[[], None]] = {"publish_scheduled": publish_scheduled}


def register_due_task(name: str, task: Callable[[], None]) -> None:
    """Have `task` called at every run, after those registered before it.

    It must be idempotent, since a run can be killed at any point and begins anew a minute later, and it sees to its own
    transactions. Raises ImproperlyConfigured if another task has the name.
    """
    if _tasks.setdefault(name, task) is not task:
        raise ImproperlyConfigured(f"Two due tasks are named {name!r}.")


def run_due_tasks() -> list[str]:
    """Call every registered task and return the names of those that failed; a failure doesn't stop the others."""
    failed = []
    for name, task in _tasks.items():
        try:
            task()
        except Exception:
            logger.exception("The due task %s failed and will be tried again at the next run", name)
            failed.append(name)
    return failed


@contextmanager
def file_lock(path: Path) -> Iterator[bool]:
    """Hold the lock on `path` if nobody else does, and say whether we do. It ends with its process."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def advisory_lock() -> Iterator[bool]:
    """Hold PostgreSQL's lock if nobody else does, and say whether we do. It ends with its database session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def only_run() -> AbstractContextManager[bool]:
    """Return a lock that is held while its block lasts, and whose value says whether this is the only run just now."""
    if connection.vendor == "postgresql":
        return advisory_lock()
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite":
        # One run a machine: tasks are idempotent, so that a rare second one elsewhere does no harm.
        return file_lock(Path(tempfile.gettempdir(), f"{name}.run_due.lock"))
    if "memory" in name and (name == ":memory:" or name.startswith("file:")):
        return nullcontext(True)
    return file_lock(Path(f"{name}.run_due.lock"))
