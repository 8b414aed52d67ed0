"""Installs the tools that only npm has, at the versions that their locks name, into var/node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "var" / "node"
FILES = ("package.json", "package-lock.json")


def installed(name: str) -> Path:
    """Return the folder ``node_modules`` of one of the sets of tools here, installing it first if it is not there.

    Raises:
        RuntimeError: if npm is missing or fails.
    """
    source, folder = HERE / name, FOLDER / name
    stamp = folder / "installed"
    lock = (source / FILES[1]).read_text()
    if not stamp.exists() or stamp.read_text() != lock:
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("Install Node.js with npm first (Debian: apt-get install npm).")
        folder.mkdir(parents=True, exist_ok=True)
        for file in FILES:
            shutil.copy(source / file, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if result.returncode:
            raise RuntimeError(f"npm could not install {name}: {result.stderr[-1000:]}")
        stamp.write_text(lock)
    return folder / "node_modules"
