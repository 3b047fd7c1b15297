"""Web addresses and social profiles, kept as links that a browser opens."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

import idna
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.channel import Channel
from kith.core.kinds.kind import Context, Invalid
from kith.core.kinds.phone import Phone, phone_key

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_PIECES = re.compile(r"[,;|]?\s+|[,;|](?=https?://|www\.)", re.IGNORECASE)
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]", re.IGNORECASE)
_HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?=.*[a-z])[a-z0-9-]{2,63}"
)
_PATH_SAFE = "/%:=@!$&'()*+,;~?-._[]"

_BAD_URL = _("This is not a web address. Write it like www.example.com.")
_BAD_HANDLE = _("This is not a profile name or link of {network}.")


class Url(Channel):
    """Web addresses, http or https only; 'www.example.com' becomes https://www.example.com."""

    widget = "url"
    max_length = 2_000

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


@dataclass(frozen=True, slots=True)
class Network:
    """How a social network writes its profiles. `paths`: first segments that precede a name."""

    title: str
    hosts: tuple[str, ...]
    link: str
    handle: str
    paths: tuple[str, ...] = ()


NETWORKS = {
    "linkedin": Network("LinkedIn", ("linkedin.com", "lnkd.in"), "https://www.linkedin.com/in/{}",
                        r"[\w%.-]{2,100}", ("in", "company", "school", "showcase", "pub")),
    "instagram": Network("Instagram", ("instagram.com", "instagr.am"),
                         "https://www.instagram.com/{}", r"[A-Za-z0-9_.]{1,30}"),
    "facebook": Network("Facebook", ("facebook.com", "fb.com", "fb.me"),
                        "https://www.facebook.com/{}", r"[\w%.-]{1,100}",
                        ("pages", "groups", "people", "pg", "p", "share")),
    "youtube": Network("YouTube", ("youtube.com", "youtu.be"), "https://www.youtube.com/@{}",
                       r"[\w%.·-]{1,100}", ("channel", "c", "user")),
    "twitter": Network("X (Twitter)", ("x.com", "twitter.com"), "https://x.com/{}",
                       r"[A-Za-z0-9_]{1,30}"),
    "skype": Network("Skype", ("skype.com",), "{}", r"[\w.,:@-]{2,100}"),
    "whatsapp": Network("WhatsApp", ("wa.me", "whatsapp.com"), "https://wa.me/{}", r"\d{5,16}"),
}  # fmt: skip


class Social(Channel):
    """Profiles of one network, given as a handle, an @handle or any link to the profile."""

    widget = "social"

    def __init__(self, network: str) -> None:
        self.name = network
        self.network = NETWORKS[network]

    def split(self, text: str, context: Context) -> list[str]:
        return re.split(r"[,;|]?\s+(?=\S)|[;|\n]|,(?!\w*:)", text.strip())

    def read(self, text: str, context: Context) -> tuple[str, str]:
        text = text.strip().rstrip("/,")
        if self.name == "skype":
            return self._skype(text), ""
        link = self._link_parts(text)
        if self.name == "whatsapp":
            return self._whatsapp(link[0] if link else text, context), ""
        if link:
            return self._profile(link, text), ""
        return self._from_handle(text), ""

    def display(self, value: str, context: Context) -> str:
        return value.removeprefix("https://").removeprefix("www.")

    def _bad(self, text: str) -> Invalid:
        message = format_lazy(_BAD_HANDLE, network=self.network.title)
        return Invalid("social-invalid", message, text[:200])

    def _skype(self, text: str) -> str:
        handle = re.sub(r"^skype:|\?.*$", "", text, flags=re.IGNORECASE)
        if "/" in handle or not re.fullmatch(self.network.handle, handle):
            raise self._bad(text)
        return handle.lower()

    def _whatsapp(self, text: str, context: Context) -> str:
        digits = re.sub(r"^\+?(\d+)$", r"+\1", text) if text.isdigit() and len(text) > 10 else text
        try:
            value, _label = Phone().read(digits, context)
        except Invalid:
            raise self._bad(text) from None
        return self.network.link.format(phone_key(value))

    def _link_parts(self, text: str) -> list[str] | None:
        """The path of a link to this network ([] for its front page); None for a bare handle."""
        bare = text.removeprefix("@")
        host = re.match(r"(?:https?:)?(?://)?([a-z0-9.-]+)(?:/|$)", text, re.IGNORECASE)
        is_ours = bool(host) and self._is_ours(host[1].lower()) if host else False
        if not is_ours and ("/" not in bare or self._starts_with_path(bare)):
            return [part for part in bare.split("/") if part] if "/" in bare else None
        if not is_ours:
            raise self._bad(text)
        parts = urlsplit(url_value(text))
        if parts.path.rstrip("/") == "/profile.php" and parts.query.startswith("id="):
            return [f"profile.php?{parts.query.partition('&')[0]}"]
        if self.name == "whatsapp" and parts.query.startswith("phone="):
            return [parts.query[6:].partition("&")[0]]
        return [part for part in parts.path.split("/") if part]

    def _is_ours(self, host: str) -> bool:
        return any(host == own or host.endswith("." + own) for own in self.network.hosts)

    def _starts_with_path(self, text: str) -> bool:
        return text.split("/", maxsplit=1)[0].lower() in self.network.paths

    def _profile(self, parts: list[str], text: str) -> str:
        if parts[0].startswith("profile.php?id=") and parts[0][15:].isdigit():
            return self.network.link.format(parts[0])
        if parts[0].lower() in self.network.paths:
            return self._under_path(parts, text)
        return self._from_handle(parts[0])

    def _under_path(self, parts: list[str], text: str) -> str:
        name = "/".join(parts[1:3]) if parts[0].lower() in ("pages", "people", "share") else (
            parts[1] if len(parts) > 1 else "")  # fmt: skip
        if not name or not all(re.fullmatch(self.network.handle, p) for p in name.split("/")):
            raise self._bad(text)
        base = urlsplit(self.network.link.format("x"))
        return f"{base.scheme}://{base.netloc}/{parts[0].lower()}/{name}"

    def _from_handle(self, text: str) -> str:
        handle = quote(text.removeprefix("@"), safe="%")
        if not re.fullmatch(self.network.handle, handle, re.ASCII):
            raise self._bad(text)
        lower = self.name in ("instagram", "twitter")
        return self.network.link.format(handle.lower() if lower else handle)
