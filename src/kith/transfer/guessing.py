"""What a column holds, by the look of its values, where its heading says nothing."""

from collections.abc import Callable, Sequence

from kith.core.fields import Field
from kith.core.kinds import Country, Date, Email, Number, Phone, Url, YesNo
from kith.core.kinds.kind import Context, Invalid, Kind
from kith.core.text import digits

ENOUGH = 2
"""So many values must speak for it."""


def _link(text: str) -> bool:
    return "://" in text or text.lower().startswith("www.")


def _dialled(text: str) -> bool:
    return len(digits(text)) >= 8 and not any(c.isalpha() for c in text)


LOOKS: tuple[tuple[type[Kind], Callable[[str], bool]], ...] = (
    (Email, lambda text: "@" in text),
    (Url, _link),
    (Phone, _dialled),
    (Country, lambda text: len(text) > 3),
)
"""Kinds whose values are like no others, and a first look that costs nothing."""


def guess(fields: Sequence[Field], values: Sequence[str], context: Context) -> Field | None:
    """The first of the fields whose kind reads all the values without doubt."""
    if len(values) < ENOUGH:
        return None
    for kind, looks in LOOKS:
        if all(looks(value) for value in values) and _reads(kind(), values, context):
            return next((field for field in fields if type(field.kind) is kind), None)
    return None


def _reads(kind: Kind, values: Sequence[str], context: Context) -> bool:
    context.cautions.clear()
    try:
        return all(kind.clean(value, context) for value in values) and not context.cautions
    except Invalid:
        return False


FEW_OPTIONS, SHORT, LONG = 12, 40, 200


def guess_own_kind(values: Sequence[str], *, whole: bool) -> str:
    """The kind of a new field for these values of a column; `whole` says that these are all, so
    that few different ones may be taken for a list of options."""
    filled = [value for value in values if value.strip()]
    if not filled:
        return "text"
    for name, kind, looks in (
        ("yesno", YesNo(), lambda text: True),
        ("number", Number(), _counted),
        ("date", Date(), lambda text: any(c in text for c in "-/. ")),
        ("link", Url(), _link),
    ):
        if all(map(looks, filled)) and _reads_all(kind, filled):
            return name
    if any("\n" in value or len(value) >= LONG for value in filled):
        return "longtext"
    different = set(filled)
    few = len(different) <= min(FEW_OPTIONS, len(filled) // 2)
    return "choice" if whole and few and all(len(each) <= SHORT for each in different) else "text"


def _counted(text: str) -> bool:
    """A number and not a code: those begin with zeros, or are longer than any amount."""
    figures = digits(text)
    return len(figures) <= 15 and not (len(figures) > 1 and text.strip().startswith("0") and
                                       "." not in text and "," not in text)  # fmt: skip


def _reads_all(kind: Kind, values: Sequence[str]) -> bool:
    context = Context(from_sheet=True)
    try:
        return all(kind.clean(value, context) is not None for value in values)
    except Invalid:
        return False
