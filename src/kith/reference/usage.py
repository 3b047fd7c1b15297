"""Who holds an option: every field of every record type whose values are options of its list."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet

from kith.core.fields import Below, Beside, Field, Own, Within
from kith.core.kinds import Coded
from kith.core.record_types import RecordType, registry
from kith.records.layout import column_of, model_of
from kith.reference.lists import CODES
from kith.reference.queries import names_of as option_names


@dataclass(frozen=True)
class Place:
    """Where a field keeps option ids: `owner` names the record that a row is of."""

    record_type: RecordType
    field: Field
    model: type[Model]
    owner: str
    column: str
    where: Mapping[str, Any]

    def rows(self, options: Sequence[int]) -> QuerySet[Any]:
        keys = [str(each) for each in options] if self.as_text else options
        rows = self.model._base_manager.filter(**self.where)
        return rows.filter(**{f"{self.column}__in": keys}).order_by()

    @property
    def as_text(self) -> bool:
        """A key table holds ids as text."""
        return isinstance(self.field.storage, Within)


def places(list_name: str) -> Iterator[Place]:
    for record_type in registry:
        for each in record_type.fields:
            if getattr(each.kind, "list_name", None) == list_name:
                found = _place(record_type, each)
                if found:
                    yield found


def _place(record_type: RecordType, each: Field) -> Place | None:
    match each.storage:
        case Own():
            return Place(record_type, each, record_type.model, "pk", column_of(each), {})
        case Beside(table=table):
            model, where = model_of(table.model), dict(table.fixed)
            return Place(record_type, each, model, table.parent, column_of(each), where)
        case Below(model=label, parent=parent, columns=[column], kind=kind):
            where = {"kind": kind} if kind else {}
            return Place(record_type, each, model_of(label), parent, column, where)
        case Within(index=table) if table is not None:
            where = {"field": each.name}
            return Place(record_type, each, model_of(table.model), table.parent, "key", where)
    return None


def usage(list_name: str, options: Sequence[int]) -> Counter[int]:
    """How many values name each of these options; a query for each field of the list."""
    found: Counter[int] = Counter()
    if list_name in CODES:
        return _usage_of_codes(type(CODES[list_name]), option_names(options))
    for place in places(list_name):
        counted = place.rows(options).values_list(place.column).annotate(count=Count("pk"))
        for option, count in counted:
            found[int(option)] += count
    return found


def _usage_of_codes(kind: type[Coded], codes: Mapping[int, str]) -> Counter[int]:
    """Values that are codes themselves."""
    found: Counter[int] = Counter()
    ids = {code: pk for pk, code in codes.items()}
    for record_type in registry:
        for each in record_type.fields:
            place = _place(record_type, each) if isinstance(each.kind, kind) else None
            if place:
                rows = place.model._base_manager.filter(**{f"{place.column}__in": ids}).order_by()
                counted = rows.values_list(place.column).annotate(count=Count("pk"))
                found.update({ids[code]: count for code, count in counted})
    return found


def holders(place: Place, options: Sequence[int], most: int, after: int = 0) -> list[int]:
    """The ids of some records that hold one of these options, in order, from behind that one."""
    rows = place.rows(options).filter(**{f"{place.owner}__gt": after})
    rows = rows.order_by(place.owner).values_list(place.owner, flat=True)
    return list(rows.distinct()[:most])
