"""Django's settings; everything that differs between installations comes from TASUKI_* in the environment."""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.core.management.utils import get_random_secret_key
from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict

PACKAGE = Path(__file__).resolve().parent.parent
HOUR = 3600


def _database(role: str) -> dict[str, Any]:
    """Return the connection of one role from TASUKI_DSN_<ROLE>; without it, one that leads nowhere."""
    parts = conninfo_to_dict(os.environ.get(f"TASUKI_DSN_{role}", "dbname=tasuki host=/nonexistent"))
    named = {key: str(parts.pop(key, "")) for key in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": named["dbname"],
        "USER": named["user"],
        "PASSWORD": named["password"],
        "HOST": named["host"],
        "PORT": named["port"],
        "CONN_MAX_AGE": 0,
        # A connection that died with a server's restart is noticed and replaced before it is used.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in parts.items() if value is not None},
    }


DEBUG = os.environ.get("TASUKI_DEBUG") == "1"
THREADS = 4  # of each worker: so many requests are answered at the same time (config/rsgi.py)
SECRET_KEY = os.environ.get("TASUKI_SECRET_KEY") or get_random_secret_key()
# Seals the secrets of second factors; it lives in the installation's keyring, never in the database.
FACTOR_KEY = os.environ.get("TASUKI_FACTOR_KEY") or get_random_secret_key()
ALLOWED_HOSTS = os.environ.get("TASUKI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TASUKI_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "tasuki.records",
    "tasuki.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tasuki.web.middleware.Moment",
    "tasuki.web.middleware.Asking",
]
ROOT_URLCONF = "tasuki.config.urls"
WSGI_APPLICATION = "tasuki.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
            ],
        },
    }
]

DATABASES = {"default": _database("APP"), "door": _database("DOOR"), "owner": _database("OWNER")}
_SERVING = DATABASES["default"]["OPTIONS"]
# Planning a page's statements cost the server as much as answering them: a connection keeps the plan of what it is asked a
# second time. Every value is a key or a bound that a page gives, so one plan does for all of them.
_SERVING |= {"server_side_binding": True, "prepare_threshold": 1}
_SERVING["options"] = f"{_SERVING.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()
if os.environ.get("TASUKI_POOL", "1") == "1":
    _SERVING["pool"] = {
        "min_size": 2,
        "max_size": 8,
        # A new connection knows no plan and no rule yet: its first pages cost several times as much.
        "max_lifetime": 12 * HOUR,
        "timeout": 5,  # seconds: then the page says to wait a little, instead of a browser that hangs
        "reconnect_timeout": 5,  # given up early and begun anew by the next request: no long waits between tries
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = HOUR
DATABASES["door"]["CONN_MAX_AGE"] = HOUR
DATABASE_ROUTERS = ["tasuki.config.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "records.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "tasuki.web.session_store"
# Where TLS ends before or in front of Tasuki, that is everywhere but on the demo's own machine.
_TLS = os.environ.get("TASUKI_TLS") == "1"
# The prefix makes the browser itself refuse the cookie of another host or path.
_HOST = "__Host-" if _TLS else ""
SESSION_COOKIE_NAME = f"{_HOST}tasuki_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# The row of the session decides how long it lives (begin_request); the cookie goes with the browser.
SESSION_COOKIE_AGE = 24 * HOUR
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_HOST}tasuki_csrf"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# The marks of who came in by this browser before: they open nothing (records/door.py).
KNOWN_COOKIE_NAME = f"{_HOST}tasuki_known"
CSRF_FAILURE_VIEW = "tasuki.web.staff.arrival.token_missing"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _TLS
SECURE_HSTS_SECONDS = 365 * 24 * HOUR if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("TASUKI_PROXY") == "1" else None

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True

STATIC = PACKAGE / "web" / "static"
SERVED = (".css", ".js", ".svg", ".woff2")


def _fingerprint() -> str:
    """Name what the browser gets by its content, so that it may keep each file for ever and never an old one."""
    mark = hashlib.blake2b(digest_size=6)
    for path in sorted(path for path in STATIC.rglob("*") if path.suffix in SERVED):
        mark.update(str(path.relative_to(STATIC)).encode() + b"\0" + path.read_bytes())
    return mark.hexdigest()


# One fingerprint for all: the files of the style sheets and icons that name others by their place stay as they are.
STATIC_URL = "/static/" if DEBUG else f"/static/{_fingerprint()}/"
STATICFILES_DIRS = [STATIC]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = "$^" if DEBUG else "^/static/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A 404 names an address and with it a number of somebody: it is no line of a log.
    "loggers": {"django.request": {"level": "CRITICAL"}},
}
