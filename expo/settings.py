"""Settings in the order of Django's documentation; what differs by machine comes from the environment."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from expo import environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
IS_PRODUCTION: bool = env.bool("EXPO_PRODUCTION", False)
VAR_DIR: Path = env.path("EXPO_VAR", BASE_DIR / "var").absolute()
VAR_DIR.mkdir(parents=True, exist_ok=True)
BASE_URL = environment.base_url(env.str("EXPO_BASE_URL", ""), is_production=IS_PRODUCTION)

# Core

DEBUG = environment.debug(is_wanted=env.bool("EXPO_DEBUG", False), is_production=IS_PRODUCTION)
SECRET_KEY = environment.secret_key(env.str("EXPO_SECRET_KEY", ""), folder=VAR_DIR, is_production=IS_PRODUCTION)
ALLOWED_HOSTS = environment.allowed_hosts(
    env.list("EXPO_ALLOWED_HOSTS", [] if IS_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]),
    is_production=IS_PRODUCTION,
)

INSTALLED_APPS = [
    "exhibitors.apps.ExpoAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "reversion",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "exhibitors",
]

MIDDLEWARE = [
    "expo.headers.PermissionsPolicyMiddleware",  # outermost: on files and refusals too
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "expo.open_data.OpenDataMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "expo.middleware.SessionLimitMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "expo.middleware.MethodMiddleware",  # within those that add headers
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "expo.urls"
ADMIN_PATH = environment.admin_path(env.str("EXPO_ADMIN_PATH", "admin/"))
WSGI_APPLICATION = "expo.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644

# Databases and caches

DATABASES = environment.databases(
    env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'expo.sqlite3'}"),
    is_serving=env.bool("EXPO_SERVING", False),
)
if DATABASES["default"]["ENGINE"] == "expo.sqlite_in_turn":
    # Tests with threads need a file: an in-memory SQLite database is one connection.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
CACHES = environment.caches(env.str("CACHE_URL", ""))
HAS_SHARED_CACHE = "locmem" not in CACHES["default"]["BACKEND"]
PAGE_STORE_BYTES = environment.page_store_bytes(env.str("EXPO_PAGE_STORE_MB", "64"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Authentication

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out costs no hashing
    "exhibitors.domain.second_factor.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_REDIRECT_URL = "admin:index"  # for who was led to the sign-in page from nowhere, or from another site
REQUIRE_SECOND_FACTOR: bool = env.bool("EXPO_REQUIRE_SECOND_FACTOR", False)
SESSION_LONGEST = timedelta(hours=12)
SESSION_IDLE = environment.session_idle(env.str("EXPO_SESSION_IDLE_MINUTES", "120"), longest=SESSION_LONGEST)
# nginx sets exactly one address there; without nginx in front anybody could write anything into it.
CLIENT_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR" if IS_PRODUCTION else None

# Languages and time

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "exhibitors" / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# What the pages use themselves, and nothing else; deploy/nginx/expo.conf says the same of files. web-share, which the
# share button needs too, is allowed to the site itself where nothing is said: Chromium complains of it on systems
# without a share sheet, as of bluetooth.
PERMISSIONS_POLICY = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(self), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), "
    "midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), "
    "usb=(), xr-spatial-tracking=(), clipboard-read=(), clipboard-write=(self)"
)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_FAILURE_VIEW = "exhibitors.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = environment.trusted_origins(
    env.list("EXPO_CSRF_TRUSTED_ORIGINS", []), is_production=IS_PRODUCTION
)
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION

# Logging

# nginx gives each request an id there; without nginx in front anybody could write anything into it.
REQUEST_ID_HEADER = "HTTP_X_REQUEST_ID" if IS_PRODUCTION else None
LOG_FORMAT = environment.one_of(
    "LOG_FORMAT", env.str("EXPO_LOG_FORMAT", "json" if IS_PRODUCTION else "line"), ("json", "line")
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "expo.logs.JsonFormatter"}, "line": {"()": "expo.logs.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env.str("EXPO_LOG_LEVEL", "INFO")},
    "loggers": {
        "axes": {"level": "WARNING"},  # below that it tells of every query
        "django.request": {"level": "ERROR"},  # expo.requests has a line for every request
        "weasyprint": {"level": "ERROR"},  # what it warns of, the command tells in a sentence
    },
}

# What machines ask: /readyz and /metrics

LEAST_FREE_BYTES = environment.least_free(env.str("EXPO_LEAST_FREE_MB", "200"))
METRICS_TOKEN = environment.metrics_token(env.str("EXPO_METRICS_TOKEN", ""))
METRICS_DIR = VAR_DIR / "metrics"

# django-filter

FILTERS_EMPTY_CHOICE_LABEL = None

# django-axes: the limits and their reasons stand in exhibitors/domain/lockout.py

AXES_HANDLER = "exhibitors.domain.lockout.LockoutHandler"
AXES_FAILURE_LIMIT = 1  # the handler counts the limits that are reached
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time that the page tells stays true
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "exhibitors.views.errors.locked_out"
AXES_USERNAME_CALLABLE = "exhibitors.domain.lockout.username_of"
AXES_CLIENT_IP_CALLABLE = "expo.client_address.of"
# No more personal data than the counting needs: no log of who signed in when, no names and addresses in the log.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "next"]
AXES_ENABLE_ADMIN = False

# django-otp

OTP_TOTP_ISSUER = "Expo desk"
