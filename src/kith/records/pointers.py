"""Values that are ids of other rows: which of these are gone.

History remembers ids; by the time a change is taken back, an option may have been taken back too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import models

from kith.core.fields import Below, Beside, Own, Value
from kith.core.record_types import RecordType, Values
from kith.records.layout import column_of, model_of


class Pointer(NamedTuple):
    """To the rows of which model a field points; `needed` when its column can't be empty."""

    to: type[models.Model]
    needed: bool


Gone = dict[type[models.Model], set[int]]


def pointers(record_type: RecordType) -> Mapping[str, Pointer]:
    """By field."""
    found: dict[str, Pointer] = {}
    for field in record_type.fields:
        match field.storage:
            case Own():
                model, column = record_type.model, column_of(field)
            case Beside(table=table):
                model, column = model_of(table.model), column_of(field)
            case Below(model=label, columns=[single]):
                model, column = model_of(label), single
            case _:
                continue
        key = model._meta.get_field(column)
        if isinstance(key, models.ForeignKey):
            needed = not key.null and not field.kind.many
            found[field.name] = Pointer(key.related_model, needed)
    return found


def gone(record_type: RecordType, states: Iterable[Values]) -> Gone:
    """The ids that these values name and that no row has, by model; a query for each model."""
    known = pointers(record_type)
    named: dict[type[models.Model], set[int]] = defaultdict(set)
    for state in states:
        for name in known.keys() & state.keys():
            named[known[name].to].update(_ids(state[name]))
    return {model: ids - _there(model, ids) for model, ids in named.items() if ids}


def unfit(record_type: RecordType, values: Values, missing: Gone) -> dict[str, bool]:
    """The fields whose value names a row that is gone, and whether their column needs one."""
    if not any(missing.values()):
        return {}
    known = pointers(record_type)
    return {
        name: known[name].needed
        for name in known.keys() & values.keys()
        if not missing.get(known[name].to, set()).isdisjoint(_ids(values[name]))
    }


def _ids(value: Value) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, int)]


def _there(model: type[models.Model], ids: Iterable[int]) -> set[int]:
    return set(model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))
