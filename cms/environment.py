"""What the environment tells the site: each variable with its type, its default and its check.

Every variable is a field of `Environment`; docs/operations.md explains them. A value may also stand in a file
named like its variable in lower case, in the folder that SECRETS_DIR names (`/run/secrets` if that exists).
"""

import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

import dj_database_url
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent

CommaList = Annotated[list[str], NoDecode]


def parse_database_url(url: SecretStr) -> dict[str, Any]:
    """Return Django's form of a database URL. Raises ValueError if it can't be read."""
    return dict(dj_database_url.parse(url.get_secret_value()))


def read_preview_urls(entries: list[str]) -> dict[str, str]:
    """Read ``host/kind=address`` or an address alone, which holds for all that no other names."""
    pairs = [entry.partition("=") if "://" not in entry.partition("=")[0] else ("*", "=", entry) for entry in entries]
    return {key: url for key, _equals, url in pairs}


def find_secrets() -> str | None:
    folder = os.environ.get("SECRETS_DIR") or "/run/secrets"
    return folder if Path(folder).is_dir() else None


class Environment(BaseSettings):
    """What may be set from outside, with its type and its default."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", hide_input_in_errors=True, secrets_dir=find_secrets()
    )

    debug: bool = False
    secret_key: SecretStr | None = Field(default=None, min_length=32)
    var_dir: Path = BASE_DIR / "var"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    allowed_hosts: CommaList = ["localhost", "127.0.0.1", "[::1]"]
    csrf_trusted_origins: CommaList = []
    base_url: str = "http://localhost:8000"
    https: bool = False
    behind_proxy: bool = False
    hsts_seconds: int = Field(default=31_536_000, ge=0)
    hsts_include_subdomains: bool = False
    hsts_preload: bool = False
    serve_media: bool = True
    media_origins: CommaList = []

    database_url: SecretStr | None = None
    database_max_age: int = Field(default=60, ge=0)
    cache_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    cache_key_prefix: str = "partnerships"

    email_host: str | None = None
    email_port: int = Field(default=587, ge=1, le=65_535)
    email_host_user: str = ""
    email_host_password: SecretStr = SecretStr("")
    email_use_tls: bool = True
    default_from_email: str = "webmaster@localhost"
    reminder_fallback: str = ""

    preview_urls: CommaList = []
    preview_seconds: int = Field(default=3600, ge=60, le=86_400)
    webhooks_allow_private: bool = False

    libretranslate_url: str | None = None
    libretranslate_api_key: SecretStr = SecretStr("")
    deepl_auth_key: SecretStr | None = None

    site_name: str = "Partnerships"
    language_code: str = "sv"
    languages: CommaList = ["sv", "en"]
    time_zone: str = "Europe/Stockholm"
    upload_max_megabytes: int = Field(default=20, ge=1, le=1024)

    @field_validator(
        *("allowed_hosts", "csrf_trusted_origins", "languages", "media_origins", "preview_urls"), mode="before"
    )
    @classmethod
    def split_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("base_url")
    @classmethod
    def check_base_url(cls, value: str) -> str:
        url = urlsplit(value)
        if url.scheme not in {"http", "https"} or not url.netloc:
            raise ValueError("give a whole address such as https://www.example.se")
        return value.rstrip("/")

    @field_validator("media_origins")
    @classmethod
    def check_origins(cls, value: list[str]) -> list[str]:
        for origin in value:
            # A character more would reach into the rest of a header.
            if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?", origin):
                raise ValueError("give origins such as https://files.example.se, without a path")
        return value

    @field_validator("database_url")
    @classmethod
    def check_database_url(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            known = value is None or parse_database_url(value)["ENGINE"].endswith((".sqlite3", ".postgresql"))
        except ValueError:
            known = False
        if not known:
            raise ValueError("give postgres://user:password@host/name or sqlite:///path")
        return value

    @field_validator("cache_url", "redis_url")
    @classmethod
    def check_redis_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value and urlsplit(value.get_secret_value()).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("give redis://host:6379/0, rediss://… or unix://…")
        return value

    @field_validator("preview_urls")
    @classmethod
    def check_preview_urls(cls, value: list[str]) -> list[str]:
        urls = read_preview_urls(value).values()
        if any(urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc for url in urls):
            raise ValueError("give addresses such as https://www.example.se/preview or partner=https://…")
        return value

    @field_validator("languages")
    @classmethod
    def check_languages(cls, value: list[str]) -> list[str]:
        unknown = [code for code in value if code not in LANG_INFO]
        if unknown or not value:
            raise ValueError(f"give language codes that Django knows, not {', '.join(unknown) or 'nothing'}")
        return value

    @field_validator("libretranslate_url")
    @classmethod
    def check_libretranslate_url(cls, value: str | None) -> str | None:
        url = urlsplit(value or "")
        if value and (url.scheme not in {"http", "https"} or not url.netloc):
            raise ValueError("give a whole address such as https://translate.example.se")
        return value.rstrip("/") if value else value

    @field_validator("time_zone")
    @classmethod
    def check_time_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("give a time zone such as Europe/Stockholm")
        return value

    @model_validator(mode="after")
    def check_language_code(self) -> "Environment":
        if self.language_code not in self.languages:
            raise ValueError("LANGUAGE_CODE must be one of LANGUAGES")
        return self

    @model_validator(mode="after")
    def check_one_translator(self) -> "Environment":
        if self.libretranslate_url and self.deepl_auth_key:
            raise ValueError("give LIBRETRANSLATE_URL or DEEPL_AUTH_KEY, not both")
        return self


def read_environment() -> Environment:
    """Read the environment. Raises ImproperlyConfigured: one sentence that names each bad variable, never its value."""
    try:
        return Environment()
    except ValidationError as error:
        faults = [
            ": ".join([*(str(part).upper() for part in fault["loc"][:1]), fault["msg"].removeprefix("Value error, ")])
            for fault in error.errors(include_url=False, include_input=False)
        ]
    raise ImproperlyConfigured(f"The environment does not fit: {'; '.join(faults)}.")


def make_secret_key(path: Path) -> str:
    """Return the key kept in `path` (mode 600), made at the first call; processes that start at once agree on it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written whole under another name and then linked: nobody can read half a key, and the first link wins.
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text().strip()
