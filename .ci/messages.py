"""Collects the texts to translate into each app's catalogue, or with --check tells what a catalogue lacks.

Needs gettext's xgettext, msgmerge and msguniq. Running the site does not: the compiled catalogues are committed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "sv"
# The folders whose texts go into an app's catalogue: visitors' templates are installed inside of site_pages.
SOURCES = {"snippets": [], "site_pages": ["templates"], "cms/delivery": [], "cms/demo": []}


def collect(app: str, stage: Path) -> polib.POFile:
    """Run makemessages on a copy of the app, so that checking changes nothing."""
    shutil.copytree(ROOT / app, stage, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in SOURCES[app]:
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, stage / folder, dirs_exist_ok=True)
    (stage / "locale").mkdir(exist_ok=True)
    subprocess.run(
        [
            *(sys.executable, "-m", "django", "makemessages", "--locale", LANGUAGE, "--verbosity", "0"),
            *("--no-obsolete", "--no-wrap", "--add-location", "file"),
        ],
        cwd=stage,
        check=True,
    )
    path = stage / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile()


def texts(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    return {
        (entry.msgctxt or "", entry.msgid): (entry.msgstr, tuple(entry.msgstr_plural.values())) for entry in catalogue
    }


def find_faults(folder: Path, collected: polib.POFile) -> list[str]:
    """Say what the committed catalogue in `folder` lacks, in lines for a person."""
    committed, compiled = folder / "django.po", folder / "django.mo"
    if not collected:
        return []
    if not committed.exists() or not compiled.exists():
        return [f"{len(collected)} texts and no catalogue"]
    catalogue = polib.pofile(str(committed))
    faults = [f"not collected: {context or text!r}" for context, text in texts(collected).keys() - texts(catalogue)]
    faults += [f"not translated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    faults += [f"fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    if texts(polib.mofile(str(compiled))) != {key: value for key, value in texts(catalogue).items() if any(value)}:
        faults.append("django.mo is not what django.po compiles to")
    return faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a catalogue is not complete")
    check = parser.parse_args().check
    missing = [tool for tool in ("xgettext", "msgmerge", "msguniq") if not shutil.which(tool)]
    if missing:
        sys.exit(f"Collecting texts needs gettext, which provides {', '.join(missing)}: install it and try again.")
    faults: list[str] = []
    for app in SOURCES:
        if not (ROOT / app).is_dir():
            continue
        folder = ROOT / app / "locale" / LANGUAGE / "LC_MESSAGES"
        with tempfile.TemporaryDirectory() as temporary:
            collected = collect(app, Path(temporary, "app"))
        if check:
            faults += [f"{app}: {fault}" for fault in find_faults(folder, collected)]
        elif collected:
            folder.mkdir(parents=True, exist_ok=True)
            collected.save(str(folder / "django.po"))
            collected.save_as_mofile(str(folder / "django.mo"))
            print(f"{app}: {len(collected)} texts, {len(collected.untranslated_entries())} not translated")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
