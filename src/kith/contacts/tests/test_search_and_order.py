"""Search finds what a look at every document finds; pages hold each match once."""

import datetime as dt
import random
import re
from dataclasses import replace
from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kith.accounts.actors import SYSTEM
from kith.contacts.context import reading_context
from kith.contacts.listing.page import list_page
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import read_contact_query, state_of
from kith.contacts.models import Contact, ContactDocument
from kith.contacts.record import CONTACT
from kith.core import clock
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.records.statistics import statistics_renew
from kith.search import engine
from kith.search.expected import Places
from kith.search.syntax import All, Either, Not, Part, Pattern, Phrase, Similar, Word
from kith.search.tidying import index_tidy

QUERIES = (
    "smith", "sm", "s", "ith", "an an", "a b", "%", "_", "\\", '"', '"anna li"', "o'neil", "#",
    "x#", "ø", "STRASSE", "927", "+47 99", "c-0000", "zzz", "li anna", "*", "anna*", "NEAR(a b)",
    "a OR b", "-", "sm?th", "a*", "*th", "o'*", '"li anna"', "smih~", "ana~ li~", "-anna",
    "li -smith", "(anna OR li) smith", "anna OR (li -smith)",
    "a* -*i", "q?t", "b* OR x#", "9*", "-9*",
    "s*h", "s?i?h", "sm?t*", "st?asse", "#?1", "a?b",
    '"o\'neil"', "ånna~", "zzzzz~", "*", "??", "a?", '"smith" -"anna"',
)  # fmt: skip


@pytest.fixture
def made(db: None, make_user: Any) -> Any:
    rnd = random.Random(5)
    agent, other = make_user("agent"), make_user("agent")
    parts = (
        "Anna",
        "Li",
        "Smith",
        "Straße",
        "O'Neil",
        "Øvrebø",
        "x#1",
        "50%",
        "a_b",
        'Q"T',
        "Bo\\b",
    )
    for user in (agent, other):
        drafts = [
            Draft({"name": " ".join(rnd.choices(parts, k=rnd.randint(1, 3))),
                   "accessibility": rnd.choice(["all", "all", "me"]),
                   "mobile": rnd.choice([None, "+47 99 24 51 10", "+91 98250 11243"])})
            for _ in range(60)
        ]  # fmt: skip
        with change_set(actor=user, door="screen", context=reading_context("IN")) as changes:
            changes.save_many(CONTACT, drafts)
    return agent


def holds(part: Part, body: str) -> bool:  # noqa: PLR0911
    """What the parts mean, said once more in the plainest way."""
    match part:
        case Word(text=text):
            return text in body
        case Pattern(text=text):
            words = re.escape(text).replace(r"\*", r"\S*").replace(r"\?", r"\S")
            return bool(re.search(rf"(?<![a-z0-9]){words}(?![a-z0-9])", body))
        case Phrase(text=text):
            return bool(re.search(rf"(?<![a-z0-9]){re.escape(text)}(?![a-z0-9])", body))
        case Similar(near=near):
            return any(re.search(rf"\b{word}\b", body) for level in near for word in level)
        case Not(part=inner):
            return not holds(inner, body)
        case All(parts=parts):
            return all(holds(each, body) for each in parts)
        case Either(parts=parts):
            return any(holds(each, body) for each in parts)
    raise TypeError(part)


def test_each_form_finds_what_a_plain_look_finds(made: Any) -> None:
    bodies = list(ContactDocument.objects.values_list("record_id", "body"))
    for text in QUERIES:
        query = read_contact_query(text)
        plain = {pk for pk, body in bodies if holds(query.wording, body)}
        for form in (engine.matching, engine.matching_each):
            found = Contact.objects.filter(form(ContactDocument, query))
            assert set(found.values_list("pk", flat=True)) == plain, text


PAGED = (
    "smith", "an", "a", "anna li", "o'neil", "99", "zzz", "smih~", "ana~ smiht~", "sm*",
    "anna -li", "(li OR x) smith", "kind:person smith", "phone:9924 a", "-has:phone li",
    "a*a", "sm?th", "a?* li", "smith tag:nosuch", "smith OR tag:nosuch", "li -tag:nosuch",
)  # fmt: skip


@pytest.mark.parametrize("many", ["few", "more", "common"])
def test_the_tiers_hold_every_match_once(made: Any, many: str, monkeypatch: Any) -> None:
    """How a list is read is chosen by how many there are; with smaller sizes a few hundred contacts
    stand for a million. Whichever way it is, it gives what asking for all at once gives."""
    if many != "few":
        monkeypatch.setattr("kith.contacts.listing.selection.FEW", 0)
        monkeypatch.setattr("kith.contacts.listing.walked.STEPS", 30)
    if many == "common":
        monkeypatch.setattr("kith.contacts.listing.selection.HEAD", 3)
        in_small_spans(monkeypatch)
        monkeypatch.setattr("kith.contacts.listing.streamed.patience", lambda: 10_000)
        monkeypatch.setattr("kith.contacts.listing.selection.SURELY_MORE", 0)
        for name in ("selection.common_from", "filters._walks"):
            monkeypatch.setattr(f"kith.contacts.listing.{name}", lambda *_: 0)
        monkeypatch.setattr("kith.search.engine.is_common", lambda *_: True)
    for text in PAGED:
        every_page(made, text)


