"""The run: the checked rows become records, portion by portion.

Rows, their outcome and the place reached stand or fall in one transaction, so a run that is
killed loses nothing and doubles nothing: the next one goes on at the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from kith.core import clock
from kith.core.errors import Problem, Refused, Rejected
from kith.core.kinds.kind import Context
from kith.core.record_types import MatchKey, RecordType
from kith.core.shapes import shapes
from kith.history.models import Door
from kith.records.bulk import hold, update_rows
from kith.records.checking import Checked
from kith.records.door import Changes, change_set
from kith.transfer.judging import find_stored
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.options import SKIP
from kith.transfer.plan import Plan
from kith.transfer.queries import type_of
from kith.transfer.rowlines import Line, read_checked
from kith.transfer.services import linking
from kith.transfer.services.portions import portions
from kith.transfer.services.stages import (
    Elsewhere,
    Report,
    actor_of,
    context_of,
    options_of,
    stage,
)
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
    writer = _Writer(importing, report)
    for lines in portions(read_checked(checked_path(importing), importing.place)):
        writer.write(lines)


@dataclass
class _Writer:
    importing: Import
    report: Report

    def __post_init__(self) -> None:
        self.record_type: RecordType = type_of(self.importing)
        self.options = options_of(self.importing)
        self.context: Context = context_of(self.importing)
        self.plan = Plan(self.record_type, self.importing.headings, self.importing.mapping)
        self.actor: Any = actor_of(self.importing)

    def write(self, lines: Sequence[Line], refused: Problem | None = None) -> None:
        """One transaction. What a rule or the database refuses is looked for by halves and
        becomes invalid; the other rows of the portion are written."""
        shapes.look_again()
        try:
            self._write(lines, refused)
        except (Rejected, DataError, IntegrityError) as error:
            # The transaction was rolled back, and what it had set on the import with it.
            self.importing.refresh_from_db()
            self.context = context_of(self.importing)
            if refused:  # That it was refused could not be written either.
                raise
            if len(lines) == 1:
                self.write(lines, _refusal(error, lines[0], self.record_type))
            else:
                middle = len(lines) // 2
                self.write(lines[:middle])
                self.write(lines[middle:])

    def _write(self, lines: Sequence[Line], refused: Problem | None) -> None:
        with change_set(
            actor=self.actor,
            door=Door.IMPORT,
            note=self.importing.filename,
            resume=self.importing.change_set,
            context=self.context,
        ) as changes:
            self._still_ours()
            matches = self._matches(lines)
            new = [line for line in lines if line.number not in matches and not refused]
            drafts = [Checked(line.values) for line in new]
            ids = changes.save_many(self.record_type, drafts) if drafts else []
            self._note_outcomes(new, ids, matches)
            if refused and not matches:
                self._note_refusal(lines[0], refused)
            self._remember(changes, lines[-1].end)

    def _still_ours(self) -> None:
        """Two workers may believe that this import is theirs; the one that comes second ends.

        Nor does one go on with what somebody takes back meanwhile: it could not be undone."""
        imports = Import.objects.select_for_update(of=("self",)).select_related("change_set")
        current = imports.get(pk=self.importing.pk)
        if current.change_set and current.change_set.is_undone:
            raise Refused(_("This import is being taken back."), code="undone")
        if (current.state, current.place) != (self.importing.state, self.importing.place):
            raise Elsewhere

    def _matches(self, lines: Sequence[Line]) -> dict[int, dict[str, Any]]:
        """Rows that have come to be duplicates since the check, by row number."""
        if self.options.duplicates != SKIP:
            return {}
        hold(f"import {self.record_type.name}")
        matchers = [m for m in self.record_type.matchers if m.name in self.options.match]
        rows = [
            [(name, MatchKey(key, "", "")) for name, keys in line.keys.items() for key in keys]
            for line in lines
        ]
        stored = find_stored(matchers, self.actor, rows)
        found: dict[int, dict[str, Any]] = {}
        for line in lines if stored else ():
            for matcher in matchers:
                for key in matcher.keys(line.values):
                    if (record_id := stored.get((matcher.name, key.key))) is not None:
                        found.setdefault(line.number, self._match(record_id, key))
        return found

    def _match(self, record_id: int, key: MatchKey) -> dict[str, Any]:
        column = self.plan.column(key.field)
        return {"record_id": record_id, "field": key.field, "column": column, "value": key.value}

    def _note_outcomes(
        self, new: Sequence[Line], ids: Sequence[int], matches: dict[int, dict[str, Any]]
    ) -> None:
        made = [(Outcome.CREATED.value, pk, line.number) for line, pk in zip(new, ids, strict=True)]
        self._update(("outcome", "record_id"), made)
        there = [
            (Outcome.DUPLICATE.value, _json(match), number) for number, match in matches.items()
        ]
        self._update(("outcome", "match"), there)
        counts = self.importing.counts
        counts["created"] += len(made)
        counts["duplicates"] += len(there)
        counts["valid"] -= len(there)

    def _note_refusal(self, line: Line, refused: Problem) -> None:
        column = self.plan.settled_column(refused.field)
        note = {**refused.as_json(), "column": column}
        row = (Outcome.INVALID.value, _json([note]), line.number)
        self._update(("outcome", "problems"), [row])
        self.importing.counts["invalid"] += 1
        self.importing.counts["valid"] -= 1

    def _update(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        mine = (("parent_id", self.importing.pk),)
        update_rows(ImportRow, columns, rows, key="number", fixed=mine)

    def _remember(self, changes: Changes, place: int) -> None:
        self.importing.place = place
        if changes.changed_anything:
            self.importing.change_set = changes.record
        self.importing.save(update_fields=["place", "change_set", "counts"])
        self.report(self.importing.counts["created"], self.importing.counts["valid"])


def _refusal(error: Exception, line: Line, record_type: RecordType) -> Problem:
    if isinstance(error, Rejected):
        return error.problems[0]
    field = next(iter(line.values), record_type.fields[0].name)
    return Problem(field, "not-stored", _("The database did not take this row."))


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
