"""The template: a sheet with every field, those needed in red, an example, permitted values."""

from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from kith.accounts.queries import Users
from kith.core.fields import Field
from kith.core.kinds.choices import Enum, User, YesNo
from kith.core.record_types import RecordType
from kith.reference.queries import Options
from kith.transfer.mapping import grouped, importable
from kith.transfer.sheets import Book


def write_template(*, record_type: RecordType, to: Path, viewer: Any = None) -> None:
    # A code says which record a row is: who fills in the template has none yet.
    fields = [each for each in importable(record_type) if not each.system]
    fields += grouped(record_type)
    with Book(to) as book:
        sheet = book.sheet(str(record_type.label_plural)[:31], [], [])
        for at, field in enumerate(fields):
            needed = field.required or field.name in record_type.needed
            sheet.cell(at, str(field.label), book.red if needed else book.heading)
        sheet.next_row()
        sheet.row([record_type.example.get(field.name) for field in fields], book.grey)
        permitted = _permitted(book, fields, viewer)
        for at, field in enumerate(fields):
            if not field.kind.many and str(field.label) in permitted:
                sheet.offer(at, permitted[str(field.label)])


def _permitted(book: Book, fields: list[Field], viewer: Any) -> dict[str, str]:
    """A column of values for each field that takes only, or first of all, certain ones; gives
    the place of each by label."""
    options, users = Options(viewer=viewer), Users()
    lists = {str(field.label): _values(field, options, users) for field in fields}
    filled = {label: values for label, values in lists.items() if values}
    name = str(_("Permitted values"))
    sheet = book.sheet(name, list(filled), [24] * len(filled))
    for row in zip_longest(*filled.values()):
        sheet.row(row)
    return {
        label: f"='{name}'!{column}$2:{column}${len(values) + 1}"
        for at, (label, values) in enumerate(filled.items())
        if (column := xl_col_to_name(at, col_abs=True))
    }


def _values(field: Field, options: Options, users: Users) -> list[str]:
    kind = field.kind
    if isinstance(kind, YesNo):
        return [str(_("Yes")), str(_("No"))]
    if isinstance(kind, Enum):
        return [str(label) for _value, label, _aliases in kind.options]
    if isinstance(kind, User):
        return [name for _pk, name in users.choices()]
    list_name = getattr(kind, "list_name", "")
    return list(options.labels(list_name)) if list_name else []
