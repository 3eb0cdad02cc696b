"""Django's settings, from the configuration of the instance. Nothing here can lower the floor."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import cast

from csp.constants import NONE, SELF

from replenish.site.configuration import read_configuration
from replenish.site.databases import database
from replenish.site.mail import mail_server

_chosen = read_configuration(os.environ)

REPLENISH_INSTANCE = cast("Path", _chosen["INSTANCE"]).resolve()
REPLENISH_KEYS = (
    cast("Path", _chosen["KEYS"]) if os.environ.get("REPLENISH_KEYS") else REPLENISH_INSTANCE / "keys"
)
REPLENISH_ADDRESS = cast("str", _chosen["ADDRESS"])
REPLENISH_FLOOR = cast("int", _chosen["FLOOR"])
REPLENISH_SECURE = cast("bool", _chosen["SECURE"])
REPLENISH_DEMO = cast("bool", _chosen["DEMO"])

# It guards forms against other sites and opens nothing: cards are held open under keys of a day. The server
# writes a lasting one, so that all its processes share it; any other command makes do with its own.
_key_file = REPLENISH_KEYS / "forms.key"
SECRET_KEY = _key_file.read_text() if _key_file.is_file() else secrets.token_urlsafe(48)

REPLENISH_MAIL = bool(_chosen["MAIL"])
REPLENISH_SERVICE = cast("str", _chosen["SERVICE"])
REPLENISH_SERVICE_NAME = cast("str", _chosen["SERVICE_NAME"])
REPLENISH_SERVICE_CLIENT = cast("str", _chosen["SERVICE_CLIENT"])

# Long enough to hold against guessing without rules about signs, which make people choose worse ones.
LEAST_PASSWORD = 12

DEBUG = False
ALLOWED_HOSTS = list(cast("tuple[str, ...]", _chosen["HOSTS"]))

# Named people sign in below one path alone (`staff_side`). Of carers there is nobody to remember.
INSTALLED_APPS = [
    "replenish.site.named_askers.apps.ContentTypes",
    "replenish.site.named_askers.apps.Auth",
    "replenish.site.named_askers.apps.Accounts",
    "allauth.mfa",
    "replenish.ledger",
    "replenish.people",
    "replenish.voices",
    "replenish.debrief",
    "replenish.leadership",
    "replenish.learning",
    "replenish.supervision",
    "replenish.conditions",
    "replenish.web",
    "csp",
    "django.contrib.staticfiles",
]
# Only where an installation has a service of its own is there code that asks one.
SERVICE_APPS = ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
if REPLENISH_SERVICE:
    INSTALLED_APPS += SERVICE_APPS
MIDDLEWARE = [
    "replenish.site.even_sizes.keep_even_sizes",
    "replenish.site.no_copies.keep_no_copies",
    "django.middleware.security.SecurityMiddleware",
    "replenish.site.packed.pack_what_is_the_same",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "replenish.site.staff_side.StaffSide",
    "replenish.site.forms_key.own_key_for_staff",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# A headcount is one form with a field for each unit, and a large employer has thousands.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
ROOT_URLCONF = "replenish.site.urls"
WSGI_APPLICATION = "replenish.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # In a demo one line of the page is another one: the one that says that everybody is invented.
        "DIRS": [Path(__file__).parents[1] / "web" / "templates_of_a_demo"] if REPLENISH_DEMO else [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "string_if_invalid": "",
        },
    }
]
DATABASES = {"default": database(cast("str", _chosen["DATABASE"]), REPLENISH_INSTANCE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
# Only languages that are complete: half a page in another language helps nobody.
LANGUAGES = [("en-gb", "English"), ("es", "Español")]
FORMAT_MODULE_PATH = ["replenish.site.formats"]
LANGUAGE_COOKIE_NAME = "replenish_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
# Files are served from the package itself: nothing is copied, so nothing can be out of date.
STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# Nothing goes to other sites. With `no-referrer` browsers would also hide from this one where its own forms
# come from, and every form would be refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# For the carers' pages; those of named people have a cookie of their own, under their own path: `forms_key`.
CSRF_COOKIE_PATH = "/my/"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = REPLENISH_SECURE
# A form key of its own for each visit to the browser; the browser forgets it when it closes.
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "replenish.web.shared.errors.form_expired"

# What is sent stays in memory or is let fall: no stranger fills the disk, and no table lies in a folder.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# How named people sign in. A link in a message brings the cookie along (`Lax`); no other site's form does.
AUTH_USER_MODEL = "people.Login"
AUTHENTICATION_BACKENDS = ["replenish.people.signing_in.ByLogin"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": LEAST_PASSWORD},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "replenish.people.sessions"
SESSION_COOKIE_NAME = "replenish_account"
SESSION_COOKIE_PATH = "/staff/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = REPLENISH_SECURE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
_mail = mail_server(cast("str", _chosen["MAIL"]))
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail.backend, _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.is_encrypted_at_once, not _mail.is_encrypted_at_once
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = cast("str", _chosen["MAIL_FROM"])
SOCIALACCOUNT_ADAPTER = "replenish.web.staff.openid.Troubles"
MFA_ADAPTER = "replenish.web.staff.ceremony.Ceremony"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_METHODS = {"email"}
# Who may do what stands in `people.rules`; the tables of these libraries are not made.
_NO_TABLES = ("contenttypes", "auth", "account", "socialaccount")
MIGRATION_MODULES = dict.fromkeys(_NO_TABLES, "replenish.site.named_askers.migrations")


# Behind https the server itself speaks http with the proxy, which says so in this one header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if REPLENISH_SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if REPLENISH_SECURE else 0

# No line of a log holds an address, an agent, a path or a name: requests are not logged at all, and of an
# error only its kind and place in the code.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "replenish.site.quiet_logging.PlaceOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
