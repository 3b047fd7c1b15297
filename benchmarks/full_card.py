"""A contact with everything: each field filled, 50 links, 20 sites and a long history."""

from typing import Any

from kith.accounts.models import User
from kith.contacts.context import reading_context
from kith.contacts.models import Contact
from kith.contacts.queries import visible_to
from kith.contacts.record import CONTACT, LINK, SITE
from kith.contacts.services.contacts import contact_save
from kith.contacts.tests.test_every_field import FIELD_SAMPLES
from kith.core import kinds
from kith.history.models import Change, Door
from kith.records.checking import Checked, Draft, check, settle_new
from kith.records.door import change_set

NAME = "Everything Benchmark"
LINKS, SITES, HISTORY = 50, 20, 1_000


def full_card(user: User) -> int:
    """Its id; it is made when it is not there yet."""
    found = Contact.objects.filter(name=NAME).values_list("pk", flat=True).first()
    return found or _make(user)


def _make(user: User) -> int:
    others = list(visible_to(user).order_by("pk").values_list("pk", flat=True)[:LINKS])
    with change_set(actor=user, door=Door.COMMAND, context=reading_context()) as changes:
        pk = changes.save(CONTACT, _filled(others[0]))
        changes.save_many(LINK, [_link(pk, other, at) for at, other in enumerate(others)])
        changes.save_many(SITE, [_site(pk, number) for number in range(SITES)])
    entries = Change.objects.filter(subject_id=pk).count()
    for number in range(HISTORY - entries):
        draft = Draft({"remarks": f"Change {number} of many", "priority": number % 5}, id=pk)
        contact_save(actor=user, draft=draft)
    return pk


def _filled(other: int) -> Checked:
    """Every field by the sample that its own test has; what this database does not know (a user,
    a division) stays empty."""
    values: dict[str, Any] = {
        name: CONTACT.code_of(other)
        if isinstance(CONTACT.field(name).kind, kinds.Record)
        else s.good
        for name, s in FIELD_SAMPLES.items()
        if not (CONTACT.field(name).derived) and name not in ("company", "accessibility")
    }
    checked = check(CONTACT, Draft(values | {"name": NAME, "kind": "Person"}), reading_context())
    checked.problems = []
    return settle_new(CONTACT, checked)


def _link(pk: int, other: int, at: int) -> Draft:
    """Half of them from it, half of them to it."""
    ends = {"contact": pk, "other": other} if at % 2 else {"contact": other, "other": pk}
    return Draft({**ends, "relation": "Colleague", "job_title": f"Title {at}"})


def _site(pk: int, number: int) -> Draft:
    place = {"city": "Pune", "country": "India", "address1": f"{number} High Street"}
    return Draft({"contact": pk, "site_name": f"Site {number}", **place})
