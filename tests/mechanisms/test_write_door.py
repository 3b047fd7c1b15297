"""The write door with a record type of which it knows nothing but the declaration."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.accounts.actors import SYSTEM
from kith.core.errors import Conflict, NotFound, Rejected
from kith.history.models import Action, Change, Door
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.records.undo import undo
from tests.gardens.models import Bed, Care, Nickname, Plant, PlantKey, Plate
from tests.gardens.record import PLANT

from .garden import garden, index, index_made_anew, plant, save

pytestmark = pytest.mark.django_db


def test_a_record_is_spread_over_its_tables_and_read_back() -> None:
    pk = plant(name=" Élan ", height="12", sown_on="1 May 2026", soil="loam", nicknames="El, Lan")
    stored = Plant.objects.get(pk=pk)
    assert (stored.name, stored.folded, stored.version) == ("Élan", "elan", 1)
    assert Bed.objects.get(plant=pk, is_main=True).soil == "loam"
    assert garden()[pk]["nicknames"] == ["El", "Lan"]
    assert index() == {pk: " elan el lan "}
    change = Change.objects.get()
    assert (change.action, change.record_type, change.subject_id) == (Action.CREATE, "plant", pk)
    assert change.values["sown_on"] == "2026-05-01"


def test_a_row_that_few_records_have_is_made_when_something_is_in_it() -> None:
    bare, cared = plant(), plant(water=3)
    assert list(Care.objects.values_list("pk", "water", "advice")) == [(cared, 3, "")]
    assert (garden()[bare]["water"], garden()[bare]["advice"]) == (None, None)
    change = save([Draft({"advice": "shade"}, id=pk) for pk in (bare, cared)])
    rows = Care.objects.order_by("pk").values_list("water", "advice")
    assert list(rows) == [(None, "shade"), (3, "shade")]
    assert change
    undo(actor=SYSTEM, original=change)
    assert (garden()[bare]["advice"], garden()[cared]["water"]) == (None, 3)


def test_a_single_row_below_is_the_value_itself() -> None:
    pk = plant(latin="Rosa", price_tag="5")
    assert (garden()[pk]["latin"], garden()[pk]["price_tag"]) == ("Rosa", "5")
    save([Draft({"latin": "Rosa Alba"}, id=pk)])
    assert Change.objects.latest("pk").values == {"latin": ["Rosa", "Rosa Alba"]}
    kept = Plate.objects.order_by("kind").values_list("kind", "text", "key")
    assert list(kept) == [("latin", "Rosa Alba", "rosa alba"), ("price", "5", "5")]
    assert index() == index_made_anew() == {pk: " rose rosa alba "}
    save([Draft({"latin": ""}, id=pk)])
    assert garden()[pk]["latin"] is None


def test_a_field_within_a_json_column_is_found_by_its_keys() -> None:
    pk = plant(x_colour="Réd", x_sizes="S, M")
    assert Plant.objects.get(pk=pk).custom == {"x_colour": "Réd", "x_sizes": ["S", "M"]}
    keys = PlantKey.objects.values_list("plant", "field", "key", "sole")
    assert list(keys.all()) == [(pk, "x_colour", "red", None)]
    Plant.objects.filter(pk=pk).update(custom={"x_gone": 1, "x_colour": "Réd"})
    change = save([Draft({"x_colour": "Green", "x_sizes": ""}, id=pk)])
    assert Plant.objects.get(pk=pk).custom == {"x_gone": 1, "x_colour": "Green"}
    assert list(keys.all()) == [(pk, "x_colour", "green", None)]
    assert change
    undo(actor=SYSTEM, original=change)
    assert list(keys.all()) == [(pk, "x_colour", "red", None)]
    with change_set(actor=SYSTEM, door=Door.COMMAND) as changes:
        changes.remove_many(PLANT, [pk])
    assert not PlantKey.objects.exists()


def test_only_what_differs_is_history() -> None:
    pk = plant(height=1, nicknames="El")
    save([Draft({"height": 2, "nicknames": "El"}, id=pk)])
    assert Change.objects.latest("pk").values == {"height": [1, 2]}
    assert Plant.objects.get(pk=pk).version == 2
    assert save([Draft({"height": "2"}, id=pk)]) is None
    assert Plant.objects.get(pk=pk).version == 2


def test_what_a_rule_sets_besides_is_history_too() -> None:
    pk = plant(soil="loam")
    save([Draft({"name": "Cactus"}, id=pk)])
    assert Change.objects.latest("pk").values == {
        "name": ["Rose", "Cactus"],
        "soil": ["loam", "sand"],
    }
    assert Bed.objects.get(plant=pk).soil == "sand"


def test_a_set_is_written_whole_or_not_at_all() -> None:
    pk = plant(height=1)
    before, changes = garden(), Change.objects.count()
    with pytest.raises(Rejected) as told:
        save([Draft({"height": 2}, id=pk), Draft({"name": "", "height": "tall"})])
    assert [(each.index, each.field) for each in told.value.problems] == [
        (1, "name"),
        (1, "height"),
    ]
    with pytest.raises(Rejected):
        save([Draft({"height": 2}, id=pk), Draft({"name": "Oak", "height": 1000})])
    with pytest.raises(NotFound):
        save([Draft({"height": 2}, id=pk), Draft({"height": 2}, id=999)])
    assert (garden(), Change.objects.count()) == (before, changes)


def test_an_older_version_is_a_conflict_that_shows_everything() -> None:
    pk = plant(height=1, soil="loam", nicknames="El")
    save([Draft({"height": 2}, id=pk, version=1)])
    with pytest.raises(Conflict) as told:
        save([Draft({"height": 3}, id=pk, version=1)])
    [clash] = told.value.clashes
    assert (clash.record_id, clash.version) == (pk, 2)
    assert (clash.now["height"], clash.now["soil"], clash.now["nicknames"]) == (2, "loam", ["El"])
    assert garden()[pk]["height"] == 2


def test_the_index_follows_every_change() -> None:
    one, two = plant(name="Rose"), plant(name="Oak", nicknames="Quercus")
    save([Draft({"height": 3}, id=one), Draft({"nicknames": "Robur"}, id=two)])
    assert index() == index_made_anew()
    with change_set(actor=SYSTEM, door=Door.COMMAND) as changes:
        changes.update(PLANT, garden(), {one: {"trashed_at": "2026-01-01T00:00:00+00:00"}})
        changes.remove_many(PLANT, [two])
    assert index() == index_made_anew() == {}
    assert not Nickname.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"height": 7},
        {"name": "Fern"},
        {"soil": "peat"},
        {"nicknames": "A, B"},
        {"water": 2},
        {"latin": "Rosa"},
        {"x_colour": "Red", "x_sizes": ["S", "M"]},
    ],
)
def test_a_set_costs_as_many_queries_as_one(values: dict[str, object]) -> None:
    ids = [plant(nicknames=f"N{number}") for number in range(30)]

    def cost(some: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            save([Draft(values, id=pk) for pk in some])
        return len(queries)

    assert cost(ids[:1]) == cost(ids[1:])


def test_a_save_asks_only_the_tables_it_touches() -> None:
    pk = plant(nicknames="El")
    with CaptureQueriesContext(connection) as queries:
        save([Draft({"height": 5}, id=pk)])
    tables = "".join(query["sql"] for query in queries)
    assert "gardens_nickname" not in tables
    assert "gardens_bed" not in tables
    assert "gardens_plantdocument" not in tables
