"""The search for a Python: the newest that really starts, or one sentence that says what to do."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLD = """#!/bin/sh
case "$*" in
  --version) echo Python 3.9.2;;
  *version_info*) exit 1;;
esac
"""
WITHOUT_VENV = """#!/bin/sh
case "$*" in *ensurepip*) exit 1;; esac
"""
SOUND = """#!/bin/sh
"""
SHIM = """#!/bin/sh
echo "command not found" >&2
exit 127
"""


def find(folder: Path, pythons: dict[str, str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the search where only `pythons`, a name and a script each, stand on the PATH."""
    for name, script in pythons.items():
        path = folder / name
        path.write_text(script)
        path.chmod(0o755)
    environment = {"PATH": str(folder), **variables}
    command = ["/bin/sh", str(ROOT / "requirements" / "python")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_newest_python_that_starts_is_taken(tmp_path: Path) -> None:
    result = find(tmp_path, {"python3.14": SHIM, "python3.13": SOUND, "python3.11": SOUND})

    assert (result.returncode, result.stdout) == (0, "python3.13\n")


def test_a_named_python_is_the_only_one_asked(tmp_path: Path) -> None:
    result = find(tmp_path, {"python3.13": SOUND, "mine": SOUND}, PYTHON="mine")

    assert result.stdout == "mine\n"


@pytest.mark.parametrize(
    ("pythons", "words"),
    [
        ({}, "none that starts was found"),
        ({"python3.13": SHIM, "python3": SHIM}, "none that starts was found"),
        ({"python3": OLD}, "Python 3.9.2"),
        ({"python3.12": WITHOUT_VENV, "python3": OLD}, "python3-venv"),
    ],
)
def test_without_a_fitting_python_one_sentence_says_what_to_do(
    tmp_path: Path, pythons: dict[str, str], words: str
) -> None:
    result = find(tmp_path, pythons)

    assert result.returncode == 1
    assert not result.stdout
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
