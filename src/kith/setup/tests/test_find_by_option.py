"""The search box finds contacts by their tags, and by options of fields of one's own."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.accounts.actors import SYSTEM
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import state_of
from kith.contacts.models import Contact, ContactDocument
from kith.contacts.record import CONTACT
from kith.contacts.services.contacts import contacts_restore, contacts_trash
from kith.core.shapes import shapes
from kith.customfields.services.fields import field_create, field_update
from kith.history.models import ChangeSet, Door
from kith.jobs import running
from kith.jobs.models import Job
from kith.records.checking import Checked
from kith.records.door import change_set
from kith.records.indexing import documents_of
from kith.records.undo import undo
from kith.reference.models import Option
from kith.reference.services import renaming
from kith.reference.services.merging import options_merge
from kith.reference.services.options import option_save
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db


def found(text: str, user: Any = SYSTEM) -> set[str]:
    return set(Selection(user, state_of(text)).all().values_list("name", flat=True))


def tag(name: str) -> Option:
    return Option.objects.get(list_name="tag", name=name)


def rename(option: Option, name: str) -> ChangeSet | None:
    return option_save(
        actor=SYSTEM, list_name=option.list_name, name=name, attributes={}, option=option
    )


def index_is_right() -> bool:
    rows = ContactDocument.objects.values_list("record_id", "place", "body")
    stored = {pk: (place, body) for pk, place, body in rows}
    return stored == documents_of(CONTACT, list(Contact.objects.values_list("pk", flat=True)))


def take_back(change: ChangeSet | int | None) -> None:
    pk = change.pk if isinstance(change, ChangeSet) else change
    assert not undo(actor=SYSTEM, original=ChangeSet.objects.get(pk=pk)).kept


def test_a_tag_is_found_by_the_plain_word(make_user: Any) -> None:
    agent, other = make_user("agent"), make_user("agent")
    anna = make_contact(name="Anna", tags=[{"new": "Board Member"}, {"new": "Étage"}])
    make_contact(agent, name="Hidden", tags=[{"new": "Board Member"}], accessibility="me")
    make_contact(name="Bo")
    assert found("board") == {"Anna", "Hidden"}
    assert found("board", other) == {"Anna"}, "a tag does not bring to light who is hidden"
    assert found("etage anna") == found("oard mem", other) == {"Anna"}
    assert found('"board member" -hidden') == {"Anna"}
    assert found("bord~", other) == {"Anna"}
    change = change_contact(anna, tags=[tag("Étage").pk])
    assert (found("board", other), found("etage")) == (set(), {"Anna"})
    take_back(change)
    assert found("board", other) == {"Anna"}
    contacts_trash(actor=SYSTEM, ids=[anna.pk])
    rename(tag("Étage"), "Floor")
    assert found("floor") == set()
    contacts_restore(actor=SYSTEM, ids=[anna.pk])
    assert (found("floor"), found("etage")) == ({"Anna"}, set())
    make_contact(name="Zoe", tags=[tag("Floor").pk, tag("Board Member").pk])
    make_contact(name="Zoe", tags=[tag("Board Member").pk, tag("Floor").pk])
    assert index_is_right(), "in whichever order the tags were given"


def test_a_new_name_of_a_tag_and_a_merge_are_found_at_once() -> None:
    make_contact(name="Anna", tags=[{"new": "Board"}])
    make_contact(name="Bo", tags=[{"new": "Panel"}])
    change = rename(tag("Board"), "Council")
    assert (found("council"), found("board")) == ({"Anna"}, set())
    take_back(change)
    assert (found("council"), found("board")) == (set(), {"Anna"})
    change = options_merge(actor=SYSTEM, keep=tag("Board"), others=[tag("Panel")])
    assert (found("board"), found("panel")) == ({"Anna", "Bo"}, set())
    take_back(change)
    assert (found("board"), found("panel")) == ({"Anna"}, {"Bo"})
    assert index_is_right()


def test_what_many_hold_is_found_by_its_new_name_after_a_job(monkeypatch: Any) -> None:
    monkeypatch.setattr(renaming, "AT_ONCE", 2)
    monkeypatch.setattr(renaming, "STEP", 2)
    for number in range(5):
        make_contact(name=f"N {number}", tags=[{"new": "Board"}])
    rename(tag("Board"), "Council")
    assert len(found("board")) == 5, "until the job has run"
    job = Job.objects.get(kind="option-index")
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 5)
    assert (len(found("council")), found("board")) == (5, set())
    assert index_is_right()


@pytest.mark.parametrize(("kind", "value"), [("choice", "Chess"), ("choices", "Golf, Chess")])
def test_an_option_of_a_field_of_ones_own_is_found(kind: str, value: str) -> None:
    name, _change = field_create(
        actor=SYSTEM, label="Club", kind=kind, options=["Chess", "Golf"], searchable=True
    )
    anna = make_contact(name="Anna", **{name: value})
    make_contact(name="Bo", **{name: "Golf"})
    assert found("chess") == {"Anna"}
    option = Option.objects.get(list_name=f"custom-{name}", name="Chess")
    rename(option, "Draughts")
    assert (found("draughts"), found("chess")) == ({"Anna"}, set())
    change_contact(anna, **{name: ""})
    assert found("draughts") == set()
    field_update(actor=SYSTEM, name=name, values={"searchable": False})
    running.run(Job.objects.get(kind="field-index").pk)
    shapes.look_again()
    assert found("golf") == set()
    assert index_is_right()


def test_a_set_asks_once_what_its_tags_are_called() -> None:
    ids = [make_contact(name=f"N {number}").pk for number in range(9)]
    two = [make_contact(name=name, tags=[{"new": name}]) for name in ("Board", "Panel")]
    tags = [tag(each.name).pk for each in two]

    def asked(some: list[int], **values: Any) -> list[str | None]:
        with CaptureQueriesContext(connection) as queries:  # noqa: SIM117
            with change_set(actor=SYSTEM, door=Door.SCREEN) as changes:
                changes.save_many(CONTACT, [Checked(dict(values), id=pk) for pk in some])
        return [each["sql"] for each in queries]

    def labels(sqls: list[str | None]) -> int:
        """Some have values that Django can't put into words on PostgreSQL."""
        return sum('"list_name", "id", "name"' in (each or "") for each in sqls)

    assert labels(asked(ids, important=True)) == 0, "what no document shows costs nothing"
    assert labels(asked(ids, city="Pune")) == 0, "nor does it where there are no tags"
    one, many = asked(ids[:1], tags=tags), asked(ids[1:], tags=tags)
    assert (labels(one), labels(many), len(one)) == (1, 1, len(many))
