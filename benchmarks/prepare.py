"""Prepares the database of a benchmark in VAR_DIR: `python -m benchmarks.prepare PARTNERS PORT`."""

from __future__ import annotations

import shutil
import sys
import time

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from wagtail_partnerships.cms.demo.serve import collect_static_files

#: The database after all migrations, kept from run to run since they take most of a minute.
MIGRATED = "migrated.sqlite3"


def prepare(partners: int, port: int) -> float:
    """Load so many partners into a fresh database. Returns the seconds that took, the migrations aside."""
    from wagtail_partnerships.cms.delivery.feed import read_feed  # models can't be imported before django.setup()

    from .content import Loader, Site

    database = settings.DATABASES["default"]
    database["NAME"], name = settings.VAR_DIR / MIGRATED, database["NAME"]
    call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()
    del connections["default"]
    shutil.copyfile(settings.VAR_DIR / MIGRATED, name)
    database["NAME"] = name
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    collect_static_files()

    started = time.monotonic()
    Loader(port).load(partners)
    seconds = time.monotonic() - started
    # The first reader of the feed writes down what is public.
    read_feed(Site.objects.get(is_default_site=True), None)
    return seconds


if __name__ == "__main__":
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    django.setup()
    print(f"{prepare(int(sys.argv[1]), int(sys.argv[2])):.1f}")
