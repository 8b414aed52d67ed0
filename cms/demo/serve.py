"""What `make demo` runs: prepares var/, serves the site with gunicorn, and calls `run_due` every minute beside it.

Whatever goes wrong on the way ends with one sentence and an exit code that is not 0.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, close_old_connections, connections

from .port import find_port

NEEDED_MEGABYTES = 100
SECONDS_BETWEEN_RUNS = 60
SHOWN_SLUG = "lansstyrelsen-vastmanland"
DOCS_PATH = "/delivery/v1/docs"


def check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free // 2**20
    if free < NEEDED_MEGABYTES:
        sys.exit(f"{folder} has {free} MB free, and the demo needs {NEEDED_MEGABYTES} MB: make room and try again.")


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold `lock`, so that two demos that start at once don't prepare the same folder together."""
    with lock.open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        yield


def collect_static_files() -> None:
    """Run collectstatic if a static file has come, gone or changed: hashing and compressing them all takes seconds."""
    # Django's finders read the app registry, which is empty when this module is imported.
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {Path(storage.path(name)).stat().st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT, ".collected")
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest.hexdigest())


def prepare_login(kept: Path) -> str:
    """Make the superuser `admin` and return what to print as the password.

    DEMO_PASSWORD sets it at every call. Without it, a generated one is kept in `kept` (mode 600), and one that was
    changed in the admin since then stays as it is.
    """
    from django.contrib.auth import get_user_model  # models can't be imported before django.setup()

    users = get_user_model()
    given = os.environ.get("DEMO_PASSWORD")
    admin = users.objects.filter(username="admin").first()
    if given:
        kept.unlink(missing_ok=True)
        password = given
    elif admin is None:
        password = secrets.token_urlsafe(12)
        kept.touch(mode=0o600)
        kept.write_text(password)
    else:
        known = kept.read_text().strip() if kept.exists() else ""
        return known if known and admin.check_password(known) else "(unchanged: the one that was set before)"
    if admin is None:
        users.objects.create_superuser("admin", "admin@localhost", password)
    elif not admin.check_password(password):
        admin.set_password(password)
        admin.save()
    return f"{password} (from DEMO_PASSWORD)" if given else password


def prepare_roles(kept: Path) -> list[str]:
    """Make the groups, the workflow and a user for each role; return the names of those who have the demo's password.

    The password is DEMO_PASSWORD, or the one in `kept`. One that was changed in the admin gives way to DEMO_PASSWORD
    only.
    """
    # Models can't be imported before django.setup().
    from django.contrib.auth import get_user_model

    from ...site_pages.roles import AUTHOR, EDITOR, OFFICER, TRANSLATOR, set_up_roles

    given = os.environ.get("DEMO_PASSWORD")
    password = given or (kept.read_text().strip() if kept.exists() else "")
    users, groups, found = get_user_model().objects, set_up_roles(), []
    for name, role in (("author", AUTHOR), ("editor", EDITOR), ("translator", TRANSLATOR), ("officer", OFFICER)):
        user = users.filter(username=name).first()
        if user is None and password:
            named = {"first_name": "Demo", "last_name": name.capitalize()}
            user = users.create_user(name, f"{name}@example.com", password, **named)
            user.groups.add(groups[role])
        elif user is not None and given and not user.check_password(given):
            user.set_password(given)
            user.save()
        if user is not None and password and user.check_password(password):
            found.append(name)
    return found


def prepare() -> tuple[str, list[str]]:
    """Bring database, content, logins and static files to where they should be.

    Returns the password to print, and the users beside the superuser who have it too.
    """
    with alone(settings.VAR_DIR / "demo.lock"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_demo")
        kept = settings.VAR_DIR / "demo_password"
        password = prepare_login(kept)
        users = prepare_roles(kept)
        collect_static_files()
    return password, users


def list_addresses(site: str) -> dict[str, str]:
    from django.utils.translation import get_language_info

    from wagtail.models import Page  # models can't be imported before django.setup()

    pages = Page.objects.filter(slug=SHOWN_SLUG, live=True, locale__language_code__in=dict(settings.LANGUAGES))
    addresses = {}
    for page in pages.order_by("locale_id").select_related("locale"):
        if parts := page.get_url_parts():
            language = get_language_info(page.locale.language_code)["name"]
            addresses[f"{language} page"] = f"{site}{parts[2]}"
    return addresses | {"Admin": f"{site}/admin/", "API docs": f"{site}{DOCS_PATH}"}


def wait_until_served(site: str, server: int) -> bool:
    """Ask the site until it answers anything at all. False if the server is gone or a minute has passed."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and os.getppid() == server:
        try:
            urllib.request.urlopen(f"{site}/admin/login/", timeout=60).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def run_due_until_the_server_ends(server: int) -> None:
    """Call `run_due` every minute for as long as the parent process, the server, lives."""
    due = time.monotonic()
    while os.getppid() == server:
        if time.monotonic() >= due:
            due = time.monotonic() + SECONDS_BETWEEN_RUNS
            close_old_connections()
            try:
                call_command("run_due", verbosity=0)
            except Exception as error:  # whatever it is: the next minute tries again, and the site stays up
                print(f"run_due failed and will be tried again in a minute: {error!r}", file=sys.stderr, flush=True)
        time.sleep(0.5)


def beside_the_server(server: int, site: str, banner: str) -> None:
    """The second process: tells where the site is once it answers, then keeps its clock."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if wait_until_served(site, server):
        print(banner, flush=True)
    run_due_until_the_server_ends(server)


def main() -> None:
    port = find_port()
    site = f"http://localhost:{port}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wagtail_partnerships.cms.settings")
    os.environ.setdefault("BASE_URL", site)
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("REMINDER_FALLBACK", "agreements@example.com")
    try:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        check_space(settings.VAR_DIR)
        django.setup()
        password, users = prepare()
        addresses = list_addresses(site)
    except (ImproperlyConfigured, CommandError, DatabaseError) as error:
        sys.exit(f"The demo can't start: {error}")
    except OSError as error:
        sys.exit(f"The demo can't start: {error.strerror}: {error.filename}.")
    lines = [*addresses.items(), ("Login", f"admin, password {password}")]
    if users:
        lines.append(("Roles", f"{', '.join(users)}: each with the same password"))
    banner = "\n".join(["", *(f"  {name + ':':<14} {value}" for name, value in lines), "", "Ctrl-C stops it."])
    connections.close_all()

    # This process becomes the server, so that whoever started it stops the server itself; the clock, its child, ends
    # when it sees another parent, even if the server was killed without a chance to say so.
    server = os.getpid()
    if os.fork() == 0:
        beside_the_server(server, site, banner)
        os._exit(0)
    gunicorn = [
        *(sys.executable, "-m", "gunicorn", "wagtail_partnerships.cms.wsgi"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
        # A hundred ids to filter by don't fit into the default of 4,094 bytes.
        *("--limit-request-line", "8190"),
        *("--graceful-timeout", "5", "--log-level", "warning"),
        *("--config", "python:wagtail_partnerships.cms.demo.gunicorn_settings"),
    ]
    os.execv(gunicorn[0], gunicorn)


if __name__ == "__main__":
    # Ctrl-C ends it at once. As an exception it can strike within a destructor, which would swallow it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    main()
