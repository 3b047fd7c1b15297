"""The run: the checked rows become records, portion by portion.

Rows, their outcome and the place reached stand or fall in one transaction, so a run that is
killed loses nothing and doubles nothing: the next one goes on at the place.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import partial

from django.db import transaction

from kith.core import clock
from kith.core.meanwhile import helped
from kith.core.turns import give_way
from kith.transfer.models import Import, Stage
from kith.transfer.rowlines import Line, read_checked
from kith.transfer.services import linking
from kith.transfer.services.amending import lines_amended, numbers_amended
from kith.transfer.services.portions import Ahead, portions
from kith.transfer.services.stages import Report, stage, still_ours
from kith.transfer.services.writing import Writer
from kith.transfer.workspace import checked_path


def run(*, importing: Import, report: Report) -> None:
    """Import the valid rows, link them, and finish. Goes on where an earlier run was killed."""
    with stage(importing):
        importing.refresh_from_db()
        if importing.state == Stage.RUNNING:
            _write_rows(importing, report)
            _move_on(importing, Stage.LINKING)
        if importing.state == Stage.LINKING:
            linking.link_rows(importing, report)
            importing.finished_at = clock.now()
            _move_on(importing, Stage.DONE)


def _move_on(importing: Import, to: Stage) -> None:
    """Only from where it stands: one who comes second must not send it back."""
    with transaction.atomic():
        still_ours(importing)
        importing.state, importing.place = to, 0
        importing.save(update_fields=["state", "place", "finished_at"])


def _write_rows(importing: Import, report: Report) -> None:
    """Those of the check, and then the rows that were judged anew in the review."""
    amended = numbers_amended(importing)
    checked = Ahead(_portions_checked(importing, amended))

    def fetch() -> None:
        checked.fetch()
        writer.fetch()

    with helped() as helper, closing(Writer(importing, report)) as writer:
        for lines in checked:
            helper.when_idle(fetch)
            writer.write(lines)
            give_way()
            writer.look_ahead(partial(_portions_checked, importing, amended))
        if amended:
            for lines in portions(_lines_amended(importing)):
                writer.write(lines)


def _portions_checked(importing: Import, amended: set[int]) -> Iterator[list[Line]]:
    """From the place on that has been reached."""
    return portions(_lines_checked(importing, amended))


def _lines_checked(importing: Import, amended: set[int]) -> Iterator[Line]:
    path, place = checked_path(importing), importing.place
    if place < path.stat().st_size:
        for line in read_checked(path, place):
            if line.number not in amended:
                yield line


def _lines_amended(importing: Import) -> Iterator[Line]:
    size = checked_path(importing).stat().st_size
    yield from lines_amended(importing, max(0, importing.place - size), size, later=False)
