"""What every test has: a clean cache, and markers that skip what this run has no service for."""

import logging
import shutil
import traceback
from collections.abc import Iterator
from unittest import mock

from django.conf import settings
from django.core.cache import cache
from django.db import connection

import pytest

from wagtail_partnerships.cms.delivery import introduction

pytest_plugins = ["tests.fixtures"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL, named by DATABASE_URL")
    if item.get_closest_marker("redis") and not settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        pytest.skip("needs Redis, named by REDIS_URL")


def pytest_unconfigure() -> None:
    for folder in settings.FOLDERS_OF_ONE_RUN:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def quick_flush() -> Iterator[None]:
    """Empty PostgreSQL's tables after a test with transactions by DELETE.

    TRUNCATE makes new files for each of our 120 tables and waits for the disk, which takes two seconds for a few rows.
    """
    if connection.vendor != "postgresql":
        yield
        return

    def delete(style: object, tables: list[str], **_options: object) -> list[str]:
        # References are checked at the commit, so that the order does not matter.
        return ["; ".join(f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables)] if tables else []

    with mock.patch.object(type(connection.ops), "sql_flush", staticmethod(delete)):
        yield


@pytest.fixture(autouse=True)
def known_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test's version move because its process answers for the first time."""
    monkeypatch.setattr(introduction, "_introduced", {"known"})


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """Locales, sites and responses are cached across tests otherwise, and a rolled-back test leaves them behind."""
    cache.clear()
    yield
    cache.clear()


#: A write that one of these runs is the product's own; a test may prepare its rows as it likes.
RUNNERS = ("django/core/handlers/base.py", "django/core/management/base.py")


@pytest.fixture(autouse=True)
def whole_writes() -> Iterator[None]:
    """Fail a test in which a view or a command writes what readers see outside of a transaction.

    A process killed between such a write and its mark would leave readers with an old answer for ever.
    """
    found: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if any(frame.filename.endswith(RUNNERS) for frame in traceback.extract_stack()):
                found.append(record.getMessage())

    logger, handler = logging.getLogger("wagtail_partnerships.cms.delivery.marks"), Collect()
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    assert found == []
