"""Fields of one's own: made, shaped, ordered, hidden, unique, taken back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.accounts.actors import SYSTEM
from kith.contacts.listing.names import query_names
from kith.contacts.models import Contact, ContactDocument, CustomKey
from kith.contacts.record import CONTACT
from kith.core.errors import Refused, Rejected
from kith.core.shapes import shapes
from kith.customfields import doubles
from kith.customfields.queries import usage
from kith.customfields.services.fields import (
    field_archive,
    field_create,
    field_move,
    field_update,
)
from kith.customfields.services.sections import section_create, section_move, section_remove
from kith.customfields.values import number_key
from kith.history.models import ChangeSet
from kith.jobs import running
from kith.jobs.models import Job, State
from kith.records.undo import undo
from kith.reference.lists import list_info
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db


def make(label: str = "Shoe size", kind: str = "text", **more: Any) -> str:
    return field_create(actor=SYSTEM, label=label, kind=kind, **more)[0]


def custom(pk: int) -> Any:
    return Contact.objects.get(pk=pk).custom


def run_jobs() -> None:
    for job in Job.objects.filter(kind="field-index"):
        running.run(job.pk)
        job.refresh_from_db()
        assert job.state == State.DONE
    Job.objects.all().delete()


def test_a_field_is_made_and_taken_back() -> None:
    name, change = field_create(actor=SYSTEM, label="Größe", kind="choice", options=["S", "M", "s"])
    assert name == "x_grosse"
    assert list_info("custom-x_grosse").label == "Größe"
    contact = make_contact(**{name: "m"})
    assert (len(custom(contact.pk)), usage(CONTACT, name)) == (1, 1)
    assert make("Größe 2") == "x_grosse_2"
    report = undo(actor=SYSTEM, original=change)
    assert not report.kept
    shapes.look_again()
    assert name not in CONTACT.by_name
    assert custom(contact.pk), "its values stay, should it come back"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"label": "Mobile"}, "label-taken"),
        ({"label": " "}, "label-needed"),
        ({"label": "x" * 61}, "label-too-long"),
        ({"kind": "colour"}, "kind-unknown"),
        ({"section": "attic"}, "section-unknown"),
        ({"policy": "perhaps"}, "policy-unknown"),
    ],
)
def test_what_makes_no_field_is_refused(values: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        make(**{"label": "Size", "kind": "text", **values})
    assert refused.value.code == code
    assert len(CONTACT.fields) == len(CONTACT.declared.fields)


def test_another_process_learns_of_it_with_one_query() -> None:
    make()
    known = CONTACT.shape
    shapes.look_again()
    with CaptureQueriesContext(connection) as queries:
        assert CONTACT.shape is known
        assert "x_shoe_size" in CONTACT.by_name
    assert len(queries) == 1
    field_update(actor=SYSTEM, name="x_shoe_size", values={"label": "Size"})
    assert str(CONTACT.field("x_shoe_size").label) == "Size"
    assert query_names()["shoe-size"] == query_names()["size"] == "x_shoe_size", "as before, too"


def test_no_two_contacts_hold_the_same_unique_value(make_user: Any) -> None:
    meera = make_user("agent")
    name = make("Club number", is_unique=True)
    first = make_contact(**{name: "A 7"})
    second = make_contact(**{name: "B"}, accessibility="me", actor=make_user("agent"))
    with pytest.raises(Rejected) as refused:
        make_contact(meera, **{name: "á 7"})
    [problem] = refused.value.problems
    assert (problem.field, problem.code) == (name, "not-unique")
    assert str(problem.message).startswith(f"Anjali Smithson (C-{first.pk:06d})")
    with pytest.raises(Rejected) as refused:
        change_contact(first, meera, **{name: "b"})
    assert "Another record" in str(refused.value.problems[0].message), second.name
    change_contact(first, meera, **{name: "A 7."})


@pytest.mark.parametrize("keyed", [False, True])
def test_what_is_held_twice_is_told_as_far_as_one_may_see_it(make_user: Any, keyed: bool) -> None:
    owner, administrator = make_user("agent"), make_user("administrator")
    name = make("Club number", filterable=keyed)
    for value in ("secret 7", "secret 7"):
        make_contact(owner, accessibility="me", **{name: value})

    def said() -> str:
        with pytest.raises(Refused) as refused:
            field_update(actor=administrator, name=name, values={"is_unique": True})
        return str(refused.value)

    assert "secret" not in said()
    for value in ("open 8", "open 8"):
        make_contact(owner, **{name: value})
    assert "open 8" in said()
    assert "secret" not in said()


def test_many_values_are_compared_by_their_keys_only(monkeypatch: pytest.MonkeyPatch) -> None:
    name = make("Club number")
    one, two = make_contact(**{name: "É 7"}), make_contact(**{name: "8"})
    monkeypatch.setattr(doubles, "LOOKED_INTO", 1)

    def refusal() -> str:
        with pytest.raises(Refused) as refused:
            field_update(actor=SYSTEM, name=name, values={"is_unique": True})
        return str(refused.value)

    assert "2 contacts hold something" in refusal()
    field_update(actor=SYSTEM, name=name, values={"filterable": True})
    # The keys are not made yet, and so say nothing.
    assert "too many" in refusal()
    run_jobs()
    change_contact(two, **{name: "e 7"})
    assert "É 7" in refusal()
    change_contact(one, **{name: "8"})
    field_update(actor=SYSTEM, name=name, values={"is_unique": True})
    run_jobs()
    assert CustomKey.objects.filter(sole=f"{name}:8").exists()


def test_what_is_held_twice_can_not_become_unique() -> None:
    name = make("Club number")
    one, two = make_contact(**{name: "7"}), make_contact(**{name: "7"})
    with pytest.raises(Refused) as refused:
        field_update(actor=SYSTEM, name=name, values={"is_unique": True})
    assert refused.value.code == "not-unique"
    change_contact(two, **{name: "8"})
    field_update(actor=SYSTEM, name=name, values={"is_unique": True, "searchable": True})
    run_jobs()
    keys = CustomKey.objects.values_list("contact", "key", "sole").order_by("key")
    assert list(keys) == [(one.pk, "7", f"{name}:7"), (two.pk, "8", f"{name}:8")]
    assert " 8" in ContactDocument.objects.get(record_id=two.pk).body
    off = {"is_unique": False, "searchable": False}
    change = field_update(actor=SYSTEM, name=name, values=off)
    run_jobs()
    assert not CustomKey.objects.exists()
    assert " 8" not in ContactDocument.objects.get(record_id=two.pk).body
    assert change
    assert not undo(actor=SYSTEM, original=change).kept
    shapes.look_again()
    run_jobs()
    assert CustomKey.objects.count() == 2
    assert " 8" in ContactDocument.objects.get(record_id=two.pk).body


def test_an_archived_field_keeps_its_values_and_comes_back() -> None:
    name = make("Hobby", filterable=True)
    contact = make_contact(**{name: "Chess"})
    field_archive(actor=SYSTEM, name=name)
    field = CONTACT.field(name)
    assert (field.hidden, field.system, field.filter) == (True, True, False)
    change_contact(contact, city="Pune")
    field_archive(actor=SYSTEM, name=name, archived=False)
    assert not CONTACT.field(name).hidden
    assert custom(contact.pk) == {name: "Chess"}


def test_a_built_in_field_is_hidden_moved_and_explained() -> None:
    field_archive(actor=SYSTEM, name="gender")
    assert CONTACT.field("gender").hidden
    with pytest.raises(Refused):
        field_archive(actor=SYSTEM, name="name")
    section, _change = section_create(actor=SYSTEM, label="Sport")
    values = {"section": section, "help": "In years", "required_for": ["always"], "policy": "block"}
    field_update(actor=SYSTEM, name="priority", values=values | {"label": "Stars"})
    field = CONTACT.field("priority")
    assert (field.section, field.help, field.required_for) == (section, "In years", ("always",))
    assert (str(field.label), field.policy) == ("Stars", "block")
    with pytest.raises(Refused):
        section_remove(actor=SYSTEM, name=section)
    section_move(actor=SYSTEM, name=section, by=-1)
    declared = [name for name, _label in CONTACT.declared.sections]
    assert [*dict(CONTACT.sections)] == [*declared[:-1], section, declared[-1]]
    field_update(actor=SYSTEM, name="priority", values={"section": "more"})
    section_remove(actor=SYSTEM, name=section)
    assert section not in dict(CONTACT.sections)


def test_fields_move_among_those_of_their_section() -> None:
    name = make("Size", section="reach")
    before = [each.name for each in CONTACT.shape.shown_in("reach")]
    assert before[-1] == name
    field_move(actor=SYSTEM, name=name, by=-1)
    change = field_move(actor=SYSTEM, name=name, by=-1)
    after = [each.name for each in CONTACT.shape.shown_in("reach")]
    assert after == [*before[:-3], name, *before[-3:-1]]
    assert change
    undo(actor=SYSTEM, original=ChangeSet.objects.get(pk=change.pk))
    shapes.look_again()
    assert [each.name for each in CONTACT.shape.shown_in("reach")][-2] == name


def test_numbers_stand_in_their_order_as_keys() -> None:
    numbers = ["-1000000", "-2.5", "-2.499999", "0", "0.000001", "9", "10", "999999999999.999999"]
    assert sorted(numbers, key=number_key) == numbers
