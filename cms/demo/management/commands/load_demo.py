from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from ...loading import DemoLoader
from ...site import OccupiedError


@contextmanager
def _silence(level: int) -> Iterator[None]:
    before = logging.root.manager.disable
    logging.disable(level)
    try:
        yield
    finally:
        logging.disable(before)


class Command(BaseCommand):
    """Load the demo content. Run again, it completes what is missing and leaves alone what was loaded before."""

    help = "Loads the demo content in Swedish and English. Run again, it keeps what was edited and duplicates nothing."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        self._require_migrations()
        started = time.monotonic()
        try:
            # Wagtail logs every page, revision and index task that it writes: some hundred lines.
            with _silence(logging.INFO if options["verbosity"] < 2 else logging.NOTSET):
                report = DemoLoader(timezone.localdate()).load()
        except OccupiedError:
            raise CommandError(
                "This site has pages already. Load the demo content into a fresh database: DATABASE_URL names another."
            ) from None
        except LookupError as error:
            raise CommandError(str(error)) from None
        if options["verbosity"] == 0:
            return
        seconds = time.monotonic() - started
        self.stdout.write(f"Demo content: {report.loaded} loaded, {report.kept} kept as they are, in {seconds:.0f} s.")
        for language, url in sorted(report.addresses.items(), reverse=True):
            self.stdout.write(f"{language}: {url}")

    def _require_migrations(self) -> None:
        """Raise CommandError if the database lacks tables that the content needs."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(f"The database “{DEFAULT_DB_ALIAS}” is not up to date: run manage.py migrate first.")
