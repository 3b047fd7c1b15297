"""Do, then undo: the data are as they were. Drawn at random, for a record type of no contact."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.accounts.actors import SYSTEM
from kith.core.errors import Refused
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked, Draft
from kith.records.door import Changes, change_set
from kith.records.undo import undo
from tests.gardens.record import PLANT

from .garden import garden, index, index_made_anew, plant, save

pytestmark = pytest.mark.django_db
NAMES = st.sampled_from(["Rose", "Oak", "Cactus", "Élan", "Fern"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES,
        "height": st.one_of(st.none(), st.integers(0, 999)),
        "sown_on": st.one_of(st.none(), st.dates().filter(lambda day: 1000 < day.year < 2200)),
        "secret": st.sampled_from(["", "under the oak", "behind the shed"]),
        "soil": st.sampled_from(["", "loam", "peat"]),
        "nicknames": st.lists(NAMES, max_size=3),
        "x_colour": st.sampled_from(["", "red", "Green"]),
        "x_sizes": st.lists(NAMES, max_size=2),
        "water": st.one_of(st.none(), st.integers(0, 9)),
        "advice": st.sampled_from(["", "in the shade"]),
        "latin": st.sampled_from(["", "Rosa", "Quercus"]),
    },
)
# What one step of a change set does to the n-th plant there is: make, change, trash, remove.
STEPS = st.lists(
    st.tuples(st.sampled_from(["make", "change", "trash", "remove"]), st.integers(0, 5), VALUES),
    min_size=1,
    max_size=6,
)
OFTEN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def act(changes: Changes, step: tuple[str, int, dict[str, Any]]) -> None:
    what, number, values = step
    ids = sorted(garden())
    if what == "make":
        changes.save(PLANT, Draft({"name": "Rose", **values}))
    elif ids:
        pk = ids[number % len(ids)]
        if what == "change":
            changes.save(PLANT, Draft(values, id=pk))
        elif what == "trash":
            changes.save(PLANT, Checked({"trashed_at": "2026-01-01T00:00:00+00:00"}, id=pk))
        else:
            changes.remove_many(PLANT, [pk])


def do(steps: list[Any]) -> ChangeSet | None:
    with change_set(actor=SYSTEM, door=Door.COMMAND) as changes:
        for step in steps:
            act(changes, step)
    return changes.record if changes.changed_anything else None


@OFTEN
@given(before=STEPS, steps=STEPS)
def test_undo_leaves_everything_as_it_was(before: list[Any], steps: list[Any]) -> None:
    do(before)
    state, documents = garden(), index()
    change = do(steps)
    after = garden()
    assert index() == index_made_anew()
    if change is None:
        return
    report = undo(actor=SYSTEM, original=change)
    assert report.finished
    assert not report.kept
    assert garden() == state
    assert index() == documents == index_made_anew()
    # And the undo can be taken back like anything else.
    undone = ChangeSet.objects.filter(undoes=change).first()
    if undone is not None:
        undo(actor=SYSTEM, original=undone)
        assert garden() == after
        assert index() == index_made_anew()


@OFTEN
@given(mine=VALUES, theirs=VALUES)
def test_what_was_changed_since_is_kept_and_told(
    mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    pk = plant(height=1, soil="sand", nicknames=["Old"], sown_on="2026-05-01")
    first = garden()[pk]
    change = save([Draft(mine, id=pk)])
    second = garden()[pk]
    save([Draft(theirs, id=pk)])
    third = garden()[pk]
    if change is None:
        return
    report = undo(actor=SYSTEM, original=change)
    ours = {name for name in first if first[name] != second[name]}
    since = {name for name in ours if second[name] != third[name]}
    assert {each.field for each in report.kept} == since
    expected = {name: first[name] if name in ours - since else third[name] for name in third}
    assert garden()[pk] == expected


def test_a_set_is_undone_once() -> None:
    change = save([Draft({"height": 5}, id=plant(height=1))])
    assert change
    read_before, sets = ChangeSet.objects.get(pk=change.pk), ChangeSet.objects.count()
    report = undo(actor=SYSTEM, original=change)
    for late in (read_before, ChangeSet.objects.get(pk=change.pk)):
        with pytest.raises(Refused):
            undo(actor=SYSTEM, original=late)
    assert ChangeSet.objects.count() == sets + 1, "who comes second leaves nothing in history"
    ended = undo(actor=SYSTEM, original=ChangeSet.objects.get(pk=change.pk), report=report)
    assert ended.undone == 1, "a job that was killed after its last step tells what it did"
