"""Posts one message: to a checked address, within a stated time, and without following any redirect."""

from __future__ import annotations

import http.client
import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult

from .targets import PORTS, RefusedTargetError, check_url, resolve

logger = logging.getLogger(__name__)

#: Seconds that connecting may take, and a whole attempt from the first byte to the last.
CONNECT_SECONDS = 5.0
ATTEMPT_SECONDS = 10.0
#: How much of an answer is read; the rest is left unread.
ANSWER_BYTES = 1024


@dataclass(frozen=True)
class Outcome:
    """How an attempt went: the status and the first bytes of the answer, or none and why."""

    status_code: int | None
    answer: str
    seconds: float

    @property
    def is_success(self) -> bool:
        return self.status_code is not None and 200 <= self.status_code < 300


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Post a body; whatever goes wrong is told in the outcome, and nothing is raised."""
    begun = time.monotonic()
    try:
        parts = check_url(url)
        status, answer = _exchange(parts, resolve(parts), body, headers)
    except RefusedTargetError as error:
        # Whoever looks at it later may read another language.
        refusal = json.dumps({"reason": error.reason, "host": error.host})
        return Outcome(None, refusal, time.monotonic() - begun)
    except (OSError, http.client.HTTPException, ValueError) as error:
        seconds = time.monotonic() - begun
        if seconds >= ATTEMPT_SECONDS:
            return Outcome(None, f"No answer within {ATTEMPT_SECONDS:.0f} seconds.", seconds)
        return Outcome(None, f"{type(error).__name__}: {error}"[:ANSWER_BYTES], seconds)
    # Databases take no NUL in a text.
    return Outcome(status, answer.decode("utf-8", "replace").replace("\x00", "�"), time.monotonic() - begun)


def _exchange(parts: SplitResult, addresses: list[str], body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    is_over = threading.Event()
    connection = _connection(parts, addresses, is_over)
    # Timeouts of sockets begin anew with each byte; this ends the attempt whatever trickles in.
    timer = threading.Timer(ATTEMPT_SECONDS, _break_off, [connection, is_over])
    timer.daemon = True
    timer.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body=body, headers=dict(headers))
        with connection.getresponse() as response:
            answer = response.read(ANSWER_BYTES)
        if is_over.is_set():
            # What came until then looks like a short answer.
            raise TimeoutError
        return response.status, answer
    finally:
        timer.cancel()
        connection.close()


def _break_off(connection: _PlainConnection, is_over: threading.Event) -> None:
    is_over.set()
    if connection.line is not None:
        try:
            connection.line.shutdown(socket.SHUT_RDWR)
        except OSError:
            logger.debug("The connection had ended by itself")


def _connection(parts: SplitResult, addresses: list[str], is_over: threading.Event) -> _PlainConnection:
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    if parts.scheme == "https":
        return _SecureConnection(host, port, addresses, is_over)
    return _PlainConnection(host, port, addresses, is_over)


class _PlainConnection(http.client.HTTPConnection):
    """Connects to the first address that answers; the name is not asked for again, and so can't change its mind."""

    def __init__(self, host: str, port: int, addresses: list[str], is_over: threading.Event) -> None:
        super().__init__(host, port, timeout=ATTEMPT_SECONDS)
        self._addresses = addresses
        self._is_over = is_over
        #: The socket itself: `sock` is None as soon as an answer has begun that ends with the connection.
        self.line: socket.socket | None = None

    def connect(self) -> None:
        # Two of them leave no time unaccounted for: together they take no longer than a whole attempt.
        *others, last = self._addresses[:2]
        for address in others:
            try:
                self.sock: Any = socket.create_connection((address, self.port), CONNECT_SECONDS)
            except OSError:
                continue
            break
        else:
            self.sock = socket.create_connection((last, self.port), CONNECT_SECONDS)
        self.sock.settimeout(CONNECT_SECONDS)
        self._expose()

    def _expose(self) -> None:
        """Put the socket where the deadline finds it. Raises TimeoutError if that has come already."""
        self.line = self.sock
        if self._is_over.is_set():
            raise TimeoutError


class _SecureConnection(_PlainConnection):
    """Connects to an address, and asks whoever answers there for a certificate of the name."""

    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        # The handshake comes after the socket has its place, where the deadline finds it.
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self._expose()
        self.sock.do_handshake()
