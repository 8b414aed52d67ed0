"""What besides the content decides how an answer reads: the code, the templates and the settings of this deployment."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.signals import setting_changed
from django.utils import translation

#: Kinds of files that answers are rendered by.
SUFFIXES = frozenset({".html", ".json", ".mo", ".py"})
#: Settings that answers depend on, by the start of their names. Addresses of images are signed with the secret key.
SETTINGS = (
    "DEBUG",
    "FORCE_SCRIPT_NAME",
    "LANGUAGE",
    "MEDIA_URL",
    "PARTNERSHIPS_",
    "SECRET_KEY",
    "STATIC_URL",
    "TIME_ZONE",
    "USE_",
    "WAGTAIL",
)


@functools.cache
def build_id() -> str:
    """Return what tells this deployment's answers from those of another, which may share its cache.

    ``PARTNERSHIPS_BUILD_ID`` (a commit, say) saves reading the project's own code and templates once at start.
    """
    digest = hashlib.sha256()
    digest.update(json.dumps([version("django"), version("wagtail"), version("wagtail-localize")]).encode())
    # Names of languages are translated late: untranslated, they don't depend on whose request came first.
    with translation.override(None):
        digest.update(json.dumps(_settings(), sort_keys=True, default=_plain).encode())
    build = getattr(settings, "PARTNERSHIPS_BUILD_ID", "")
    digest.update(build.encode() if build else _digest_of_files())
    return digest.hexdigest()[:16]


def _settings() -> dict[str, Any]:
    return {name: getattr(settings, name) for name in dir(settings) if name.startswith(SETTINGS)}


def _plain(value: object) -> object:
    """Write what JSON has no word for as every process does: a set in one order, an object without its place."""
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return re.sub(r" at 0x[0-9A-Fa-f]+", "", str(value))


def _digest_of_files() -> bytes:
    package = Path(apps.get_app_config("partnerships_delivery").path).parents[1]
    folders = {Path(config.path) for config in apps.get_app_configs()}
    folders = {folder for folder in folders if "site-packages" not in folder.parts or package in folder.parents}
    folders |= {package / "templates"}
    folders |= {Path(folder) for engine in settings.TEMPLATES for folder in engine.get("DIRS", [])}
    digest = hashlib.sha256()
    for folder in sorted(folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                digest.update(path.read_bytes())
    return digest.digest()


def _forget(**_kwargs: Any) -> None:
    build_id.cache_clear()


setting_changed.connect(_forget, dispatch_uid="partnerships_delivery")
