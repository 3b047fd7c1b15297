"""An import that the command line ran and that was killed: it is told, and finished."""

from typing import Any

import pytest

from kith.contacts.models import Contact
from kith.core import clock
from kith.jobs import recovery
from kith.jobs.models import Job, State
from kith.jobs.progress import Progress
from kith.transfer.models import Import, Stage
from kith.transfer.services import imports, portions, running
from kith.transfer.services.by_command import at_work

PEOPLE = (("Name", "Company"), ("Anjali", "Horus"), ("Rohan", "Horus"), ("Meera", "Isis"))


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


@pytest.fixture
def left(kith: Any, sheet: Any, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Killed in the second portion of three."""
    monkeypatch.setattr(portions, "PORTION", 1)
    move_on = running._move_on

    def kill(importing: Import, to: Stage) -> None:
        raise Killed

    monkeypatch.setattr(running, "_move_on", kill)
    with pytest.raises(Killed):
        kith("import", sheet(*PEOPLE))
    monkeypatch.setattr(running, "_move_on", move_on)
    return Import.objects.get()


def test_the_command_tells_it_and_finishes_it(kith: Any, sheet: Any, left: Import) -> None:
    with at_work(left):
        imports.import_settle(importing=left)
        assert left.state == Stage.RUNNING, "Another command is at it."
        assert kith("import", "--resume")["exit"] == 1
    told = kith("import", sheet(("Name",), ("Kiran",)))["said"]
    assert f"kith import --resume {left.pk} finishes it" in told
    report = kith("import", "--resume")
    left.refresh_from_db()
    assert (report["exit"], report["created"], left.state) == (0, 3, Stage.DONE)
    assert sorted(Contact.objects.values_list("name", flat=True)) == [
        "Anjali", "Horus", "Isis", "Kiran", "Meera", "Rohan",
    ]  # fmt: skip
    assert kith("import", "--resume", left.pk)["exit"] == 1
    assert kith("import", "--resume", 99)["exit"] == 2


def test_it_can_be_taken_back_instead(kith: Any, left: Import) -> None:
    assert kith("import", "--undo", left.pk)["exit"] == 0
    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_what_gets_on_between_kills_is_not_given_up() -> None:
    job = Job.objects.create(
        kind="import-run", title="x", state=State.RUNNING, crashes=5, done=10,
        created_at=clock.now(),
    )  # fmt: skip
    Progress(job).step(10)
    job.refresh_from_db()
    assert job.crashes == recovery.MOST_CRASHES
    again = Progress(job)
    again._written = 0.0
    again.step(11)
    job.refresh_from_db()
    assert job.crashes == 0
