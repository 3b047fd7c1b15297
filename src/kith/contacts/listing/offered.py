"""Which columns a list can show, by the stable names that addresses and saved views hold."""

from collections.abc import Iterable, Mapping, Sequence

from kith.contacts.keys import PHONE_KINDS
from kith.contacts.listing.own import listing
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.fields import Field

NAME = "name"
"""Stands first always: it leads to the card."""
STANDARD = (
    NAME, "what", "phone", "email", "city", "priority", "temperature", "tags", "manager", "created",
)  # fmt: skip
"""What a list shows unless something else was chosen; behind it the fields of one's own."""
COMPOSED = (*STANDARD, "updated")
"""Columns that are drawn by hand; each other one is a field."""
SHOWS = {
    "what": ("designation", "company"),
    "phone": PHONE_KINDS[:3],
    "created": ("created_at",),
    "updated": (),
}
"""Which fields these show: when all of them are hidden, so is the column."""
NEVER = ("created_at", "trashed_at", "picture", "is_prospect", "companies", "site_words")
MOST_COLUMNS = 60
AMOUNTS_IN = "currency"
"""What the amounts of a contact are in, if not in the firm's own currency."""


def shown_by(name: str) -> Sequence[str]:
    return SHOWS.get(name, (name,))


def standard() -> list[str]:
    known = CONTACT.by_name
    there = (name for name in STANDARD if _is_there(name, known))
    return [*there, *(field.name for field in listing())]


def is_there(name: str) -> bool:
    """Whether a composed column has anything to show."""
    return _is_there(name, CONTACT.by_name)


def _is_there(name: str, known: Mapping[str, Field]) -> bool:
    shown = shown_by(name)
    return not shown or any(each in known and not known[each].hidden for each in shown)


def fields() -> list[Field]:
    """The fields that are columns of their own, in the order of the card."""
    return [each for each in CONTACT.fields if may_be_column(each)]


def may_be_column(field: Field) -> bool:
    if field.name in (*COMPOSED, *NEVER) or field.hidden:
        return False
    return not (field.sensitive or isinstance(field.kind, kinds.Sealed))


def known(name: str) -> bool:
    if name in COMPOSED:
        return is_there(name)
    return name in CONTACT.by_name and may_be_column(CONTACT.field(name))


def chosen(texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that texts name, commas between them, the name first; and what is none."""
    names = [each.strip() for text in texts for each in text.split(",") if each.strip()]
    there = list(dict.fromkeys(each for each in names if known(each) and each != NAME))
    gone = tuple(dict.fromkeys(each for each in names if not known(each)))
    return ((NAME, *there[: MOST_COLUMNS - 1]) if names else ()), gone


def extra_fields(names: Iterable[str]) -> list[Field]:
    """The fields to be read for these columns, beside what every row has."""
    known, held = CONTACT.by_name, {each.name: each for each in listing()}
    asked = [known[name] for name in names if name not in COMPOSED and name in known]
    amounts = any(each.kind.widget == "money" for each in (*asked, *held.values()))
    if amounts and AMOUNTS_IN not in names:
        asked.append(known[AMOUNTS_IN])
    return [each for each in asked if each.name not in held]
