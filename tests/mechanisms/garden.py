"""What the tests ask of the garden."""

from collections.abc import Mapping
from typing import Any

from kith.accounts.actors import SYSTEM
from kith.history.models import ChangeSet, Door
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.records.indexing import documents_of
from kith.records.tables import load_states
from tests.gardens.models import Plant, PlantDocument
from tests.gardens.record import PLANT


def plant(**values: Any) -> int:
    with change_set(actor=SYSTEM, door=Door.COMMAND) as changes:
        return changes.save(PLANT, Draft({"name": "Rose", **values}))


def save(drafts: list[Draft]) -> ChangeSet | None:
    with change_set(actor=SYSTEM, door=Door.COMMAND) as changes:
        changes.save_many(PLANT, drafts)
    return changes.record if changes.changed_anything else None


def garden() -> Mapping[int, dict[str, Any]]:
    """Everything that is recorded, in the order in which it was made (which no database keeps by
    itself), without the versions, which only ever grow."""
    ids = list(Plant.objects.order_by("pk").values_list("pk", flat=True))
    states = load_states(PLANT, ids, PLANT.fields)
    return {pk: {k: v for k, v in states[pk].items() if k != "version"} for pk in ids}


def index() -> dict[int, str]:
    return dict(PlantDocument.objects.values_list("record_id", "body"))


def index_made_anew() -> dict[int, str]:
    found = documents_of(PLANT, list(Plant.objects.values_list("pk", flat=True)))
    assert all(PlantDocument.objects.get(pk=pk).place == place for pk, (place, _) in found.items())
    return {pk: body for pk, (_place, body) in found.items()}
