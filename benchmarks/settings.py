"""The site's own settings, with a view more and, for what is measured cold, without any answer kept."""

import os

from wagtail_partnerships.cms.settings import *
from wagtail_partnerships.cms.settings import BASE_DIR

ROOT_URLCONF = "benchmarks.urls"
# The same files as the demo's: collecting them takes longer than a small benchmark.
STATIC_ROOT = BASE_DIR / "var" / "static"
if os.environ.get("BENCHMARK_KEEPS") == "nothing":
    PARTNERSHIPS_CACHE_ENTRIES = 0
