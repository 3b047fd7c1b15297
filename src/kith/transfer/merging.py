"""What a row adds to, or changes in, a record that is there already."""

from typing import Any

from kith.core.record_types import RecordType, Values
from kith.transfer.options import ImportOptions

EMPTY: tuple[Any, ...] = (None, "", [])


def differences(
    record_type: RecordType, options: ImportOptions, state: Values, values: Values
) -> Values:
    """The fields that the row sets. A blank cell never takes anything away."""
    fields = record_type.by_name
    changes: Values = {}
    for name, value in values.items():
        now = state.get(name)
        blank = now in EMPTY
        if value in EMPTY or not (blank or options.overwrites):
            continue
        if blank or fields[name].kind.alters(now, value):
            changes[name] = value
    for name, items in options.added.items():
        now = changes.get(name, state.get(name)) or []
        more = [item for item in items if item not in now]
        if more:
            changes[name] = [*now, *more]
    return changes


def still_different(record_type: RecordType, state: Values, changes: Values) -> Values:
    """Those that remain when new options have got their ids: they may be what is there."""
    fields = record_type.by_name
    return {
        name: value
        for name, value in changes.items()
        if not fields[name].tracked or fields[name].kind.alters(state.get(name), value)
    }
