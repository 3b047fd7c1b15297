"""Django's settings, made from the documented ones in `defaults`."""

import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import databases, defaults, env, secret

KITH = defaults

DEBUG = defaults.DEBUG
GALLERY = defaults.GALLERY
secret.make_folder(defaults.DATA_DIR)
SECRET_KEY = secret.secret_key(defaults.SECRET_KEY, defaults.DATA_DIR)
SEALING_KEYS = secret.sealing_keys(defaults.SEALING_KEYS, defaults.DATA_DIR)
SEALING_KEY_FILE = defaults.DATA_DIR / secret.SEALING_KEYS
ALLOWED_HOSTS = defaults.ALLOWED_HOSTS
DATABASES = {
    "default": databases.default(
        data_dir=defaults.DATA_DIR,
        url=defaults.DATABASE_URL,
        pool=defaults.DATABASE_POOL,
        mapped=defaults.SQLITE_MAPPED_MB,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "kith.setup",
    "kith.contacts",
    "kith.transfer",
    "kith.customfields",
    "kith.views",
    "kith.reference",
    "kith.files",
    "kith.records",
    "kith.history",
    "kith.search",
    "kith.web",
    "kith.jobs",
    "kith.accounts",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "kith.web.timing.ServerTiming",
    "kith.web.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kith.accounts.session_limits.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kith.customfields.middleware.Fields",
    "kith.setup.middleware.SignInRequired",
    "kith.setup.middleware.Preferences",
    "kith.web.errors.PlainErrors",
]
ROOT_URLCONF = "kith.config.urls"
WSGI_APPLICATION = "kith.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["kith.accounts.backend.Backend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]

globals().update(env.mail(defaults.EMAIL_URL))
MAILS = bool(defaults.EMAIL_URL)
DEFAULT_FROM_EMAIL = defaults.EMAIL_FROM
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600

LANGUAGE_CODE = defaults.LANGUAGE
# Only what the whole product is translated into: half a page in another language helps nobody.
LANGUAGES = [
    ("en", _("English, dates as Nov. 22, 2026")),
    ("en-gb", _("English, dates as 22 November 2026")),
]
LOCALE_PATHS = [str(Path(__file__).resolve().parent.parent / "locale")]
TIME_ZONE = defaults.TIME_ZONE
DEFAULT_COUNTRY = defaults.DEFAULT_COUNTRY
DATA_DIR = defaults.DATA_DIR
UPLOAD_MEGABYTES = defaults.UPLOAD_MEGABYTES
IMPORT_DAYS = defaults.IMPORT_DAYS
EXPORT_DAYS = defaults.EXPORT_DAYS
TRASH_DAYS = defaults.TRASH_DAYS
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = defaults.STATIC_DIR
MEDIA_ROOT = defaults.DATA_DIR / "files"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
_COLLECTING = "collectstatic" in sys.argv
_COLLECTED = _COLLECTING or ((STATIC_ROOT / "staticfiles.json").exists() and not DEBUG)
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Before `make run` has collected and compressed the files they are served as they lie.
    "staticfiles": {"BACKEND": _HASHED if _COLLECTED else _PLAIN},
}
WHITENOISE_USE_FINDERS = not _COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = [
    "kith.web.uploads.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Sessions as the OWASP session management cheat sheet asks.
SESSION_ENGINE = "kith.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-kith" if defaults.HTTPS else "kith"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = defaults.HTTPS
SESSION_COOKIE_AGE = defaults.SESSION_DAYS * 24 * 3600
# Proxies in front whose X-Forwarded-For is believed.
PROXIES = defaults.PROXIES
SESSION_IDLE_SECONDS = defaults.SESSION_IDLE_HOURS * 3600
CSRF_COOKIE_NAME = "__Host-kith-csrf" if defaults.HTTPS else "kith-csrf"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "kith.web.errors.csrf_failed"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = defaults.HTTPS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if defaults.HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if defaults.HTTPS else None
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host}" for host in defaults.ALLOWED_HOSTS if host != "*"] if defaults.HTTPS else []
)
X_FRAME_OPTIONS = "DENY"

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "filters": {"expected": {"()": "kith.config.expected.EverydayAnswers"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"filters": ["expected"]}},
    "root": {"handlers": ["console"], "level": defaults.LOG_LEVEL},
}
