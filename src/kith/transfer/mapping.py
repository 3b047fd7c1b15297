"""Which column feeds which field: suggested from the headings, and checked when people change it.

A mapping is {heading: field name}; "" leaves the column out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from kith.core.errors import Refused
from kith.core.fields import Field
from kith.core.record_types import RecordType
from kith.core.text import fold

Mapped = dict[str, str]

ALIKE = 88  # Below this, 'PAN Number' would pass for 'Phone Number'.
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_COUNTED = re.compile(r"\s*\(?\d+\)?$")
_SHORT = {
    "no": "number",
    "nr": "number",
    "num": "number",
    "tel": "telephone",
    "ph": "phone",
    "mob": "mobile",
    "addr": "address",
    "dob": "date of birth",
}


def importable(record_type: RecordType) -> list[Field]:
    """The fields that a sheet may fill, and those that only say which record a row is."""
    return [
        field
        for field in record_type.fields
        if not field.system or field.name in record_type.found_by
    ]


def suggest(record_type: RecordType, headings: Sequence[str]) -> Mapped:
    """A field for each heading that names one; exact names come first, then similar spellings."""
    mapping = dict.fromkeys(headings, "")
    fields = importable(record_type)
    for _rank, heading, name in sorted(_exact(fields, headings), key=lambda each: each[0]):
        _assign(record_type, mapping, heading, name)
    for _likeness, heading, name in sorted(_similar(fields, mapping), key=lambda each: -each[0]):
        _assign(record_type, mapping, heading, name)
    return mapping


def recognised(record_type: RecordType, headings: Sequence[str]) -> dict[str, str]:
    """By heading: the field that goes by exactly this name; other suggestions are guesses."""
    found: dict[str, str] = {}
    for _rank, heading, name in sorted(_exact(importable(record_type), headings)):
        found.setdefault(heading, name)
    return found


def _assign(record_type: RecordType, mapping: Mapped, heading: str, name: str) -> None:
    many = record_type.field(name).kind.many
    if not mapping[heading] and (many or name not in mapping.values()):
        mapping[heading] = name


def _exact(fields: Sequence[Field], headings: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """(rank, heading, field name): a field's label ranks before its other names."""
    ranks: dict[str, list[tuple[int, Field]]] = {}
    for field in fields:
        for rank, name in enumerate(_names(field)):
            ranks.setdefault(_key(name), []).append((rank, field))
    for heading in headings:
        for rank, field in ranks.get(_key(heading), ()):
            yield rank, heading, field.name
        for rank, field in ranks.get(_key(_COUNTED.sub("", heading)), ()):
            if field.kind.many:  # 'Mobile 2' is another mobile; 'Address 2' is not an address 1.
                yield 100 + rank, heading, field.name


def _similar(fields: Sequence[Field], mapping: Mapped) -> Iterator[tuple[float, str, str]]:
    for heading, taken in mapping.items():
        if taken:
            continue
        for field in fields:
            likeness = max(fuzz.ratio(_words(heading), _words(name)) for name in _names(field))
            if likeness >= ALIKE:
                yield likeness, heading, field.name


def _names(field: Field) -> list[str]:
    return [str(field.label), field.name, *field.aliases]


def _words(text: str) -> str:
    found = _NOT_WORD.sub(" ", fold(text)).split()
    return " ".join(_SHORT.get(word, word) for word in found)


def _key(text: str) -> str:
    return _words(text).replace(" ", "")


def changed(record_type: RecordType, mapping: Mapped, wishes: Mapping[str, str]) -> Mapped:
    """The mapping with a person's wishes, which take single fields away from other columns.

    A field may be given by its name or by any name it goes by in sheets. Raises Refused.
    """
    mapping = dict(mapping)
    for column, wish in wishes.items():
        heading, name = _heading(mapping, column), _field_name(record_type, wish)
        if name and not record_type.field(name).kind.many:
            mapping = {each: "" if to == name else to for each, to in mapping.items()}
        mapping[heading] = name
    return mapping


def _heading(mapping: Mapped, column: str) -> str:
    if column in mapping:
        return column
    wanted = column.strip().casefold()
    for heading in mapping:
        if heading.strip().casefold() == wanted:
            return heading
    message = _("The sheet has no column “%(column)s”. It has: %(all)s.")
    names = ", ".join(mapping)[:500]
    raise Refused(message % {"column": column, "all": names}, code="column-unknown")


def _field_name(record_type: RecordType, wish: str) -> str:
    if not wish.strip():
        return ""
    fields = importable(record_type)
    for field in fields:
        if field.name == wish:
            return wish
    for field in fields:
        if _key(wish) in map(_key, _names(field)):
            return field.name
    message = _("There is no field “%(field)s”. There are: %(all)s.")
    names = ", ".join(field.name for field in fields)
    raise Refused(message % {"field": wish, "all": names}, code="field-unknown")


def check_mapping(record_type: RecordType, headings: Sequence[str], mapping: Mapped) -> Mapped:
    """The mapping for all headings. Raises Refused: unknown names, a single field fed twice."""
    whole = changed(record_type, dict.fromkeys(headings, ""), {})
    for column, wish in mapping.items():
        whole[_heading(whole, column)] = _field_name(record_type, wish)
    fed = [name for name in whole.values() if name]
    for name in fed:
        field = record_type.field(name)
        if not field.kind.many and fed.count(name) > 1:
            message = _("“%(field)s” can be filled from one column only.")
            raise Refused(message % {"field": field.label}, code="field-twice")
    if not fed:
        message = _("Choose at least one column: nothing would be imported.")
        raise Refused(message, code="nothing-mapped")
    return whole
