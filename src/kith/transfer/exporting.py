"""Export of any record type: headings are the fields' labels, so that the file imports back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.accounts.queries import Audiences, Users
from kith.core.among import among
from kith.core.errors import Refused
from kith.core.fields import Elsewhere, Field
from kith.core.kinds import Money, Text
from kith.core.kinds.grouped import Grouped, split_part
from kith.core.kinds.kind import Context
from kith.core.record_types import RecordType, Values
from kith.core.vcard import V3, V4, card
from kith.records.bulk import steps
from kith.records.tables import load_states
from kith.reference.company import company
from kith.reference.queries import Options
from kith.transfer.mapping import MOST_GROUPS, parts_of
from kith.transfer.models import Export
from kith.transfer.queries import type_of
from kith.transfer.revealing import Revealed
from kith.transfer.services.stages import Report
from kith.transfer.writing.delimited import CsvFile
from kith.transfer.writing.ods import OdsFile
from kith.transfer.writing.xlsx import XlsxFile


class Table(Protocol):
    """Takes the rows below the headings that it was made with. `cut`: how many texts it could not
    hold whole."""

    cut: int

    def row(self, cells: Sequence[Any]) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


TABLES: dict[str, Callable[[Path, str, Sequence[str]], Table]] = {
    "xlsx": XlsxFile,
    "ods": OdsFile,
    "csv": CsvFile,
}
CARDS = {"vcf": V3, "vcf4": V4}
"""vCards of the older version, which every phone reads, and of the newer one."""
FORMATS = (*TABLES, *CARDS)
ENDINGS = {"vcf4": "vcf"}
"""Of the file's name, where it is not the format's own."""
AMOUNTS_IN = Field("", gettext_lazy("Amounts in"), Text())
AT_ONCE = 1_000
REMEMBERED = 2_000
"""So many different values of a column are put into words once only."""
NOT_REMEMBERED = (list, dict)

Put = Callable[[Sequence[Values]], None]
"""Is given what some records hold."""


def check_format(file_format: str) -> None:
    """Raises Refused."""
    if file_format not in FORMATS:
        message = _("There is no format “%(name)s”.")
        raise Refused(message % {"name": file_format}, code="format-unknown")


def exportable(record_type: RecordType) -> list[Field]:
    """The code first; then what a sheet may fill, but for mere wishes."""
    code = [record_type.field("code")] if "code" in record_type.by_name else []
    own = [field for field in record_type.fields if not field.system]
    held = (each for each in record_type.sheet_fields if each.storage != Elsewhere())
    return [*code, *own, *held]


def columns_of(export: Export) -> list[Field]:
    record_type = type_of(export)
    if export.file_format in CARDS:
        known = record_type.by_name
        return [known[name] for name in record_type.vcard_fields if name in known]
    return [record_type.field(name) for name in export.fields] or exportable(record_type)


def write_records(
    *,
    export: Export,
    actor: Any,
    to: Path,
    ids: Sequence[int] | None,
    within: QuerySet[Any] | None,
    report: Report,
) -> int:
    """Write the records that the actor may see, all or those of `ids`, in their order.

    `within`: what may be written, where that is something else than all that the actor sees.
    Returns how many were written. The file appears when it is whole.
    """
    seen = type_of(export).visible_to(actor) if within is None else within
    part, count = to.with_name(f".{to.name}.part"), 0
    sets = [seen] if ids is None else [*steps(ids)]
    columns = list(_spread(type_of(export), columns_of(export), sets, actor))
    try:
        with ExitStack() as stack:
            put = _opened(stack, part, export, columns, _context(actor, export))
            for states in _loaded(export, actor, columns, _portions(seen, ids)):
                put(states)
                count += len(states)
                report(count, None)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return count


def _loaded(
    export: Export, actor: Any, columns: Sequence[Field], portions: Iterable[Sequence[int]]
) -> Iterator[list[Values]]:
    """What the records of each portion hold. Whose sensitive values it has is remembered."""
    fields = columns_of(export)
    needed = [*fields, *_beside_amounts(type_of(export), columns, fields)]
    revealed = Revealed(actor, export, fields) if export.reveals else None
    for portion in portions:
        states = load_states(type_of(export), portion, needed, viewer=actor)
        if revealed:
            revealed.note(states)
        yield [states[pk] for pk in portion if pk in states]


def _spread(
    record_type: RecordType, fields: Sequence[Field], sets: Sequence[Any], viewer: Any
) -> Iterator[Field]:
    """The columns: of a group as many as the record has that has most of them; what amounts are
    in, which no import reads, stands behind all others."""
    for field in fields:
        if isinstance(field.kind, Grouped):
            most = max((field.kind.most(each, viewer) for each in sets), default=1)
            yield from parts_of(record_type, field, min(most, MOST_GROUPS))
        else:
            yield field
    if record_type.amounts_in and any(isinstance(each.kind, Money) for each in fields):
        yield AMOUNTS_IN


def _beside_amounts(
    record_type: RecordType, columns: Sequence[Field], fields: Sequence[Field]
) -> Iterator[Field]:
    """What is read besides, to say what amounts are in."""
    field = record_type.field(record_type.amounts_in) if AMOUNTS_IN in columns else None
    if field and field not in fields:
        yield field


def _context(actor: Any, export: Export) -> Context:
    users, book = Users(), type_of(export).book
    return Context(
        default_country=company().country,
        currency=company().currency,
        options=Options(),
        users=users,
        audiences=Audiences(users),
        reader=actor.pk,
        records=book(actor) if book else None,
        reveals=export.reveals,
    )


def _opened(
    stack: ExitStack, path: Path, export: Export, fields: Sequence[Field], context: Context
) -> Put:
    """Gives what writes the records of a portion; the file is closed with `stack`."""
    if export.file_format in CARDS:
        return _opened_cards(stack, path, export, context)
    record_type = type_of(export)
    headings = [str(field.label) for field in fields]
    made = TABLES[export.file_format](path, str(record_type.label_plural), headings)
    stack.callback(lambda: setattr(export, "cut", made.cut))
    row = stack.enter_context(made).row
    columns = [_column_of(record_type, field, context) for field in fields]

    def write_rows(states: Sequence[Values]) -> None:
        for cells in zip(*[column(states) for column in columns], strict=True):
            row(cells)

    return write_rows


def _opened_cards(stack: ExitStack, path: Path, export: Export, context: Context) -> Put:
    record_type, version = type_of(export), CARDS[export.file_format]
    file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    make = record_type.vcard
    assert make

    def write_cards(states: Sequence[Values]) -> None:
        for state in states:
            file.write(card(make(record_type, state, context, version), version))

    return write_cards


def _currencies(record_type: RecordType, context: Context) -> Callable[..., list[Any]]:
    """Of those that hold an amount."""
    amounts = [each.name for each in record_type.fields if isinstance(each.kind, Money)]

    def column(states: Sequence[Values]) -> list[Any]:
        return [
            state.get(record_type.amounts_in) or context.currency
            if any(state.get(name) for name in amounts)
            else None
            for state in states
        ]

    return column


def _column_of_part(
    group: Field, number: int, part: str, context: Context
) -> Callable[[Sequence[Values]], list[Any]]:
    kind = group.kind
    assert isinstance(kind, Grouped)

    def column(states: Sequence[Values]) -> list[Any]:
        return [kind.cell(state.get(group.name), number, part, context) for state in states]

    return column


def _column_of(
    record_type: RecordType, field: Field, context: Context
) -> Callable[[Sequence[Values]], list[Any]]:
    """The cells of a column for some records."""
    if field is AMOUNTS_IN:
        return _currencies(record_type, context)
    if part := split_part(field.name):
        return _column_of_part(record_type.field(part[0]), *part[1:], context)
    return _column_of_field(field, context)


def _column_of_field(field: Field, context: Context) -> Callable[[Sequence[Values]], list[Any]]:
    """What a value is in words is remembered: most columns hold few that differ."""
    name, export = field.name, field.kind.export
    known: dict[Any, Any] = {None: None}

    def column(states: Sequence[Values]) -> list[Any]:
        cells = []
        for state in states:
            value = state.get(name)
            if value.__class__ in NOT_REMEMBERED:
                cell = export(value, context) if value else None
            elif value in known:
                cell = known[value]
            else:
                cell = export(value, context)
                if len(known) < REMEMBERED:
                    known[value] = cell
            cells.append(cell)
        return cells

    return column


def _portions(within: QuerySet[Any], ids: Iterable[int] | None) -> Iterator[list[int]]:
    """Ids of these records, in portions."""
    visible = within.order_by("pk").values_list("pk", flat=True)
    if ids is None:
        last = 0
        while portion := list(visible.filter(pk__gt=last)[:AT_ONCE]):
            yield portion
            last = portion[-1]
        return
    iterator = iter(ids)
    while wanted := list(islice(iterator, AT_ONCE)):
        seen = set(visible.filter(among("pk", wanted)))
        yield [pk for pk in wanted if pk in seen]
