"""No two records may hold the same value of a unique field. The database has the last word."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.core.errors import Problem, Rejected
from kith.core.fields import Field, Within
from kith.core.record_types import RecordType, Values
from kith.records.bulk import rows_with
from kith.records.packing import EMPTY, key_table

Held = dict[str, int]
"""Who holds a value, by its sole key."""


def check_unique(
    record_type: RecordType, actor: Any, ids: Sequence[int | None], states: Sequence[Values]
) -> None:
    """Raises Rejected for values that another record holds, or another of the same set.

    `ids` and `states` belong together; an id is None for a record that is to be made."""
    fields = [each for each in record_type.shape.custom if each.unique]
    if not fields:
        return
    wanted = list(_wanted(fields, states))
    taken = _taken(record_type, [key for _index, _field, key in wanted])
    problems: list[Problem] = []
    new: dict[str, int] = {}
    for index, field, key in wanted:
        other = taken.get(key)
        if other is not None and other != ids[index]:
            message = _held(record_type, actor, other)
        elif new.setdefault(key, index) != index:
            message = _("Another row has the same value.")
        else:
            continue
        value = states[index][field.name]
        problems.append(Problem(field.name, "not-unique", message, value, index))
    if problems:
        raise Rejected(problems)


def _wanted(fields: Sequence[Field], states: Sequence[Values]) -> Iterator[tuple[int, Field, str]]:
    for index, state in enumerate(states):
        for field in fields:
            value, storage = state.get(field.name), field.storage
            assert isinstance(storage, Within)
            if value not in EMPTY and storage.keys:
                for key in storage.keys(value):
                    yield index, field, f"{field.name}:{key}"


def _taken(record_type: RecordType, keys: Sequence[str]) -> Held:
    table = key_table(record_type)
    assert table is not None
    assert record_type.custom is not None
    assert record_type.custom.index is not None
    columns = ("sole", record_type.custom.index.parent)
    return dict(rows_with(table, "sole", list(dict.fromkeys(keys)), columns))


def _held(record_type: RecordType, actor: Any, pk: int) -> Any:
    """Names the other record only to who may see it."""
    seen = record_type.visible_to(actor).filter(pk=pk).exists()
    if not seen or not record_type.label_of:
        return _("Another record has this value already.")
    code, name = record_type.code_of(pk), record_type.label_of([pk])[pk]
    return _("%(name)s (%(code)s) has this value already.") % {"name": name, "code": code}
