"""Taking an import back as a whole, in steps; what was changed since is kept and reported."""

from dataclasses import asdict
from typing import Any

from kith.records.undo import UndoReport, undo
from kith.search.tidying import words_tidy
from kith.transfer.models import Import, Stage
from kith.transfer.queries import type_of
from kith.transfer.services.stages import Report, stage
from kith.transfer.standing import LISTED, left_by


def undo_import(*, importing: Import, actor: Any, report: Report) -> UndoReport:
    """Goes on where a killed undo was left. Nothing is left to do when it was killed after the
    last step, or when the change set was taken back from a contact's history."""
    with stage(importing):
        original = importing.change_set
        assert original is not None
        if original.undone_at is None:
            done = undo(actor=actor, original=original, on_step=lambda seen: report(seen, None))
        else:
            done = UndoReport(finished=True)
        _forget_words(importing)
        importing.state = Stage.UNDONE
        importing.undo_report = _report_json(done) | {"left": left_by(importing, done)}
        importing.save(update_fields=["state", "undo_report"])
        return done


def _forget_words(importing: Import) -> None:
    documents = type_of(importing).documents
    if documents is not None:
        words_tidy(documents)


def _report_json(done: UndoReport) -> dict[str, Any]:
    records = [asdict(each) for each in done.kept[:LISTED]]
    return {"undone": done.undone, "kept": len(done.kept), "records": records}
