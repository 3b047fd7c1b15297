"""Profiles in social networks: a handle, an @handle or any link becomes the profile's link."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.channel import Channel
from kith.core.kinds.kind import Context, Invalid
from kith.core.kinds.links import url_value
from kith.core.kinds.phone import Phone, phone_key

_PIECES = re.compile(r"[,;|]?\s+|[;|,]")
_HOST = re.compile(r"(?:https?:)?(?://)?([a-z0-9.-]+)(?:[/?]|$)", re.IGNORECASE)
_SKYPE = re.compile(r"[a-z0-9][a-z0-9_.:@-]{1,99}")
_NAME = re.compile(r"[\w%.-]+")
_LENGTHS = ("phone-too-short", "phone-too-long")
_BAD_HANDLE = _("This is not a profile name or link of {network}.")


@dataclass(frozen=True, slots=True)
class Network:
    """How a network writes its profiles. `paths`: first segments of a link that precede a name;
    `others`: those of what is no profile, a video or a picture."""

    title: str
    hosts: tuple[str, ...]
    link: str
    handle: str = ""
    paths: tuple[str, ...] = ()
    lower: bool = False
    others: tuple[str, ...] = ()


NETWORKS = {
    "linkedin": Network(
        "LinkedIn", ("linkedin.com",), "https://www.linkedin.com/in/{}", r"[\w%.-]{2,100}",
        paths=("in", "company", "school", "showcase", "pub"),
    ),
    "instagram": Network(
        "Instagram", ("instagram.com", "instagr.am"), "https://www.instagram.com/{}",
        r"[\w.]{1,30}", lower=True, others=("p", "reel", "reels", "explore", "stories", "tv"),
    ),
    "facebook": Network(
        "Facebook", ("facebook.com", "fb.com", "fb.me"), "https://www.facebook.com/{}",
        r"[\w%.-]{1,100}", paths=("pages", "groups", "people", "pg", "p", "share"),
        others=("watch", "photo", "photo.php", "events", "reel", "story.php"),
    ),
    "youtube": Network(
        "YouTube", ("youtube.com",), "https://www.youtube.com/@{}", r"[\w%.-]{1,100}",
        paths=("channel", "c", "user"), others=("watch", "shorts", "playlist", "live", "embed"),
    ),
    "twitter": Network(
        "X (Twitter)", ("x.com", "twitter.com"), "https://x.com/{}", r"\w{1,30}", lower=True
    ),
    "whatsapp": Network("WhatsApp", ("wa.me", "whatsapp.com"), "https://wa.me/{}"),
    "skype": Network("Skype", ("skype.com",), "{}"),
}  # fmt: skip


def _plain_link(network: Network) -> re.Pattern[str]:
    """Links that are written so plainly that a closer look would say nothing else of them."""
    hosts = "|".join(map(re.escape, network.hosts))
    path = f"(?:({'|'.join(network.paths)})/)?" if network.paths else "()"
    name = f"@?(?={network.handle}/?$)([a-zA-Z0-9_](?:[a-zA-Z0-9_.-]*[a-zA-Z0-9_])?)"
    return re.compile(rf"(?:https?://)?(?:www\.)?(?:{hosts})/{path}{name}/?", re.ASCII)


class Social(Channel):
    """Profiles of one network. Skype keeps the handle, WhatsApp the wa.me link of the number."""

    widget = "social"

    def __init__(self, network: str) -> None:
        self.name = network
        self.network = NETWORKS[network]
        self._link = _plain_link(self.network) if self.network.handle else None

    def plainly(self, text: str, context: Context) -> str | None:
        found = self._link.fullmatch(text) if self._link else None
        if found is None:
            return None
        path, name = found[1], found[2]
        if path:
            return f"https://{urlsplit(self.network.link).netloc}/{path}/{name}"
        if name.lower() in (*self.network.paths, *self.network.others):
            return None
        return self.network.link.format(name.lower() if self.network.lower else name)

    def split(self, text: str, context: Context) -> list[str]:
        if self.name == "whatsapp":
            return Phone().split(text, context)
        return _PIECES.split(text.strip())

    def read(self, text: str, context: Context) -> tuple[str, str]:
        text = text.rstrip("/,.; ")
        if self.name == "skype":
            return self._skype(text), ""
        parts = self._link_parts(text)
        if self.name == "whatsapp":
            return self._whatsapp(text if parts is None else "+" + "".join(parts), context), ""
        return self._profile(text, parts), ""

    def display(self, value: str, context: Context) -> str:
        return value.removeprefix("https://").removeprefix("www.")

    def _bad(self, text: str) -> Invalid:
        message = format_lazy(_BAD_HANDLE, network=self.network.title)
        return Invalid("social-invalid", message, text[:200])

    def _skype(self, text: str) -> str:
        handle = text.lower().removeprefix("skype:").partition("?")[0]
        if not _SKYPE.fullmatch(handle) or handle.startswith(("www.", "http")):
            raise self._bad(text)
        return handle

    def _whatsapp(self, number: str, context: Context) -> str:
        try:
            value, _label = Phone().read(number, context)
        except Invalid as error:
            if error.code in _LENGTHS:
                raise
            raise self._bad(number) from None
        return self.network.link.format(phone_key(value))

    def _link_parts(self, text: str) -> list[str] | None:
        """What a link to this network names; None when `text` is a bare handle."""
        host = _HOST.match(text)
        if host and self._is_ours(host[1].lower()):
            return self._path(url_value(text))
        if "/" not in text or self.name == "whatsapp":
            return None
        parts = [part for part in text.split("/") if part]
        if not parts or parts[0].lower() not in self.network.paths:
            raise self._bad(text)
        return parts

    def _path(self, link: str) -> list[str]:
        parts = urlsplit(link)
        if parts.query.startswith(("id=", "phone=")):
            key, _equals, value = parts.query.partition("&")[0].partition("=")
            return [value] if key == "phone" else [f"profile.php?id={value}"]
        return [part for part in parts.path.split("/") if part]

    def _is_ours(self, host: str) -> bool:
        return any(host == own or host.endswith("." + own) for own in self.network.hosts)

    def _profile(self, text: str, parts: list[str] | None) -> str:
        if parts is None:
            return self._from_handle(text)
        if not parts:
            raise self._bad(text)
        if self.name == "facebook" and re.fullmatch(r"profile\.php\?id=\d+", parts[0]):
            return self.network.link.format(parts[0])
        if parts[0].lower() in self.network.paths:
            return self._under_path(parts, text)
        if parts[0].lower() in self.network.others:
            raise self._bad(text)
        return self._from_handle(parts[0])

    def _under_path(self, parts: list[str], text: str) -> str:
        """'company/acme', 'channel/UC…', 'pages/Acme/123'."""
        first = parts[0].lower()
        named = parts[1:3] if first in ("pages", "people", "share") else parts[1:2]
        names = [quote(part.rstrip("."), safe="%") for part in named]
        if not names or not all(re.fullmatch(r"[\w%.-]+", name, re.ASCII) for name in names):
            raise self._bad(text)
        base = urlsplit(self.network.link)
        return f"https://{base.netloc}/{first}/{'/'.join(names)}"

    def _from_handle(self, text: str) -> str:
        text = text.removeprefix("@").rstrip(".")
        handle = quote(text, safe="%")
        sound = _NAME.fullmatch(text) and re.fullmatch(self.network.handle, handle, re.ASCII)
        if not sound or handle in self.network.paths:
            raise self._bad(text)
        return self.network.link.format(handle.lower() if self.network.lower else handle)
