"""What becomes of rows that are there already: the six ways, by ordered rules, and their undo."""

import pytest

from kith.accounts.actors import SYSTEM
from kith.accounts.groups import team_save
from kith.contacts.models import Channel, Contact, Label, Link, Site
from kith.contacts.queries import primary_companies
from kith.history.models import Change

HEADINGS = ("Name", "Email", "Phone", "City", "Remarks", "Company", "Code")
STORED = ("Anjali Smithson", "anjali@example.com", "", "Pune", "", "")
AGAIN = ("Anjali Smythe", "ANJALI@example.com", "9327058088", "Mumbai", "", "Horus Ltd")
OTHER = ("Rohan Shah", "rohan@example.com", "", "Delhi", "", "")
NUMBERS = ("created", "updated", "duplicates", "invalid")


def said(report) -> tuple[int, ...]:
    numbers = tuple(report[name] for name in NUMBERS)
    assert sum(numbers) == report["total"], report
    assert report["valid"] == report["created"] + report["updated"]
    return numbers


def told(pk: int) -> tuple[str, str, str, str]:
    company = primary_companies([pk], SYSTEM).get(pk, (0, 0, ""))[2]
    mobiles = Channel.objects.filter(contact=pk, kind="mobile").values_list("value", flat=True)
    city = Site.objects.get(contact=pk, is_main=True).city
    return Contact.objects.get(pk=pk).name, ",".join(mobiles), city, company


WAYS = [
    ("create-all", (2, 0, 0, 0), ("Anjali Smithson", "", "Pune", "")),
    ("create-skip", (1, 0, 1, 0), ("Anjali Smithson", "", "Pune", "")),
    ("create-fill", (1, 1, 0, 0), ("Anjali Smithson", "+919327058088", "Pune", "Horus Ltd")),
    ("create-overwrite", (1, 1, 0, 0), ("Anjali Smythe", "+919327058088", "Mumbai", "Horus Ltd")),
    ("fill", (0, 1, 0, 1), ("Anjali Smithson", "+919327058088", "Pune", "Horus Ltd")),
    ("overwrite", (0, 1, 0, 1), ("Anjali Smythe", "+919327058088", "Mumbai", "Horus Ltd")),
]


@pytest.mark.parametrize(("way", "numbers", "left"), WAYS)
def test_each_way_counts_repeats_and_is_undone(kith, sheet, way, numbers, left) -> None:
    kith("import", sheet(HEADINGS, STORED))
    pk = Contact.objects.get().pk
    before = told(pk)
    path = sheet(HEADINGS, AGAIN, OTHER)
    dry = kith("import", path, "--dry-run", "--duplicates", way)
    assert (dry["valid"], dry["duplicates"], dry["invalid"]) == (sum(numbers[:2]), *numbers[2:])
    first = kith("import", path, "--duplicates", way)
    assert said(first) == numbers
    assert told(pk) == left
    changes = Change.objects.count()
    if way != "create-all":
        again = kith("import", path, "--duplicates", way)
        assert (again["created"], again["updated"]) == (0, 0)
        assert Change.objects.count() == changes, "The same file twice changes nothing."
    if first["valid"]:
        done = kith("import", "--undo", first["import"])
        assert (done["exit"], done["kept"]) == (0, 0)
    assert told(pk) == before
    assert not Link.objects.exists()
    assert Contact.objects.filter(kind="person").count() == 1


def test_rows_of_one_sheet_become_one_contact(kith, sheet, outcomes) -> None:
    rows = [
        ("Anjali", "a@example.com", "", "", "", "Horus"),
        ("Anjali", "a@example.com", "9327058088", "Pune", "", "Isis"),
        ("", "", "9327058088", "Delhi", "first", ""),
        ("Anjali", "a@example.com", "", "", "", "Horus"),
    ]
    path = sheet(HEADINGS, *rows)
    report = kith("import", path, "--duplicates", "create-fill")
    assert outcomes(report) == ["created", "updated", "invalid", "duplicate"]
    rows[2] = ("Anjali", "", "9327058088", "Delhi", "first", "")
    report = kith("import", sheet(HEADINGS, *rows), "--duplicates", "create-overwrite")
    assert outcomes(report) == ["duplicate", "updated", "updated", "updated"]
    left = told(Contact.objects.get(kind="person").pk)
    assert left == ("Anjali", "+919327058088", "Delhi", "Horus")


def test_the_first_rule_with_exactly_one_hit_counts(kith, sheet, outcomes) -> None:
    rows = [(name, f"{name}@example.com", "9327058088") for name in "AB"]
    kith("import", sheet(HEADINGS, *rows), "--match", "")
    one, two = Contact.objects.order_by("pk")
    both = sheet(HEADINGS, ("X", "b@example.com", "9327058088", "Pune"))
    report = kith("import", both, "--duplicates", "fill", "--match", "phone,email")
    assert (outcomes(report), report["rows"][0]["code"]) == (["updated"], two.code)
    several = sheet(HEADINGS, ("X", "", "9327058088", "Delhi"))
    report = kith("import", several, "--duplicates", "create-overwrite")
    assert outcomes(report) == ["duplicate"]
    assert f"{one.code}, {two.code} have the same" in report["rows"][0]["warnings"][0]["message"]
    coded = sheet(HEADINGS, ("A", "", "", "Goa", "", "", one.code.lower()))
    assert outcomes(kith("import", coded, "--duplicates", "fill")) == ["updated"]
    named = sheet(HEADINGS, ("à", "", "", "", "Hello"))
    report = kith("import", named, "--duplicates", "fill", "--match", "name")
    assert (outcomes(report), report["rows"][0]["code"]) == (["updated"], one.code)


