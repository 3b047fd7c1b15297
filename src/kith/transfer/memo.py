"""Remembers what cells were cleaned to: most columns of a sheet hold the same few texts."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from kith.core.fields import Field
from kith.core.kinds.kind import Context
from kith.records.checking import Cleaned, clean_value

MOST = 2_000
"""Texts remembered of a column; one of names is full of new ones, and would fill the memory."""
Known = dict[Any, Cleaned]
PLAIN = frozenset({int, float, bool, date, datetime})
"""What cells hold beside text. 1, 1.0 and True are equal, and do not mean the same."""


class Memo:
    """Cleans as `clean_value` does. For one import: options and settings must stay the same."""

    def __init__(self) -> None:
        # By the row's country, which phones and states are read with, and by field.
        self._all: dict[str, dict[str, Known]] = defaultdict(lambda: defaultdict(dict))
        self._country, self._here = "", self._all[""]

    def __call__(self, field: Field, raw: Any, context: Context) -> Cleaned:
        sort = type(raw)
        if sort is not str and sort not in PLAIN:
            return clean_value(field, raw, context)
        cell = raw if sort is str else (sort, raw)
        if context.country != self._country:
            self._country, self._here = context.country, self._all[context.country]
        known = self._here[field.name]
        found = known.get(cell)
        if found is None:
            found = clean_value(field, raw, context)
            if len(known) < MOST:
                known[cell] = found
        return found
