"""A check whose rows a second process reads comes to the same as one that reads them itself."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kith.accounts.actors import SYSTEM
from kith.core import aside
from kith.core.aside import Aside
from kith.transfer.models import Import, ImportRow, Stage
from kith.transfer.services import checking, imports, portions
from kith.transfer.services.stages import no_report
from kith.transfer.workspace import checked_path, later_path

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "More than waits in the pipe. " * 50
PEOPLE = [
    (f"Person {number}", "twice@example.com" if number in (3, 7) else f"p{number}@example.com",
     "12" if number == 5 else f"93270580{10 + number}", "Horus" if number % 2 else "", "India",
     LONG)
    for number in range(12)
]  # fmt: skip
SHEET = (("Name", "Email", "Mobile", "Company", "Country", "Remarks"), *PEOPLE)


def checked(path: Path) -> list[Any]:
    with path.open("rb") as file:
        importing = imports.import_begin(
            actor=SYSTEM, record_type="contact", chunks=[file.read()], filename=path.name
        )
    Import.objects.update(state=Stage.CHECKING)
    checking.check(importing=importing, report=no_report)
    rows = ImportRow.objects.filter(parent=importing).order_by("number")
    columns = ("number", "place", "outcome", "problems", "cautions", "match")
    files = [each(importing).read_bytes() for each in (checked_path, later_path)]
    return [list(rows.values_list(*columns)), files, importing.counts, importing.headings]


def test_it_is_all_the_same_also_when_that_process_dies(
    sheet: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, take = list[int](), Aside.__next__

    def dies(self: Aside[Any]) -> Any:
        begun.append(self._child)
        if len(begun) == 10:
            os.kill(self._child, signal.SIGKILL)
            os.waitid(os.P_PID, self._child, os.WEXITED | os.WNOWAIT)
        return take(self)

    for module in (checking, portions):
        monkeypatch.setattr(module, "PORTION", 2)
    monkeypatch.setattr(aside, "ROOM", 1)
    monkeypatch.setattr(Aside, "__next__", dies)
    path = sheet(*SHEET)
    read_aside = checked(path)
    assert len(set(begun)) == 1, "In one other process."
    assert [row[2] for row in read_aside[0]].count("valid") == 10
    assert read_aside == checked(path)
    assert len(set(begun)) == 2, "It died when it had read a part."
    monkeypatch.setattr(checking, "can_fork", bool)
    assert read_aside == checked(path)
    assert len(set(begun)) == 2
