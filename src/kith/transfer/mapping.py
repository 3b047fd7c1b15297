"""Which column feeds which field: suggested from the headings, and checked when people change it.

A mapping is {heading: field name}; "" leaves the column out, "name,aliases" feeds two fields.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from kith.core.errors import Refused
from kith.core.fields import Field
from kith.core.kinds.grouped import Grouped, part_name, split_part
from kith.core.kinds.kind import Context
from kith.core.record_types import RecordType
from kith.core.text import fold
from kith.transfer.guessing import guess

Mapped = dict[str, str]

MOST_SAID = 400
MOST_GROUPS = 99
"""A number in a heading has at most two digits."""
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
    known = (*record_type.found_by, *record_type.carried)
    return [
        *(field for field in record_type.fields if not field.system or field.name in known),
        *(field for field in record_type.sheet_fields if not isinstance(field.kind, Grouped)),
    ]


def grouped(record_type: RecordType, mapped: Iterable[str] = ()) -> list[Field]:
    """The columns of the usual groups, and of those that a mapping names."""
    named = [part for each in mapped for name in fed_by(each) if (part := split_part(name))]
    return [
        part
        for field in record_type.sheet_fields
        if isinstance(field.kind, Grouped)
        for part in parts_of(
            record_type,
            field,
            max({field.kind.usual, *(n for name, n, _ in named if name == field.name)}),
        )
    ]


def parts_of(record_type: RecordType, group: Field, last: int) -> list[Field]:
    """The columns of a group: those before its first number are the record's own."""
    assert isinstance(group.kind, Grouped)
    return [
        record_type.field(part_name(group.name, number, part))
        for number in range(group.kind.first, last + 1)
        for part in group.kind.parts
    ]


def group_title(record_type: RecordType, field: Field) -> str:
    """'Site 2' for its columns; "" for a field that belongs to no group."""
    part = split_part(field.name)
    kind = record_type.field(part[0]).kind if part else None
    return str(kind.title).format(number=part[1]) if part and isinstance(kind, Grouped) else ""


def suggest(
    record_type: RecordType,
    headings: Sequence[str],
    samples: Mapping[str, Sequence[str]] | None = None,
    default_country: str = "",
) -> Mapped:
    """A field for each heading that names one; exact names come first, then similar spellings,
    then what the values look like."""
    mapping = dict.fromkeys(headings, "")
    exact = sorted([*_exact(record_type, headings), *_numbered(record_type, headings)],
                   key=lambda each: each[0])  # fmt: skip
    for _rank, heading, name in exact:
        _assign(record_type, mapping, heading, name)
    similar = sorted(_similar(record_type, mapping), key=lambda each: -each[0])
    for _likeness, heading, name in similar:
        _assign(record_type, mapping, heading, name)
    context = Context(default_country=default_country, from_sheet=True)
    for heading, values in (samples or {}).items():
        if not mapping[heading]:
            field = guess(importable(record_type), values, context)
            if field:
                _assign(record_type, mapping, heading, field.name)
    return mapping


def fed_by(mapped: str) -> list[str]:
    """The names of the fields that a column feeds."""
    return [name for name in mapped.split(",") if name]


def by_field(mapping: Mapping[str, str]) -> dict[str, list[str]]:
    """By field: the columns that feed it, in their order."""
    found: dict[str, list[str]] = {}
    for heading, mapped in mapping.items():
        for name in fed_by(mapped):
            found.setdefault(name, []).append(heading)
    return found


def recognised(record_type: RecordType, headings: Sequence[str]) -> dict[str, str]:
    """By heading: the field that goes by exactly this name; other suggestions are guesses."""
    found: dict[str, str] = {}
    named = [*_exact(record_type, headings), *_numbered(record_type, headings)]
    for _rank, heading, name in sorted(named):
        found.setdefault(heading, name)
    return found


def _assign(record_type: RecordType, mapping: Mapped, heading: str, name: str) -> None:
    many = record_type.field(name).kind.many
    if not mapping[heading] and (many or name not in mapping.values()):
        mapping[heading] = name


