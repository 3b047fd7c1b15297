"""The wizard over HTTP: upload, columns, review, run, done, undo; and who may do it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from xlsxwriter import Workbook

from kith.contacts.models import Contact
from kith.core.errors import Refused
from kith.core.kinds import EVERYONE
from kith.customfields.models import Definition
from kith.jobs.running import run as run_job
from kith.transfer.models import Import, Stage
from kith.transfer.queries import type_of
from kith.transfer.services.own_fields import field_for_column

HEADINGS = ["Full Name", "Mobile Number", "Email Address", "Country", "Shoe size"]
ROWS = [
    ["Anjali Smithson", "93270 58088", "anjali@horus.in", "India", 38],
    ["Chloé Smyth", "call me", "chloe@nordvik.no", "Norway", 39],
    ["Anjali Again", "9327058088", "", "India", 40],
]


def workbook(rows: list[list[Any]], headings: list[str] = HEADINGS) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("People")
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("people.xlsx", buffer.getvalue())


def upload(client: Any, file: Any) -> Import:
    response = client.post(reverse("transfer:new"), {"file": file})
    assert response.status_code == 302, response.content.decode()[:2000]
    importing = Import.objects.latest("pk")
    assert response.url == reverse("transfer:columns", args=[importing.pk])
    return importing


def work(importing: Import) -> None:
    """What the worker does, at once."""
    importing.refresh_from_db()
    run_job(importing.job_id)
    importing.refresh_from_db()


def check(client: Any, importing: Import, **chosen: Any) -> None:
    data = {"duplicates": "skip", "match": ["email", "phone"], "default_country": "IN",
            "date_order": "ymd"} | chosen  # fmt: skip
    response = client.post(reverse("transfer:columns", args=[importing.pk]), data)
    assert response.status_code == 302
    work(importing)


def page(client: Any, importing: Import, name: str = "show", query: str = "") -> str:
    response = client.get(reverse(f"transfer:{name}", args=[importing.pk]) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def post(client: Any, importing: Import, name: str, **sent: str) -> Any:
    return client.post(reverse(f"transfer:{name}", args=[importing.pk]), sent)


def comes_back(client: Any, importing: Import, code: str) -> None:
    """Once, from its page or the bell; then it is undone as before."""
    undone = page(client, importing)
    behind_the_bell = importing.job
    assert behind_the_bell and behind_the_bell.undo == f"/imports/{importing.pk}/back/"
    assert f'action="{behind_the_bell.undo}"' in undone
    assert post(client, importing, "back").status_code == 302
    assert post(client, importing, "back").status_code == 400
    assert "Bring it back" not in page(client, importing)
    work(importing)
    behind_the_bell.refresh_from_db()
    assert (importing.state, behind_the_bell.undo) == (Stage.DONE, "")
    found = Contact.objects.get()
    assert found.code == code
    card = reverse("contacts:card", args=[found.pk])
    assert "took this contact away" in client.get(f"{card}?tab=history").content.decode()
    assert code in page(client, importing)
    post(client, importing, "undo", sure="yes")
    work(importing)
    assert not Contact.objects.exists()
    assert "Bring it back" in page(client, importing)


@pytest.mark.django_db(transaction=True)
def test_a_sheet_becomes_contacts_and_is_undone(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    columns = page(client, importing, "columns")
    assert "Shoe size" in columns
    assert f">Import {importing.pk}<" in columns
    assert f">{importing.pk}</td>" in client.get(reverse("transfer:list")).content.decode()
    assert '<option value="dmy" selected>3 April (day first)' in columns
    assert "93270 58088" in columns
    fed, more = columns.index('name="field-name"'), columns.index("More fields")
    assert fed < more < columns.index('name="field-salutation"')
    assert "1 column is left out" in columns
    check(client, importing)
    review = page(client, importing)
    assert "Import 1 contact" in review
    assert "call me" in review
    assert "not a phone number" in review
    duplicates = page(client, importing, query="?show=duplicate")
    assert "Anjali Again" in duplicates
    assert "call me" not in duplicates
    beside = client.get(f"/imports/{importing.pk}/rows/4/?show=duplicate").content.decode()
    assert "Row 2</a>" in beside and f'href="/imports/{importing.pk}/?show=duplicate"' in beside
    assert post(client, importing, "run").status_code == 302
    work(importing)
    counts = importing.counts
    assert (counts["total"], counts["created"], counts["invalid"], counts["duplicates"]) == (
        3,
        1,
        1,
        1,
    )
    contact = Contact.objects.get()
    assert contact.name == "Anjali Smithson"
    assert importing.change_set and importing.change_set.actor_id == agent.pk
    done = page(client, importing)
    assert "The import is done" in done
    assert contact.code in done
    assert f"/contacts/?q=import%3A{importing.pk}" in done
    listed = client.get(f"/contacts/?q=import:{importing.pk}").content.decode()
    assert ("Anjali Smithson" in listed, "Import" in listed) == (True, True)
    assert "Anjali Smithson" not in client.get("/contacts/?q=import:999999").content.decode()
    assert client.get("/contacts/?q=import:x").status_code == 200
    asked = post(client, importing, "undo")
    importing.refresh_from_db()
    assert importing.state == Stage.DONE
    assert f"whole import of <bdi><b>{importing.filename}</b></bdi>: 1 change." in asked.text
    assert post(client, importing, "undo", sure="yes").status_code == 302
    work(importing)
    assert importing.state == Stage.UNDONE
    assert not Contact.objects.exists()
    undone = page(client, importing)
    assert ("was undone" in undone, "Taken back" in undone) == (True, True)
    assert contact.code not in undone
    comes_back(client, importing, contact.code)
    assert "No row made a new contact" in page(client, importing, query="?show=created")


@pytest.mark.django_db(transaction=True)
def test_columns_and_options_can_be_changed(agent: Any, manager: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    place = HEADINGS.index("Shoe size")
    mapped = {f"map-{place}": "remarks", "duplicates": "create", "manager": manager.pk}
    mapped["prospects"] = "on"
    check(client, importing, **mapped)
    post(client, importing, "run")
    work(importing)
    assert importing.counts["created"] == 2
    contact = Contact.objects.get(name="Anjali Again")
    assert (contact.remarks, contact.manager_id) == ("40", manager.pk)
    assert (contact.is_prospect, contact.code[:2]) == (True, "P-")


@pytest.mark.django_db(transaction=True)
def test_choices_are_kept_for_the_next_sheet(agent: Any, manager: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    shown = page(client, importing, "columns")
    assert 'name="field-mobile"' in shown
    fields = {"mapped": "1", "field-name": "0", "field-mobile": ["1"], "field-email": ["2"]}
    fields |= {"field-aliases": ["0"], "map-4": "remarks"}
    rules = {"policy-field": ["remarks", "", "*"], "policy": ["append", "fill", "overwrite"]}
    fields |= rules | {"required": ["email"], "mail_to": [str(manager.pk), "x"]}
    url = reverse("transfer:columns", args=[importing.pk])
    refused = client.post(url, {**fields, "duplicates": "create-fill", "match": ["email"]})
    assert refused.status_code == 422
    assert "this rule: append" in refused.content.decode()
    fields["policy"] = ["overwrite", "fill", "fill"]
    check(client, importing, **fields, duplicates="create-fill", profile_name="Fair",
          profile_shared="on")  # fmt: skip
    wanted = {"Full Name": "name,aliases", "Mobile Number": "mobile", "Email Address": "email",
              "Country": "", "Shoe size": "remarks"}  # fmt: skip
    assert importing.mapping == wanted
    other = signed_in(manager)
    again = upload(other, workbook(ROWS, [*HEADINGS[:4], "SHOE SIZE"]))
    assert again.mapping == wanted | {"SHOE SIZE": wanted.pop("Shoe size")}
    assert again.options["duplicates"] == "create-fill"
    assert again.options["policies"] == {"remarks": "overwrite", "*": "fill"}
    assert (again.options["required"], again.options["mail_to"]) == (["email"], [manager.pk])
    assert "profile “Fair”" in page(other, again, "columns")
    third = upload(other, workbook([["a@example.com"]], ["Ring"]))
    assert post(other, third, "profile").status_code == 400
    other.post(reverse("transfer:profile", args=[third.pk]), {"profile": again.profile_id})
    third.refresh_from_db()
    assert third.options["duplicates"] == "create-fill"


@pytest.mark.django_db(transaction=True)
def test_a_column_becomes_a_new_field(agent: Any, administrator: Any, signed_in: Any) -> None:
    client = signed_in(administrator)
    importing = upload(client, workbook(ROWS))
    url = reverse("transfer:columns", args=[importing.pk])
    sent = client.post(url, {"duplicates": "skip", "match": ["email"], "new-field": "4"})
    assert sent.url == reverse("transfer:field", args=[importing.pk, 4])
    form = client.get(sent.url).content.decode()
    assert 'value="Shoe size"' in form
    assert '<option value="number" selected' in form
    said = {"label": "Shoes", "kind": "number", "section": "more"}
    assert client.post(sent.url, {**said, "label": "Remarks"}).status_code == 422
    assert client.post(sent.url, said).url == url
    importing.refresh_from_db()
    assert importing.mapping["Shoe size"] == "x_shoes"
    assert client.post(sent.url.replace("/4/", "/9/"), said).status_code == 404
    Import.objects.update(state=Stage.CHECKING)
    more = {"kind": "text", "label": "Gloves"}
    with pytest.raises(Refused):  # Between the look at it and the writing somebody went on.
        field_for_column(actor=administrator, importing=importing, heading="Shoe size", **more)
    assert [each.label for each in Definition.objects.all()] == ["Shoes"]
    assert "x_gloves" not in type_of(importing).by_name
    Import.objects.update(state=Stage.MAPPING)
    check(client, importing)
    post(client, importing, "run")
    work(importing)
    assert Contact.objects.get().custom == {"x_shoes": "38"}
    theirs = upload(signed_in(agent), workbook(ROWS))
    assert "new-field" not in page(signed_in(agent), theirs, "columns")


@pytest.mark.django_db(transaction=True)
def test_rows_for_people_nobody_knows_are_told_loudly(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    rows = [["Anjali", "a@example.com", "E98, E99"], ["Rohan", "r@example.com", ""]]
    importing = upload(client, workbook(rows, ["Name", "Email", "Privacy"]))
    check(client, importing)
    assert "1 row is meant for few" in page(client, importing)
    assert post(client, importing, "shut").status_code == 302
    work(importing)
    assert "meant for few" not in page(client, importing)
    assert "only you will see it" in page(client, importing, query="?show=warned")
    post(client, importing, "run")
    work(importing)
    reaches = Contact.objects.order_by("pk").values_list("reach", flat=True)
    assert [pk == EVERYONE for pk in reaches] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_a_field_fed_twice_is_told_and_nothing_is_lost(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    url = reverse("transfer:columns", args=[importing.pk])
    response = client.post(url, {"map-4": "country"})
    assert response.status_code == 422
    assert "one column only" in response.content.decode()
    assert client.post(url, {"duplicates": "merge"}).status_code == 422


def kept_files() -> list[Path]:
    """The sheets that lie on the disk as they came."""
    return [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\x03\x04broken"],
)
def test_what_is_no_sheet_is_refused_in_words(content: bytes, agent: Any, signed_in: Any) -> None:
    file = SimpleUploadedFile("sheet.xlsx", content)
    response = signed_in(agent).post(reverse("transfer:new"), {"file": file})
    assert response.status_code == 422
    assert not Import.objects.exists()
    assert kept_files() == [], "nothing is kept of what nobody can read"
    assert "“sheet.xlsx” can't be imported." in response.content.decode()


@pytest.mark.django_db
def test_no_file_is_asked_for_again(agent: Any, signed_in: Any) -> None:
    response = signed_in(agent).post(reverse("transfer:new"))
    assert "Choose a file first" in response.content.decode()


@pytest.mark.django_db
def test_only_who_may_import_and_only_their_own(
    agent: Any, administrator: Any, readonly: Any, signed_in: Any
) -> None:
    importing = upload(signed_in(agent), workbook(ROWS))
    names = ("show", "columns", "progress")
    acts = ("run", "stop", "undo", "back", "discard", "sheet", "shut")
    for name in names:
        url = reverse(f"transfer:{name}", args=[importing.pk])
        assert signed_in(administrator).get(url).status_code == 404
        assert signed_in(readonly).get(url).status_code == 404
    for name in acts:
        assert post(signed_in(administrator), importing, name).status_code == 404
        assert (
            signed_in(agent).get(reverse(f"transfer:{name}", args=[importing.pk])).status_code
            == 405
        )
    for name in ("list", "new"):
        assert signed_in(agent).get(reverse(f"transfer:{name}")).status_code == 200
        assert signed_in(readonly).get(reverse(f"transfer:{name}")).status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("query", ["?show=nonsense", "?after=x", "?after=-1", "?after=" + "9" * 50])
def test_any_query_gives_a_page(query: str, agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    check(client, importing)
    page(client, importing, query=query)


@pytest.mark.django_db(transaction=True)
def test_an_import_can_be_forgotten_before_it_ran(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    sent = workbook(ROWS).read()
    importing, again = (upload(client, SimpleUploadedFile("people.xlsx", sent)) for _ in range(2))
    check(client, importing)
    assert importing.digest == again.digest
    post(client, importing, "discard")
    assert len(kept_files()) == 1, "the other import needs the sheet"
    post(client, again, "discard")
    assert kept_files() == []
    assert not Import.objects.exists()
    assert Contact.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_rejected_rows_come_back_and_import_when_corrected(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    check(client, importing)
    response = client.get(reverse("transfer:result", args=[importing.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="people-result.xlsx"'
    content = b"".join(response.streaming_content)
    rows = load_workbook(io.BytesIO(content))["Not imported"].values
    headings, *rejected = (list(row) for row in rows)
    assert headings[: len(HEADINGS)] == HEADINGS
    assert [row[0] for row in rejected] == ["Chloé Smyth", "Anjali Again"]
    rejected[0][1] = "99 24 51 10"
    again = upload(client, workbook([row[: len(HEADINGS)] for row in rejected]))
    check(client, again)
    assert again.counts["valid"] == 2


@pytest.mark.django_db
def test_the_template_can_be_filled_and_imported(agent: Any, readonly: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    response = client.get(reverse("transfer:template"))
    file = SimpleUploadedFile("kith-template.xlsx", b"".join(response.streaming_content))
    importing = upload(client, file)
    assert all(importing.mapping.values())
    assert signed_in(readonly).get(reverse("transfer:template")).status_code == 403
