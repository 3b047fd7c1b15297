"""Taking an import back as a whole, in steps; what was changed since is kept and reported."""

from dataclasses import asdict
from typing import Any

from kith.core.packed_ids import pack_ids, unpack_ids
from kith.records.undo import UndoReport, undo
from kith.search.tidying import words_tidy
from kith.transfer.models import Import, Stage
from kith.transfer.queries import type_of
from kith.transfer.services.stages import Report, stage
from kith.transfer.standing import LISTED, left_by

NOTHING: dict[str, Any] = {"undone": 0, "kept": 0, "records": []}


def undo_import(*, importing: Import, actor: Any, report: Report) -> UndoReport:
    """Goes on where a killed undo was left, and with what it had reported. Nothing is left to do
    when it was killed after the last step, or when the change set was taken back from a contact's
    history. Gives what it has done itself."""
    with stage(importing):
        original = importing.change_set
        assert original is not None
        earlier = dict(importing.undo_report or NOTHING) if original.is_undone else NOTHING
        before = _remembered(earlier)

        def on_step(seen: int, done: UndoReport) -> None:
            importing.undo_report = _joined(earlier, done)
            importing.undo_report["standing"] = pack_ids(before | _standing(done))
            importing.save(update_fields=["undo_report"])
            report(seen, None)

        done = UndoReport(finished=True)
        if original.undone_at is None:
            done = undo(actor=actor, original=original, on_step=on_step)
        _finish(importing, done)
        return done


def _finish(importing: Import, done: UndoReport) -> None:
    _forget_words(importing)
    importing.state = Stage.UNDONE
    told = dict(importing.undo_report or NOTHING)
    left = left_by(importing, _remembered(told) | _standing(done))
    told.pop("standing", None)
    importing.undo_report = told | {"left": left}
    importing.save(update_fields=["state", "undo_report"])


def _remembered(report: dict[str, Any]) -> set[int]:
    return set(unpack_ids(report["standing"])) if "standing" in report else set()


def _standing(done: UndoReport) -> set[int]:
    """The records that were kept as they are: all of them, for an undo that is killed and goes on
    counts what is left by them."""
    return {each.record_id for each in done.kept if not each.unseen}


def _forget_words(importing: Import) -> None:
    documents = type_of(importing).documents
    if documents is not None:
        words_tidy(documents)


def _joined(earlier: dict[str, Any], done: UndoReport) -> dict[str, Any]:
    records = [*earlier["records"], *(asdict(each) for each in done.kept[:LISTED])]
    return {
        "undone": earlier["undone"] + done.undone,
        "kept": earlier["kept"] + len(done.kept),
        "records": records[:LISTED],
    }
