"""Nobody is told anything of a contact that they may not see, by whatever way they ask.

A firm is drawn at random: users, teams, divisions, contacts and who may see each. Every contact
holds a word of its own, in its name, its tags, its company, city, addresses and remarks; what is
answered to a user may hold the words of the contacts that a plain look at the sets allows, and
where a list is answered it must hold all of them.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kith.accounts.actors import SYSTEM
from kith.accounts.groups import division_save, team_save
from kith.accounts.models import User
from kith.contacts.context import reading_context
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import State
from kith.contacts.record import CONTACT, LINK
from kith.contacts.services.contacts import contacts_trash
from kith.records.checking import Checked, Draft
from kith.records.door import change_set
from kith.reference.models import Option
from kith.search.query import read_query
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
CONTACTS = 16
WORD = re.compile(r"zq\d+x")
LISTS = ("tag", "category", "designation")
TEXTS = ("company", "city")


@dataclass
class Firm:
    users: list[User] = field(default_factory=list)
    groups: dict[str, set[int]] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    audiences: dict[int, list[str]] = field(default_factory=dict)
    trashed: set[int] = field(default_factory=set)
    hub: int = 0

    def sees(self, user: User, pk: int) -> bool:
        """The plain look that everything else is compared with."""
        members = self.audiences[pk]
        mine = {f"user:{user.pk}"}
        mine |= {token for token, users in self.groups.items() if user.pk in users}
        return not members or not mine.isdisjoint(members)

    def reachable(self, user: User) -> set[str]:
        return {word for pk, word in self.words.items() if self.sees(user, pk)}

    def listed(self, user: User) -> set[str]:
        there = {word for pk, word in self.words.items() if pk not in self.trashed}
        return self.reachable(user) & there


def build(rnd: random.Random, make_user: Any) -> Firm:
    firm = Firm([make_user(role) for role in ("manager", "manager", "administrator")])
    ids = [user.pk for user in firm.users]
    for number, (kind, save) in enumerate(
        (("team", team_save), ("team", team_save), ("division", division_save))
    ):
        members = rnd.sample(ids, rnd.randint(0, 2))
        group = save(actor=SYSTEM, name=f"Group {number}", members=members)
        firm.groups[f"{kind}:{group.pk}"] = set(members)
    tokens = [*firm.groups, *(f"user:{pk}" for pk in ids)]
    audiences = [
        [] if rnd.random() < 0.3 else rnd.sample(tokens, rnd.randint(1, 2)) for _ in range(CONTACTS)
    ]
    drafts = [Draft(_values(number, members)) for number, members in enumerate(audiences)]
    with change_set(actor=SYSTEM, door="screen", context=reading_context("IN")) as changes:
        *made, firm.hub = changes.save_many(CONTACT, [*drafts, Draft(_values(CONTACTS, []))])
        firm.words = {pk: f"zq{number}x" for number, pk in enumerate(made)}
        firm.audiences = dict(zip(made, audiences, strict=True))
        ends = {"contact": firm.hub, "relation": {"new": "Friend"}, "is_primary": False}
        changes.save_many(LINK, [Checked({**ends, "other": pk}) for pk in made])
    firm.trashed = set(rnd.sample(list(firm.words), 3))
    contacts_trash(actor=SYSTEM, ids=sorted(firm.trashed))
    return firm


def _values(number: int, members: list[str]) -> dict[str, Any]:
    word = f"zq{number}x" if number < CONTACTS else "hub"
    return {
        "name": f"Alpha {word}",
        "kind": "person",
        "company": f"Firm {word}",
        "tags": f"tag {word}",
        "categories": f"sort {word}",
        "designation": f"job {word}",
        "city": f"Town {word}",
        "email": f"{word}@example.com",
        "mobile": f"+91 98250 {11000 + number}",
        "remarks": f"said {word}",
        "accessibility": members or "all",
    }


EXPORTED = {"listed": "1", "format": "csv"}


def answers(client: Client, firm: Firm, word: str, number: int) -> Iterator[tuple[str, str, bool]]:
    """(where, what was answered, whether it must hold all that the user sees in lists)."""
    everything = [
        ("/contacts/", {}, True),
        ("/contacts/", {"q": "alpha"}, True),
        ("/contacts/", {"visible": "restricted"}, False),
        ("/contacts/", {"q": "company:*firm*"}, False),
        ("/contacts/", {"q": f"tag:*{word[:3]}*"}, False),
        ("/contacts/export/", EXPORTED, True),
        ("/contacts/export/", {}, False),
        ("/palette/", {"q": "alpha"}, False),
        ("/contacts/trash/", {}, False),
        (f"/contacts/{firm.hub}/", {}, False),
        (f"/contacts/{firm.hub}/links/more/", {}, False),
        ("/contacts/new/", {}, False),
        ("/contacts/alike/", {"name": f"Alpha {word[:-1]}", "email": "a@example.com"}, False),
        ("/contacts/alike/", {"mobile": f"+91 98250 {11000 + number}"}, False),
        ("/settings/why/", {"q": "alpha"}, False),
        *((f"/options/{name}/", {"q": "zq"}, False) for name in LISTS),
        *((f"/options/{name}/", {"q": "t"}, False) for name in TEXTS),
    ]
    for url, query, complete in everything:
        ask = client.post if query is EXPORTED else client.get
        response = ask(url, query, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        yield f"{url} {query}", body.decode(), complete


@given(st.integers(0, 10**6))
@settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nothing_of_a_hidden_contact_is_told(make_user: Any, seed: int) -> None:
    with transaction.atomic():
        rnd = random.Random(seed)
        firm = build(rnd, make_user)
        for user in firm.users:
            _ask_as(firm, user, rnd)
        transaction.set_rollback(True)


def _ask_as(firm: Firm, user: User, rnd: random.Random) -> None:
    client, allowed, listed = Client(), firm.reachable(user), firm.listed(user)
    client.force_login(user)
    hidden = [pk for pk in firm.words if not firm.sees(user, pk)]
    asked = rnd.choice(hidden or list(firm.words))
    number = int(firm.words[asked][2:-1])
    for where, body, complete in answers(client, firm, firm.words[asked], number):
        told = set(WORD.findall(body))
        assert told <= allowed, (where, told - allowed)
        if complete:
            assert listed <= told, (where, listed - told)
    for pk in hidden:
        assert client.get(f"/contacts/{pk}/").status_code == 404
        break
    fresh = User.objects.get(pk=user.pk)
    for text in ("", "alpha", "zq", firm.words[asked]):
        words = {word for word in listed if text in ("", "alpha") or text in word}
        found = Selection(fresh, State(q=text, query=read_query(text)))
        plus_hub = text in ("", "alpha")
        people = found.all().filter(kind="person")
        assert people.count() == len(words) + plus_hub, text
        assert found.count() == found.all().count(), text


def test_an_option_that_more_contacts_name_is_offered_to_more(
    agent: User, manager: User, signed_in: Any
) -> None:
    context = reading_context("IN")
    theirs = {"name": "Quiet", "tags": "Merger", "accessibility": [f"user:{manager.pk}"]}
    with change_set(actor=SYSTEM, door="screen", context=context) as changes:
        quiet = changes.save(CONTACT, Draft(theirs))
    url = reverse("contacts:options", args=["tag"])

    def offered(user: User) -> bool:
        return "Merger" in signed_in(user).get(url, {"q": "mer"}).content.decode()

    assert (offered(manager), offered(agent)) == (True, False)
    page = signed_in(agent).get("/contacts/?tag=Merger", follow=True).content.decode()
    assert "Quiet" not in page
    # A tag that is added to a contact of few stays with these few.
    with change_set(actor=SYSTEM, door="screen", context=reading_context()) as changes:
        changes.save(CONTACT, Draft({"tags": "Merger, Mergers"}, id=quiet))
    more = signed_in(agent).get(url, {"q": "mergers"}).json()["results"]
    assert more == []
    # One of a contact for all is offered to all, also when it was there before.
    with change_set(actor=agent, door="screen", context=reading_context()) as changes:
        changes.save(CONTACT, Draft({"name": "Loud", "tags": "merger"}))
    assert (offered(manager), offered(agent)) == (True, True)


def test_an_id_does_not_tell_what_an_option_is_called(
    agent: User, manager: User, signed_in: Any
) -> None:
    quiet = make_contact(manager, name="Quiet", tags="Merger", accessibility="me")
    option = Option.objects.get(list_name="tag", name="Merger")
    own = make_contact(agent, name="Own")
    card, named = f"/contacts/{own.pk}/fields/tags/", f"id:{option.pk}"
    client = signed_in(agent)
    tried = [
        client.get(f"/contacts/?tag={option.pk}", follow=True),
        client.get("/contacts/new/", {"tags": named}),
        client.post(card, {"tags": named, "version": own.version}, headers={"HX-Request": "true"}),
    ]
    assert [answer.status_code for answer in tried] == [200, 200, 422]
    assert not [answer.request["PATH_INFO"] for answer in tried if b"Merger" in answer.content]
    # Who sees a contact that holds it knows it, and may leave it as it is.
    shared = [f"user:{manager.pk}", f"user:{agent.pk}"]
    change_contact(quiet, accessibility=shared)
    quiet.refresh_from_db()
    card = f"/contacts/{quiet.pk}/fields/tags/"
    sent = {"tags": [named, "Deal"], "version": quiet.version}
    answer = client.post(card, sent, headers={"HX-Request": "true"})
    assert (answer.status_code, b"Merger" in answer.content) == (200, True)
    assert b"Merger" in signed_in(manager).get(f"/contacts/?tag={option.pk}", follow=True).content