def test_undo_keeps_what_was_changed_since(kith, sheet) -> None:
    kith("import", sheet(HEADINGS, STORED))
    report = kith("import", sheet(HEADINGS, AGAIN), "--duplicates", "overwrite")
    later = sheet(HEADINGS, ("Anjali", "anjali@example.com", "", "Goa"))
    kith("import", later, "--duplicates", "overwrite")
    done = kith("import", "--undo", report["import"])
    assert done["kept"] == 3  # Name and family name are two fields.
    assert told(Contact.objects.get(kind="person").pk)[:3] == ("Anjali", "", "Goa")
    assert kith("import", "--undo", report["import"])["exit"] == 1
    assert kith("import", "--undo", 10**6)["exit"] == 2


def test_tags_manager_and_needed_fields(kith, sheet, outcomes, agent) -> None:
    kith("import", sheet(HEADINGS, STORED))
    options = ["--duplicates", "create-fill", "--tag", "Fair", "--tag", "VIP"]
    options += ["--manager", agent.email, "--require", "city"]
    path = sheet(HEADINGS, AGAIN, OTHER, ("No City", "n@example.com"))
    report = kith("import", path, *options)
    assert outcomes(report) == ["updated", "created", "invalid"]
    found, made = Contact.objects.filter(kind="person").order_by("pk")
    assert (found.manager_id, made.manager_id) == (None, agent.pk)
    assert Label.objects.filter(kind="tags").count() == 6  # Horus Ltd has them too.
    assert outcomes(kith("import", path, *options)) == ["duplicate", "duplicate", "invalid"]
    assert kith("import", path, "--duplicates", "fill", "--match", "")["exit"] == 2
    assert kith("import", path, "--match", "nose")["exit"] == 2
    assert kith("import", path, "--manager", "nobody")["exit"] == 2


def test_new_ones_are_shared_out_evenly(kith, sheet, agent, manager) -> None:
    team_save(actor=SYSTEM, name="Fair", members={agent.pk, manager.pk})
    rows = [(f"P{n}", f"p{n}@example.com") for n in range(5)]
    kith("import", sheet(HEADINGS, *rows), "--team", "fair")
    shares = Contact.objects.order_by("pk").values_list("manager_id", flat=True)
    first, second = sorted([agent.pk, manager.pk])
    assert list(shares) == [first, second, first, second, first]
    assert kith("import", sheet(HEADINGS, *rows), "--team", "nobody")["exit"] == 2


DATED = (*HEADINGS[:5], "Tags", "Last changed")


def test_single_fields_follow_rules_of_their_own(kith, sheet) -> None:
    kith("import", sheet(DATED, ("Anjali", "a@example.com", "9327058088", "Pune", "old", "one")))
    pk = Contact.objects.get().pk
    more = ("Anja", "a@example.com", "+91 9327058088; 9327058089", "Goa", "new", "Two, ONE")
    ways = ["--duplicates", "fill", "--policy", "mobile=append", "--policy", "tags=append"]
    ways += ["--policy", "city=overwrite"]
    first = kith("import", sheet(DATED, more), *ways)
    again = kith("import", sheet(DATED, more), *ways)
    assert [(each["updated"], each["duplicates"]) for each in (first, again)] == [(1, 0), (0, 1)]
    assert told(pk)[:3] == ("Anjali", "+919327058088,+919327058089", "Goa")
    assert Contact.objects.get().remarks == "old"
    labels = Label.objects.filter(kind="tags").values_list("option__name", flat=True)
    assert set(labels) == {"one", "Two"}
    assert kith("import", "--undo", first["import"])["exit"] == 0
    assert told(pk)[:3] == ("Anjali", "+919327058088", "Pune")


def test_the_newer_value_wins_field_by_field(kith, sheet) -> None:
    kith("import", sheet(DATED, ("Anjali", "a@example.com", "", "Pune", "old")))
    pk = Contact.objects.get().pk
    ways = ["--duplicates", "fill", "--policy", "*=newer", "--policy", "remarks=fill"]

    def imported(city: str, changed: str) -> tuple[int, str]:
        path = sheet(DATED, ("Anjali", "a@example.com", "", city, "new", "", changed))
        report = kith("import", path, *ways)
        return report["updated"], told(pk)[2]

    assert imported("Goa", "2001-02-03 14:30") == (0, "Pune")
    assert imported("Goa", "") == (0, "Pune")
    assert imported("Goa", "2190-02-03T02:30:00+05:30") == (1, "Goa")
    assert Contact.objects.get().remarks == "old"
    path = sheet(HEADINGS, ("", "a@example.com"))
    assert kith("import", path, *ways)["exit"] == 2
    assert kith("import", path, "--policy", "city=newer")["exit"] == 2
    for wrong in ("city=append", "company=newer", "city"):
        report = kith("import", path, "--duplicates", "fill", "--policy", wrong)
        assert report["exit"] == 2
