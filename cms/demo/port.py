"""Finds the demo's port. Uses the standard library only: make asks before anything is installed."""

import os
import socket
import sys


def find_port() -> int:
    """Return PORT (8000 by default) if it is free on this machine. Exits with one sentence if not."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65_535):
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen()
        except PermissionError:
            sys.exit(f"Port {port} is reserved for the administrator: choose another port: make demo PORT=8123.")
        except OSError:
            sys.exit(f"Port {port} is taken by another program: stop it, or choose another port: make demo PORT=8123.")
    return port


if __name__ == "__main__":
    find_port()
