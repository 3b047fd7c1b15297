"""Export of any record type: headings are the fields' labels, so that the file imports back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kith.accounts.actors import SYSTEM
from kith.accounts.queries import Audiences, Users
from kith.core.errors import Refused
from kith.core.fields import Field
from kith.core.kinds.kind import Context
from kith.core.record_types import RecordType, Values
from kith.core.vcard import V3, V4, card
from kith.history.models import Door
from kith.records.door import change_set
from kith.records.tables import load_states
from kith.reference.company import company
from kith.reference.queries import Options
from kith.transfer.revealing import Revealed
from kith.transfer.services.stages import Report, no_report
from kith.transfer.sheets import Book, CsvFile, Table

FORMATS = ("xlsx", "csv", "vcf", "vcf4")
CARDS = {"vcf": V3, "vcf4": V4}
"""vCards of the older version, which every phone reads, and of the newer one."""
ENDINGS = {"vcf4": "vcf"}
"""Of the file's name, where it is not the format's own."""
AT_ONCE = 1_000


def export_records(
    *,
    actor: Any,
    record_type: RecordType,
    to: Path,
    file_format: str,
    ids: Iterable[int] | None = None,
    fields: Iterable[str] = (),
    reveals: bool = False,
    within: QuerySet[Any] | None = None,
    report: Report = no_report,
) -> int:
    """Write the records that the actor may see, all or those of `ids`, in their order.

    `fields`: names of the columns; all that there are, unless given. `reveals`: sensitive values
    stand in it in the clear, which history remembers of each record; else their masks. `within`:
    what may be written, where that is something else than all that the actor sees. Returns how many
    records were written. The file appears when it is whole.
    """
    if file_format not in FORMATS:
        raise Refused(f"There is no format {file_format!r}.", code="format-unknown")
    if file_format in CARDS:
        fields = [name for name in record_type.vcard_fields if name in record_type.by_name]
    chosen = [record_type.field(name) for name in fields] or exportable(record_type)
    part = to.with_name(f".{to.name}.part")
    try:
        count = _write(
            actor=actor,
            record_type=record_type,
            fields=chosen,
            portions=_portions(record_type.visible_to(actor) if within is None else within, ids),
            path=part,
            file_format=file_format,
            revealed=Revealed(actor, record_type, chosen) if reveals else None,
            report=report,
        )
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    _remember(actor, record_type, file_format, count)
    return count


def _remember(actor: Any, record_type: RecordType, file_format: str, count: int) -> None:
    """Who took how much, and when: a change set that changed nothing."""
    door = Door.COMMAND if actor is SYSTEM else Door.SCREEN
    note = _("Export: %(count)d %(what)s as %(format)s")
    told = {"count": count, "what": record_type.label_plural, "format": file_format}
    with change_set(actor=actor, door=door, note=note % told) as changes:
        _made = changes.record


def exportable(record_type: RecordType) -> list[Field]:
    """The code first; then what a sheet may fill."""
    code = [record_type.field("code")] if "code" in record_type.by_name else []
    return code + [field for field in record_type.fields if not (field.system or field.sheet_only)]


def _write(
    *,
    actor: Any,
    record_type: RecordType,
    fields: list[Field],
    portions: Iterable[list[int]],
    path: Path,
    file_format: str,
    revealed: Revealed | None,
    report: Report,
) -> int:
    users = Users()
    context = Context(
        default_country=company().country,
        options=Options(),
        users=users,
        audiences=Audiences(users),
        reader=actor.pk,
        records=record_type.book(actor) if record_type.book else None,
        reveals=revealed is not None,
    )
    count = 0
    with ExitStack() as stack:
        write = _writer(
            stack, path, file_format, record_type=record_type, fields=fields, context=context
        )
        for portion in portions:
            states = load_states(record_type, portion, fields, viewer=actor)
            if revealed:
                revealed.note(states)
            for pk in portion:
                if pk in states:
                    write(states[pk])
            count += len(states)
            report(count, None)
    return count


def _writer(
    stack: ExitStack,
    path: Path,
    file_format: str,
    *,
    record_type: RecordType,
    fields: list[Field],
    context: Context,
) -> Callable[[Values], None]:
    """Is given what one record holds."""
    if file_format in CARDS and record_type.vcard:
        file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        make, version = record_type.vcard, CARDS[file_format]
        return lambda state: _put(file, card(make(record_type, state, context, version), version))
    table = _table(stack, path, file_format, record_type, fields)
    return lambda state: table.row(_cells(fields, state, context))


def _put(file: IO[str], text: str) -> None:
    file.write(text)


def _table(
    stack: ExitStack, path: Path, file_format: str, record_type: RecordType, fields: list[Field]
) -> Table:
    headings = [str(field.label) for field in fields]
    if file_format == "csv":
        table = stack.enter_context(CsvFile(path))
        table.row(headings)
        return table
    book = stack.enter_context(Book(path))
    return book.sheet(str(record_type.label_plural)[:31], headings, [20] * len(headings))


def _cells(fields: list[Field], state: dict[str, Any], context: Context) -> list[Any]:
    return [
        None if (value := state.get(field.name)) is None else field.kind.export(value, context)
        for field in fields
    ]


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
        seen = set(visible.filter(pk__in=wanted))
        yield [pk for pk in wanted if pk in seen]
