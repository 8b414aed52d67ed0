from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...roles import set_up_roles


class Command(BaseCommand):
    """Make the groups of authors, editors, translators and agreement officers, and the workflow between them."""

    help = "Makes the groups of the four roles and the workflow from author to editor. Run again, it completes them."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            groups = set_up_roles()
        except LookupError as error:
            raise CommandError(str(error)) from None
        if options["verbosity"]:
            self.stdout.write(f"Groups: {', '.join(group.name for group in groups.values())}.")
