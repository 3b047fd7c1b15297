"""Remembers what cells were cleaned to: most columns of a sheet hold the same few texts."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kith.core.fields import Field
from kith.core.kinds.kind import Context
from kith.core.record_types import RecordType
from kith.records.checking import Checked, Cleaned, clean_value, take

MOST = 2_000
"""Texts remembered of a column; one of names is full of new ones, and would fill the memory."""
PLAIN = (str, int, float, bool, date, datetime)
"""What cells hold. 1, 1.0 and True are equal, and do not mean the same."""
Known = dict[type, defaultdict[str, dict[Any, Cleaned]]]
"""By the sort of the cell, by field."""


class Memo:
    """For one import: options and settings must stay the same."""

    def __init__(self) -> None:
        # By the row's country, which phones and states are read with.
        self._all: defaultdict[str, Known] = defaultdict(_nothing)

    def read(self, record_type: RecordType, raw: Mapping[str, Any], context: Context) -> Checked:
        """As `check` does. Most cells are known, and there are many: these are only looked up."""
        checked, here = Checked({}), self._all[context.country]
        for name, cell in raw.items():
            sort = here.get(type(cell))
            found = sort[name].get(cell) if sort is not None else None
            if found is None or found[1]:
                take(checked, record_type, name, cell, context, clean=self)
            else:
                checked.values[name] = found[0]
        return checked

    def __call__(self, field: Field, raw: Any, context: Context) -> Cleaned:
        """As `clean_value` does."""
        sort = self._all[context.country].get(type(raw))
        if sort is None:
            return clean_value(field, raw, context)
        known = sort[field.name]
        found = known.get(raw)
        if found is None:
            found = clean_value(field, raw, context)
            if len(known) < MOST:
                known[raw] = found
        return found


def _nothing() -> Known:
    return {sort: defaultdict(dict) for sort in PLAIN}
