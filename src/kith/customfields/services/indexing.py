"""Keys and search documents after a field has been shaped anew, as a job."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core.fields import Field, Within
from kith.core.record_types import RecordType, Values, registry
from kith.customfields.models import Definition
from kith.customfields.shaping import own_field
from kith.jobs.services import start
from kith.records.bulk import STEP
from kith.records.indexing import refresh
from kith.records.packing import key_table, replace_keys
from kith.records.tables import load_states


def definitions_changed(actor: Any, former: Mapping[int, Values]) -> None:
    """Starts the jobs, where what a change (or its undo) asks for can't be read off the records
    at once. `former`: what the definitions said before."""
    for said in Definition.objects.filter(pk__in=former).exclude(kind=""):
        record_type = registry.get(said.record_type)
        after = own_field(record_type, said)
        for name, value in former[said.pk].items():
            setattr(said, name, value)
        before = own_field(record_type, said)
        documents = before.search != after.search
        if documents or _keyed(before) != _keyed(after):
            start(
                "field-index",
                title=_("Bring the index up to date: %(field)s") % {"field": after.label},
                user=actor,
                record_type=record_type.name,
                name=after.name,
                documents=documents,
            )


def _keyed(field: Field) -> tuple[bool, bool]:
    storage = field.storage
    return isinstance(storage, Within) and storage.index is not None, field.unique


def field_index(
    *, record_type: RecordType, name: str, documents: bool, on_step: Callable[[int], None]
) -> int:
    """Make the keys of one field anew, and the search documents; others may write meanwhile."""
    done, last = 0, 0
    rows = record_type.model._base_manager.order_by("pk").values_list("pk", flat=True)
    while ids := list(rows.filter(pk__gt=last)[:STEP]):
        with transaction.atomic():
            _index(record_type, name, ids, documents=documents)
        done, last = done + len(ids), ids[-1]
        on_step(done)
    return done


def _index(record_type: RecordType, name: str, ids: list[int], *, documents: bool) -> None:
    field = record_type.field(name)
    states = load_states(record_type, ids, [field], lock=True)
    if found := key_table(record_type):
        table, parent = found
        table._base_manager.filter(**{f"{parent}__in": ids}, field=name)._raw_delete("default")
        replace_keys([field], list(states), states)
    if documents and record_type.documents is not None:
        refresh(record_type, ids)
