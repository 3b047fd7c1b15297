"""Which values of a field more than one record holds: asked before no two may be the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core.among import among
from kith.core.errors import Refused
from kith.core.fields import Field, Within
from kith.core.habits import count_text
from kith.core.kinds import Sealed
from kith.core.kinds.kind import Context
from kith.core.record_types import RecordType
from kith.customfields.queries import usage
from kith.records.bulk import STEP
from kith.records.packing import EMPTY, key_table
from kith.records.tables import load_states

LOOKED_INTO = 50_000
"""So many values are read one after the other, some seconds of work; more are only counted by
their keys."""
NAMED, TOLD = 20, 5

Holders = Mapping[str, Q]
"""Of each key that several hold, who does, as a condition."""


def values_twice(record_type: RecordType, field: Field, actor: Any) -> tuple[bool, Sequence[str]]:
    """Whether more than one record holds the same value, and some that the actor sees anyway.

    Raises Refused where finding out would take too long."""
    held, keys = usage(record_type, field.name), _keys(record_type, field)
    if keys is not None and keys.owners() == held:
        twice = keys.held_twice()
    elif held <= LOOKED_INTO:
        twice = _by_looking(record_type, field)
    else:
        raise Refused(_too_many(field, held), code="not-unique-known")
    return bool(twice), list(islice(_seen(record_type, field, twice, actor), TOLD))


@dataclass(frozen=True)
class _Keys:
    """The keys of a field; `parent` is the column that names the record, `many` is said of the
    field's values."""

    rows: QuerySet[Any]
    parent: str
    many: bool

    def owners(self) -> int:
        """Fewer than hold something while the keys are being made, and where that broke off."""
        return (self.rows.values(self.parent).distinct() if self.many else self.rows).count()

    def held_twice(self) -> Holders:
        counted = self.rows.values("key").annotate(times=Count("*")).filter(times__gt=1)
        found = counted.order_by("-times", "key").values_list("key", flat=True)[:NAMED]
        return {key: Q(pk__in=self.rows.filter(key=key).values(self.parent)) for key in found}


def _keys(record_type: RecordType, field: Field) -> _Keys | None:
    """Those of a field that has some: it is a filter of the list."""
    found, storage = key_table(record_type), field.storage
    if found is None or not isinstance(storage, Within) or storage.index is None:
        return None
    table, parent = found
    rows = table._base_manager.filter(field=field.name).order_by()
    return _Keys(rows, parent, many=field.kind.many)


def _by_looking(record_type: RecordType, field: Field) -> Holders:
    assert record_type.custom is not None
    assert isinstance(field.storage, Within)
    holding = {f"{record_type.custom.column}__has_key": field.name}
    rows = record_type.model._base_manager.filter(**holding).order_by("pk")
    holders: dict[str, list[int]] = defaultdict(list)
    ids = [0]
    while ids := list(rows.filter(pk__gt=ids[-1]).values_list("pk", flat=True)[:STEP]):
        for pk, state in load_states(record_type, ids, [field]).items():
            value, keys = state[field.name], field.storage.keys
            for key in set(keys(value)) if keys and value not in EMPTY else ():
                holders[key].append(pk)
    return {key: among("pk", pks) for key, pks in holders.items() if len(pks) > 1}


def _seen(record_type: RecordType, field: Field, twice: Holders, actor: Any) -> Iterator[str]:
    """Each of these values as a record holds it that the actor sees, in words."""
    in_reach = (record_type.in_reach or record_type.visible_to)(actor).order_by("pk")
    for held_by in islice(twice.values(), NAMED):
        pk = in_reach.filter(held_by).values_list("pk", flat=True).first()
        if pk is not None:
            value = load_states(record_type, [pk], [field])[pk][field.name]
            yield field.kind.show(value, Context())


def _too_many(field: Field, held: int) -> str:
    said = ngettext(
        "%(n)s contact holds something in this field, too many to compare them now.",
        "%(n)s contacts hold something in this field, too many to compare them now.",
        held,
    )
    text = said % {"n": count_text(held)}
    if isinstance(field.kind, Sealed):
        return text
    more = _("Make it a filter first; when the job that follows is done, this can be switched on.")
    return f"{text} {more}"
