"""What `make demo` tells gunicorn beside its arguments."""

import signal
from typing import Any


def post_worker_init(worker: Any) -> None:
    """Leave Ctrl-C to the server, which ends its worker: one that is told by the terminal too hangs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
