"""No two records may hold the same value of a unique field. The database has the last word."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.core.errors import Problem, Rejected
from kith.core.fields import Field, Own, Within
from kith.core.record_types import RecordType, Values
from kith.records.bulk import rows_with
from kith.records.layout import column_of
from kith.records.packing import EMPTY, key_table

Held = dict[str, int]
"""Who holds a value, by its sole key."""
Wanted = tuple[int, Field, str]
"""The place of a record in the set, the field, and the sole key of its value."""


def check_unique(
    record_type: RecordType, actor: Any, ids: Sequence[int | None], states: Sequence[Values]
) -> None:
    """Raises Rejected for values that another record holds, or another of the same set.

    `ids` and `states` belong together; an id is None for a record that is to be made."""
    fields = [each for each in record_type.fields if each.unique]
    wanted = list(_wanted(fields, states))
    if not wanted:
        return
    held = _held_in_keys(record_type, wanted) | _held_in_columns(record_type, wanted)
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for index, field, key in wanted:
        other, value = held.get(key), states[index][field.name]
        if other is not None and other != ids[index]:
            told = _by_record(record_type, actor, other)
        elif first.setdefault(key, index) != index:
            told = _("Another row has the same value."), None
        else:
            continue
        problems.append(Problem(field.name, "not-unique", told[0], value, index, told[1]))
    if problems:
        raise Rejected(problems)


def _wanted(fields: Sequence[Field], states: Sequence[Values]) -> Iterator[Wanted]:
    """What must be held by nobody else. A value may have several keys, each of them its own."""
    for index, state in enumerate(states):
        for field in fields:
            value, storage = state.get(field.name), field.storage
            if value in EMPTY:
                continue
            if isinstance(storage, Own):
                yield index, field, f"{field.name}:{value}"
            elif isinstance(storage, Within) and storage.keys:
                for key in storage.keys(value):
                    yield index, field, f"{field.name}:{key}"


def _held_in_columns(record_type: RecordType, wanted: Sequence[Wanted]) -> Held:
    """Of built-in fields, whose columns the database keeps unique."""
    held: Held = {}
    for field in {field.name: field for _index, field, _key in wanted if not field.custom}.values():
        begins, column = f"{field.name}:", column_of(field)
        values = [key.removeprefix(begins) for _i, each, key in wanted if each is field]
        columns = (column, str(record_type.model._meta.pk.column))
        rows = rows_with(record_type.model, column, list(dict.fromkeys(values)), columns)
        held |= {f"{begins}{value}": pk for value, pk in rows}
    return held


def _held_in_keys(record_type: RecordType, wanted: Sequence[Wanted]) -> Held:
    """Of fields of one's own, whose keys stand in a table."""
    keys = list(dict.fromkeys(key for _index, field, key in wanted if field.custom))
    if not keys:
        return {}
    found = key_table(record_type)
    assert found is not None
    table, parent = found
    return dict(rows_with(table, "sole", keys, ("sole", parent)))


def _by_record(record_type: RecordType, actor: Any, pk: int) -> tuple[str, tuple[int, str] | None]:
    """Names the other record only to who may see it."""
    seen = record_type.visible_to(actor).filter(pk=pk).exists()
    if not seen or not record_type.label_of:
        return _("Another record has this value already."), None
    words = f"{record_type.label_of([pk])[pk]} ({record_type.code_of(pk)})"
    return _("%(record)s has this value already.") % {"record": words}, (pk, words)
