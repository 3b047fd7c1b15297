"""What the list shows of each contact, gathered for a page in a number of queries that is always
the same."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.contacts.keys import PHONE_KINDS
from kith.contacts.models import Channel, Label, Site
from kith.contacts.queries import primary_companies
from kith.core.kinds.kind import Context
from kith.core.kinds.phone import phone_text
from kith.reference.queries import Entry, option_entries

COLUMNS = (
    "id",
    "code",
    "kind",
    "name",
    "designation_id",
    "temperature_id",
    "manager_id",
    "priority",
    "created_at",
    "trashed_at",
)
TAGS = "tags"


@dataclass(slots=True)
class Row:
    """One contact as a list shows it."""

    id: int
    code: str
    kind: str
    name: str
    title: str
    temperature: str
    colour: str
    manager: str
    priority: int | None
    created_at: dt.datetime
    trashed_at: dt.datetime | None
    company: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    country: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def is_company(self) -> bool:
        return self.kind == "company"

    @property
    def what(self) -> str:
        """'Export manager, Horus Tech Solutions'."""
        return ", ".join(part for part in (self.title, self.company) if part)

    @property
    def phone_shown(self) -> str:
        return phone_text(self.phone, self.country) if self.phone else ""


def load_rows(user: Any, cells: Sequence[tuple[Any, ...]], context: Context) -> list[Row]:
    """Rows in the order of the cells, which hold what COLUMNS name."""
    ids = [cell[0] for cell in cells]
    tags = _tags(ids)
    chosen = {option for cell in cells for option in cell[4:6]} | {option for _, option in tags}
    options = option_entries(chosen)
    rows = {cell[0]: _row(cell, options, context) for cell in cells}
    for contact, option in tags:
        rows[contact].tags.append(options[option].name)
    for contact, (_link, _company, name) in primary_companies(ids, user).items():
        rows[contact].company = name
    cities = Site.objects.filter(contact__in=ids, is_main=True).exclude(city="")
    for contact, city in cities.values_list("contact_id", "city"):
        rows[contact].city = city
    _add_channels(rows, ids)
    return list(rows.values())


def _row(cell: tuple[Any, ...], options: dict[int, Entry], context: Context) -> Row:
    pk, code, kind, name, title, temperature, manager, priority, created, trashed = cell
    title, temperature = options.get(title), options.get(temperature)
    return Row(
        id=pk,
        code=code,
        kind=kind,
        name=name,
        title=title.name if title else "",
        temperature=temperature.name if temperature else "",
        colour=temperature.attributes.get("colour", "") if temperature else "",
        manager=_user(manager, context),
        priority=priority,
        created_at=created,
        trashed_at=trashed,
        country=context.default_country,
    )


def _user(pk: int | None, context: Context) -> str:
    if pk is None or context.users is None:
        return ""
    try:
        return context.users.label(pk)
    except LookupError:
        return ""


def _tags(ids: Sequence[int]) -> list[tuple[int, int]]:
    labels = Label.objects.filter(contact__in=ids, kind=TAGS).order_by("option")
    return list(labels.values_list("contact_id", "option_id"))


def _add_channels(rows: dict[int, Row], ids: Sequence[int]) -> None:
    """The primary e-mail, and the first phone there is: mobile before office before other."""
    channels = Channel.objects.filter(contact__in=ids, position=0)
    found = {
        (contact, kind): value
        for contact, kind, value in channels.values_list("contact_id", "kind", "value")
    }
    for pk, row in rows.items():
        row.email = found.get((pk, "email"), "")
        phones = (found.get((pk, kind)) for kind in PHONE_KINDS[:3])
        row.phone = next((phone for phone in phones if phone), "")
