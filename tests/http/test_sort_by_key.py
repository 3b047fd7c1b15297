"""A list sorted by any column stands as Python sorts it: by what the column shows, those that share
it by name, what is empty last. However it is read, and for everybody who asks."""

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from kith.accounts.actors import SYSTEM
from kith.contacts.context import reading_context
from kith.contacts.listing.page import list_page
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import read_state
from kith.contacts.models import Contact
from kith.contacts.record import CONTACT
from kith.core.text import fold
from kith.customfields.services.fields import field_create
from kith.records.checking import Draft
from kith.records.door import change_set

Values = dict[str, Any]
CITIES = ("Pune", "agra", "Zürich", "Ålesund", "", "Pune", "Aachen")
PHONES = ("mobile", "office_phone")
ODDLY: tuple[dict[str, Any], ...] = (
    {},
    {
        "filters.worth_walking": lambda _model: 3,
        "filters.FEW": 2,
        "keyed.SIZES": (3, 5),
        "keyed.worth_walking": lambda _model: 3,
        "walked.STEPS": 4,
    },
    {"keyed.SIZES": (2,), "keyed.MOST": 4, "walked.SORTED": 3},
)
"""Few are read at once; those that share a key are many; too few are found in the order."""


def text(name: str) -> Callable[[Values], Any]:
    return lambda values: fold(values.get(name) or "") or None


def number(name: str) -> Callable[[Values], Any]:
    return lambda values: Decimal(str(values[name])) if values.get(name) else None


def phone(values: Values) -> Any:
    return next((values[each] for each in PHONES if values.get(each)), None)


def tags(values: Values) -> Any:
    return min(map(fold, values["tags"]), default=None)


SORTS: dict[str, Callable[[Values], Any]] = {
    **{name: text(name) for name in ("city", "email", "mobile", "industry", "temperature",
       "contact_type", "birth_date", "country", "area", "website", "x_note")},
    "what": text("designation"),
    **{name: number(name) for name in ("priority", "annual_revenue", "credit_limit", "x_points")},
    "phone": phone,
    "tags": tags,
    "important": lambda values: values["important"] or None,
    "kind": lambda values: values["kind"] == "company",
    "manager": lambda values: fold(values["manager"].name) if values["manager"] else None,
}  # fmt: skip


FILTERS: tuple[tuple[str, Callable[[Values], Any]], ...] = (
    ("kind:company", lambda values: values["kind"] == "company"),
    ("temperature:hot", lambda values: values["temperature"] == "Hot"),
    ("priority:>1", lambda values: (values["priority"] or 0) > 1),
    ("important:yes -city:pune", lambda values: values["important"] and values["city"] != "Pune"),
    ("birthday:1990", lambda values: values["birth_date"] == "1990-02-01"),
    ("birthday:dec", lambda values: values["birth_date"] == "1985-12-31"),
    ("has:industry priority:2", lambda values: values["industry"] and values["priority"] == 2),
    ("no:email", lambda values: not values["email"]),
)  # fmt: skip


def made_up(rnd: random.Random, number: int, managers: list[Any]) -> Values:
    phones = [f"+9198220{rnd.randint(10_000, 99_999)}" for _ in range(2)]
    address = rnd.choice(["", "b@x.in", "1a@x.in", f"{rnd.choice('aBz')}{rnd.randint(1, 9)}@x.in"])
    return {
        "name": f"P{number:02d}",
        "city": rnd.choice(CITIES),
        "area": rnd.choice(["", "Kothrud", "baner"]),
        "country": rnd.choice(["IN", "NO"]),
        "mobile": rnd.choice(["", phones[0]]),
        "office_phone": rnd.choice(["", phones[1]]),
        "email": address,
        "website": rnd.choice(["", "https://b.in", "https://a.in"]),
        "industry": rnd.choice(["", "Tea", "silk", "Rice"]),
        "designation": rnd.choice(["", "Clerk", "owner"]),
        "temperature": rnd.choice(["", "Hot", "Cold"]),
        "contact_type": rnd.choice(["", "Vendor", "Customer"]),
        "tags": rnd.sample(["vip", "Press", "old"], rnd.randint(0, 2)),
        "manager": rnd.choice([None, *managers]),
        "kind": rnd.choice(["person", "company"]),
        "priority": rnd.choice([None, 1, 2, 5]),
        "important": rnd.choice([True, False]),
        "birth_date": rnd.choice(["", "1990-02-01", "1985-12-31"]),
        "annual_revenue": rnd.choice(["", "1000", "99.50"]),
        "credit_limit": rnd.choice(["", "500", "20"]),
        "x_points": rnd.choice([None, -3, 20, 100]),
        "x_note": rnd.choice(["", "Élan", "east"]),
        "accessibility": rnd.choice(["all", "all", "me"]),
    }


