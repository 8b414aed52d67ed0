"""What names a deployment's answers: it is the same in each of its processes, whatever that has done before."""

import os
import subprocess
import sys
from typing import Any

from django.utils import translation

from wagtail_partnerships.cms.delivery.builds import build_id

PROGRAM = """
import django
from django.conf import settings
from django.test.utils import override_settings

django.setup()
from wagtail_partnerships.cms.delivery.builds import build_id

def renditions():
    pass

with override_settings(WAGTAILIMAGES_EXTENSIONS={"avif", "gif", "jpg", "png", "webp"}, PARTNERSHIPS_BY=renditions):
    print(build_id())
"""


def test_the_language_in_use_does_not_matter(settings: Any) -> None:
    found = set()
    for language in ("sv", "en", "de"):
        settings.PARTNERSHIPS_EXPIRING_DAYS = 90
        with translation.override(language):
            found.add(build_id())
    assert len(found) == 1


def test_every_process_names_it_alike() -> None:
    found = set()
    for seed in ("1", "2", "3"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        found.add(subprocess.check_output([sys.executable, "-c", PROGRAM], env=environment, text=True))
    assert len(found) == 1
