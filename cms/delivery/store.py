"""Where rendered answers are kept: in this process, and behind that in the project's shared cache if it has one.

A key names the exact content that an answer shows, so an entry is never wrong and never purged: what nobody asks for
any more falls out as new ones come.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache

#: What the bounds are unless settings of the same names, with ``PARTNERSHIPS_`` before them, say otherwise.
CACHE_ENTRIES = 2_000
CACHE_BYTES = 64 * 1024 * 1024
#: Seconds after which the shared cache may forget an answer; the version moves on long before, as a rule.
SHARED_SECONDS = 24 * 60 * 60
#: A share of all bytes that no single answer may exceed.
LARGEST_SHARE = 8


class Answer(NamedTuple):
    """A response as it is kept: always 200."""

    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + 500


class LocalStore:
    """Answers in this process's memory: the least recently used go first, beyond so many entries or so many bytes."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def bytes(self) -> int:
        """How many bytes the answers take, about."""
        return self._bytes

    def get(self, key: str) -> Answer | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def set(self, key: str, answer: Answer) -> None:
        most_entries, most_bytes = bounds()
        with self._lock:
            known = self._answers.pop(key, None)
            if known is not None:
                self._bytes -= known.size
            self._answers[key] = answer
            self._bytes += answer.size
            while self._answers and (len(self._answers) > most_entries or self._bytes > most_bytes):
                _key, oldest = self._answers.popitem(last=False)
                self._bytes -= oldest.size

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
            self._bytes = 0


def bounds() -> tuple[int, int]:
    """Return how many answers and how many bytes of them are kept in a process."""
    return (
        int(getattr(settings, "PARTNERSHIPS_CACHE_ENTRIES", CACHE_ENTRIES)),
        int(getattr(settings, "PARTNERSHIPS_CACHE_BYTES", CACHE_BYTES)),
    )


local_store = LocalStore()


def _shared_cache() -> BaseCache | None:
    """Return the cache that processes share; None where the project's is this process's own, or none."""
    cache = caches[getattr(settings, "PARTNERSHIPS_CACHE", "default")]
    return None if isinstance(cache, LocMemCache | DummyCache) else cache


def load(key: str) -> Answer | None:
    """Return the answer that is kept under a key."""
    answer = local_store.get(key)
    if answer is None and (cache := _shared_cache()) is not None:
        kept = cache.get(key)
        if kept is not None:
            answer = Answer(*kept)
            local_store.set(key, answer)
    return answer


def keep(key: str, answer: Answer) -> None:
    """Keep an answer, unless it is too large to be worth what it would push out."""
    if answer.size > bounds()[1] // LARGEST_SHARE:
        return
    local_store.set(key, answer)
    if (cache := _shared_cache()) is not None:
        cache.set(key, tuple(answer), SHARED_SECONDS)
