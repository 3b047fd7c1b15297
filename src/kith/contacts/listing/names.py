"""By which names a query may ask for the fields of a contact."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from kith.contacts.record import CONTACT
from kith.core.fields import Field
from kith.search.grammar import field_key
from kith.search.query import Query, read_query
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
ASKABLE = re.compile(r"[^\W\d_][\w-]*")
"""What a query can have before its colon."""
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


def presented(query: Query) -> str:
    """What was typed, the fields of one's own called what they are called now: addresses and saved
    views have names that stay, which say little once a label has changed."""
    text = query.typed
    parts = [each for each in within(query.tree) if isinstance(each, Named)]
    for part in sorted(parts, key=lambda each: -each.start):
        _name, colon, rest = text[part.start : part.end].partition(":")
        if not colon:
            continue
        if part.name in (HAS, NO, UNVERIFIED):
            rest = ",".join(_called_now(each) for each in part.values)
        text = f"{text[: part.start]}{_called_now(part.word)}:{rest}{text[part.end :]}"
    return text


def _called_now(word: str) -> str:
    """The label of a field of one's own, if a query can ask so for it; else the word itself."""
    names = query_names()
    field = CONTACT.by_name.get(names.get(field_key(word.strip('"')), ""))
    if field is None or not field.custom:
        return word
    label = "-".join(str(field.label).lower().split())
    asks = ASKABLE.fullmatch(label) and names.get(field_key(label)) == field.name
    return label if asks else word
