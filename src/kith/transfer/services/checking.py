"""The check: every row read and judged, nothing written to any record."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeAlias

import orjson
from django.db import connection, transaction

from kith.core.aside import Aside, Gone, Make, can_fork, let_connections_go
from kith.core.shapes import shapes
from kith.records.bulk import insert_rows, update_rows
from kith.transfer.arriving import Arriving, Convert, Restarted
from kith.transfer.foreseeing import Foresight
from kith.transfer.judging import Judge, SheetRow, Verdict, is_bared
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.news import MOST_TOLD, News, news_count, news_json
from kith.transfer.options import ImportOptions
from kith.transfer.plan import Plan
from kith.transfer.queries import type_of
from kith.transfer.reading import workbook
from kith.transfer.reading.rowfile import read_rows
from kith.transfer.seen import Seen
from kith.transfer.services.amending import Wishes, corrected, wishes_fulfil, wishes_keep
from kith.transfer.services.portions import PORTION, delete_rows, portions
from kith.transfer.services.stages import (
    Report,
    actor_of,
    context_of,
    foresight_of,
    options_of,
    stage,
    unmapped,
)
from kith.transfer.understanding import RowReader
from kith.transfer.workspace import checked_path, keys_path, later_path, rows_path, source_of

Read: TypeAlias = list[Verdict] | workbook.Converted
"""A portion as it reads; and once, as soon as all of a sheet has arrived, what it was."""

COLUMNS = (
    "parent_id",
    "number",
    "place",
    "outcome",
    "warned",
    "problems",
    "cautions",
    "match",
    "unchanging",
)


def check(*, importing: Import, report: Report) -> None:
    """Judge all rows; afterwards the import is in review. A check that broke off begins anew."""
    with stage(importing):
        wishes = wishes_keep(importing)
        delete_rows(importing)
        try:
            counts = _check_rows(importing, wishes, report)
        except (Restarted, Gone):
            delete_rows(importing)
            _take_converted(importing, _converting(importing)(to=rows_path(importing)))
            counts = _judge_all(importing, _read_stored(importing, wishes), wishes, report)
        importing.counts = counts
        importing.place = 0
        importing.state = Stage.REVIEW
        importing.save(update_fields=["counts", "place", "state", "news"])
        wishes_fulfil(importing, wishes)


def _check_rows(importing: Import, wishes: Wishes, report: Report) -> dict[str, int]:
    """Judge the sheet while it is read into its row file, or as a check before left it there."""
    path = rows_path(importing)
    there = path.exists() and "rows" in importing.counts
    make = partial(_read_stored if there else _read_arriving, importing, wishes)
    with _aside(importing, make) as read, unmapped():
        return _judge_all(importing, read, wishes, report)


@contextmanager
def _aside(importing: Import, make: Make[Read]) -> Iterator[Iterator[Read]]:
    """What the rows say themselves is read by a second process, where there are many of them."""
    rows = importing.sheets[importing.sheet]["rows"]
    if not can_fork() or connection.in_atomic_block or (rows is not None and rows <= PORTION):
        with closing(make()) as read:
            yield read
        return
    let_connections_go()
    with Aside(make) as aside:
        yield aside


def _read_arriving(importing: Import, wishes: Wishes) -> Generator[Read, None, None]:
    arriving = Arriving(_converting(importing), rows_path(importing))
    told = None
    for verdicts in _read(importing, arriving, wishes):
        if not told and (told := arriving.converted):
            yield told
        yield verdicts
    if not told:
        assert arriving.converted
        yield arriving.converted


def _read_stored(importing: Import, wishes: Wishes) -> Generator[Read, None, None]:
    yield from _read(importing, _stored_rows(importing), wishes)


def _read(
    importing: Import, source: Iterable[SheetRow], wishes: Wishes
) -> Generator[Read, None, None]:
    reader, record_type = _reader(importing), type_of(importing)
    for rows in portions(source):
        shapes.look_again()
        verdicts = reader.read(_as_corrected(rows, wishes))
        for each in verdicts:
            if each.outcome == Outcome.VALID:
                each.pack(record_type)
        yield verdicts


def _converting(importing: Import) -> Convert:
    return partial(
        workbook.convert,
        source_of(importing),
        sheet=importing.sheet,
        heading_row=importing.heading_row,
    )


def _take_converted(importing: Import, converted: workbook.Converted) -> None:
    importing.counts = {"rows": converted.rows}
    _take_headings(importing, converted.headings)


def _take_headings(importing: Import, headings: list[str]) -> None:
    """The sample may have been narrower than the sheet; columns keep their place."""
    fields = [importing.mapping.get(heading, "") for heading in importing.headings]
    fields += [""] * (len(headings) - len(fields))
    importing.headings = headings
    importing.mapping = dict(zip(headings, fields, strict=False))
    importing.save(update_fields=["headings", "mapping", "counts"])


def _judge_all(
    importing: Import, portions_read: Iterator[Read], wishes: Wishes, report: Report
) -> dict[str, int]:
    # What the sheet says of its size counts headings and blank rows.
    total = importing.counts.get("rows")
    counts: Counter[str] = Counter()
    news: Counter[News] = Counter()
    with ExitStack() as stack:
        files = _Files(importing, stack)
        judge = _judge(importing, stack.enter_context(Seen(keys_path(importing))))
        foresight = foresight_of(importing)
        for read in portions_read:
            if isinstance(read, workbook.Converted):
                _take_converted(importing, read)
                total = read.rows
                continue
            shapes.look_again()
            judge.decide(read)
            foresight.foresee(read)
            files.write(read)
            _count(counts, read, judge.options)
            news_count(news, _news_of(read))
            with transaction.atomic():
                insert_rows(ImportRow, COLUMNS, [_stored(importing, each) for each in read])
                _keep_corrections(importing, read, wishes)
                report(_total(counts), total)
        files.finish()
    told = news_json(news)
    importing.news = told[:MOST_TOLD]
    return _told(counts, foresight) | {"news": len(told)}


def _news_of(read: Sequence[Verdict]) -> Iterator[News]:
    return (new for each in read if each.outcome == Outcome.VALID for new in each.news)


def _told(counts: Counter[str], foresight: Foresight) -> dict[str, int]:
    return {
        "rows": _total(counts),
        "total": _total(counts),
        "valid": counts[Outcome.VALID],
        "invalid": counts[Outcome.INVALID],
        "duplicates": counts[Outcome.DUPLICATE],
        "cautions": counts["warned"],
        "there": counts["there"],
        "unchanging": counts["unchanging"],
        "unasked": max(0, -foresight.left),
        "bared": counts["bared"],
        "created": 0,
        "updated": 0,
    }


def _count(counts: Counter[str], verdicts: Sequence[Verdict], options: ImportOptions) -> None:
    counts.update(each.outcome for each in verdicts)
    counts["warned"] += sum(bool(each.cautions) for each in verdicts)
    counts["unchanging"] += sum(each.unchanging for each in verdicts)
    counts["bared"] += sum(map(is_bared, verdicts))
    counts["there"] += sum(_is_there(each, options) for each in verdicts)


def _as_corrected(rows: list[SheetRow], wishes: Wishes) -> list[SheetRow]:
    """What somebody put right in an earlier review stays right when the rows are checked again."""
    if not wishes:
        return rows
    return [
        SheetRow(row.number, row.place, corrected(row.cells, wishes[row.number][0]))
        if row.number in wishes
        else row
        for row in rows
    ]


def _keep_corrections(importing: Import, verdicts: Sequence[Verdict], wishes: Wishes) -> None:
    kept = [
        (_json(wishes[each.number][0]), each.number)
        for each in verdicts
        if each.number in wishes and wishes[each.number][0]
    ]
    mine = (("parent_id", importing.pk),)
    update_rows(ImportRow, ("cells",), kept, key="number", fixed=mine)


def _is_there(verdict: Verdict, options: ImportOptions) -> bool:
    """Whether the row is to change what is stored, or what a row above it makes."""
    return options.updates and verdict.match is not None and verdict.outcome == Outcome.VALID


def _total(counts: Counter[str]) -> int:
    return sum(counts[outcome] for outcome in (Outcome.VALID, Outcome.INVALID, Outcome.DUPLICATE))


def _judge(importing: Import, seen: Seen) -> Judge:
    return Judge(**_shared(importing), actor=actor_of(importing), seen=seen)


def _reader(importing: Import) -> RowReader:
    return RowReader(**_shared(importing), context=context_of(importing))


def _shared(importing: Import) -> dict[str, Any]:
    record_type = type_of(importing)
    plan = Plan(record_type, importing.headings, importing.mapping)
    return {"record_type": record_type, "plan": plan, "options": options_of(importing)}


def _stored_rows(importing: Import) -> Iterator[SheetRow]:
    rows = read_rows(rows_path(importing))
    place = rows.offset
    for number, cells in rows:
        yield SheetRow(number, place, cells)
        place = rows.offset


def _stored(importing: Import, verdict: Verdict) -> tuple[object, ...]:
    return (
        importing.pk,
        verdict.number,
        verdict.place,
        verdict.outcome,
        bool(verdict.cautions),
        _json(verdict.problems) if verdict.problems else "[]",
        _json(verdict.cautions) if verdict.cautions else "[]",
        _json(verdict.match) if verdict.match else None,
        verdict.unchanging,
    )


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


class _Files:
    """The valid rows, written beside and put in place whole."""

    def __init__(self, importing: Import, stack: ExitStack) -> None:
        self.paths = [checked_path(importing), later_path(importing)]
        self.checked, self.later = (stack.enter_context(_part(p).open("wb")) for p in self.paths)

    def write(self, verdicts: Sequence[Verdict]) -> None:
        lines = [each.lines for each in verdicts if each.outcome == Outcome.VALID and each.lines]
        self.checked.writelines(each.checked for each in lines)
        self.later.writelines(each.later for each in lines)

    def finish(self) -> None:
        files: list[IO[bytes]] = [self.checked, self.later]
        for file, path in zip(files, self.paths, strict=True):
            file.close()
            _part(path).replace(path)


def _part(path: Path) -> Path:
    return path.with_suffix(".part")
