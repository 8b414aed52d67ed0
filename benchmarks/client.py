"""A client that costs next to nothing beside the server: requests written in advance, on one connection kept alive."""

from __future__ import annotations

import re
import socket
from typing import NamedTuple

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_NO_BODY = (204, 304)


class Reply(NamedTuple):
    """What the server answered."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        found = re.search(rb"\r\n" + name.encode() + rb": *([^\r]*)", self.head, re.IGNORECASE)
        return found[1].decode() if found else ""


def get(port: int, path: str, **headers: str) -> bytes:
    """Write a request; ``if_none_match="…"`` becomes the header of that name."""
    lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{port}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


class Connection:
    """One connection, opened anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None

    def fetch(self, request: bytes) -> Reply:
        """Send a request and read the whole answer. Raises OSError if nobody answers."""
        try:
            return self._exchange(request)
        except (ConnectionError, EOFError):
            self.close()
            return self._exchange(request)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _exchange(self, request: bytes) -> Reply:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=120)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        data = self._socket.recv(262_144)
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end], data[end + 4 :]
        status = int(head[9:12])
        if status not in _NO_BODY:
            if _CHUNKED.search(head):
                raise ValueError("The server sends chunks, which this client does not read.")
            found = _LENGTH.search(head)
            length = int(found[1]) if found else 0
            parts, size = [body], len(body)
            while size < length:
                parts.append(self._more())
                size += len(parts[-1])
            body = b"".join(parts)
        if _CLOSES.search(head):
            self.close()
        return Reply(status, head, body)

    def _more(self) -> bytes:
        assert self._socket is not None
        data = self._socket.recv(262_144)
        if not data:
            raise EOFError
        return data
