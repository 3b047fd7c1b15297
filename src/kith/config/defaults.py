"""Every setting an administrator can make, with its default.

Each is an environment variable of the same name with KITH_ before it; docs/admin-guide.md
describes them, and a test fails when one is missing there.
"""

import os
from pathlib import Path

from . import env

CHECKOUT = Path(__file__).resolve().parents[3]

# Where the embedded database, uploaded files and the generated secret key are kept.
DATA_DIR = Path(env.text("KITH_DATA_DIR", "./data")).expanduser().resolve()

# postgresql://user:password@host:port/name. Empty: SQLite in the data folder.
DATABASE_URL = env.text("KITH_DATABASE_URL", "")

# Where the hashed and compressed files for the browser lie; `make run` makes them.
STATIC_DIR = Path(env.text("KITH_STATIC_DIR", str(CHECKOUT / "build" / "static")))

# Connections that one server process keeps open to PostgreSQL.
DATABASE_POOL = env.number("KITH_DATABASE_POOL", 8)

# So much of SQLite's file each process reads as memory. It is the system's, lent to all of them.
SQLITE_MAPPED_MB = env.number("KITH_SQLITE_MAPPED_MB", 2047)

# Signs sessions and links. Empty: made on the first start and kept in the data folder.
SECRET_KEY = env.text("KITH_SECRET_KEY", "")

# Keys that sensitive values are sealed with, the newest first, with commas. Empty: made on the
# first start and kept in the data folder.
SEALING_KEYS = env.words("KITH_SEALING_KEYS", ())

# Where the server listens.
HOST = env.text("KITH_HOST", "127.0.0.1")
PORT = env.number("KITH_PORT", 8000)

# Names that the site may be called by; the server refuses others.
ALLOWED_HOSTS = env.words("KITH_ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))

# Say yes when people reach the site by https: cookies become secure, HSTS is sent.
HTTPS = env.flag("KITH_HTTPS", default=False)

# Proxies in front whose X-Forwarded-For is believed; sign-ins are throttled by that address.
PROXIES = env.number("KITH_PROXIES", 0)

# Shows tracebacks in the browser; only for developers.
DEBUG = env.flag("KITH_DEBUG", default=False)

# Shows every part of the page kit at /gallery/; for developers.
GALLERY = env.flag("KITH_GALLERY", default=DEBUG)

# Processes of the web server: as many as there are processors, each of which one can keep busy.
PROCESSES = env.number("KITH_PROCESSES", min(os.cpu_count() or 1, 4))

# Threads of each of them that answer requests at the same time.
THREADS = env.number("KITH_THREADS", 4)

# Whether `kith serve` also runs the background worker.
WORKER = env.flag("KITH_WORKER", default=True)

# Language and time zone of people who have not chosen their own.
LANGUAGE = env.text("KITH_LANGUAGE", "en")
TIME_ZONE = env.zone("KITH_TIME_ZONE", "UTC")

# Country (ISO 3166-1, two letters) of phone numbers written without one.
DEFAULT_COUNTRY = env.country("KITH_DEFAULT_COUNTRY", "IN")

# Whether the list of cities is filled with those of the world on the first start.
CITIES = env.flag("KITH_CITIES", default=True)

# Largest file that may be uploaded, in megabytes.
UPLOAD_MEGABYTES = env.number("KITH_UPLOAD_MEGABYTES", 500)

# The files of an import are kept for so many days after it was done; 0 keeps them for good.
IMPORT_DAYS = env.number("KITH_IMPORT_DAYS", 90)

# The file of a large export is kept for so many days; 0 keeps it for good.
EXPORT_DAYS = env.number("KITH_EXPORT_DAYS", 7)

# What lies in the trash is erased after so many days; 0 keeps it until somebody empties the trash.
TRASH_DAYS = env.number("KITH_TRASH_DAYS", 30)

# A session ends after this many hours without a request, and after this many days at most.
SESSION_IDLE_HOURS = env.number("KITH_SESSION_IDLE_HOURS", 12)
SESSION_DAYS = env.number("KITH_SESSION_DAYS", 14)

# How much the log says: DEBUG, INFO, WARNING or ERROR.
LOG_LEVEL = env.one_of("KITH_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

# How mail is sent (invitations): smtp://user:password@host:port, smtps://…, file:///folder,
# console:; without it nothing is sent. And whom it is from.
EMAIL_URL = env.text("KITH_EMAIL_URL", "")
EMAIL_FROM = env.text("KITH_EMAIL_FROM", "kith@localhost")
