"""The site's settings as tests want them: quick, and apart from whatever else runs on this machine.

DATABASE_URL and REDIS_URL are honoured, so that the same suite runs on PostgreSQL and Redis.
"""

import os
import re
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "a key for tests alone, which protects nothing at all")

from wagtail_partnerships.cms.settings import *
from wagtail_partnerships.cms.settings import CACHES, DATABASES, STORAGES

# Hashed names ask for a collectstatic first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = tempfile.mkdtemp(prefix="partnerships-media-")
STATIC_ROOT = None
FOLDERS_OF_ONE_RUN = [MEDIA_ROOT]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since threads share the one connection of a database in memory, and two requests at once would write into
    # each other's transaction. TEST_DATABASE_DIR keeps it where `pytest --reuse-db` finds it the next time.
    folder = os.environ.get("TEST_DATABASE_DIR")
    if not folder:
        folder = tempfile.mkdtemp(prefix="partnerships-database-")
        FOLDERS_OF_ONE_RUN.append(folder)
    DATABASES["default"]["TEST"] = {"NAME": str(Path(folder, "test.sqlite3"))}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    # A test database needn't survive a power cut, and waiting for the disk at each commit takes most of a run's time.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}

if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # Clearing Django's Redis cache empties the whole Redis database, so each parallel worker has one of its own.
    worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
    CACHES["default"]["LOCATION"] = re.sub(
        r"(?:/(\d+))?$", lambda found: f"/{int(found[1] or 0) + worker}", CACHES["default"]["LOCATION"], count=1
    )
