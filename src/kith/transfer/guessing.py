"""What a column holds, by the look of its values, where its heading says nothing."""

from collections.abc import Callable, Sequence

from kith.core.fields import Field
from kith.core.kinds import Country, Email, Phone, Url
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
