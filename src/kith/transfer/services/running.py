"""The run: the checked rows become records, portion by portion.

Rows, their outcome and the place reached stand or fall in one transaction, so a run that is
killed loses nothing and doubles nothing: the next one goes on at the place.
"""

from collections.abc import Iterator

from kith.core import clock
from kith.core.meanwhile import helped
from kith.transfer.models import Import, Stage
from kith.transfer.rowlines import Line, read_checked
from kith.transfer.services import linking
from kith.transfer.services.amending import lines_amended, numbers_amended
from kith.transfer.services.portions import portions
from kith.transfer.services.stages import Report, stage
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
    importing.state, importing.place = to, 0
    importing.save(update_fields=["state", "place", "finished_at"])


def _write_rows(importing: Import, report: Report) -> None:
    writer = Writer(importing, report)
    with helped():
        for lines in portions(_lines(importing)):
            writer.write(lines)


def _lines(importing: Import) -> Iterator[Line]:
    """Those of the check, and then the rows that were judged anew in the review."""
    path, place = checked_path(importing), importing.place
    size, amended = path.stat().st_size, numbers_amended(importing)
    if place < size:
        for line in read_checked(path, place):
            if line.number not in amended:
                yield line
    if amended:
        yield from lines_amended(importing, max(0, place - size), size, later=False)
