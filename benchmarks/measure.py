"""Interleaved runs: whatever else the machine does, it does to all contenders alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

from .client import Connection
from .server import Worker


@dataclass
class Contender:
    """Requests to one server that are asked again and again, in turn, and what each of them cost, one value a run."""

    worker: Worker
    requests: Sequence[bytes]
    status: int = 200
    #: Seconds until an answer has arrived.
    seconds: list[float] = field(default_factory=list)
    #: Seconds that the server's process computed for an answer, which others on the machine disturb less.
    cpu_seconds: list[float] = field(default_factory=list)
    #: Bytes of the last body.
    size: int = 0

    def __post_init__(self) -> None:
        self._next = cycle(self.requests)
        self._connection = Connection(self.worker.port)

    def ask(self) -> None:
        reply = self._connection.fetch(next(self._next))
        if reply.status != self.status:
            raise RuntimeError(f"{reply.status} instead of {self.status}: {reply.head[:200]!r} {reply.body[:500]!r}")
        self.size = len(reply.body)

    def run(self, seconds: float) -> None:
        """Ask for so long, and once at least."""
        cpu, started, asked = self.worker.cpu_seconds(), time.perf_counter(), 0
        while True:
            self.ask()
            asked += 1
            now = time.perf_counter()
            if now - started >= seconds:
                break
        self.seconds.append((now - started) / asked)
        after = self.worker.cpu_seconds()
        if cpu is not None and after is not None:
            self.cpu_seconds.append((after - cpu) / asked)

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True)
class Ratio:
    """How many times as fast one contender was as another: the median of all rounds, and the middle half of them."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        digits = 2 if self.median < 10 else 1 if self.median < 100 else 0
        return f"{self.median:.{digits}f} ({self.low:.{digits}f}–{self.high:.{digits}f})"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio | None:
    """Compare what each round cost; None if nothing was measured."""
    values = [their / our for our, their in zip(ours, theirs, strict=True) if our]
    if not values:
        return None
    low, median, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Ratio(median, low, high)


def interleave(contenders: Sequence[Contender], rounds: int, seconds: float) -> None:
    """Run all in turn, each for so many seconds, back and forth so that nobody always follows the same neighbour."""
    for contender in contenders:
        contender.ask()
        contender.ask()
    for number in range(rounds):
        for contender in contenders if number % 2 == 0 else list(reversed(contenders)):
            contender.run(seconds)
    for contender in contenders:
        contender.close()
