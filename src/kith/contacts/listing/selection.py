"""Which contacts a list shows, how many they are, and the first few of them in order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kith.contacts.context import reading_context
from kith.contacts.listing.conditions import Asker, Condition
from kith.contacts.listing.gathered import Place, ranked, sorted_by
from kith.contacts.listing.relevance import (
    ANY_TIER,
    BEGINS,
    NAMED,
    Level,
    level_and_kind,
    levels_of,
)
from kith.contacts.listing.sorting import Order
from kith.contacts.listing.state import RELEVANCE, State
from kith.contacts.models import Contact, ContactDocument
from kith.contacts.queries import visible_to
from kith.contacts.record import CONTACT
from kith.core.errors import Refused
from kith.core.habits import number_text
from kith.reference.queries import Options
from kith.search.engine import (
    FEW,
    about,
    common_from,
    count_records,
    fitting,
    gathered,
    matching,
    matching_each,
    worth_walking,
)
from kith.search.query import Complaint
from kith.search.syntax import All, Named, Part, within

NO_LIST = "no list"
"""Options without a list would read them all."""
MOST_COUNTED = 10_000
MOST_AT_A_WALK = 1_000
MOST_GATHERED = 6
Form = Callable[[type[ContactDocument], All], Q]
Seen = Callable[[Any], QuerySet[Contact]]
"""Where a list begins: with the contacts that somebody may see, or with the prospects."""


def shown_total(total: int, most: int = MOST_COUNTED) -> str:
    """A capped count as people read it: '1,204', '10,000+'."""
    more = "+" if total > most else ""
    return number_text(f"{min(total, most):,}") + more


class Selection:
    """The contacts that a state names, of those that the user may see.

    A rare condition is best answered by gathering what it holds of, a common one by walking
    along the index that gives the order; SQLite has to be told which (`_walks`).
    """

    def __init__(self, user: Any, state: State, seen: Seen = visible_to) -> None:
        self.user = user
        self.state = state
        self._seen = seen

    @property
    def sort(self) -> str:
        return self.state.sort

    @property
    def sifts(self) -> bool:
        """Whether many rows are looked at to find those of a page."""
        return bool(self._narrowing.parts)

    @property
    def complaints(self) -> list[Complaint]:
        """What of the query could not be read, and was left out."""
        return [*self.state.query.complaints, *self._asked[1]]

    @cached_property
    def _asked(self) -> tuple[list[Condition], list[Complaint]]:
        context = reading_context(reader=self.user)
        context.options = Options(*_lists(self.state.query.conditions), NO_LIST, viewer=self.user)
        asker = Asker(self.user, context)
        return asker.conditions(self.state.query.conditions)

    @property
    def conditions(self) -> list[Condition]:
        return self._asked[0]

    def all(self) -> QuerySet[Contact]:
        """To be counted or exported: in no order. PostgreSQL weighs by itself what it gathers."""
        wording = self.state.query.wording
        planned = connection.vendor == "postgresql"
        form = matching if planned else fitting
        return self._filtered(ordered=False).filter(form(ContactDocument, wording))

    def understood(self) -> QuerySet[Contact]:
        """All, for what is done to each of them. Raises Refused where a part of the query was not
        understood: it would be done to more than was meant."""
        if self.complaints:
            raise Refused(self.complaints[0].message, code="query-unclear")
        return self.all()

    @cached_property
    def places(self) -> Sequence[Place] | None:
        """All of them in order, where the words that they must hold find few."""
        if not self._narrowing.parts or self._about >= FEW:
            return None
        rows = self._filtered(ordered=False, gathering=True)
        rows = rows.filter(gathered(ContactDocument, self._narrowing))
        if self.sort != RELEVANCE:
            return sorted_by(rows, Order(self.sort), self.user)
        *first, last = self._tiers
        return ranked(rows, [(tier, self._test(tier)) for tier in first], last)

    @cached_property
    def _levels(self) -> Sequence[Level]:
        return levels_of(self.state.query)

    @property
    def _tiers(self) -> Sequence[int]:
        return [tier for n, level in enumerate(self._levels) for tier in level.tiers(n)]

    def tiers(self) -> Sequence[int]:
        """The tiers of relevance that there are. Of many only those whose name begins so come
        first: to find the names that hold it further on, each would have to be read."""
        if self.places is not None:
            return self._tiers
        return [tier for tier in self._tiers if level_and_kind(tier)[1] != NAMED]

    def _test(self, tier: int) -> Q:
        """What tells a tier from those behind it, of what is in none of those before it."""
        number, kind = level_and_kind(tier)
        level = self._levels[number]
        name = {BEGINS: level.begins, NAMED: level.named}.get(kind) or Q()
        last = number == len(self._levels) - 1
        return name if last else name & matching_each(ContactDocument, level.wording)

    def walked(self, tier: int = ANY_TIER) -> QuerySet[Contact] | None:
        """The same as `in_order`, each contact asked in turn, where that may be the faster way."""
        begins = tier != ANY_TIER and level_and_kind(tier)[1] == BEGINS
        if begins or not self.sifts or self.places is not None:
            return None
        contacts = self._filtered(ordered=False, gathering=True, apart=True)
        if tier == ANY_TIER:
            # What follows from a condition is not asked besides the condition.
            return contacts.filter(matching_each(ContactDocument, self.state.query.wording))
        return self._tier(tier, contacts, matching_each)

    def in_order(self, tier: int = ANY_TIER) -> QuerySet[Contact]:
        """The same contacts, or one tier of relevance, for the first few of them in an order."""
        contacts = self._filtered(ordered=True, gathering=self.sifts)
        return self._tier(tier, contacts, self._gathering)

    def _tier(self, tier: int, contacts: QuerySet[Contact], form: Form) -> QuerySet[Contact]:
        query = self.state.query
        if tier == ANY_TIER:
            return contacts.filter(form(ContactDocument, self._narrowing))
        number, kind = level_and_kind(tier)
        level = self._levels[number]
        for nearer in self._levels[:number]:
            contacts = contacts.filter(~matching_each(ContactDocument, nearer.wording))
        if kind == BEGINS:
            assert level.begins is not None
            contacts = contacts.filter(level.begins)
            if query.is_plain or level.is_one_word:
                return contacts  # A name stands whole in the document, which need not be asked.
            return contacts.filter(matching_each(ContactDocument, level.wording))
        if level.begins is not None:
            contacts = contacts.exclude(level.begins)
        return contacts.filter(form(ContactDocument, level.wording))

    @property
    def _gathering(self) -> Form:
        """Not what most contacts hold: these are found by asking each."""
        if not self.sifts or self._about <= MOST_GATHERED * common_from(ContactDocument):
            return gathered
        return matching_each

    def count(self) -> int:
        """How many there are, or `most` + 1: an exact count of many is what costs."""
        if self.places is not None:
            return len(self.places)
        if self.state.exact:
            return self.all().count()
        if self._narrowing.parts:
            rows = self._filtered(ordered=False, gathering=True)
            return count_records(rows, ContactDocument, self._narrowing, self.most + 1)
        return self.all()[: self.most + 1].count()

    def is_exact(self, total: int) -> bool:
        return self.state.exact or total <= self.most

    @cached_property
    def most(self) -> int:
        """So far it is counted. Where each contact has to be asked the count ends earlier."""
        if self._narrowing.parts:
            return MOST_COUNTED if self.places is not None else MOST_AT_A_WALK
        apart = len(self.conditions) < 2 and not self._related
        return MOST_COUNTED if apart or self._driver is not None else MOST_AT_A_WALK

    @cached_property
    def _narrowing(self) -> All:
        """The words that a contact's document must hold, whether asked for or following from a
        condition on a field."""
        hints = [part for each in self.conditions for part in each.hint.parts]
        return All((*self.state.query.wording.parts, *hints))

    @cached_property
    def _about(self) -> int:
        """Of how many these words hold, about, or as far as it was counted."""
        return about(ContactDocument, self._narrowing)

    @cached_property
    def _common(self) -> bool:
        return bool(self._narrowing.parts) and self._about >= common_from(ContactDocument)

    def _filtered(
        self, *, ordered: bool, gathering: bool = False, apart: bool = False
    ) -> QuerySet[Contact]:
        """All conditions on fields. The rarest that other tables answer is gathered, and then no
        index of a column is worth taking; neither is it where words are gathered."""
        contacts = self._seen(self.user)
        if gathering:
            for number, each in enumerate(self.conditions):
                if apart and each.rows is not None and connection.vendor == "postgresql":
                    contacts = contacts.filter(_asked_apart(each))
                else:
                    contacts = self._of_each(contacts, each, number)
            return contacts
        driver = self._driver
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

    @staticmethod
    def _of_each(contacts: QuerySet[Contact], each: Condition, number: int) -> QuerySet[Contact]:
        if each.own is None or connection.vendor != "sqlite":
            return contacts.filter(each.of_each())
        name = f"plain_{number}"
        return contacts.alias(**{name: _plainly(each.column)}).filter(each.own(name))

    def _owned(
        self, contacts: QuerySet[Contact], each: Condition, number: int, *, ordered: bool
    ) -> QuerySet[Contact]:
        assert each.own is not None
        if not self._unindexed(each, ordered=ordered):
            return contacts.filter(each.own(each.column))
        return self._of_each(contacts, each, number)

    def _unindexed(self, each: Condition, *, ordered: bool) -> bool:
        """Whether SQLite is to keep off the column's index: something rarer is gathered, or a
        period gives fewer, or the order has an index of its own that is walked."""
        if connection.vendor != "sqlite":
            return False
        if self._driver is not None or any(other.hint.parts for other in self.conditions):
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
        rows = self._seen(self.user).filter(self._period.own(self._period.column))
        return _walks(rows)

    @property
    def _related(self) -> list[Condition]:
        """Those that other tables answer, and no hint narrows down."""
        return [each for each in self.conditions if each.rows is not None and not each.hint.parts]

    @cached_property
    def _driver(self) -> Condition | None:
        """The condition to be gathered, if there is one that holds of few."""
        if connection.vendor != "sqlite":
            return None
        related = self._related
        rare = [each for each in related if each.rows is not None and not _walks(each.rows)]
        return rare[0] if rare else None


def without(state: State, *parts: Part) -> State:
    """The same query less some of its parts."""
    tree = All(tuple(each for each in state.query.tree.parts if each not in parts))
    return replace(state, query=replace(state.query, tree=tree), after="", before="")


def without_filters(state: State) -> State:
    """The words of a query alone."""
    query = state.query
    return replace(state, query=replace(query, tree=query.wording), after="", before="")


def _lists(parts: Sequence[Part]) -> set[str]:
    """The reference lists that hold what is asked for."""
    named = (part.name for each in parts for part in within(each) if isinstance(part, Named))
    fields = (CONTACT.by_name[name] for name in named if name in CONTACT.by_name)
    return {getattr(field.kind, "list_name", NO_LIST) for field in fields}


def _walks(rows: QuerySet[Any]) -> bool:
    if connection.vendor != "sqlite":
        return False
    limit = worth_walking(Contact)
    return rows[:limit].count() >= limit


def _asked_apart(each: Condition) -> Q:
    """Asked of one contact after the other: PostgreSQL makes no join of it, nor a list."""
    assert each.rows is not None
    rows = each.rows.filter(**{each.parent: OuterRef("pk")}).annotate(there=Value(value=True))
    return Q(Coalesce(Subquery(rows.values("there")[:1]), Value(value=False)))


def _plainly(column: str) -> Any:
    """The column, so that no index is taken for what is said of it."""
    return Func(F(column), template="+%(expressions)s")
