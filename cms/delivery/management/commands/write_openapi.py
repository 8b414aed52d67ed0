from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

import orjson

from ...views import openapi_document


class Command(BaseCommand):
    """Writes the API's contract to a file, to be committed and compared."""

    help = "Write the delivery API's OpenAPI document to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", default="docs/openapi.json")

    def handle(self, *args: Any, **options: Any) -> None:
        layout = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        Path(options["path"]).write_bytes(orjson.dumps(openapi_document(), option=layout))
