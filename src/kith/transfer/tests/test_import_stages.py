"""An import whose job is stopped, killed or asked for twice stays in a state one can leave."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from kith.accounts.actors import SYSTEM
from kith.accounts.models import Audience
from kith.contacts.models import Contact
from kith.contacts.record import CONTACT
from kith.contacts.services.contacts import contacts_trash
from kith.core.errors import Refused
from kith.history.models import ChangeSet
from kith.jobs import claims, recovery
from kith.jobs.models import Job, State
from kith.jobs.services import cancel
from kith.jobs.worker import run_waiting
from kith.records.tables import load_states
from kith.reference.models import Option
from kith.reference.services.company import list_grow
from kith.transfer import arriving
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.options import ImportOptions
from kith.transfer.results import write_result
from kith.transfer.services import checking, imports, running, undoing, writing
from kith.transfer.services.stages import Elsewhere, no_report
from kith.transfer.workspace import rows_path
from tests.contacts import change_contact, make_contact

from .test_import_pages import ROWS, check, page, post, upload, work, workbook

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = b"Name,Mobile,Date of birth\nAda Lovelace,+91 93270 58088,1815-12-10\nBo,,1990-01-02\n"


@pytest.fixture
def reviewed() -> Import:
    return checked(SHEET)


def checked(sheet: bytes, actor: Any = SYSTEM, name: str = "people.csv", **options: Any) -> Import:
    importing = imports.import_begin(
        actor=actor, record_type="contact", chunks=[sheet], filename=name
    )
    if options:
        imports.import_set_options(importing=importing, options=ImportOptions(**options))
    imports.begin(importing, Stage.CHECKING)
    checking.check(importing=importing, report=no_report)
    return importing


def test_what_the_check_says_of_all_rows_is_without_heading_and_blank_ones() -> None:
    sheet, told = workbook([["Ada"], [None], ["Bo"]], ["Name"]), list[Any]()
    importing = checked(sheet.read(), name="people.xlsx")
    assert importing.sheets[0]["rows"] == 4
    Import.objects.update(state=Stage.CHECKING, counts={})
    rows_path(importing).unlink()
    checking.check(importing=Import.objects.get(), report=lambda *each: told.append(each))
    assert told == [(2, 2)]


def test_companies_made_on_the_way_get_what_was_chosen_for_all_rows(
    agent: Any, manager: Any
) -> None:
    make_contact(kind="company", name="Isis Ltd")
    sheet = b"Name,Company\nAda,Horus Ltd\nBo,Isis Ltd\nCy,Horus Ltd\nDi,Anubis Ltd\n"
    share = (manager.pk, agent.pk)
    importing = checked(sheet, added={"tags": [{"new": "Fair"}]}, share=share)
    imports.begin(importing, Stage.RUNNING)
    running.run(importing=importing, report=no_report)
    companies = Contact.objects.filter(kind="company").order_by("name")
    states = load_states(CONTACT, [each.pk for each in companies], [CONTACT.field("tags")])
    fair = Option.objects.get(name="Fair").pk
    found = [(each.name, each.manager_id, states[each.pk]["tags"]) for each in companies]
    assert found == [
        ("Anubis Ltd", agent.pk, [fair]),
        ("Horus Ltd", manager.pk, [fair]),
        ("Isis Ltd", None, []),
    ]
    undoing.undo_import(importing=importing, actor=SYSTEM, report=no_report)
    assert [each.name for each in companies.filter(trashed_at=None)] == ["Isis Ltd"]


def test_a_reader_that_begins_anew_in_the_middle_counts_no_row_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arriving, "_digest", lambda _path: b"of what another reader wrote")
    importing = checked(SHEET)
    assert (importing.state, importing.counts["rows"]) == (Stage.REVIEW, 2)
    assert importing.counts["valid"] == 2
    assert list(ImportRow.objects.values_list("number", flat=True)) == [2, 3]
    imports.begin(importing, Stage.RUNNING)
    running.run(importing=importing, report=no_report)
    assert Contact.objects.count() == 2


def test_what_goes_or_is_hidden_after_the_check_is_not_overwritten(
    agent: Any, manager: Any
) -> None:
    kept, gone, hidden = (
        make_contact(manager, name=name, email=f"{name}@example.com")
        for name in ("kept", "gone", "hidden")
    )
    sheet = b"Name,Email,Remarks\n" + b"".join(
        f"{each.name},{each.name}@example.com,From the sheet\n".encode()
        for each in (kept, gone, hidden)
    )
    importing = checked(sheet, agent, duplicates="overwrite", match=("email",))
    assert importing.counts["valid"] == 3
    contacts_trash(actor=manager, ids=[gone.pk])
    change_contact(hidden, manager, accessibility="me")
    imports.begin(importing, Stage.RUNNING)
    running.run(importing=importing, report=no_report)
    importing.refresh_from_db()
    counts = importing.counts
    assert (counts["updated"], counts["invalid"], counts["created"]) == (1, 2, 0)
    remarks = dict(Contact.objects.values_list("name", "remarks"))
    assert remarks == {"kept": "From the sheet", "gone": "", "hidden": ""}


def test_only_who_keeps_the_lists_adds_to_a_closed_one_by_a_sheet(
    agent: Any, administrator: Any
) -> None:
    sheet = b"Name,Tags\nAda,Brand new\n"
    assert checked(sheet, agent).counts["valid"] == 1
    list_grow(actor=administrator, name="tag", everybody=False)
    refused = checked(sheet, agent)
    assert (refused.counts["valid"], refused.counts["invalid"]) == (0, 1)
    [row] = ImportRow.objects.filter(parent=refused)
    assert row.problems[0]["code"] == "unknown-option"
    with pytest.raises(Refused):
        checked(b"Name\nAda\n", agent, added={"tags": [{"new": "Brand new"}]})
    assert checked(sheet, administrator).counts["valid"] == 1


def test_a_check_cancelled_before_it_began_can_be_asked_for_again(
    agent: Any, signed_in: Any
) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    client.post(f"/imports/{importing.pk}/columns/", {"duplicates": "skip"})
    assert post(client, importing, "stop").status_code == 302
    assert "The import stopped" in page(client, importing)
    assert "Check the rows" in page(client, importing, "columns")
    check(client, importing)
    assert importing.state == Stage.REVIEW


def test_a_run_cancelled_before_it_began_goes_on(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    check(client, importing)
    post(client, importing, "run")
    cancel(Job.objects.latest("pk"))  # In the top bar, which knows no imports.
    assert "Go on" in page(client, importing)
    post(client, importing, "run")
    work(importing)
    assert importing.state == Stage.DONE


def killed_worker(importing: Import, *, pausing: bool) -> None:
    """It had the job when somebody asked for a pause, and was killed before or after it paused."""
    job = claims.claim(Job.objects.latest("pk").pk)
    assert job
    cancel(job)
    if pausing:
        Import.objects.update(state=Stage.PAUSED, failed_in=Stage.RUNNING)
    DBTaskResult.objects.update(status="RUNNING")
    recovery.recover(stale_after=timedelta(0))
    run_waiting()
    importing.refresh_from_db()


def test_a_worker_that_is_killed_while_it_pauses_leaves_a_paused_import(
    agent: Any, signed_in: Any, mailoutbox: list[Any]
) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    check(client, importing, mail="on")
    for pausing in (False, True):
        post(client, importing, "run")
        killed_worker(importing, pausing=pausing)
        assert (importing.state, importing.counts["created"]) == (Stage.PAUSED, 0)
        assert "is paused" in page(client, importing)
    assert not mailoutbox
    post(client, importing, "run")
    work(importing)
    assert (importing.state, importing.counts["created"], len(mailoutbox)) == (Stage.DONE, 1, 1)
    assert Contact.objects.count() == 1


def test_a_job_that_was_given_up_does_not_leave_its_import_at_work(
    agent: Any, signed_in: Any
) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    check(client, importing)
    post(client, importing, "run")
    Job.objects.update(state=State.FAILED, message="It broke off 6 times.")
    headers = {"HX-Request": "true"}
    answer = client.get(f"/imports/{importing.pk}/progress/", headers=headers)
    assert answer.headers["HX-Refresh"] == "true"
    assert "It broke off 6 times." in page(client, importing)


def test_a_check_that_was_stopped_can_be_forgotten(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    imports.import_check(importing=importing, actor=agent)
    assert "Stop</button>" in page(client, importing)
    Job.objects.update(state=State.CANCELLED)
    shown = page(client, importing)
    assert ("Nothing was imported." in shown, "has no rows" in shown) == (True, False)
    assert "Forget this import" in shown
    post(client, importing, "discard")
    assert not Import.objects.exists()


def test_the_second_of_two_clicks_is_refused(reviewed: Import) -> None:
    again = Import.objects.get(pk=reviewed.pk)
    imports.import_run(importing=reviewed, actor=SYSTEM)
    for act in (
        lambda: imports.import_run(importing=again, actor=SYSTEM),
        lambda: imports.import_check(importing=again, actor=SYSTEM),
        lambda: imports.import_choose_sheet(importing=again, sheet=0),
        lambda: imports.import_set_options(importing=again, options=ImportOptions()),
    ):
        with pytest.raises(Refused):
            act()
    assert Job.objects.count() == 1
    assert Import.objects.get().state == Stage.RUNNING


def test_a_worker_that_comes_second_leaves_the_import_to_the_first(reviewed: Import) -> None:
    imports.begin(reviewed, Stage.RUNNING)
    writer = writing.Writer(reviewed, no_report)
    Import.objects.update(place=1)
    lines = list(running.read_checked(running.checked_path(reviewed), 0))
    with pytest.raises(Elsewhere), running.stage(reviewed):
        writer.write(lines)
    assert Import.objects.get().state == Stage.RUNNING


def test_one_that_comes_late_neither_links_again_nor_sends_the_import_back() -> None:
    importing = checked(b"Name,Company\nAda Lovelace,Horus\n")
    imports.begin(importing, Stage.RUNNING)
    running.run(importing=importing, report=no_report)
    late = Import.objects.get()
    late.state = Stage.LINKING
    with pytest.raises(Elsewhere):
        running.linking.link_rows(late, no_report)
    with pytest.raises(Elsewhere):
        running._move_on(late, Stage.DONE)
    assert Import.objects.get().state == Stage.DONE


def test_an_import_does_not_go_on_with_what_is_taken_back(reviewed: Import) -> None:
    imports.begin(reviewed, Stage.RUNNING)
    running.run(importing=reviewed, report=no_report)
    reviewed.state, reviewed.place = Stage.RUNNING, 0
    reviewed.save()
    ChangeSet.objects.update(undone_down_to=1)
    with pytest.raises(Refused):
        running.run(importing=reviewed, report=no_report)
    assert Contact.objects.count() == 2


def test_an_undo_killed_after_its_last_step_ends_as_undone(reviewed: Import) -> None:
    imports.begin(reviewed, Stage.RUNNING)
    running.run(importing=reviewed, report=no_report)
    undoing.undo_import(importing=reviewed, actor=SYSTEM, report=no_report)
    imports.begin(reviewed, Stage.UNDOING)
    reviewed = Import.objects.get()
    undoing.undo_import(importing=reviewed, actor=SYSTEM, report=no_report)
    assert Import.objects.get().state == Stage.UNDONE


def test_the_rows_are_counted_anew_for_another_row_of_headings(reviewed: Import) -> None:
    imports.import_choose_sheet(importing=reviewed, sheet=0, heading_row=2)
    imports.import_choose_sheet(importing=reviewed, sheet=0, heading_row=1)
    assert reviewed.counts == {}


def test_a_row_that_can_not_even_be_refused_ends_the_import(
    reviewed: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any) -> None:
        raise writing.IntegrityError

    monkeypatch.setattr(writing.Writer, "_write", broken)
    imports.begin(reviewed, Stage.RUNNING)
    with pytest.raises(writing.IntegrityError):
        running.run(importing=reviewed, report=no_report)
    assert reviewed.state == Stage.FAILED


@pytest.mark.parametrize(
    "wrong",
    [ImportOptions(values={"manager": 999_999}), ImportOptions(default_country="Atlantis\0")],
)
def test_options_that_there_are_not_are_refused(reviewed: Import, wrong: ImportOptions) -> None:
    with pytest.raises(Refused):
        imports.import_set_options(importing=reviewed, options=wrong)


def test_two_may_ask_for_the_result_at_once(reviewed: Import) -> None:
    paths: list[Any] = []

    def ask() -> None:
        paths.append(write_result(importing=reviewed))
        connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(paths) == 4


def test_the_result_does_not_name_what_its_reader_no_longer_sees(
    agent: Any, reviewed: Import
) -> None:
    hidden = Contact.objects.create(
        name="Hidden Person", sort_name="hidden person", code="C-9",
        reach=Audience.objects.create(key="nobody"),
        created_at="2026-01-01T00:00:00Z", updated_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    Import.objects.update(user=agent)
    row = ImportRow.objects.first()
    assert row
    row.outcome, row.record_id = Outcome.CREATED, hidden.pk
    row.save()
    path = write_result(importing=Import.objects.get())
    values = [cell for sheet in load_workbook(path) for line in sheet.values for cell in line]
    assert "Ada Lovelace" in values
    assert "Hidden Person" not in values
