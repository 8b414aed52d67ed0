"""Counts what answers cost apart from time: `python -m benchmarks.queries < QUESTION`, in VAR_DIR's database.

Reads ``{"host": …, "paths": […]}`` as JSON and writes, for each path, the SQL queries and the calls of Python functions
of an answer that has to be rendered and of one that was kept.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
from collections.abc import Callable

import django
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext


def count(ask: Callable[[], None], forget: Callable[[], None]) -> dict[str, int]:
    """Count the costs of an answer; ``forget`` drops what is kept."""
    ask()  # what lives as long as the process: templates, addresses, labels
    forget()
    costs = {"queries": _queries(ask), "kept_queries": _queries(ask), "kept_calls": _calls(ask)}
    forget()
    return {**costs, "calls": _calls(ask)}


def _queries(ask: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
        return len(connection.queries_log) - captured.initial_queries


def _calls(ask: Callable[[], None]) -> int:
    profile = cProfile.Profile()
    profile.runcall(ask)
    return int(vars(pstats.Stats(profile))["total_calls"])


def main() -> None:
    # Models can't be imported before django.setup().
    from wagtail_partnerships.cms.delivery.store import local_store

    application = get_wsgi_application()
    question = json.load(sys.stdin)

    def asker(path: str) -> Callable[[], None]:
        def ask() -> None:
            environ = RequestFactory().get(path, HTTP_HOST=question["host"]).environ
            statuses: list[str] = []
            response = application(environ, lambda status, _headers: statuses.append(status))
            list(response)
            response.close()
            if statuses != ["200 OK"]:
                raise RuntimeError(f"{path}: {statuses}")

        return ask

    json.dump({path: count(asker(path), local_store.clear) for path in question["paths"]}, sys.stdout)


if __name__ == "__main__":
    django.setup()
    main()
