"""A small firm: one user of each role, contacts in every relation to them, and what hangs on
those. Built once per module; every test takes back what it did (see conftest)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client

from kith.accounts.actors import SYSTEM
from kith.accounts.groups import division_save, team_save
from kith.accounts.models import User
from kith.accounts.role_services import role_save
from kith.accounts.roles import BuiltIn
from kith.accounts.services import built_in_ensure
from kith.contacts.listing.asked import Asked
from kith.contacts.record import CONTACT
from kith.contacts.services.contacts import contact_save, contacts_trash
from kith.contacts.services.links import link_save
from kith.contacts.services.sites import site_save
from kith.core import clock
from kith.history.models import Change
from kith.jobs.models import Job
from kith.records.checking import Checked, Draft
from kith.reference.models import City, List
from kith.reference.queries import Options
from kith.transfer.services.exports import export_later, export_of
from kith.transfer.services.imports import import_begin
from kith.views.models import SavedView
from kith.views.services import view_create, view_delete

ROLES = ("readonly", "agent", "manager", "administrator")
SHEET = b"Name,Mobile\nAda Lovelace,+91 93270 58088\n"


@dataclass
class World:
    users: dict[str, User]
    stranger: User
    sessions: dict[str, SimpleCookie] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)
    team: int = 0
    division: int = 0

    def given(self, route: str, role: str, relation: str) -> dict[str, Any]:
        """Values for the parameters of any route, for one who stands so to the record."""
        if relation == "own":
            found = self.own.get(role) or self.own["agent"]
        else:
            found = self.others[relation]
        group = self.division if route.startswith("setup:division") else self.team
        setting = {"group_id": group, "key": "clerk", "token": "x-y"}
        pk = found[_named_by_pk(route)]
        return {**found, **setting, "pk": pk, "name": _named(route)}

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """What is done inside leaves no trace."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        client.cookies.update(self.sessions.get(role, {}))
        return client

    def sign_everybody_in(self) -> None:
        """Once: a session for each request would cost more than the request."""
        for role, user in self.users.items():
            client = Client()
            client.force_login(user)
            self.sessions[role] = client.cookies


def _named(route: str) -> str:
    """What `name` is: a reference list, what is offered while typing, a section or a field."""
    if route.startswith("setup:section"):
        return "more"
    if route.startswith("setup:field"):
        return "priority"
    if route == "setup:numbers":
        return "customer"
    if route.startswith("views:"):
        return "contact"
    if route.startswith("setup:"):
        return str(List.RELATION.value)
    return "company" if route == "contacts:options" else "family_name"


def _named_by_pk(route: str) -> str:
    if route == "setup:option":
        return "option"
    if route.startswith("transfer:export"):
        return "export"
    if route.startswith("transfer:"):
        return "import"
    if route.startswith("views:"):
        return "view"
    return "change" if route == "contacts:undo" else "contact"


def build() -> World:
    built_in_ensure()
    stranger = _user(BuiltIn.AGENT, "Stranger")
    world = World({role: _user(role, role.title()) for role in ROLES}, stranger)
    for role, user in world.users.items():
        world.own[role] = _things(user, "own", f"Own of {role}")
    world.team = team_save(actor=SYSTEM, name="Sales", members=[stranger.pk]).pk
    world.division = division_save(actor=SYSTEM, name="North", members=[stranger.pk]).pk
    role_save(actor=SYSTEM, name="Clerk", permissions=["contacts:contact:see"])
    for relation in ("public", "hidden", "trashed"):
        world.others[relation] = _things(stranger, relation, relation.title())
    world.sign_everybody_in()
    return world


def _user(role: str, name: str) -> User:
    return User.objects.create(role_id=role, name=name, email=f"{name.lower()}@example.com")


def _things(owner: User, relation: str, name: str) -> dict[str, Any]:
    """A contact, a link of it, a change set, an import and a view, all the owner's."""
    hidden = relation in ("own", "hidden")
    values = {"kind": "person", "given_name": name, "family_name": "Contact"}
    values["accessibility"] = "me" if hidden else "all"
    pk, changes = contact_save(actor=owner, draft=Draft(values))
    other, _changes = contact_save(actor=SYSTEM, draft=Draft({"kind": "company", "name": "Firm"}))
    relation_id = Options().of(List.RELATION)[0].id
    ends = {"contact": pk, "other": other, "relation": relation_id}
    link, _linked = link_save(actor=owner, values=ends)
    site, _sited = site_save(
        actor=owner, contact=pk, draft=Checked({"site_name": "Factory", "city": "Nowhere"})
    )
    if relation == "trashed":
        contacts_trash(actor=owner, ids=[pk])
    importing = import_begin(
        actor=owner, record_type="contact", chunks=[SHEET], filename="people.csv"
    )
    export = export_of(actor=owner, record_type=CONTACT, file_format="csv", asked=Asked().as_json())
    export_later(export=export, actor=owner, kind="export-contacts", total=None)
    job = Job.objects.create(user=owner, kind="undo", title="Undo", created_at=clock.now())
    members = frozenset({f"user:{owner.pk}"}) if hidden else None
    view, _viewed = view_create(actor=owner, of="contact", name="Ours", members=members)
    if relation == "trashed":
        view_delete(actor=owner, view=SavedView.objects.get(pk=view))
    return {
        "contact": pk,
        "view": view,
        "option": relation_id,
        "change": changes.pk if changes else 0,
        "change_id": Change.objects.get(change_set=changes, record_type="contact").pk,
        "import": importing.pk,
        "export": export.pk,
        "number": 2,
        "place": 0,
        "link_id": link,
        "site_id": site,
        "city_id": City.objects.get(name="Nowhere").pk,
        "user_id": owner.pk,
        "job_id": job.pk,
    }
