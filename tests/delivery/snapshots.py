"""The whole database as it was: cheaper by far to put back than to flush and to fill anew."""

from __future__ import annotations

import sqlite3

from django.db import connection, transaction


class Snapshot:
    """What stands in the database now; nobody else may be connected when it is put back."""

    def __init__(self) -> None:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self._copy = sqlite3.connect(":memory:")
            connection.connection.backup(self._copy)
            return
        self._rows: dict[str, bytes] = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                    self._rows[table] = b"".join(bytes(row) for row in rows)

    def restore(self) -> None:
        if connection.vendor == "sqlite":
            self._copy.backup(connection.connection)
            return
        # Django's foreign keys are checked at the commit, so that the order of the tables is no matter.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(connection.ops.quote_name(table) for table in self._rows)}")
            for table, rows in self._rows.items():
                with cursor.cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
