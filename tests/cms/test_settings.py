"""The settings: safe by default, and clear about what is wrong."""

import os
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STRIPPED = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE")


def run(code: list[str], var: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, in an environment without this run's services."""
    environment = {name: value for name, value in os.environ.items() if name not in STRIPPED}
    environment |= {"DJANGO_SETTINGS_MODULE": "wagtail_partnerships.cms.settings", "VAR_DIR": str(var), **variables}
    return subprocess.run(
        [sys.executable, *code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def read_setting(name: str, var: Path, **variables: str) -> str:
    result = run(["-c", f"from django.conf import settings; print(settings.{name})"], var, **variables)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "perhaps"),
        ("HSTS_SECONDS", "-1"),
        ("LANGUAGES", "sv,klingon"),
        ("LANGUAGES", "en"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("BASE_URL", "localhost"),
        ("EMAIL_PORT", "0"),
        ("REDIS_URL", "memcached://somewhere"),
        ("LIBRETRANSLATE_URL", "translate.example.se"),
        ("VAR_DIR", "/dev/null/var"),
    ],
)
def test_a_bad_value_gives_one_sentence_that_names_it(tmp_path: Path, variable: str, value: str) -> None:
    result = run(["manage.py", "check"], tmp_path, **{variable: value})

    assert result.returncode == 1
    assert variable.removesuffix("S") in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.endswith(".\n")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", "too short: hemlig"),
        ("DATABASE_URL", "mysql://me:hemlig@host/name"),
        ("DATABASE_URL", "postgres://me:hemlig@host:port/name"),
        ("REDIS_URL", "http://me:hemlig@host"),
    ],
)
def test_a_bad_secret_is_named_but_not_shown(tmp_path: Path, variable: str, value: str) -> None:
    result = run(["manage.py", "check"], tmp_path, **{variable: value})

    assert result.returncode == 1
    assert variable in result.stderr
    assert "hemlig" not in result.stderr


def test_debug_is_off_unless_asked_for(tmp_path: Path) -> None:
    assert read_setting("DEBUG", tmp_path) == "False"
    assert read_setting("DEBUG", tmp_path, DEBUG="1") == "True"


def test_only_this_machine_is_an_allowed_host_by_default(tmp_path: Path) -> None:
    assert read_setting("ALLOWED_HOSTS", tmp_path) == "['localhost', '127.0.0.1', '[::1]']"
    assert read_setting("ALLOWED_HOSTS", tmp_path, ALLOWED_HOSTS="a.se, b.se") == "['a.se', 'b.se']"


def test_processes_that_start_at_once_agree_on_one_secret_key(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: read_setting("SECRET_KEY", var), range(4)))

    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in var.iterdir()] == ["secret_key"]


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    key = "a key that a secret store has put into a file"
    (tmp_path / "secret_key").write_text(f"{key}\n")

    assert read_setting("SECRET_KEY", tmp_path / "var", SECRETS_DIR=str(tmp_path)) == key


def test_a_further_language_is_one_variable(tmp_path: Path) -> None:
    assert read_setting("WAGTAIL_CONTENT_LANGUAGES[2][0]", tmp_path, LANGUAGES="sv,en,fi") == "fi"


@pytest.mark.slow
def test_the_production_configuration_passes_the_deployment_check(tmp_path: Path) -> None:
    result = run(["manage.py", "check", "--deploy", "--fail-level=INFO"], tmp_path, HTTPS="1", BASE_URL="https://a.se")

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_plain_http_is_not_redirected_unless_https_is_on(tmp_path: Path) -> None:
    assert read_setting("SECURE_SSL_REDIRECT", tmp_path) == "False"
    assert read_setting("SECURE_SSL_REDIRECT", tmp_path, HTTPS="1") == "True"


SEND_MAIL = """
import django; django.setup()
from django.core.mail import send_mail
send_mail("Hello", "World", None, ["editor@example.se"])
"""


@pytest.mark.slow
def test_mail_is_kept_in_a_folder_without_a_mail_server(tmp_path: Path) -> None:
    result = run(["-W", "error", "-c", SEND_MAIL], tmp_path)

    assert result.returncode == 0, result.stderr
    assert "Subject: Hello" in next((tmp_path / "mail").iterdir()).read_text()


@pytest.mark.slow
def test_mail_goes_to_the_named_server(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    result = run(["-W", "error", "-c", SEND_MAIL], tmp_path, EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(port))

    assert "ConnectionRefusedError" in result.stderr


@pytest.mark.slow
def test_sqlite_waits_for_writers_and_checks_foreign_keys(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.db import connection; cursor = connection.cursor();"
        "names = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'];"
        "print(*[cursor.execute(f'PRAGMA {name}').fetchone()[0] for name in names], connection.transaction_mode)"
    )
    assert run(["-c", code], tmp_path).stdout.split() == ["wal", "1", "1", "5000", "IMMEDIATE"]


@pytest.mark.parametrize(
    ("variable", "value", "name"),
    [
        ("LIBRETRANSLATE_URL", "http://localhost:5000/", "LibreTranslator"),
        ("DEEPL_AUTH_KEY", "key:fx", "DeepLTranslator"),
    ],
)
def test_a_translation_machine_is_named_by_one_variable(tmp_path: Path, variable: str, value: str, name: str) -> None:
    setting = "WAGTAILLOCALIZE_MACHINE_TRANSLATOR"
    assert name in read_setting(setting, tmp_path, **{variable: value})
    assert run(["-c", f"from django.conf import settings; settings.{setting}"], tmp_path).returncode == 1
