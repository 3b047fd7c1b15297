"""Makes the fields of a record type from its declarations and what administrators say of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kith.core.fields import Field, Within
from kith.core.record_types import RecordType, registry
from kith.core.shapes import Known, Shape
from kith.customfields import queries
from kith.customfields.models import Definition, Section
from kith.customfields.values import OWN_KINDS

SEARCH_WEIGHT = 1
LAST = 10**9


class Definitions:
    """What `kith.core.shapes` reads by."""

    def version(self) -> Any:
        return queries.version()

    def shapes(self) -> Known:
        return {each.name: shape_of(each) for each in registry if each.custom}


def shape_of(record_type: RecordType) -> Shape:
    definitions = queries.definitions(record_type.name)
    sections = queries.sections(record_type.name)
    if not definitions and not sections:
        return record_type.declared
    own = [own_field(record_type, each) for each in definitions.values() if each.kind]
    built_in = [_said(each, definitions.get(each.name)) for each in record_type.declared.fields]
    ordered = _sections(record_type, sections)
    own = [_placed(each, ordered, record_type) for each in own]
    built_in = [
        each if each.section == before.section else _placed(each, ordered, record_type)
        for each, before in zip(built_in, record_type.declared.fields, strict=True)
    ]
    return Shape(_in_order([*built_in, *own], definitions, ordered), ordered)


def _sections(
    record_type: RecordType, stored: Mapping[str, Section]
) -> tuple[tuple[str, Any], ...]:
    """Built-in ones stand where they were declared, unless they were given another place."""
    declared = dict(record_type.declared.sections)
    labels = {name: stored[name].label if name in stored else "" for name in [*declared, *stored]}
    places = _places(labels, {name: each.position for name, each in stored.items()})
    names = sorted(labels, key=lambda name: places[name])
    return tuple((name, labels[name] or declared.get(name, name)) for name in names)


def _places(names: Iterable[str], given: Mapping[str, int | None]) -> dict[str, tuple[int, int]]:
    """What was given no place follows the one it was declared behind."""
    places, last = {}, 0
    for number, name in enumerate(names):
        position = given.get(name)
        last = last if position is None else position
        places[name] = (last, number)
    return places


def _in_order(
    fields: Sequence[Field],
    definitions: Mapping[str, Definition],
    sections: Sequence[tuple[str, Any]],
) -> tuple[Field, ...]:
    given = {name: each.position for name, each in definitions.items()}
    order = {name: number for number, (name, _label) in enumerate(sections)}
    places: dict[str, tuple[int, int]] = {}
    for section in {each.section for each in fields}:
        places |= _places((each.name for each in fields if each.section == section), given)
    return tuple(
        sorted(fields, key=lambda each: (order.get(each.section, LAST), places[each.name]))
    )


def _placed(field: Field, sections: Sequence[tuple[str, Any]], record_type: RecordType) -> Field:
    """Where fields of one's own begin, when the section it stood in has gone."""
    if field.section in dict(sections):
        return field
    return replace(field, section=record_type.custom_section)


def _said(field: Field, said: Definition | None) -> Field:
    """A built-in field, with what is said of it."""
    if said is None:
        return field
    field = replace(
        field,
        label=said.label or field.label,
        section=said.section or field.section,
        help=said.help or field.help,
        first=said.first,
        required_for=tuple(said.required_for or ()),  # A change says None of an empty list.
        policy=said.policy,
    )
    return _put_away(field) if said.archived else field


def own_field(record_type: RecordType, said: Definition) -> Field:
    """A field of one's own. One that is archived keeps its values, its history and its name."""
    kind = OWN_KINDS[said.kind]
    assert record_type.custom is not None
    # Options are found by their keys, too, when they are counted and merged.
    keyed = kind.keys is not None and (said.filterable or said.is_unique or kind.has_options)
    field = Field(
        name=said.name,
        label=said.label,
        kind=kind.make(said.name),
        section=said.section,
        storage=Within(
            record_type.custom.column,
            record_type.custom.index if keyed else None,
            kind.keys,
            sole=said.is_unique,
        ),
        column=said.in_list,
        filter=said.filterable and kind.filterable,
        search=SEARCH_WEIGHT if said.searchable else 0,
        help=said.help,
        first=said.first,
        required_for=tuple(said.required_for or ()),  # A change says None of an empty list.
        policy=said.policy,
        unique=said.is_unique,
        personal=True,
    )
    return replace(_put_away(field), search=0) if said.archived else field


def _put_away(field: Field) -> Field:
    return replace(field, hidden=True, system=True, column=False, filter=False, required_for=())
