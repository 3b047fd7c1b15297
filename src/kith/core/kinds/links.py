"""Web addresses, kept as links that a browser opens."""

import re
import unicodedata
from urllib.parse import SplitResult, quote, urlsplit

import idna
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.channel import Channel
from kith.core.kinds.kind import Context, Invalid

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_PIECES = re.compile(r"[,;|]?\s+|[,;|](?=https?://|www\.)", re.IGNORECASE)
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]", re.IGNORECASE)
_HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?=.*[a-z])[a-z0-9-]{2,63}"
)
_PATH_SAFE = "/%:=@!$&'()*+,;~?-._[]"

_BAD_URL = _("This is not a web address. Write it like www.example.com.")


class Url(Channel):
    """Web addresses, http or https only; 'www.example.com' becomes https://www.example.com."""

    widget = "url"

    def plainly(self, text: str, context: Context) -> str | None:
        return f"https://{text}" if _HOST.fullmatch(text) else None

    def split(self, text: str, context: Context) -> list[str]:
        return _PIECES.split(text.strip())

    def read(self, text: str, context: Context) -> tuple[str, str]:
        return url_value(text), ""

    def display(self, value: str, context: Context) -> str:
        return value.removeprefix("https://")


def url_value(text: str) -> str:
    """The link with lower-case ASCII host, nothing dangerous in it; raises Invalid."""
    try:
        parts = urlsplit(_with_scheme(text))
        return _rebuilt(parts, text)
    except (ValueError, UnicodeError):
        raise Invalid("url-invalid", _BAD_URL, text[:200]) from None


def _with_scheme(text: str) -> str:
    text = text.strip().rstrip(",;.")
    if text.startswith("//"):
        return "https:" + text
    return text if _SCHEME.match(text) else "https://" + text


def _rebuilt(parts: SplitResult, text: str) -> str:
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or parts.username is not None or re.search(r"\s", text):
        raise ValueError(text)
    host = _ascii_host(parts.hostname or "")
    port = (
        f":{parts.port}" if parts.port and parts.port != {"http": 80, "https": 443}[scheme] else ""
    )
    path = quote(unicodedata.normalize("NFC", parts.path), safe=_PATH_SAFE)
    query = "?" + quote(parts.query, safe=_PATH_SAFE) if parts.query else ""
    anchor = "#" + quote(parts.fragment, safe=_PATH_SAFE) if parts.fragment else ""
    rest = path + query + anchor
    return f"{scheme}://{host}{port}{'' if rest == '/' else rest}".rstrip(",;.")


def _ascii_host(host: str) -> str:
    host = host.rstrip(".")
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode()
    host = host.lower()
    if ":" in host:
        host = f"[{host}]"
    if not (_HOST.fullmatch(host) or _IP.fullmatch(host)):
        raise ValueError(host)
    return host
