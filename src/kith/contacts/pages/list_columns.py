"""The columns of the list: each draws one cell of a row as escaped HTML."""

from collections.abc import Sequence
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.contacts.display import draw
from kith.contacts.keys import PHONE_KINDS
from kith.contacts.listing.own import listing
from kith.contacts.listing.rows import Row
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
    drawn = marks.avatar(row.name, key=row.id, company=row.is_company, picture=row.picture_url)
    name = escape(row.name)
    return f'<a href="{card_url(row)}" title="{name}">{drawn}<bdi>{name}</bdi></a>'


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
    label = escape(_("Call %(name)s") % {"name": row.name})
    number = escape(row.phone_shown)
    return f'<a href="tel:{escape(row.phone)}" title="{label}"><bdi>{number}</bdi></a>'


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
TRASHED = Column(
    "trashed", gettext_lazy("Deleted"), lambda row: marks.when(row.trashed_at), css="soft"
)
COLUMNS: Sequence[Column] = (
    Column("name", gettext_lazy("Name"), _name, sort="name", css="c-name"),
    Column("what", gettext_lazy("Title, company"), _what, narrow="sub"),
    Column("phone", gettext_lazy("Phone"), _phone, css="soft c-phone", narrow="call"),
    Column("email", gettext_lazy("E-mail"), _email, css="soft"),
    Column("city", gettext_lazy("City"), _city, css="c-slim"),
    Column("priority", gettext_lazy("Priority"), lambda row: marks.stars(row.priority)),
    Column("temperature", gettext_lazy("Temperature"), _temperature, narrow="dot"),
    Column("tags", gettext_lazy("Tags"), lambda row: marks.tags(row.tags)),
    Column("manager", gettext_lazy("Manager"), _manager, css="c-slim"),
    Column(
        "created",
        gettext_lazy("Created"),
        lambda row: marks.when(row.created_at),
        sort="created",
        css="soft",
    ),
)

# Which fields a column shows: when all of them are hidden, so is the column.
SHOWS = {
    "phone": PHONE_KINDS[:3],
    "email": ("email",),
    "city": ("city",),
    "priority": ("priority",),
    "temperature": ("temperature",),
    "tags": ("tags",),
    "manager": ("manager",),
}


def columns(context: Context) -> Sequence[Column]:
    """The built-in columns that are not hidden, and those of fields of one's own."""
    known = CONTACT.by_name
    shown = [
        each
        for each in COLUMNS
        if not all(known[name].hidden for name in SHOWS.get(each.name, ("name",)))
    ]
    return [*shown, *(_own(field, context) for field in listing())]


def _own(field: Field, context: Context) -> Column:
    def render(row: Row) -> str:
        return str(draw(field, row.own.get(field.name), context))

    css = "c-num" if field.kind.widget in ("number", "money") else "c-slim"
    return Column(field.name, field.label, render, css=css)
