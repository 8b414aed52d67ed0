"""Makes the virtual environment that the Makefile uses, from a lock file with hashes.

    python requirements/install.py var/venv demo

An environment whose stamp fits is left alone, which takes no time. One that was interrupted, moved, or made from
another lock or Python is made anew. Uses the standard library only, since it runs before anything is installed.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED_MEGABYTES = {"demo": 500, "dev": 1000}


def fingerprints(lock: Path) -> tuple[str, str]:
    """What an environment depends on: the lock, this Python and the checkout's place; and, apart, our own package."""
    environment = hashlib.sha256(f"{sys.version} {ROOT}".encode() + lock.read_bytes())
    return environment.hexdigest(), hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def check_space(folder: Path, megabytes: int) -> None:
    free = shutil.disk_usage(folder).free // 2**20
    if free < megabytes:
        sys.exit(f"{folder} has {free} MB free, and the packages need {megabytes} MB: make room and try again.")


def pip(folder: Path, *arguments: str) -> None:
    """Run pip in the environment, its output in install.log. Exits with a sentence if it fails."""
    log = folder / "install.log"
    with log.open("ab") as output:
        result = subprocess.run(
            [folder / "bin" / "python", "-m", "pip", "install", "--quiet", *arguments],
            cwd=ROOT,
            env={**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode:
        text = log.read_text(errors="replace")
        if "No space left on device" in text:
            sys.exit(f"The disk of {folder} is full: make room and try again.")
        reasons = [line.strip() for line in text.splitlines() if line.strip().lower().startswith("error:")]
        reason = (reasons or ["pip failed"])[-1]
        sys.exit(f"The packages could not be installed ({reason}): see {log}, and run the same command again.")


def link_packages() -> None:
    """Link var/lib/wagtail_partnerships to the checkout: mypy and import-linter don't follow an editable install."""
    link = ROOT / "var" / "lib" / "wagtail_partnerships"
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(Path("..", ".."))


def starts(folder: Path) -> bool:
    python = folder / "bin" / "python"
    return python.exists() and not subprocess.run([python, "-c", ""], check=False, stderr=subprocess.DEVNULL).returncode


def install(folder: Path, name: str) -> None:
    """Bring the environment in `folder` to what requirements/<name>.txt says."""
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = folder / f"{name}.stamp"
    environment, package = fingerprints(lock)
    stamps = {file: file.read_text().split() for file in folder.glob("*.stamp")} if starts(folder) else {}
    if stamps.get(stamp) == [environment, package]:
        return
    # The stamps are this script's promise that an installation came to its end. They are gone while one runs, so that
    # an interrupted one is begun anew: pip takes a half-copied package for an installed one.
    for file in folder.glob("*.stamp"):
        file.unlink()
    if stamps.get(stamp, [""])[0] != environment:
        check_space(folder.parent, NEEDED_MEGABYTES[name])
        print(f"Installing requirements/{name}.txt into {os.path.relpath(folder)}; this happens once.", flush=True)
        if not stamps or stamp in stamps:
            stamps = {}
            venv.create(folder, clear=True, with_pip=True, symlinks=True)
        # The lock is complete. Left to resolve it again, older pips take the newest release of what is asked for with
        # an extra ("coverage[toml]"), and then miss its hash: https://github.com/pypa/pip/issues/9644
        pip(folder, "--no-deps", "--require-hashes", "--only-binary=:all:", "--requirement", str(lock))
    pip(folder, "--no-deps", "--no-build-isolation", "--editable", ".")
    for file, (known, _) in (stamps | {stamp: [environment, package]}).items():
        file.write_text(f"{known}\n{package}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("name", choices=sorted(NEEDED_MEGABYTES))
    options = parser.parse_args()
    folder = options.folder.resolve()
    # subprocess.run() ends its child on an exception; the default handler would leave pip writing into the folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped; the next call begins again."))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder.with_name(f"{folder.name}.lock").open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            install(folder, options.name)
            link_packages()
    except subprocess.CalledProcessError as error:
        sys.exit(f"The virtual environment in {folder} could not be made ({error}): run the same command again.")
    except OSError as error:
        sys.exit(f"{error.filename or folder}: {error.strerror}.")
    except KeyboardInterrupt:
        sys.exit("Interrupted; the next call begins again.")


if __name__ == "__main__":
    main()
