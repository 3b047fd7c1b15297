"""Which contacts meet the conditions on fields, asked so that the database takes the shorter way.

A rare condition is best answered by gathering what it holds of, a common one by walking along the
index that gives the order; SQLite has to be told which (`_walks`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import connection
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from kith.contacts.listing.conditions import Condition
from kith.contacts.listing.counts import LOOKED_AT
from kith.contacts.models import Contact, ContactDocument
from kith.search.engine import FEW, estimated, fitting, worth_walking

LISTED_BY = ("manager_id", "contact_type_id", "kind", "created_at", "updated_at")
"""Columns with an index of the list."""
BY_NAME = ("manager_id", "contact_type_id", "kind")
"""Those of them whose index has the contacts of a value by name."""
VALUES = (
    "annual_revenue", "birth_date", "customer_number", "designation_id", "important",
    "industry_id", "priority", "segment_id", "temperature_id", "vendor_number",
)  # fmt: skip
"""Columns by whose values contacts are found."""
SCANNED = 300
"""Fewer are sooner found by a look at all contacts as they lie than by a walk along the names."""
KEPT, SECONDS = 2_000, 600

_remembered: dict[str, tuple[bool, float]] = {}


@dataclass
class Filters:
    """`seen` gives the contacts that they are about, `sort` is the order of the list."""

    seen: Callable[[], QuerySet[Contact]]
    conditions: Sequence[Condition]
    sort: str

    def all(
        self, *, ordered: bool, gathering: bool = False, apart: bool = False
    ) -> QuerySet[Contact]:
        """All conditions on fields. The rarest that other tables answer is gathered, and then no
        index of a column is worth taking; neither is it where words are gathered."""
        if gathering:
            return self._where_gathered(apart=apart)
        contacts = self.seen()
        driver = self.driver
        for number, each in enumerate(self.conditions):
            if each.rows is not None:
                first = each is driver or connection.vendor != "sqlite"
                hinted = bool(each.hint.parts)
                form = each.gathered() if first and not hinted else each.of_each()
                contacts = contacts.filter(form)
            elif each.own is not None:
                contacts = self._owned(contacts, each, number, ordered=ordered)
            else:
                contacts = contacts.filter(each.of_each())
            if each.hint.parts:
                contacts = contacts.filter(fitting(ContactDocument, each.hint))
        return contacts

    def _where_gathered(self, *, apart: bool) -> QuerySet[Contact]:
        contacts = self.seen()
        for number, each in enumerate(self.conditions):
            if apart and each.rows is not None and connection.vendor == "postgresql":
                contacts = contacts.filter(_asked_apart(each))
            else:
                contacts = self._of_each(contacts, each, number)
        return contacts

    @staticmethod
    def _of_each(contacts: QuerySet[Contact], each: Condition, number: int) -> QuerySet[Contact]:
        if each.own is None or connection.vendor != "sqlite":
            return contacts.filter(each.of_each())
        name = f"plain_{number}"
        return contacts.alias(**{name: plainly(each.column)}).filter(each.own(name))

    def _owned(
        self, contacts: QuerySet[Contact], each: Condition, number: int, *, ordered: bool
    ) -> QuerySet[Contact]:
        assert each.own is not None
        if each is self.rare:
            return contacts.filter(pk__in=self._held(each).values("pk"))
        if not self._unindexed(each, ordered=ordered):
            return contacts.filter(each.own(each.column))
        return self._of_each(contacts, each, number)

    def _unindexed(self, each: Condition, *, ordered: bool) -> bool:
        """Whether SQLite is to keep off the column's index: something rarer is gathered, or a
        period gives fewer, or the order has an index of its own that is walked."""
        if connection.vendor != "sqlite":
            return False
        if self.driver is not None or any(other.hint.parts for other in self.conditions):
            return True
        if self.rare is not None or each.column not in LISTED_BY:
            return True
        period = self._period
        if each is not period:
            return period is not None and not (ordered and self._broad)
        return ordered and self._broad and self.sort.removeprefix("-") != self._sort_of(period)

    @staticmethod
    def _sort_of(period: Condition) -> str:
        return period.column.removesuffix("_at")

    @cached_property
    def _period(self) -> Condition | None:
        """When they were made or changed: the conditions whose index holds a range."""
        columns = ("created_at", "updated_at")
        return next((each for each in self.conditions if each.column in columns), None)

    @cached_property
    def _broad(self) -> bool:
        """Whether the period holds of many."""
        assert self._period
        assert self._period.own
        rows = self.seen().filter(self._period.own(self._period.column))
        return _walks(rows)

    @cached_property
    def sorts(self) -> bool:
        """Whether what a period holds may stand together in the order of the list, so that SQLite
        walks towards it for a while only, and sorts it then."""
        period = self._period
        if connection.vendor != "sqlite" or period is None or period.own is None:
            return False
        if len(self.conditions) > 1 or self.sort.removeprefix("-") == self._sort_of(period):
            return False
        return self._broad

    @property
    def related(self) -> list[Condition]:
        """Those that other tables answer, and no hint narrows down."""
        return [each for each in self.conditions if each.rows is not None and not each.hint.parts]

    @cached_property
    def driver(self) -> Condition | None:
        """The condition to be gathered, if there is one that holds of few."""
        if connection.vendor != "sqlite":
            return None
        related = self.related
        rare = [each for each in related if each.rows is not None and not _walks(each.rows)]
        return rare[0] if rare else None

    @cached_property
    def rare(self) -> Condition | None:
        """One on a column of the contact itself that holds of few: SQLite, left to itself, takes
        any index there is, however common the value, or walks past everybody for a rare one."""
        hinted = any(each.hint.parts for each in self.conditions)
        if connection.vendor != "sqlite" or hinted or self.driver is not None:
            return None
        own = [each for each in self.conditions if each.own and each.column not in BY_NAME]
        some = worth_walking(Contact) if own else 0
        for each in own:
            limit = some if _is_told(each) else min(SCANNED, some)
            if not at_least(self._held(each), limit, remember=some > FEW):
                return each
        return None

    def _held(self, each: Condition) -> QuerySet[Contact]:
        """Asked so that its index tells: that of the list only of those who are in it."""
        assert each.own is not None
        rows = self.seen() if each.column in LISTED_BY else Contact.objects.all()
        return rows.filter(each.own(each.column))

    @property
    def is_listed(self) -> bool:
        """Whether one condition is all, and its column has an index."""
        return len(self.conditions) == 1 and self.conditions[0].column in LISTED_BY

    @property
    def is_rare(self) -> bool:
        """Whether one of the conditions holds of few, so that these are soon counted."""
        if connection.vendor == "postgresql":
            return estimated(self.all(ordered=False)) < LOOKED_AT
        rows = self.seen()
        own = [each for each in self.conditions if each.own and each.column in LISTED_BY]
        few = any(each.own and not _walks(rows.filter(each.own(each.column))) for each in own)
        return few or self.driver is not None or self.rare is not None


def _walks(rows: QuerySet[Any]) -> bool:
    """Whether so many answer that they are better met along the way than gathered."""
    if connection.vendor != "sqlite":
        return False
    some = worth_walking(Contact)
    return at_least(rows, some, remember=some > FEW)


def at_least(rows: QuerySet[Any], limit: int, *, remember: bool = True) -> bool:
    """Whether so many answer. Of many contacts that is remembered for a while: it only says how to
    ask."""
    if not remember:
        return rows[:limit].count() >= limit
    asked = f"{limit} {rows.query.sql_with_params()}"
    answer, until = _remembered.get(asked, (False, 0.0))
    if until < monotonic():
        if len(_remembered) > KEPT:
            _remembered.clear()
        answer = rows[:limit].count() >= limit
        _remembered[asked] = (answer, monotonic() + SECONDS)
    return answer


def _is_told(each: Condition) -> bool:
    """Whether an index tells what it holds of, without a look at everybody."""
    assert each.own is not None
    return each.column in (*VALUES, *LISTED_BY) and _by_value(each.own(each.column))


def _by_value(asked: Q) -> bool:
    """Whether it is asked of the column itself, not of something made of it."""
    return all(
        isinstance(each, tuple) or (isinstance(each, Q) and _by_value(each))
        for each in asked.children
    )


def _asked_apart(each: Condition) -> Q:
    """Asked of one contact after the other: PostgreSQL makes no join of it, nor a list."""
    assert each.rows is not None
    rows = each.rows.filter(**{each.parent: OuterRef("pk")}).annotate(there=Value(value=True))
    return Q(Coalesce(Subquery(rows.values("there")[:1]), Value(value=False)))


def plainly(column: str) -> Any:
    """The column, so that no index is taken for what is said of it."""
    return Func(F(column), template="+%(expressions)s")
