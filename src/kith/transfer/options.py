"""How an import is to be done. Stored with it as JSON; pages and the command line give the same.

duplicates: 'skip' leaves rows out that are there already, 'create' takes them with a caution.
match: the names of the record type's matchers that tell a duplicate; none = nothing is one.
default_country: ISO2, for phones and states of rows without a country.
date_order: 'ymd', 'dmy' or 'mdy', for dates such as 03/04/2026.
values: {field: wire value} for rows that hold nothing in that field (the account manager).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

from kith.core.countries import countries
from kith.core.errors import Refused
from kith.core.record_types import RecordType

SKIP, CREATE = "skip", "create"
DUPLICATES = (SKIP, CREATE)
DATE_ORDERS = ("ymd", "dmy", "mdy")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    duplicates: str = SKIP
    match: tuple[str, ...] = ()
    default_country: str = ""
    date_order: str = "ymd"
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{**stored, "match": tuple(stored.get("match", ()))})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def first_options(record_type: RecordType, default_country: str) -> ImportOptions:
    """Skip what any of the record type's keys finds."""
    names = tuple(matcher.name for matcher in record_type.matchers)
    return ImportOptions(match=names, default_country=default_country)


def check_options(record_type: RecordType, options: ImportOptions) -> None:
    """Raises Refused for a choice that there is not."""
    known = {matcher.name for matcher in record_type.matchers}
    codes = {"", *(code for code, _name in countries())}
    chosen = (
        (options.duplicates, DUPLICATES),
        (options.date_order, DATE_ORDERS),
        (options.default_country, codes),
        *((name, known) for name in options.match),
        *((name, record_type.by_name) for name in options.values),
    )
    for value, allowed in chosen:
        if value not in allowed:
            message = _("“%(value)s” is not one of: %(allowed)s.")
            names = ", ".join(sorted(filter(None, allowed)))
            raise Refused(message % {"value": value, "allowed": names}, code="option-unknown")