def draft(values: Values) -> Draft:
    manager = values["manager"].pk if values["manager"] else None
    return Draft({**values, "manager": manager})


def in_order(people: list[Values], sort: str) -> list[str]:
    key = SORTS[sort.removeprefix("-")]
    by_name = sorted(people, key=lambda each: each["name"])
    filled = [each for each in by_name if key(each) is not None]
    filled.sort(key=key, reverse=sort.startswith("-"))
    return [each["name"] for each in [*filled, *(e for e in by_name if key(e) is None)]]


def pages(user: Any, asked: str, way: str) -> list[str]:
    """The whole list, page by page."""
    names: list[str] = []
    cursor = "last" if way == "before" else ""
    while True:
        chosen = Selection(user, read_state(QueryDict(asked)))
        page = list_page(chosen, per_page=13, **{way: cursor})
        shown = [row[3] for row in page.rows]
        names = [*names, *shown] if way == "after" else [*shown, *names]
        cursor = getattr(page, way)
        if not cursor:
            return names


@pytest.fixture
def people(administrator: Any, manager: Any, make_user: Any) -> list[Values]:
    for label, kind in (("Points", "number"), ("Note", "text")):
        field_create(actor=administrator, label=label, kind=kind)
    rnd = random.Random(7)
    managers = [manager, make_user("agent", name="aaron")]
    made = [made_up(rnd, number, managers) for number in range(40)]
    context = reading_context("IN", reader=administrator)
    with change_set(actor=administrator, door="screen", context=context) as changes:
        changes.save_many(CONTACT, [draft(each) for each in made])
    gone = Contact.objects.get(name="P03")
    with change_set(actor=administrator, door="screen", context=context) as changes:
        changes.remove_many(CONTACT, [gone.pk])
    return [each for each in made if each["name"] != "P03"]


def test_sorted_by_any_column_as_by_hand(
    people: list[Values], administrator: Any, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all = [each for each in people if each["accessibility"] == "all"]
    for number, sort in enumerate(f"{sign}{name}" for name in SORTS for sign in ("", "-")):
        for turn, oddly in enumerate(ODDLY):
            with monkeypatch.context() as patch:
                for name, value in oddly.items():
                    patch.setattr(f"kith.contacts.listing.{name}", value)
                way = ("after", "before")[(number + turn) % 2]
                user, seen = ((administrator, people), (agent, open_to_all))[
                    (number // 2 + turn) % 2
                ]
                assert pages(user, f"sort={sort}", way) == in_order(seen, sort), (sort, way, turn)
                if turn != number % 3:
                    continue
                asked, fits = FILTERS[number % len(FILTERS)]
                found = pages(user, f"sort={sort}&q={asked}", way)
                assert found == in_order(list(filter(fits, seen)), sort), (sort, way, turn, asked)


def test_sorted_by_company_and_prospects(administrator: Any) -> None:
    """A company that is somebody's; a prospect stands in no index of the list."""
    context = reading_context("IN", reader=administrator)
    rows = [{"name": f"Q{n}", "company": name} for n, name in enumerate(["Zed", "", "amp", "Zed"])]
    rows += [{"name": f"R{n}", "is_prospect": True, "contact_type": kind}
             for n, kind in enumerate(["Vendor", "", "Customer"])]  # fmt: skip
    with change_set(actor=administrator, door="screen", context=context) as changes:
        changes.save_many(CONTACT, [Draft(each) for each in rows])
    assert pages(administrator, "sort=company&q=kind:person", "after") == ["Q2", "Q0", "Q3", "Q1"]
    assert pages(administrator, "sort=-company&q=kind:person", "before")[:3] == ["Q0", "Q3", "Q2"]
    state = read_state(QueryDict("sort=contact_type"))
    chosen = Selection(SYSTEM, state, lambda _user: Contact.objects.filter(is_prospect=True))
    assert [row[3] for row in list_page(chosen).rows] == ["R2", "R0", "R1"]
