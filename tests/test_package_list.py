"""What is installed: pyproject.toml names every package, and a forgotten one would be missing from the wheel."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_every_package_folder_is_listed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    folders = {
        "wagtail_partnerships." + ".".join(path.parent.relative_to(ROOT).parts)
        for floor in ("cms", "site_pages", "snippets")
        for path in (ROOT / floor).rglob("__init__.py")
    }

    assert set(listed) - {"wagtail_partnerships.site_pages.templates"} == folders
    assert len(listed) == len(set(listed))
