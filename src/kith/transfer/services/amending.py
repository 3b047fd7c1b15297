"""What a person does with single rows in the review: put a cell right, take a row out, have a
duplicate imported all the same, say which of several contacts a row is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kith.core.errors import Problem, Refused
from kith.core.record_types import Values
from kith.records.checking import Draft, check
from kith.transfer.judging import Judge, SheetRow, Verdict, is_bared, note_of
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.news import news_json, news_of
from kith.transfer.options import CREATE_ALL
from kith.transfer.plan import Plan
from kith.transfer.queries import cells_of, type_of
from kith.transfer.rowlines import ANEW, Line
from kith.transfer.seen import Seen
from kith.transfer.services.stages import actor_of, context_of, foresight_of, options_of
from kith.transfer.understanding import RowReader
from kith.transfer.workspace import keys_path, wishes_path
from kith.transfer.writing.cutting import LONGEST

OUT, FORCE = "out", "force"
AT_ONCE = 1_000
AMENDED = Q(choice=OUT) | Q(amended__isnull=False)
Wishes = dict[int, tuple[dict[str, Any], str]]
"""By row number: the corrected cells by place, and the choice."""


def rows_touched(importing: Import) -> QuerySet[ImportRow]:
    """The rows that somebody has had a hand in."""
    return ImportRow.objects.filter(~Q(choice="") | Q(cells__isnull=False), parent=importing)


def wishes_keep(importing: Import) -> Wishes:
    """For a check that begins anew, which takes away the rows that hold them. They stay in a file
    until it ends: it may be killed."""
    path = wishes_path(importing)
    if "rows" not in importing.counts:
        # Another sheet has no counts yet: what was put right in the one before is not its.
        path.unlink(missing_ok=True)
        return {}
    if not path.exists():
        held = [(row.number, row.cells or {}, row.choice) for row in rows_touched(importing)]
        part = path.with_suffix(".part")
        part.write_bytes(orjson.dumps(held))
        part.replace(path)
    return {number: (cells, choice) for number, cells, choice in orjson.loads(path.read_bytes())}


def wishes_fulfil(importing: Import, wishes: Wishes) -> None:
    """What was chosen counts again; the corrections did when the rows were judged."""
    for number, (_cells, choice) in wishes.items():
        if choice:
            row_choose(importing=importing, number=number, choice=choice)
    wishes_path(importing).unlink(missing_ok=True)


def corrected(cells: Sequence[Any], corrections: dict[str, Any] | None) -> list[Any]:
    """The cells of a row as they are now; places that the row did not have are made."""
    now = list(cells)
    for place, text in (corrections or {}).items():
        now += [None] * (int(place) + 1 - len(now))
        now[int(place)] = text or None
    return now


def row_correct(*, importing: Import, number: int, texts: dict[int, str]) -> ImportRow:
    """Put cells right, by place; the row is judged at once. Raises Refused outside the review."""
    with transaction.atomic():
        row = _row(importing, number)
        given = cells_of(importing, [row])[number]
        sensitive = sensitive_places(importing)
        cells = dict(row.cells or {})
        for place, text in texts.items():
            now = corrected(given, cells)
            before = now[place] if place < len(now) else None
            known = place < len(importing.headings) and place not in sensitive
            if known and text[:LONGEST] != _text(before):
                cells[str(place)] = text[:LONGEST]
        row.cells = cells or None
        return _judge_again(importing, row, corrected(given, cells))


def row_choose(*, importing: Import, number: int, choice: str, record_id: int = 0) -> ImportRow:
    """OUT takes the row out, FORCE imports a duplicate as a new record, "" goes back to what the
    rules say; with a record id the row is that record. Raises Refused outside the review, and for
    a record that the row was not found to be."""
    with transaction.atomic():
        row = _row(importing, number)
        row.choice = choice if choice in (OUT, FORCE) else ""
        match = row.match or {}
        several = match.get("several", ()) if options_of(importing).updates else ()
        if record_id and record_id not in several:
            raise Refused(_("Choose one of the contacts that the row was found to be."))
        cells = corrected(cells_of(importing, [row])[number], row.cells)
        return _judge_again(importing, row, cells, record_id)


def sensitive_places(importing: Import) -> set[int]:
    """Of columns whose values are sealed: what was typed for them would be kept in the clear."""
    record_type = type_of(importing)
    plan = Plan(record_type, importing.headings, importing.mapping)
    return {
        place
        for name, places in plan.places.items()
        if record_type.field(name).sensitive
        for place in places
    }


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _row(importing: Import, number: int) -> ImportRow:
    current = Import.objects.select_for_update().get(pk=importing.pk)
    if current.state != Stage.REVIEW:
        raise Refused(_("The import has moved on; look at it again."), code="wrong-stage")
    importing.counts, importing.news = current.counts, current.news
    row = ImportRow.objects.filter(parent=importing, number=number).first()
    if row is None:
        raise Refused(_("The sheet has no such row."), code="row-unknown")
    return row


def _judge_again(
    importing: Import, row: ImportRow, cells: list[Any], record_id: int = 0
) -> ImportRow:
    earlier = ImportRow.objects.get(pk=row.pk)
    before = _tally(importing, earlier)
    verdict = _verdict(importing, row, cells)
    if record_id and verdict.match:
        verdict.match = {**verdict.match, "record_id": record_id, "chosen": True}
        verdict.outcome = Outcome.VALID.value
    _count_news(importing, earlier, verdict)
    if row.choice != FORCE:
        foresight_of(importing).foresee([verdict])
    row.outcome, row.match = verdict.outcome, verdict.match
    row.problems, row.cautions = verdict.problems, verdict.cautions
    row.warned = bool(verdict.cautions)
    row.unchanging = verdict.unchanging
    row.amended = _amended(importing, verdict, row.choice, record_id)
    row.save()
    _count(importing, before, _tally(importing, row))
    return row


def _verdict(importing: Import, row: ImportRow, cells: list[Any]) -> Verdict:
    options = options_of(importing)
    if row.choice == FORCE:
        options = options_with(options, CREATE_ALL)
    record_type = type_of(importing)
    with Seen(keys_path(importing), again=True) as seen:
        plan = Plan(record_type, importing.headings, importing.mapping)
        shared: Any = {"record_type": record_type, "plan": plan, "options": options}
        reader = RowReader(**shared, context=context_of(importing))
        verdicts = reader.read([SheetRow(row.number, row.place, cells)])
        Judge(**shared, actor=actor_of(importing), seen=seen).decide(verdicts)
        verdict = verdicts[0]
    if row.choice == OUT:
        problem = Problem(record_type.fields[0].name, "taken-out", _("You took this row out."))
        verdict.outcome, verdict.problems = Outcome.INVALID.value, [note_of(problem, "")]
    return verdict


def values_of(importing: Import, cells: Mapping[int, list[Any]]) -> dict[int, Values]:
    """What rows themselves say, by number, in wire form and where it can be read."""
    record_type, context = type_of(importing), context_of(importing)
    plan = Plan(record_type, importing.headings, importing.mapping)
    found = {}
    for number, row in cells.items():
        context.country = ""
        raw = record_type.read_row(plan.raw(row), context)
        values = check(record_type, Draft(raw), context).values
        found[number] = {
            name: value for name, value in values.items() if value not in (None, "", [])
        }
    return found


def options_with(options: Any, duplicates: str) -> Any:
    """The same ImportOptions, but for what is done with duplicates."""
    return type(options)(**{**options.as_json(), "duplicates": duplicates})


def _amended(
    importing: Import, verdict: Verdict, choice: str, record_id: int
) -> dict[str, Any] | None:
    """As a line of the checked rows would hold it; empty for a row that stays out."""
    if verdict.outcome != Outcome.VALID:
        return {}
    held_out = type_of(importing).later
    later = {name: verdict.values.pop(name) for name in held_out if name in verdict.values}
    return {
        "keys": [[rule, *key] for rule, key in verdict.keys],
        "derived": verdict.derived,
        "values": verdict.values,
        "later": later,
        "target": ANEW if choice == FORCE else record_id,
    }


def _tally(importing: Import, row: ImportRow) -> dict[str, int]:
    names = {
        Outcome.VALID: "valid",
        Outcome.INVALID: "invalid",
        Outcome.DUPLICATE: "duplicates",
    }
    there = row.outcome == Outcome.VALID and row.match is not None
    changes = there and options_of(importing).updates and row.choice != FORCE
    return {
        names[Outcome(row.outcome)]: 1,
        "cautions": int(row.warned),
        "there": int(changes),
        "unchanging": int(row.unchanging),
        "bared": int(is_bared(row)),
    }


def _count(importing: Import, before: dict[str, int], after: dict[str, int]) -> None:
    counts = importing.counts
    for tally, sign in ((before, -1), (after, 1)):
        for name, number in tally.items():
            counts[name] = counts.get(name, 0) + sign * number
    importing.save(update_fields=["counts", "news"])


def _count_news(importing: Import, earlier: ImportRow, verdict: Verdict) -> None:
    """What the row brought to lists before it was touched, and what it does now."""
    was = _verdict(importing, earlier, cells_of(importing, [earlier])[earlier.number])
    counts = news_of(importing.news)
    counts.subtract(was.news if earlier.outcome == Outcome.VALID else ())
    counts.update(verdict.news if verdict.outcome == Outcome.VALID else ())
    more = max(0, importing.counts.get("news", 0) - len(importing.news))
    importing.news = news_json(counts)
    importing.counts["news"] = len(importing.news) + more


def numbers_amended(importing: Import) -> set[int]:
    """The rows whose lines in the files count no more."""
    rows = ImportRow.objects.filter(AMENDED, parent=importing)
    return set(rows.values_list("number", flat=True))


def lines_amended(importing: Import, after: int, base: int, *, later: bool) -> Iterator[Line]:
    """The valid ones among them, below row `after`; a line ends at `base` + its row's number."""
    rows = ImportRow.objects.filter(parent=importing, amended__isnull=False).order_by("number")
    while portion := list(rows.filter(number__gt=after)[:AT_ONCE]):
        for row in portion:
            held = row.amended or {}
            values = held.get("later" if later else "values")
            if values and row.outcome != Outcome.INVALID:
                yield Line(
                    base + row.number, row.number, held["keys"], held["derived"], values,
                    held["target"],
                )  # fmt: skip
        after = portion[-1].number
