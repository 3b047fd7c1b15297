"""kill -9 in the middle of an import loses nothing and doubles nothing, on either database."""

import subprocess
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Channel, Contact, Link
from kith.history.models import Change
from kith.records.reindexing import reindex
from kith.transfer.models import Import, ImportRow, Stage
from kith.transfer.services import checking, imports

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 300

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(start_module: Callable[..., "subprocess.Popen[bytes]"]) -> Start:
    return partial(start_module, "tests.processes.import_worker")


@pytest.fixture
def checked(tmp_path: Path, settings: Any) -> Import:
    """An import in review: each person works at one of five companies."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    lines = [f"Person {n},p{n}@example.com,Firm {n % 5}" for n in range(ROWS)]
    sheet = "\n".join(["Name,Email,Company", *lines]).encode()
    importing = imports.import_begin(
        actor=SYSTEM, record_type="contact", chunks=[sheet], filename="people.csv"
    )
    imports.begin(importing, Stage.CHECKING)
    checking.check(importing=importing, report=lambda done, total: None)
    return importing


def until(importing: Import, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        importing.refresh_from_db()
        if condition():
            return
        time.sleep(0.005)
    pytest.fail(f"The import is still {importing.state} at {importing.counts}")


@pytest.mark.parametrize(("stage", "step"), [(Stage.RUNNING, "write"), (Stage.LINKING, "_connect")])
def test_a_killed_import_goes_on_and_ends_as_if_nothing_had_been(
    start_worker: Start, checked: Import, stage: Stage, step: str
) -> None:
    imports.import_run(importing=checked, actor=SYSTEM)
    worker = start_worker(dawdle=step)
    until(checked, lambda: checked.state == stage and checked.place > 0)
    worker.kill()
    worker.wait()
    assert checked.state == stage, "The import was too quick to be killed."
    start_worker()
    until(checked, lambda: checked.state == Stage.DONE)
    assert checked.counts["created"] == checked.counts["total"] == ROWS
    all_came_in_once(checked)


def all_came_in_once(importing: Import) -> None:
    people = Contact.objects.filter(kind="person")
    assert Counter(people.values_list("name", flat=True)) == {f"Person {n}": 1 for n in range(ROWS)}
    assert Channel.objects.count() == ROWS
    firms = Contact.objects.filter(kind="company").values_list("name", flat=True)
    assert sorted(firms) == [f"Firm {n}" for n in range(5)]
    assert Link.objects.filter(is_primary=True).count() == ROWS
    made = ImportRow.objects.filter(parent=importing, outcome="created")
    assert set(made.values_list("record_id", flat=True)) == set(people.values_list("pk", flat=True))
    changes = Change.objects.filter(change_set=importing.change_set, record_type="contact")
    assert changes.filter(action="c").count() == ROWS + 5
    assert reindex(mend=False).mended == 0
