"""A port that can't be had is told in one sentence, before anything is installed."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def ask_for(port: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-S", "cms/demo/port.py"]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PORT": port}, capture_output=True, text=True, check=False
    )


def test_a_busy_port_is_named_and_another_one_proposed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = ask_for(str(port))

    assert result.returncode == 1
    assert f"Port {port} is taken" in result.stderr
    assert "make demo PORT=" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_port_whose_server_has_just_ended_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

    assert ask_for(str(port)).returncode == 0


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "8000.5", "²"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    result = ask_for(text)

    assert result.returncode == 1
    assert result.stderr.startswith("PORT must be a number")
