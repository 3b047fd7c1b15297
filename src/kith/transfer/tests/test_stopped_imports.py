"""An import that is stopped, killed or taken back in the middle of its rows, and all of these at
once: the numbers add up all the time, and what was there before is there after the undo."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kith.accounts.actors import SYSTEM
from kith.core import clock
from kith.core.errors import Refused
from kith.jobs import recovery
from kith.jobs.models import Job
from kith.jobs.running import run as run_job
from kith.jobs.services import cancel
from kith.records import undo as undoing
from kith.records.reindexing import reindex
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.options import ImportOptions
from kith.transfer.pages.speed import speed
from kith.transfer.pages.steps import REVIEW, RUN, place_of
from kith.transfer.services import imports, linking, portions, running

from . import test_undo_import

pytestmark = pytest.mark.django_db
BEFORE = b"Name,Email\nKavya Nair,k@example.com\n"
SHEET = b"""Name,Email,Company,Tags
Anjali Shah,a@example.com,Horus Ltd,New
Kavya Nair,k@example.com,Horus Ltd,New
Anjali Shah,a@example.com,,
Rohan Shah,not an address,Isis Ltd,
Meera Shah,m@example.com,Isis Ltd,New
Kiran Shah,kiran@example.com,Isis Ltd,Other
"""
WHOLE = {"total": 6, "created": 3, "updated": 1, "duplicates": 1, "invalid": 1}
LIVES = "reaches the end"

GIVEN_ONCE = {"version", "updated_at"}
"""What is different after an undo, as after any change."""

Act = Callable[[Import], None]


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def reviewed(sheet: bytes) -> Import:
    importing = imports.import_begin(
        actor=SYSTEM, record_type="contact", chunks=[sheet], filename="people.csv"
    )
    options = ImportOptions(duplicates="create-fill", match=("email",), default_country="IN")
    imports.import_set_options(importing=importing, options=options)
    return work(importing, imports.import_check)


def work(importing: Import, begin: Any) -> Import:
    """What the worker does, which may be killed."""
    begin(importing=importing, actor=SYSTEM)
    return again(importing)


def again(importing: Import) -> Import:
    job = Job.objects.latest("pk")
    try:
        run_job(job.pk)
    except Killed:
        recovery.recover(stale_after=timedelta(0))
    importing.refresh_from_db()
    imports.import_settle(importing=importing)
    adds_up(importing)
    return importing


def adds_up(importing: Import) -> None:
    """What is neither made nor left out still waits among the valid ones."""
    counts = importing.counts
    assert counts["total"] == counts["valid"] + counts["invalid"] + counts["duplicates"]
    waiting = counts["valid"] - counts["created"] - counts["updated"]
    rows = ImportRow.objects.filter(parent=importing)
    assert rows.filter(outcome=Outcome.VALID).count() == waiting
    assert rows.count() == counts["total"]
    assert waiting == 0 or importing.state != Stage.DONE


def everything() -> dict[str, list[dict[str, Any]]]:
    return {
        table: [{name: row[name] for name in row if name not in GIVEN_ONCE} for row in rows]
        for table, rows in test_undo_import.everything().items()
    }


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What there is already, when the portions are of one row."""
    monkeypatch.setattr(portions, "PORTION", 1)
    work(reviewed(BEFORE), imports.import_run)
    return everything()


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Stage, int, Act], None]:
    """between(stage, portion, act): between that portion of the stage and the next, once."""

    def arrange(stage: Stage, portion: int, act: Act) -> None:
        passed = 0

        def give_way() -> None:
            nonlocal passed
            passed += 1
            if passed == portion:
                act(Import.objects.latest("pk"))

        where = linking if stage == Stage.LINKING else running
        monkeypatch.setattr(where, "give_way", give_way)

    return arrange


def stop(importing: Import) -> None:
    assert importing.job
    cancel(importing.job)


def kill(_importing: Import) -> None:
    raise Killed


def stop_and_kill(importing: Import) -> None:
    stop(importing)
    raise Killed


def pause_and_kill(importing: Import) -> None:
    """The worker had heeded it, but not yet said so of its job."""
    stop(importing)
    Import.objects.filter(pk=importing.pk).update(state=Stage.PAUSED, failed_in=importing.state)
    raise Killed


def undo_at_once(importing: Import) -> None:
    with pytest.raises(Refused):
        imports.import_undo(importing=importing, actor=SYSTEM)


