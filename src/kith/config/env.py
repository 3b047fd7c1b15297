"""Reading settings from the environment; a value that cannot be read stops the start."""

import os
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class WrongSetting(Exception):
    """A KITH_ variable holds something that cannot be understood."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in TRUE or value in FALSE:
        return value in TRUE
    raise WrongSetting(f"{name} must be yes or no, not {raw!r}.")


def number(name: str, default: int) -> int:
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise WrongSetting(f"{name} must be a whole number, not {raw!r}.") from None


def zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise WrongSetting(f"{name} must be a zone such as Asia/Kolkata, not {value!r}.") from None
    return value


def country(name: str, default: str) -> str:
    value = text(name, default).upper()
    if not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise WrongSetting(f"{name} must be two letters such as IN, not {value!r}.")
    return value


def one_of(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default).upper()
    if value not in allowed:
        raise WrongSetting(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def words(name: str, default: tuple[str, ...]) -> list[str]:
    """A list written with commas."""
    raw = os.environ.get(name, "")
    return [word.strip() for word in raw.split(",") if word.strip()] or list(default)


def mail(url: str) -> dict[str, str | int | bool]:
    """Django's settings from smtp://user:password@host:port, smtps://… (TLS from the start),
    file:///folder or console:. Nothing is sent without one."""
    backend = "django.core.mail.backends."
    parts = urlsplit(url)
    if not url:
        return {"EMAIL_BACKEND": f"{backend}dummy.EmailBackend"}
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{backend}console.EmailBackend"}
    if parts.scheme == "file":
        folder = unquote(parts.path)
        return {"EMAIL_BACKEND": f"{backend}filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise WrongSetting("KITH_EMAIL_URL must look like smtp://user:password@host:port.")
    return {"EMAIL_BACKEND": f"{backend}smtp.EmailBackend", **_smtp(parts)}


def _smtp(parts: SplitResult) -> dict[str, str | int | bool]:
    safe = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if safe else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": safe,
        "EMAIL_USE_TLS": not safe and "plain" not in parts.query,
        "EMAIL_TIMEOUT": 20,
    }


def postgres(url: str) -> dict[str, str | dict[str, str]]:
    """The parts of postgresql://user:password@host:port/name?option=value."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise WrongSetting("KITH_DATABASE_URL must look like postgresql://user:password@host/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }
