"""What the list shows of each contact, gathered for a page in a number of queries that is always
the same."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from kith.contacts.keys import PHONE_KINDS
from kith.contacts.listing.own import listing
from kith.contacts.picture_address import picture_url
from kith.contacts.queries import primary_companies
from kith.contacts.record import CONTACT
from kith.core.among import among_sql, one_value
from kith.core.fields import Field
from kith.core.kinds.kind import Context
from kith.core.kinds.phone import phone_text
from kith.core.prepared import known_cursor
from kith.records.tables import load_states

PROSPECT = "P-"
"""So the codes of prospects begin, and no others."""
COLUMNS = (
    "id",
    "code",
    "kind",
    "name",
    "designation__name",
    "temperature__name",
    "temperature__attributes",
    "manager__name",
    "priority",
    "customer_number",
    "vendor_number",
    "created_at",
    "updated_at",
    "trashed_at",
    "picture",
)
# What stands below a contact, in one question: each costs more to ask than to answer.
BELOW = """
SELECT contact_id, kind, value, '' FROM contacts_channel
WHERE position = 0 AND {among}
UNION ALL
SELECT contact_id, 'city', city, '' FROM contacts_site
WHERE is_main AND city <> '' AND {among}
UNION ALL
SELECT contact_id, kind, name, colour FROM (
    SELECT below.contact_id, below.kind, option.name, option.attributes ->> 'colour' AS colour
    FROM contacts_label below JOIN reference_option option ON option.id = below.option_id
    WHERE below.kind = 'tags' AND {among} ORDER BY below.option_id
) AS labels
"""


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
    updated_at: dt.datetime
    trashed_at: dt.datetime | None
    picture: str | None = None
    company: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    country: str = ""
    tags: list[tuple[str, str]] = field(default_factory=list)
    customer_number: str = ""
    vendor_number: str = ""
    held: dict[str, Any] = field(default_factory=dict)
    """Values of further fields, by name."""

    @property
    def is_company(self) -> bool:
        return self.kind == "company"

    @property
    def is_prospect(self) -> bool:
        return self.code.startswith(PROSPECT)

    @property
    def picture_url(self) -> str:
        """None for one in the trash, whose picture nobody is given until it is back."""
        return "" if self.trashed_at else picture_url(self.id, self.picture)

    @property
    def what(self) -> str:
        """'Export manager, Horus Tech Solutions'."""
        return ", ".join(part for part in (self.title, self.company) if part)

    @property
    def phone_shown(self) -> str:
        return phone_text(self.phone, self.country) if self.phone else ""


def columns() -> tuple[str, ...]:
    """What is read of each row; the fields of one's own only where some of them are shown."""
    return (*COLUMNS, "custom") if listing() else COLUMNS


def load_rows(
    user: Any, cells: Sequence[tuple[Any, ...]], context: Context, fields: Sequence[Field] = ()
) -> list[Row]:
    """Rows in the order of the cells, which hold what `columns` names; with the values of further
    fields, one question for each table that holds some of them."""
    ids = [cell[0] for cell in cells]
    rows = {cell[0]: _row(cell[: len(COLUMNS)], context) for cell in cells}
    _add_own(rows, cells)
    if fields and ids:
        for pk, state in load_states(CONTACT, ids, fields, viewer=user).items():
            rows[pk].held |= state
    _expect(rows, [*listing(), *fields], context)
    for contact, (_link, _company, name) in primary_companies(ids, user).items():
        rows[contact].company = name
    if ids:
        _add_below(rows, ids)
    return list(rows.values())


def _row(cell: tuple[Any, ...], context: Context) -> Row:
    pk, code, kind, name, title, temperature, attributes, manager, priority, *rest = cell
    customer, vendor, made, changed, trashed, picture = rest
    return Row(
        id=pk,
        code=code,
        kind=kind,
        name=name,
        title=title or "",
        temperature=temperature or "",
        colour=(attributes or {}).get("colour", ""),
        manager=manager or "",
        priority=priority,
        created_at=made,
        updated_at=changed,
        trashed_at=trashed,
        picture=picture,
        customer_number=customer or "",
        vendor_number=vendor or "",
        country=context.default_country,
    )


def _add_own(rows: dict[int, Row], cells: Sequence[tuple[Any, ...]]) -> None:
    """The values of fields of one's own."""
    for cell in cells:
        held = cell[len(COLUMNS)] if len(cell) > len(COLUMNS) else None
        rows[cell[0]].held = dict(held or {})


def _expect(rows: dict[int, Row], fields: Sequence[Field], context: Context) -> None:
    """The contacts that values name are read at once."""
    named = [each.name for each in fields if each.kind.widget == "record"]
    if named and context.records:
        held = (row.held.get(name) for row in rows.values() for name in named)
        context.records.expect(filter(None, held))


def _add_below(rows: dict[int, Row], ids: Sequence[int]) -> None:
    """City, tags, the primary e-mail, and the first phone there is: mobile before office before
    other."""
    found: dict[tuple[int, str], str] = {}
    asked = BELOW.format(among=among_sql("contact_id", connection.vendor))
    with known_cursor() as cursor:
        cursor.execute(asked, [one_value(ids, connection.vendor)] * 3)
        for contact, kind, value, colour in cursor.fetchall():
            if kind == "tags":
                rows[contact].tags.append((value, colour or ""))
            else:
                found[contact, kind] = value
    for pk, row in rows.items():
        row.city = found.get((pk, "city"), "")
        row.email = found.get((pk, "email"), "")
        phones = (found.get((pk, kind)) for kind in PHONE_KINDS[:3])
        row.phone = next((phone for phone in phones if phone), "")
