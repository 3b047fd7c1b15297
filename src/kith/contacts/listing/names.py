"""By which names a query may ask for the fields of a contact."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from kith.contacts.record import CONTACT
from kith.core.fields import Field
from kith.search.grammar import field_key
from kith.search.query import read_query
from kith.search.syntax import Named, within

HAS, NO, PHONE, UPDATED = "has", "no", "phone", "updated"
CUSTOMER, VENDOR, UNVERIFIED = "customer", "vendor", "unverified"
IMPORT = "import"
TEAM = "team"
"""Of an import its number: the contacts that one of the reader's own imports made or changed. The
team is that of the account manager."""
NUMBERS = {CUSTOMER: "customer_number", VENDOR: "vendor_number"}
"""Asked for as yes or no: whether it has its number."""
SHORT = {
    "type": "contact_type",
    "tag": "tags",
    "category": "categories",
    "division": "divisions",
    "alias": "aliases",
    "position": "designation",
    "title": "designation",
    "created": "created_at",
    "birthday": "birth_date",
    "visible": "accessibility",
    "stars": "priority",
    "zip": "postal_code",
    "pin": "postal_code",
    "note": "remarks",
    "mail": "email",
    "mailto": "email",
    "me": "manager",
}
"""Other words for a field. What a field was called before it was renamed belongs here too."""
SPECIAL = (HAS, NO, PHONE, UPDATED, CUSTOMER, VENDOR, UNVERIFIED, IMPORT, TEAM)
SHORTEST = {field: short for short, field in reversed(SHORT.items())}

_cache: dict[tuple[Any, ...], Mapping[str, str]] = {}


def query_names() -> Mapping[str, str]:
    """The field's name by everything it goes by: its own, short, translated, and in sheets."""
    fields = CONTACT.fields
    key = (get_language(), len(fields), id(fields))
    if key not in _cache:
        _cache.clear()
        _cache[key] = _names(fields)
    return _cache[key]


def _names(fields: tuple[Field, ...]) -> Mapping[str, str]:
    # An own field is named after its first label, which addresses may hold that were kept then.
    names = {
        field_key(field.name.partition("_")[2]): field.name for field in fields if field.custom
    }
    for field in fields:
        if can_be_asked(field):
            names |= {field_key(str(each)): field.name for each in (*field.aliases, field.label)}
    names |= {field_key(field.name): field.name for field in fields if can_be_asked(field)}
    known = set(names.values())
    names |= {short: name for short, name in SHORT.items() if name in known}
    return names | {name: name for name in SPECIAL} | {"tel": PHONE}


def can_be_asked(field: Field) -> bool:
    return field.name not in ("is_prospect", "companies")


def written(name: str) -> str:
    """The name as we write it into a query."""
    return SHORTEST.get(name, name)


def canonical(text: str) -> str:
    """The query with the names of fields that stay when their labels are changed."""
    names = query_names()
    text = " ".join(text.split())
    parts = [each for each in within(read_query(text, names).tree) if isinstance(each, Named)]
    for part in sorted(parts, key=lambda each: -each.start):
        _name, _colon, rest = text[part.start : part.end].partition(":")
        if part.name in (HAS, NO, UNVERIFIED):
            held = [names.get(field_key(each.strip('"'))) for each in part.values]
            if all(held):
                rest = ",".join(written(each) for each in held if each)
        text = f"{text[: part.start]}{written(part.name)}:{rest}{text[part.end :]}"
    return text