def in_small_spans(monkeypatch: Any) -> None:
    """PostgreSQL expects many, and gathers some of them at a time: looks them up where they are
    few among the documents, or else looks at each of these, in turn with one another."""
    places = tuple(ContactDocument.objects.order_by("place").values_list("place", flat=True)[::4])
    documents = cycle((1_000, 10_000_000))
    monkeypatch.setattr(
        "kith.search.stream.places_of", lambda _table: Places(next(documents), places)
    )
    monkeypatch.setattr("kith.search.expected.SIZES", (30, 60, 90))
    for name, value in {"ENOUGH": 3, "about": lambda *_: 1_000}.items():
        monkeypatch.setattr(f"kith.search.stream.{name}", value)


def every_page(made: Any, text: str) -> None:
    for user in (made, SYSTEM):
        state = state_of(text)
        chosen = Selection(user, state)
        expected = set(chosen.all().values_list("pk", flat=True))
        assert chosen.count() == len(expected)
        page = list_page(chosen, per_page=7)
        there = [[row[0] for row in page.rows]]
        while page.after:
            page = list_page(chosen, after=page.after, per_page=7)
            there.append([row[0] for row in page.rows])
        flat = [pk for ids in there for pk in ids]
        assert sorted(flat) == sorted(expected)
        by_name = list_page(Selection(user, replace(state, sort="name")), per_page=500).rows
        in_order = chosen.all().order_by("sort_name", "pk").values_list("pk", flat=True)
        assert [row[0] for row in by_name] == list(in_order)
        back = [there[-1]]
        while page.before:
            page = list_page(chosen, before=page.before, per_page=7)
            back.append([row[0] for row in page.rows])
        assert back[::-1] == there


def test_the_index_is_one_after_it_was_tidied(made: Any) -> None:
    table = ContactDocument._meta.db_table

    def parts() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(DISTINCT segid) FROM {table}_fts_idx")
            return int(cursor.fetchone()[0])

    found = [Selection(made, state_of(text)).count() for text in QUERIES]
    if connection.vendor == "sqlite":
        assert parts() > 1
    index_tidy(ContactDocument)
    assert connection.vendor != "sqlite" or parts() == 1
    assert [Selection(made, state_of(text)).count() for text in QUERIES] == found


def test_birthdays_come_round_each_year(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)  # Midnight may come in between.
    today = timezone.localdate(now)
    days = {0: "on it", 1: "after it", 40: "later", -1: "just before"}
    drafts = [
        Draft({"name": name, "birth_date": f"{today + dt.timedelta(days=ahead - 365 * 28 - 7)}"})
        for ahead, name in days.items()
    ]
    with change_set(actor=made, door="screen", context=reading_context("IN")) as changes:
        changes.save_many(CONTACT, drafts)
    for asked, expected in {
        "today": {"on it"},
        "-1d..+1d": {"on it", "after it", "just before"},
        "+2d..+300d": {"later"},
        "+300d..+363d": set[str](),
        "+39d..+400d": set(days.values()),
    }.items():
        found = Selection(made, state_of(f"birthday:{asked}")).all()
        assert set(found.values_list("name", flat=True)) == expected, asked


def test_birthdays_of_a_month_are_asked_for_by_its_name(made: Any) -> None:
    days = {"leap": "1992-02-29", "first": "2001-02-01", "march": "1980-03-01", "end": "1999-12-31"}
    drafts = [Draft({"name": name, "birth_date": day}) for name, day in days.items()]
    with change_set(actor=made, door="screen", context=reading_context("IN")) as changes:
        changes.save_many(CONTACT, drafts)
    for asked, expected in {
        "feb": {"leap", "first"},
        "February": {"leap", "first"},
        "dec..feb": {"leap", "first", "end"},
        "feb..mar": {"leap", "first", "march"},
        "sept": set[str](),
    }.items():
        found = Selection(made, state_of(f"birthday:{asked}")).all()
        assert set(found.values_list("name", flat=True)) == expected, asked
    assert Selection(made, state_of("birthday:fe")).complaints


def test_every_kind_of_word_is_answered_by_the_index(db: None) -> None:
    statistics_renew()
    for text in ("ith", "qz", "sm?th", "s*th", "smi*", '"anna li"', "ann@example.com"):
        rows = Contact.objects.filter(engine.gathered(ContactDocument, read_contact_query(text)))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
            plan = rows.values("pk").explain()
        assert ("Bitmap Index Scan" if connection.vendor == "postgresql" else "INDEX 0:M") in plan
