"""The columns of the list: each draws one cell of a row as escaped HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kith.contacts.display import amount, draw, words
from kith.contacts.listing.offered import AMOUNTS_IN, is_there, standard
from kith.contacts.listing.rows import Row
from kith.contacts.listing.sorting import sortable
from kith.contacts.listing.state import State
from kith.contacts.record import CONTACT
from kith.core.fields import Field
from kith.core.kinds.kind import Context
from kith.web import marks
from kith.web.lists import Column


@cache
def _here() -> str:
    return reverse("contacts:list")


def card_url(row: Row) -> str:
    return f"{_here()}{row.id}/"


def edit_url(row: Row) -> str:
    return f"{_here()}{row.id}/edit/"


def _name(row: Row) -> str:
    return f'<a href="{card_url(row)}" title="{escape(row.name)}">{_called(row)}</a>'


def _called(row: Row) -> str:
    drawn = marks.avatar(row.name, key=row.id, company=row.is_company, picture=row.picture_url)
    return f"{drawn}<bdi>{escape(row.name)}</bdi>{_trades(row)}"


def _trades(row: Row) -> str:
    """A sign for a customer and one for a vendor, with the number on hover."""
    found = ""
    if row.customer_number:
        found += _sign("shopping-cart", _("Customer %(number)s"), row.customer_number)
    if row.vendor_number:
        found += _sign("truck", _("Vendor %(number)s"), row.vendor_number)
    return found


def _sign(icon: str, said: str, number: str) -> str:
    words = escape(said % {"number": number})
    drawn = marks.icon(icon)
    return (
        f'<span class="k-badge good" role="img" aria-label="{words}" title="{words}">{drawn}</span>'
    )


def _what(row: Row) -> str:
    """Title and company; on a phone something else stands in when there is neither."""
    what = escape(row.what)
    if what:
        return f'<span title="{what}"><bdi>{what}</bdi></span>'
    other = escape(row.city or row.email or row.phone_shown)
    return f'<span class="k-act"><bdi>{other or "&nbsp;"}</bdi></span>'


def _phone(row: Row) -> str:
    if not row.phone:
        return ""
    label = escape(_to_call(get_language()) % {"name": row.name})
    number = escape(row.phone_shown)
    return f'<a href="tel:{escape(row.phone)}" title="{label}"><bdi>{number}</bdi></a>'


@lru_cache(maxsize=64)
def _to_call(_language: str | None) -> str:
    return _("Call %(name)s")


def _email(row: Row) -> str:
    email = escape(row.email)
    return f'<a href="mailto:{email}" title="{email}">{email}</a>' if email else ""


def _city(row: Row) -> str:
    return f"<bdi>{escape(row.city)}</bdi>" if row.city else ""


def _temperature(row: Row) -> str:
    return marks.temperature(row.colour, row.temperature)


def _manager(row: Row) -> str:
    return f"<bdi>{escape(row.manager)}</bdi>" if row.manager else ""


BY_NAME = Column("name", gettext_lazy("Name"), _name, css="c-name")
NAMED = Column("name", gettext_lazy("Name"), lambda row: f"<a>{_called(row)}</a>", css="c-name")
"""Of what lies in the trash, which has no card to open until it comes back."""
TRASHED = Column(
    "trashed", gettext_lazy("Deleted"), lambda row: marks.when(row.trashed_at), css="soft"
)
COLUMNS: Sequence[Column] = (
    Column("name", gettext_lazy("Name"), _name, css="c-name"),
    Column("what", gettext_lazy("Title, company"), _what, narrow="sub"),
    Column("phone", gettext_lazy("Phone"), _phone, css="soft c-phone", narrow="call"),
    Column("email", gettext_lazy("E-mail"), _email, css="soft"),
    Column("city", gettext_lazy("City"), _city, css="c-slim"),
    Column("priority", gettext_lazy("Priority"), lambda row: marks.stars(row.priority)),
    Column("temperature", gettext_lazy("Temperature"), _temperature, narrow="dot"),
    Column("tags", gettext_lazy("Tags"), lambda row: marks.tags(row.tags)),
    Column("manager", gettext_lazy("Account manager"), _manager, css="c-slim"),
    Column(
        "created",
        gettext_lazy("Created"),
        lambda row: marks.when(row.created_at),
        css="soft",
    ),
    Column("updated", gettext_lazy("Updated"), lambda row: marks.when(row.updated_at), css="soft"),
)

DRAWN: Mapping[str, Column] = {each.name: each for each in COLUMNS}
NARROW = ("what", "phone", "temperature")
"""What a phone shows of each row, whatever was chosen."""
FIGURES = ("number", "money", "stars", "integer")
SLIM = ("choice", "enum", "date", "yesno", "user", "country", "code")
LONGEST = 120


def columns(state: State, context: Context) -> Sequence[Column]:
    """The chosen columns, else the usual ones; and out of sight what a phone shows of a row."""
    names = state.columns or standard()
    shown = [_column(name, context) for name in names]
    beside = [DRAWN[name] for name in NARROW if name not in names and is_there(name)]
    return [*shown, *(replace(each, css="n-only", sort="") for each in beside)]


def _column(name: str, context: Context) -> Column:
    found = DRAWN.get(name) or _of_field(CONTACT.field(name), context)
    return replace(found, sort=name if sortable(name) else "")


def _of_field(field: Field, context: Context) -> Column:
    def render(row: Row) -> str:
        return _cell(field, row.held.get(field.name), context)

    def render_amount(row: Row) -> str:
        value = row.held.get(field.name)
        currency = row.held.get(AMOUNTS_IN) or context.currency
        return "" if value is None else str(amount(field.kind.show(value, context), currency))

    widget = field.kind.widget
    css = "c-num" if widget in FIGURES else "c-slim" if widget in SLIM else ""
    return Column(field.name, field.label, render_amount if widget == "money" else render, css=css)


def _cell(field: Field, value: Any, context: Context) -> str:
    """On one line: of several entries the first, and how many more there are."""
    if field.kind.widget == "longtext":
        return escape(" ".join(words(field, value, context, LONGEST).split())) if value else ""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        more = f' <span class="k-muted">+{len(value) - 1}</span>' if value[1:] else ""
        return f"{draw(field, value[:1], context)}{more}"
    return str(draw(field, value, context))
