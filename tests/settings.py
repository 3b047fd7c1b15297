"""Settings of the tests: a data folder of their own, and a cheap password hash."""

import os
import tempfile
from pathlib import Path

_FOLDER = tempfile.TemporaryDirectory(prefix="kith-test-")
# Playwright keeps an event loop in the thread of the test, where Django would refuse to work.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["KITH_DATA_DIR"] = _FOLDER.name
os.environ["KITH_GALLERY"] = "yes"
os.environ["KITH_CITIES"] = "no"
os.environ["KITH_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["KITH_STATIC_DIR"] = f"{_FOLDER.name}/static"
(Path(_FOLDER.name) / "static").mkdir()
os.environ["KITH_ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"

from kith.config.base import *  # noqa: E402, F403
from kith.config.base import DATABASES, INSTALLED_APPS, LANGUAGES, LOCALE_PATHS, MIDDLEWARE  # noqa:E402, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "tests.gardens"]

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, as in real life: a database in memory locks differently under threads.
    DATABASES["default"]["TEST"] = {"NAME": f"{_FOLDER.name}/test.sqlite3"}

# Languages that nobody speaks: tests/pseudo_locale.py makes them where they are asked for.
LOCALE_PATHS = [*LOCALE_PATHS, f"{_FOLDER.name}/locale"]
LANGUAGES = [*LANGUAGES, ("eo", "Accented"), ("he", "Mirrored")]

MIDDLEWARE = [
    "tests.static_once.StaticFiles" if "WhiteNoise" in name else name for name in MIDDLEWARE
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
