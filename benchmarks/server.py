"""The production server, as the demo starts it: gunicorn with one worker and four threads."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .client import Connection, get

#: Seconds that the server may take to answer for the first time.
PATIENCE = 120
MEGABYTE = 2**20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Worker:
    """The process that answers."""

    pid: int
    port: int

    def cpu_seconds(self) -> float | None:
        """Return how long all its threads have computed; None where the system does not tell (Linux does)."""
        threads = Path(f"/proc/{self.pid}/task")
        try:
            times = [(thread / "schedstat").read_text().split()[0] for thread in threads.iterdir()]
        except (OSError, IndexError):
            return None
        return sum(map(int, times)) / 1e9

    def megabytes(self) -> float:
        """Return how much memory it takes (resident set)."""
        shown = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=True)
        return int(shown.stdout) * 1024 / MEGABYTE


@contextmanager
def served(port: int, var: Path, **environment: str) -> Iterator[Worker]:
    """Serve the database in a folder for as long as the block lasts. Raises RuntimeError if the server fails."""
    pid_file = var / "gunicorn.pid"
    command = [
        *(sys.executable, "-m", "gunicorn", "wagtail_partnerships.cms.wsgi"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
        # Connections are reused, but not while something else is measured.
        *("--keep-alive", "60", "--graceful-timeout", "1", "--log-level", "warning", "--pid", str(pid_file)),
    ]
    server = subprocess.Popen(command, env={**os.environ, "VAR_DIR": str(var), **environment})
    try:
        _wait(port, server)
        yield Worker(_worker_of(server.pid), port)
    finally:
        server.terminate()
        server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("gunicorn did not start.")
        try:
            Connection(port).fetch(get(port, "/delivery/v1/api-info"))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not answer within {PATIENCE} seconds.")


def _worker_of(arbiter: int) -> int:
    shown = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = (line.split() for line in shown.stdout.splitlines())
    return next(int(pid) for pid, parent in pairs if int(parent) == arbiter)
