"""Puts every stored sensitive value under the newest key: in records, and in history.

Row by row and in portions, each a transaction: one that was stopped is simply run again. Neither
versions nor history notice, because no value changes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import orjson
from django.db import models, transaction
from django.db.models.functions import Cast

from kith.core.fields import Beside, Field, Own, Within
from kith.core.kinds.sealed import Sealed
from kith.core.record_types import RecordType, registry
from kith.core.sealing import Ring, SealBroken, resealed, ring
from kith.history.models import Change
from kith.records.bulk import STEP, update_rows
from kith.records.layout import column_of, model_of
from kith.records.packing import replace_keys

MARK = '"sealed":'
"""With its colon: history also tells of fields whose kind is called so."""
Derived = tuple[tuple[str, Callable[[Any], Any]], ...]


@dataclass(frozen=True)
class Place:
    """A column that may hold sealed values, and those that are derived from it.

    `packed`: the sealed fields of a column that several share, which are found by keys.
    """

    model: type[models.Model]
    column: str
    also: Derived = ()
    packed: tuple[Field, ...] = ()


@dataclass
class Resealing:
    """`broken`: rows that no key opens."""

    seen: int = 0
    renewed: int = 0
    broken: int = 0


def reseal(report: Callable[[int], None] = lambda _seen: None) -> Resealing:
    """`report` is called between portions with the number of rows looked at."""
    done = Resealing()
    for place in [*record_places(), Place(Change, "values")]:
        last = 0
        while portion := _next_rows(place, last):
            with transaction.atomic():
                _renew(place, [pk for pk, _text in portion], done)
            last = portion[-1][0]
            report(done.seen)
    return done


def any_broken() -> bool:
    """Whether the first value of some column can't be opened: its key has been lost."""
    keys = ring()
    for place in record_places():
        for _pk, text in _rows(place)[:1]:
            try:
                _open_all(orjson.loads(text), keys)
            except SealBroken:
                return True
    return False


def record_places() -> Iterator[Place]:
    """Where the records keep sealed values, as their declarations say."""
    found: dict[tuple[type[models.Model], str], Place] = {}
    for record_type in registry:
        for field in record_type.fields:
            if isinstance(field.kind, Sealed):
                place = _place_of(record_type, field)
                known = found.get((place.model, place.column))
                packed = (known.packed if known else ()) + place.packed
                found[place.model, place.column] = replace(place, packed=packed)
    yield from found.values()


def _place_of(record_type: RecordType, field: Field) -> Place:
    storage = field.storage
    if isinstance(storage, Within):
        return Place(record_type.model, storage.column, packed=(field,))
    assert isinstance(storage, Own | Beside), "sealed values lie in rows of their own record"
    model = model_of(storage.table.model) if isinstance(storage, Beside) else record_type.model
    return Place(model, column_of(field), storage.also)


def _rows(place: Place) -> Any:
    rows = place.model._base_manager.annotate(
        sealed_text=Cast(place.column, models.TextField())
    ).filter(sealed_text__contains=MARK)
    return rows.order_by("pk").values_list("pk", "sealed_text")


def _next_rows(place: Place, last: int) -> list[tuple[int, str]]:
    return list(_rows(place).filter(pk__gt=last)[:STEP])


def _renew(place: Place, ids: list[int], done: Resealing) -> None:
    """Read again under a lock: somebody may have changed a value since."""
    keys = ring()
    changed: list[tuple[Any, ...]] = []
    values: dict[int, Any] = {}
    for pk, text in _rows(place).filter(pk__in=ids).select_for_update(of=("self",)):
        done.seen += 1
        value = orjson.loads(text)
        try:
            now = resealed(value, keys)
        except SealBroken:
            done.broken += 1
            continue
        if now is not value:
            derived = (derive(now) for _column, derive in place.also)
            values[pk] = now
            changed.append((orjson.dumps(now).decode(), *derived, pk))
    columns = [place.column, *(column for column, _derive in place.also)]
    key = place.model._meta.pk.column
    assert key
    update_rows(place.model, columns, changed, key=key)
    if place.packed and values:
        replace_keys(place.packed, list(values), values)
    done.renewed += len(changed)


def _open_all(value: Any, keys: Ring) -> None:
    """Raises SealBroken."""
    if isinstance(value, dict) and isinstance(value.get("sealed"), str):
        keys.open(value["sealed"])
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            _open_all(each, keys)
