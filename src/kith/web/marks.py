"""Small marks drawn many times a page: plain functions, since a template include costs far more."""

import unicodedata
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape

from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kith.core import clock
from kith.core.habits import day_text, habits

COLOURS = 10
RIGHT_TO_LEFT = {"R", "AL"}


@cache
def sprite_url() -> str:
    return static("vendor/icons.svg")


@lru_cache(maxsize=1024)
def icon(name: str, css: str = "") -> SafeString:
    """One Tabler icon from the sprite, silent for screen readers: the word beside it speaks."""
    return mark_safe(  # noqa: S308 (names come from our own code)
        f'<svg class="icon {escape(css)}" aria-hidden="true" focusable="false">'
        f'<use href="{sprite_url()}#{escape(name)}"/></svg>'
    )


@lru_cache(maxsize=4096)
def initials(name: str, *, company: bool = False) -> str:
    """One or two letters that stand for a name; one for scripts that join their letters."""
    words = [w for w in (_letters(part) for part in name.split()) if w]
    if not words:
        return "?"
    first = words[0][0]
    if unicodedata.bidirectional(first) in RIGHT_TO_LEFT or ord(first) >= 0x2E80:
        return first
    others = words[1:2] if company else words[1:][-1:]
    return (first + "".join(other[0] for other in others)).upper()


def _letters(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", word) if c.isalnum())


def avatar(
    name: str, *, key: object = "", company: bool = False, css: str = "", picture: str = ""
) -> SafeString:
    """Initials in a colour that stays the same for one `key` (an id; the name if there is none)."""
    colour = zlib.crc32(str(key or name).encode()) % COLOURS
    inside = f'<img src="{escape(picture)}" alt="" loading="lazy">' if picture else ""
    shape = " co" if company else ""
    return mark_safe(  # noqa: S308 (escaped above and below)
        f'<span class="k-avatar av-{colour}{shape} {escape(css)}" aria-hidden="true">'
        f"{inside or escape(initials(name, company=company) if name else '?')}</span>"
    )


def stars(count: int | None) -> SafeString:
    return _stars(max(0, min(5, count or 0)), get_language())


@lru_cache(maxsize=64)
def _stars(full: int, _language: str | None) -> SafeString:
    said = ngettext("%(n)d star", "%(n)d stars", full) % {"n": full}
    return mark_safe(  # noqa: S308 (only numbers)
        f'<span class="k-stars" role="img" aria-label="{escape(said)}" title="{escape(said)}">'
        f"{'<b>' + '★' * full + '</b>' if full else ''}{'★' * (5 - full)}</span>"
    )


def temperature(code: str | None, label: str = "") -> SafeString:
    """`code` is a colour, else it is grey; the word always stands beside the dot."""
    if not code and not label:
        return SafeString("")
    word = escape(label or (code or "").capitalize())
    return mark_safe(f'<span class="k-temp {escape(code or "")}">{word}</span>')  # noqa: S308


@lru_cache(maxsize=4096)
def tag(name: str, colour: str = "", css: str = "k-tag") -> SafeString:
    """`colour` is one that options of a list may have; "" is none."""
    tint = f" tint {escape(colour)}" if colour else ""
    return mark_safe(f'<span class="{css}{tint}" dir="auto">{escape(name)}</span>')  # noqa: S308


def tags(found: Sequence[tuple[str, str]], shown: int = 3) -> SafeString:
    """The first few tags (name, colour), and how many more there are (named in full on hover)."""
    return mark_safe(f'<span class="k-tags">{tag_row(found, shown)}</span>' if found else "")  # noqa: S308


def tag_row(found: Sequence[tuple[str, str]], shown: int) -> SafeString:
    drawn = "".join(tag(*each) for each in found[:shown])
    rest = ", ".join(name for name, _colour in found[shown:])
    if rest:
        drawn += f'<span class="k-tag add" title="{escape(rest)}">+{len(found) - shown}</span>'
    return mark_safe(drawn)  # noqa: S308 (escaped above)


def exactly(moment: datetime) -> str:
    """The day as the firm writes it, and the time."""
    local = timezone.localtime(moment)
    return f"{day_text(local.date())}, {local:%H:%M}"


def when(moment: datetime | date | None, *, now: datetime | None = None) -> SafeString:
    """A short date as people say it, with the exact one on hover."""
    if moment is None:
        return SafeString("")
    zone = timezone.get_current_timezone()
    local = moment.astimezone(zone) if isinstance(moment, datetime) else moment
    day = local.date() if isinstance(local, datetime) else local
    today = (now or clock.now()).astimezone(zone).date()
    words, exact, is_near = _day_words(day, today, get_language(), habits.get().date)
    if isinstance(local, datetime):
        clock_time = f"{local.hour:02}:{local.minute:02}"
        exact = f"{exact}, {clock_time}"
        words = f"{words} {clock_time}" if is_near else words
    return SafeString(f'<time datetime="{local.isoformat()}" title="{exact}">{words}</time>')


# A page shows fifty moments, which are of few days.
@lru_cache(maxsize=4096)
def _day_words(day: date, today: date, _language: str | None, _habit: str) -> tuple[str, str, bool]:
    """How a day is spoken of, and how it is written in full, escaped; and whether it is so near
    that the time belongs to it."""
    exact = escape(day_text(day, "j M Y"))
    if 0 <= (today - day).days <= 1:
        return escape(_("Today") if day == today else _("Yesterday")), exact, True
    return escape(day_text(day, "j M" if day.year == today.year else "j M Y")), exact, False
