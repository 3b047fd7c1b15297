"""Which rows of a page of the review would change nothing: asked for those that are shown, since
to ask it of all would load every record that the sheet names."""

from collections.abc import Mapping, Sequence
from typing import Any

from kith.records.tables import load_states
from kith.transfer.exporting import exportable
from kith.transfer.merging import ages_of, differences
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.photos import is_photo
from kith.transfer.queries import type_of
from kith.transfer.services.amending import FORCE, values_of
from kith.transfer.services.stages import actor_of, options_of


def unchanged(
    importing: Import, rows: Sequence[ImportRow], cells: Mapping[int, list[Any]]
) -> set[int]:
    """The numbers of the rows that have nothing new to say of the record that they are."""
    options = options_of(importing)
    there = [
        row
        for row in rows
        if row.outcome == Outcome.VALID
        and row.choice != FORCE
        and (row.match or {}).get("record_id")
        and not _has_photo(cells[row.number])
    ]
    if importing.state != Stage.REVIEW or not options.updates or not there:
        return set()
    record_type = type_of(importing)
    given = values_of(importing, {row.number: cells[row.number] for row in there})
    for values in given.values():
        for name in record_type.found_by:
            values.pop(name, None)
    named = {name for values in given.values() for name in values} | set(options.added)
    fields = [field for field in exportable(record_type) if field.name in named]
    known = {field.name for field in fields} | {record_type.dated_by}
    ids = list({row.match["record_id"] for row in there if row.match})
    states = load_states(record_type, ids, fields, viewer=actor_of(importing))
    ages = ages_of(record_type, options, ids)
    return {
        row.number
        for row in there
        if row.match
        and (state := states.get(row.match["record_id"])) is not None
        and given[row.number].keys() <= known
        and not differences(
            record_type, options, state, given[row.number], ages.get(row.match["record_id"])
        )
    }


def _has_photo(cells: Sequence[Any]) -> bool:
    """What a photo comes to is only known when it was drawn anew, which takes its time."""
    return any(is_photo(cell) for cell in cells)
