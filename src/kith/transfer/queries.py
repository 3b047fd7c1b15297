"""Reads imports and their rows for pages and reports."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from kith.accounts.actors import SYSTEM
from kith.accounts.permissions import Permission
from kith.core.record_types import RecordType, registry
from kith.core.text import fold
from kith.transfer.models import Export, Import, ImportRow, Outcome
from kith.transfer.reading.rowfile import Cells, read_rows
from kith.transfer.workspace import rows_path

SEARCHED_AT_ONCE = 2_000


def imports_of(user: Any) -> QuerySet[Import]:
    """A person's own imports, newest first; Kith itself sees all."""
    imports = Import.objects.order_by("-pk").select_related("user", "job")
    return imports if user is SYSTEM else imports.filter(user=user.pk)


def exports_seen_by(user: Any) -> QuerySet[Export]:
    """A person's own, newest first; who watches over security sees who took what."""
    exports = Export.objects.order_by("-pk").select_related("user", "job")
    return exports if user.may(Permission.SECURITY_SEE) else exports.filter(user=user.pk)


def type_of(transfer: Import | Export) -> RecordType:
    return registry.get(transfer.record_type)


def rows_of(
    importing: Import,
    outcome: str = "",
    *,
    warned: bool = False,
    there: bool = False,
    same: bool = False,
    unchanging: bool | None = None,
    after: int = 0,
) -> QuerySet[ImportRow]:
    """Rows in the order of the sheet, below row number `after`.

    `there`: only those that are found among the stored ones, or further up; `same`: only those
    that were, and had nothing new to say. `unchanging`: whether they are foreseen to have none."""
    rows = ImportRow.objects.filter(parent=importing, number__gt=after).order_by("number")
    if warned:
        rows = rows.filter(warned=True)
    if there:
        rows = rows.filter(match__isnull=False)
    if same:
        rows = rows.filter(record_id__isnull=False)
    if unchanging is not None:
        rows = rows.filter(unchanging=unchanging)
    if outcome == Outcome.VALID:
        return rows.exclude(outcome__in=(Outcome.INVALID, Outcome.DUPLICATE))
    return rows.filter(outcome=outcome) if outcome else rows


def cells_of(importing: Import, rows: Sequence[ImportRow]) -> dict[int, Cells]:
    """By row number: what these rows hold, in the order of the headings; cells that somebody put
    right as they are now."""
    found: dict[int, Cells] = {}
    path = rows_path(importing)
    for row in rows:
        source = read_rows(path, after=row.place)
        found[row.number] = next(source)[1]
        source.close()
        for place, text in (row.cells or {}).items():
            cells = found[row.number]
            cells += [None] * (int(place) + 1 - len(cells))
            cells[int(place)] = text or None
    return found


def records_of(user: Any, imports: Sequence[int]) -> QuerySet[ImportRow, Any]:
    """The ids of the records that these imports of the user's own made or changed."""
    rows = ImportRow.objects.filter(
        parent__in=imports_of(user).filter(pk__in=imports).order_by().values("pk"),
        outcome__in=(Outcome.CREATED, Outcome.UPDATED),
        record_id__isnull=False,
    )
    return rows.values("record_id")


def find_rows(
    rows: QuerySet[ImportRow], importing: Import, text: str, most: int
) -> list[ImportRow]:
    """The first of these rows in whose cells the text stands, whatever the case and accents."""
    wanted, found = fold(text), list[ImportRow]()
    after = 0
    while len(found) < most and (portion := list(rows.filter(number__gt=after)[:SEARCHED_AT_ONCE])):
        cells = cells_of(importing, portion)
        found += [
            row
            for row in portion
            if any(wanted in fold(str(cell)) for cell in cells[row.number] if cell is not None)
        ]
        after = portion[-1].number
    return found[:most]


def column_values(importing: Import, place: int) -> list[str]:
    """What stands in a column as far as the sheet was looked into, blank cells left out."""
    sheet = importing.sheets[importing.sheet]
    below = [cells for number, cells in sheet["sample"] if number > (importing.heading_row or 0)]
    return [cells[place] for cells in below if place < len(cells) and cells[place]]


def samples_of(importing: Import, most: int = 3) -> dict[str, list[str]]:
    """By heading: the first different values of the column, for the mapping page."""
    sheet = importing.sheets[importing.sheet]
    below = [cells for number, cells in sheet["sample"] if number > (importing.heading_row or 0)]
    samples: dict[str, list[str]] = {}
    for place, heading in enumerate(importing.headings):
        values = [cells[place] for cells in below if place < len(cells)]
        samples[heading] = list(dict.fromkeys(value for value in values if value))[:most]
    return samples
