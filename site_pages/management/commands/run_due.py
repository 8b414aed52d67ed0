"""`manage.py run_due`: does whatever is due now. Call it once a minute, from cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...due import only_run, run_due_tasks


class Command(BaseCommand):
    help = "Publish and expire what is due, and run the other tasks that wait for their time. Safe to call at any time."

    def handle(self, **options: Any) -> None:
        with only_run() as alone:
            if not alone:
                self.stdout.write("Another run is under way; nothing was done.")
                return
            failed = run_due_tasks()
        if failed:
            raise CommandError(f"These tasks failed: {', '.join(failed)}. The log tells why; the next run tries again.")
