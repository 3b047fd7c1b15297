"""Values as people see them on a page: links that dial, write or open, stars, tags."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kith.core.fields import Field, Value
from kith.core.kinds import Identifier, Sealed
from kith.core.kinds.kind import Context, Kind
from kith.core.kinds.records import record_label
from kith.core.record_types import registry
from kith.core.sealing import SealBroken
from kith.web import marks

Draw = Callable[[Any, Value, Context], SafeString]
SHORT = 24
JOINT = re.compile(r"(?<=[^/]@)|(?<=[^/]/)(?=[^/])|(?=[.])")


def draw(field: Field, value: Value, context: Context) -> SafeString:
    """Escaped HTML of a value; "" when it is empty."""
    if value in (None, "", []):
        return SafeString("")
    return DRAWN.get(field.kind.widget, _text)(field.kind, value, context)


def words(field: Field, value: Value, context: Context, limit: int = 300) -> str:
    """The value as plain text, cut where it would fill the page."""
    text = field.kind.show(value, context)
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def _text(kind: Kind, value: Value, context: Context) -> SafeString:
    return format_html("{}", kind.show(value, context))


def _longtext(_kind: Kind, value: Value, _context: Context) -> SafeString:
    return format_html('<span class="k-lines">{}</span>', value)


def _entries(value: Value, link: Callable[[dict[str, str]], SafeString]) -> SafeString:
    lines = ((link(entry), _label(entry)) for entry in value)
    return format_html_join(SafeString("<br>"), "<bdi>{}</bdi>{}", lines)


def _label(entry: dict[str, str]) -> SafeString:
    label = channel_labels().get(entry["label"], entry["label"])
    return format_html(' <span class="k-muted">· {}</span>', label) if label else SafeString("")


def channel_labels() -> dict[str, str]:
    return {"": "", "work": _("work"), "home": _("home"), "other": _("other")}


def _phone(kind: Any, value: Value, context: Context) -> SafeString:
    return _entries(
        value,
        lambda entry: format_html(
            '<a href="tel:{}">{}</a>', entry["value"], kind.display(entry["value"], context)
        ),
    )


def _email(_kind: Any, value: Value, _context: Context) -> SafeString:
    return _entries(
        value,
        lambda entry: format_html(
            '<a href="mailto:{}">{}</a>', entry["value"], breakable(entry["value"])
        ),
    )


def breakable(text: str) -> SafeString:
    """Broken at its joints where it is longer than a card is wide, and not before its last letter;
    what is copied is the text alone."""
    escaped = escape(text)
    return escaped if len(text) <= SHORT else mark_safe(JOINT.sub("<wbr>", escaped))  # noqa: S308


def _url(kind: Any, value: Value, context: Context) -> SafeString:
    def link(entry: dict[str, str]) -> SafeString:
        shown = kind.display(entry["value"], context)
        if not entry["value"].startswith(("https://", "http://")):
            return format_html("{}", shown)
        return format_html(
            '<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>',
            entry["value"],
            breakable(shown),
        )

    return _entries(value, link)


def _money(kind: Kind, value: Value, context: Context) -> SafeString:
    """With the currency that it is in, where the page knows."""
    return amount(kind.show(value, context), context.currency)


def amount(shown: str, currency: str) -> SafeString:
    if not currency:
        return format_html("{}", shown)
    return format_html('{} <span class="k-muted">{}</span>', shown, currency)


def _one_phone(kind: Any, value: Value, context: Context) -> SafeString:
    return format_html('<a href="tel:{}">{}</a>', value, kind.show(value, context))


def _position(kind: Any, value: Value, context: Context) -> SafeString:
    """A link to a public map, which nobody asks for anything until somebody follows it."""
    return format_html(
        '<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>',
        map_url(value), kind.show(value, context),
    )  # fmt: skip


def map_url(position: str) -> str:
    north, _comma, east = position.partition(",")
    place = f"?mlat={north}&mlon={east}#map=16/{north}/{east}"
    return f"https://www.openstreetmap.org/{place}" if position else ""


def _stars(_kind: Kind, value: Value, _context: Context) -> SafeString:
    return marks.stars(value)


def _identifier(kind: Kind, value: Value, context: Context) -> SafeString:
    return format_html("<bdi>{}</bdi>", kind.show(value, context)) + unverified(kind, value)


def _sealed(kind: Any, value: Value, context: Context) -> SafeString:
    """Masked; that it is doubtful may be seen."""
    return format_html("{}", kind.show(value, context)) + unverified(kind, value)


def unverified(kind: Kind, value: Value) -> SafeString:
    """The mark beside it, masked or shown."""
    flaw = flaw_of(kind, value)
    if not flaw:
        return SafeString("")
    mark = ' <span class="k-badge warn" title="{}">{}</span>'
    return format_html(mark, flaw, _("unverified"))


def flaw_of(kind: Any, value: Value) -> str:
    """What is wrong with an official number that was kept all the same, sealed or not."""
    if isinstance(kind, Sealed) and value:
        try:
            kind, value = kind.inner, kind.opened(value)
        except SealBroken:
            return ""
    if not isinstance(kind, Identifier) or not value or value["verified"] is not False:
        return ""
    context = Context()
    kind.clean(value, context)
    if not context.cautions:  # It was read with the rules of a country that is not known here.
        return _("This number did not pass its check.")
    return str(context.cautions[0].message)


def _record(kind: Any, value: Value, context: Context) -> SafeString:
    """A link to it, for who may see it."""
    label = record_label(value, context)
    page = registry.get(kind.record_type).page
    if not (label and page):
        return _text(kind, value, context)
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse(page, args=[value]), label)


def _choices(kind: Any, value: Value, context: Context) -> SafeString:
    names = [type(kind).show(kind, [each], context).strip('"') for each in value]
    found = [(name, colour_of(pk, context)) for name, pk in zip(names, value, strict=True)]
    return marks.tags(found, shown=len(found))


def _choice(kind: Kind, value: Value, context: Context) -> SafeString:
    """With its colour, if its list gives it one."""
    name, colour = kind.show(value, context), colour_of(value, context)
    return marks.temperature(colour, name) if colour and name else _text(kind, value, context)


def colour_of(option: Any, context: Context) -> str:
    """What its list says of an option; "" for none, and for what is no option."""
    get = getattr(context.options, "get", None)
    entry = get(option) if get and isinstance(option, int) else None
    return entry.attributes.get("colour") or "" if entry else ""


def _groups(kind: Any, value: Value, context: Context) -> SafeString:
    names = [type(kind).show(kind, [each], context).strip('"') for each in value]
    return marks.tags([(name, "") for name in names], shown=len(names))


def _texts(_kind: Kind, value: Value, _context: Context) -> SafeString:
    return format_html_join(", ", "<bdi>{}</bdi>", ((each,) for each in value))


def _moment(_kind: Kind, value: Value, _context: Context) -> SafeString:
    return mark_safe(marks.when(moment(value)))  # noqa: S308 (drawn by the kit)


def moment(value: str) -> Any:
    """The datetime of a Moment in wire form."""
    return dt.datetime.fromisoformat(value)


DRAWN: dict[str, Draw] = {
    "longtext": _longtext,
    "phone": _phone,
    "one_phone": _one_phone,
    "money": _money,
    "position": _position,
    "email": _email,
    "url": _url,
    "social": _url,
    "stars": _stars,
    "choice": _choice,
    "choices": _choices,
    "groups": _groups,
    "texts": _texts,
    "moment": _moment,
    "identifier": _identifier,
    "sealed": _sealed,
    "record": _record,
}