ACTS: dict[Act, str] = {
    stop: Stage.PAUSED,
    kill: LIVES,
    stop_and_kill: Stage.PAUSED,
    pause_and_kill: Stage.PAUSED,
    undo_at_once: Stage.DONE,
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize(("stage", "portion"), [(Stage.RUNNING, 2)])
def test_it_goes_on_as_if_nothing_had_been_and_is_taken_back(
    before: Any, between: Any, act: Act, stage: Stage, portion: int
) -> None:
    between(stage, portion, act)
    importing = work(reviewed(SHEET), imports.import_run)
    if act is not undo_at_once:
        assert importing.state != Stage.DONE, "It was not caught in the middle."
        importing = again(importing)
    if ACTS[act] == Stage.PAUSED:
        assert (importing.state, importing.failed_in) == (Stage.PAUSED, stage)
        so_far = Job.objects.latest("pk").done
        work(importing, imports.import_run)
        assert Job.objects.latest("pk").checkpoint["already"] == so_far > 0
    assert importing.state == Stage.DONE, importing.error
    assert {name: importing.counts[name] for name in WHOLE} == WHOLE
    work(importing, imports.import_undo)
    assert (importing.state, everything()) == (Stage.UNDONE, before)


@pytest.mark.parametrize(
    ("act", "stage", "portion"),
    [(stop_and_kill, Stage.RUNNING, 2), (pause_and_kill, Stage.LINKING, 1)],
)
def test_what_a_stopped_one_had_done_is_taken_back(
    before: Any, between: Any, act: Act, stage: Stage, portion: int
) -> None:
    between(stage, portion, act)
    importing = again(work(reviewed(SHEET), imports.import_run))
    assert (importing.state, importing.can_undo) == (Stage.PAUSED, True)
    assert everything() != before
    work(importing, imports.import_undo)
    assert (importing.state, everything()) == (Stage.UNDONE, before)
    assert importing.undo_report["kept"] == reindex(mend=False).mended == 0


@pytest.mark.parametrize(("stage", "portion"), [(Stage.RUNNING, 2), (Stage.LINKING, 1)])
def test_one_that_is_taken_back_from_a_history_while_it_runs_ends(
    before: Any, between: Any, stage: Stage, portion: int
) -> None:
    def undo_elsewhere(importing: Import) -> None:
        undoing.undo(actor=SYSTEM, original=importing.change_set)

    between(stage, portion, undo_elsewhere)
    importing = work(reviewed(SHEET), imports.import_run)
    assert (importing.state, importing.failed_in) == (Stage.FAILED, stage)
    assert "taken back" in importing.error
    work(importing, imports.import_run)
    assert importing.state == Stage.FAILED, "It went on."
    work(importing, imports.import_undo)
    assert (importing.state, everything()) == (Stage.UNDONE, before)


def test_an_undo_that_is_killed_again_and_again_tells_all_that_it_kept(
    before: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing = work(reviewed(SHEET), imports.import_run)
    ways = iter([kill, kill, kill, kill, kill, kill, kill])
    monkeypatch.setattr(undoing, "STEP", 2)
    monkeypatch.setattr(undoing, "give_way", lambda: next(ways, lambda _i: None)(importing))
    imports.import_undo(importing=importing, actor=SYSTEM)
    while importing.state == Stage.UNDOING:
        assert again(importing).job.crashes <= 2, "It gets on, and is not given up."
    assert (importing.state, everything()) == (Stage.UNDONE, before)
    changes = undoing.Change.objects.filter(change_set=importing.change_set).count()
    assert importing.undo_report["undone"] == changes


def test_what_was_in_before_it_went_on_makes_it_no_faster() -> None:
    begun = clock.now() - timedelta(seconds=100)
    job = Job(started_at=begun, checkpoint={"already": 900_000})
    told = speed(job, 1_000_000, 2_000_000)
    rate = int(told["rate"].split()[0].replace(",", ""))
    assert 300 < rate <= 1_000
    assert told["left"].endswith("minutes left")
    assert speed(job, 900_000, 2_000_000) == {"rate": "", "left": ""}


@pytest.mark.parametrize(
    ("failed_in", "place"), [(Stage.CHECKING, REVIEW), (Stage.RUNNING, RUN), ("", RUN)]
)
def test_one_that_stopped_stands_where_it_stopped(failed_in: str, place: int) -> None:
    assert place_of(Import(state=Stage.FAILED, failed_in=failed_in)) == place
