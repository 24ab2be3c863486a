"""Django's settings for one installation. Four variables change them, and no file of the code does:

``SAFECONDUCT_HOME``      the data directory (default: ``var/`` of the checkout)
``SAFECONDUCT_DATABASE``  a PostgreSQL address (default: SQLite in the data directory)
``SAFECONDUCT_ORIGIN``    how browsers reach it, such as ``https://licences.example`` (default: this machine only).
                          With ``https`` the proxy in front must set ``X-Forwarded-Proto`` itself, dropping what a
                          browser sends under that name.
``SAFECONDUCT_OFFICE``    the name of the authority, as the head of every page shows it (default: none)
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from safeconduct.settings.database import database
from safeconduct.settings.place import home, secret_key

PACKAGE = Path(__file__).resolve().parents[1]
HOME = home()
SECRET_KEY = secret_key(HOME)
DEBUG = False

OFFICE = os.environ.get("SAFECONDUCT_OFFICE", "").strip()

# Browsers
ORIGIN = os.environ.get("SAFECONDUCT_ORIGIN", "").rstrip("/")
HTTPS = ORIGIN.startswith("https://")
ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname or ""] if ORIGIN else ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes

# Code
ROOT_URLCONF = "safeconduct.doors.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "safeconduct.store",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safeconduct.settings.headers.response_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "safeconduct.doors.page.gate.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safeconduct.doors.page.shell.shell",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [  # what a State puts under static/ of its data directory goes before ours: its colour
    *([HOME / "static"] if (HOME / "static").is_dir() else []),
    PACKAGE / "static",
]
WHITENOISE_USE_FINDERS = True  # compiled files ship in the package: nothing to collect before serving

# Data
DATABASES = {"default": database(HOME, os.environ.get("SAFECONDUCT_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# What happened, never what was in it: no request bodies, no query text
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
