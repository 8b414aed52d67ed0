"""The site's settings: one file, driven by the environment (see environment.py), safe by default."""

from typing import Any

import django
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .environment import BASE_DIR, make_secret_key, parse_database_url, read_environment, read_preview_urls

env = read_environment()

VAR_DIR = env.var_dir.resolve()
try:
    SECRET_KEY = env.secret_key.get_secret_value() if env.secret_key else make_secret_key(VAR_DIR / "secret_key")
except OSError as error:
    raise ImproperlyConfigured(f"VAR_DIR can't be used: {error.strerror}: {error.filename}.") from None
DEBUG = env.debug

INSTALLED_APPS = [
    "wagtail_partnerships.cms.delivery",
    "wagtail_partnerships.cms.demo",
    "wagtail_partnerships.site_pages",
    "wagtail_partnerships.snippets",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "phonenumber_field",
    "rest_framework",
    # The files of the API's docs page, which asks no other host for any.
    "ninja",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "wagtail_partnerships.cms.headers.EveryAnswerMiddleware",
    # Before the others, since a cached answer needs none of them: what they add to it is kept with it.
    "wagtail_partnerships.cms.delivery.middleware.DeliveryMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail_partnerships.cms.headers.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "wagtail_partnerships.cms.edge.ApiGuardMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "wagtail_partnerships.cms.urls"
WSGI_APPLICATION = "wagtail_partnerships.cms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ]
        },
    }
]

# Hosts, HTTPS and headers

ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = env.csrf_trusted_origins
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.https
SECURE_HSTS_SECONDS = env.hsts_seconds if env.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.hsts_include_subdomains
SECURE_HSTS_PRELOAD = env.hsts_preload
# Only the owner of the whole domain can promise HTTPS for its other hosts (W005) or ask for preloading (W021);
# switched on by default they would lock out hosts that we know nothing of, for a year.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Visitors' pages run our own files alone and nothing that stands in the page, so that injected text stays text.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": ["'self'", *env.media_origins],
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "upgrade-insecure-requests": env.https,
    }
}
# Wagtail's editor and lists hold inline scripts and styles, and show drafts in frames.
ADMIN_CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "default-src": "'self'",
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", *env.media_origins],
    "font-src": ["'self'", "data:"],
    "connect-src": "'self'",
    "frame-src": ["'self'", "http:", "https:"],
    "worker-src": ["'self'", "blob:"],
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "upgrade-insecure-requests": env.https,
}
# No page here asks for what a device knows of its user.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
}
if env.behind_proxy:
    # A client can send these headers too: the proxy must set or drop them.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

# Database, cache and files

DATABASES: dict[str, dict[str, Any]] = {
    "default": parse_database_url(env.database_url)
    if env.database_url
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "db.sqlite3"}
}
DATABASES["default"] |= {"CONN_MAX_AGE": env.database_max_age, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that reads first and writes later fails at once in SQLite's default mode, if another has
        # written in between; IMMEDIATE makes it wait for `timeout` seconds instead.
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if redis_url := env.cache_url or env.redis_url:
    CACHES: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url.get_secret_value(),
            "KEY_PREFIX": env.cache_key_prefix,
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "KEY_PREFIX": env.cache_key_prefix,
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
SERVE_MEDIA = env.serve_media
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o644

# Languages and time

LANGUAGE_CODE = env.language_code
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(code, _(LANG_INFO[code]["name"])) for code in env.languages]
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# A machine proposes translations only if one is named; a person publishes them all the same.
if env.libretranslate_url:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR: dict[str, Any] = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {
            "LIBRETRANSLATE_URL": env.libretranslate_url,
            "API_KEY": env.libretranslate_api_key.get_secret_value(),
        },
    }
elif env.deepl_auth_key:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.deepl.DeepLTranslator",
        "OPTIONS": {"AUTH_KEY": env.deepl_auth_key.get_secret_value()},
    }
TIME_ZONE = env.time_zone
USE_I18N = True
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "SE"

# Wagtail

WAGTAIL_SITE_NAME = env.site_name
# Addresses that can be read out and typed: lansstyrelsen, not l%C3%A4nsstyrelsen.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_BASE_URL = env.base_url
# The admin asks no other host for anything either: neither for its users' pictures nor for news of Wagtail.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = WAGTAILIMAGES_MAX_UPLOAD_SIZE = env.upload_max_megabytes * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "key", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]

# Delivery

# Everything that our pages show moves the content's version, so that they can be kept like answers of the API.
PARTNERSHIPS_CACHE_PAGES = True
# Where the admin's preview button opens; without any, Wagtail's own preview.
PARTNERSHIPS_PREVIEW_URLS = read_preview_urls(env.preview_urls)
PARTNERSHIPS_PREVIEW_SECONDS = env.preview_seconds
PARTNERSHIPS_WEBHOOKS_ALLOW_PRIVATE = env.webhooks_allow_private

# Signing in and mail

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.default_from_email
PARTNERSHIPS_REMINDER_FALLBACK = env.reminder_fallback
# Without EMAIL_HOST, a public site hands its mail to the machine's own mail server and the demo keeps it in a folder.
if env.email_host or env.https:
    mailer = "django.core.mail.backends.smtp.EmailBackend"
    mail_options: dict[str, Any] = {
        "host": env.email_host or "localhost",
        "port": env.email_port if env.email_host else 25,
        "username": env.email_host_user,
        "password": env.email_host_password.get_secret_value(),
        "use_tls": bool(env.email_host) and env.email_use_tls,
        "timeout": 10,
    }
else:
    mailer = "django.core.mail.backends.filebased.EmailBackend"
    mail_options = {"file_path": str(VAR_DIR / "mail")}
# Django 6.1 deprecates EMAIL_* for MAILERS and refuses to have both; Django 5.2 knows EMAIL_* only.
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": mailer, "OPTIONS": mail_options}}
else:
    EMAIL_BACKEND = mailer
    EMAIL_FILE_PATH = mail_options.get("file_path")
    EMAIL_HOST = mail_options.get("host", "localhost")
    EMAIL_PORT = mail_options.get("port", 25)
    EMAIL_HOST_USER = mail_options.get("username", "")
    EMAIL_HOST_PASSWORD = mail_options.get("password", "")
    EMAIL_USE_TLS = mail_options.get("use_tls", False)
    EMAIL_TIMEOUT = mail_options.get("timeout")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level},
    "loggers": {"django": {"handlers": [], "level": env.log_level, "propagate": True}},
}
