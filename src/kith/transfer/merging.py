"""What a row adds to, or changes in, a record that is there already."""

from collections.abc import Iterable, Mapping
from typing import Any

from kith.core.fields import Field, Value
from kith.core.kinds.grouped import Grouped
from kith.core.kinds.kind import Kind
from kith.core.record_types import RecordType, Values
from kith.core.text import fold
from kith.history.queries import last_changed
from kith.transfer.options import APPEND, FILL, NEWER, OVERWRITE, ImportOptions

EMPTY: tuple[Any, ...] = (None, "", [])
Ages = dict[str, str]
"""By field: when it was changed last, as ISO text in UTC."""


def differences(
    record_type: RecordType,
    options: ImportOptions,
    state: Values,
    values: Values,
    ages: Ages | None = None,
) -> Values:
    """The fields that the row sets. A blank cell never takes anything away.

    `ages` are those of the record, needed where the newer value counts; the row's own becomes
    that of the fields that it sets."""
    fields = record_type.by_name
    changes: Values = {}
    dated = str(values.get(record_type.dated_by) or "")
    for name, value in values.items():
        if value in EMPTY or name == record_type.dated_by:
            continue
        newer = dated > (ages or {}).get(name, "")
        field = fields.get(name) or record_type.field(name)
        wished = _wished(options, field, state.get(name), value, newer=newer)
        if wished is not None:
            changes[name] = wished
    _add(changes, options, state)
    if ages is not None:
        ages.update(dict.fromkeys(changes, dated))
    return changes


def _add(changes: Values, options: ImportOptions, state: Values) -> None:
    """What every record of the import gets beside: tags."""
    for name, items in options.added.items():
        now = changes.get(name, state.get(name)) or []
        more = [item for item in items if item not in now]
        if more:
            changes[name] = [*now, *more]


def _wished(
    options: ImportOptions, field: Field, now: Value, value: Value, *, newer: bool
) -> Value:
    """What the field is to hold; None leaves it as it is."""
    if now in EMPTY:
        return value
    policy = options.policy_of(field)
    if isinstance(field.kind, Grouped):
        return field.kind.merged(now, value, overwrite=policy == OVERWRITE) or None
    if policy == FILL or (policy == NEWER and not newer):
        return None
    wished = appended(field.kind, now, value) if policy == APPEND else value
    return wished if field.kind.alters(now, wished) else None


def appended(kind: Kind, now: list[Any], more: list[Any]) -> list[Any]:
    """The list with those that it does not hold yet, behind the others."""
    return [*now, *(each for each in more if not any(kind.same([each], [held]) for held in now))]


def says_the_same(value: Any, stored: Value) -> bool:
    """Of what names another record: however it is written."""
    return isinstance(value, str) and fold(value) == fold(str(stored or ""))


def ages_of(
    record_type: RecordType, options: ImportOptions, ids: Iterable[int]
) -> Mapping[int, Ages]:
    """By record, where the newer value counts; else nothing is asked."""
    return last_changed(record_type.name, list(ids)) if options.by_age else {}


def still_different(record_type: RecordType, state: Values, changes: Values) -> Values:
    """Those that remain when new options have got their ids: they may be what is there."""
    fields = record_type.by_name
    return {
        name: value
        for name, value in changes.items()
        if not fields[name].tracked or fields[name].kind.alters(state.get(name), value)
    }