def _exact(record_type: RecordType, headings: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """(rank, heading, field name): a field's label ranks before its other names."""
    ranks: dict[str, list[tuple[int, Field]]] = {}
    for field in importable(record_type):
        for rank, name in enumerate(_names(record_type, field)):
            ranks.setdefault(_key(name), []).append((rank, field))
    for heading in headings:
        for rank, field in ranks.get(_key(heading), ()):
            yield rank, heading, field.name
        for rank, field in ranks.get(_key(_COUNTED.sub("", heading)), ()):
            if field.kind.many:  # 'Mobile 2' is another mobile; 'Address 2' is not an address 1.
                yield 100 + rank, heading, field.name


def _numbered(record_type: RecordType, headings: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The same for headings such as 'Site 2 City'; those of Site 1 are the record's own."""
    for group in record_type.sheet_fields:
        if not isinstance(group.kind, Grouped):
            continue
        title = str(group.kind.title).partition("{")[0].strip()
        words = "|".join(map(re.escape, (*group.kind.words, title)))
        begins = re.compile(rf"(?:{words})[\s_]*(\d{{1,2}})\b[\s_:.\-–]*(.+)", re.IGNORECASE)
        parts = _part_names(record_type, group.kind)
        for heading in headings:
            found = begins.fullmatch(heading.strip())
            part = parts.get(_key(found[2])) if found and _key(found[2]) else None
            if found and part and int(found[1]):
                number = int(found[1])
                own = number < group.kind.first
                yield 0, heading, part if own else part_name(group.name, number, part)


def _part_names(record_type: RecordType, kind: Grouped) -> dict[str, str]:
    """The parts by all that they go by, alone or in a group."""
    return {
        _key(each): name
        for name, field in kind.parts.items()
        for each in (*_names(record_type, field), str(kind.short.get(name, "")))
    }


def _similar(record_type: RecordType, mapping: Mapped) -> Iterator[tuple[float, str, str]]:
    fields = importable(record_type)
    names = {each.name: [_words(name) for name in _names(record_type, each)] for each in fields}
    for heading, taken in mapping.items():
        words = _words(heading)
        for name, known in names.items() if not taken else ():
            likeness = max(fuzz.ratio(words, each, score_cutoff=ALIKE) for each in known)
            if likeness >= ALIKE:
                yield likeness, heading, name


def _names(record_type: RecordType, field: Field) -> list[str]:
    others = record_type.headings.get(field.name, ())
    return [str(field.label), field.name, *field.aliases, *others]


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
        heading, names = _heading(mapping, column), _field_names(record_type, wish)
        single = {name for name in names if not record_type.field(name).kind.many}
        mapping = {
            each: ",".join(name for name in fed_by(to) if name not in single)
            for each, to in mapping.items()
        }
        mapping[heading] = ",".join(names)
    return mapping


def _heading(mapping: Mapped, column: str) -> str:
    if column in mapping:
        return column
    wanted = column.strip().casefold()
    for heading in mapping:
        if heading.strip().casefold() == wanted:
            return heading
    message = _("The sheet has no column “%(column)s”. It has: %(all)s.")
    raise Refused(message % {"column": column, "all": _some(mapping)}, code="column-unknown")


def _some(names: Iterable[str]) -> str:
    """As many whole names as people read, and a sign that there are more."""
    shown: list[str] = []
    length = 0
    for name in names:
        length += len(name)
        if length > MOST_SAID and shown:
            return ", ".join([*shown, "…"])
        shown.append(name)
    return ", ".join(shown)


def _field_names(record_type: RecordType, wish: str) -> list[str]:
    """Of one field, whose name may have a comma, or of several."""
    if not wish.strip():
        return []
    found = _field_name(record_type, wish)
    if found:
        return [found]
    names = [_field_name(record_type, part) for part in wish.split(",") if part.strip()]
    if len(names) > 1 and None not in names:
        return list(dict.fromkeys(name for name in names if name))
    message = _("There is no field “%(field)s”. There are: %(all)s.")
    all_names = ", ".join(field.name for field in importable(record_type))
    raise Refused(message % {"field": wish, "all": all_names}, code="field-unknown")


def _field_name(record_type: RecordType, wish: str) -> str | None:
    fields = importable(record_type)
    for field in fields:
        if field.name == wish:
            return wish
    for field in fields:
        if _key(wish) in map(_key, _names(record_type, field)):
            return field.name
    if split_part(wish):
        with suppress(KeyError):
            return record_type.field(wish).name
    return next((name for _rank, _wish, name in _numbered(record_type, [wish])), None)


def check_mapping(record_type: RecordType, headings: Sequence[str], mapping: Mapped) -> Mapped:
    """The mapping for all headings. Raises Refused: unknown names, a single field fed twice."""
    whole = changed(record_type, dict.fromkeys(headings, ""), {})
    for column, wish in mapping.items():
        whole[_heading(whole, column)] = ",".join(_field_names(record_type, wish))
    fed = by_field(whole)
    for name, columns in fed.items():
        field = record_type.field(name)
        if not field.kind.many and len(columns) > 1:
            message = _("“%(field)s” can be filled from one column only.")
            raise Refused(message % {"field": field.label}, code="field-twice")
    if not fed:
        message = _("Choose at least one column: nothing would be imported.")
        raise Refused(message, code="nothing-mapped")
    return whole
