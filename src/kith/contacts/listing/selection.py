"""Which contacts a list shows, how many they are, and the first few of them in order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import F, Func, Q, QuerySet

from kith.contacts.context import reading_context
from kith.contacts.listing.conditions import Asker, Condition
from kith.contacts.listing.relevance import (
    ANY_TIER,
    BEGINS,
    TIERS,
    WORD,
    begins,
    by_difference,
    in_name,
    words_begin,
    words_of,
)
from kith.contacts.listing.state import State
from kith.contacts.models import Contact, ContactDocument
from kith.contacts.queries import hidden_from, visible_to
from kith.contacts.record import CONTACT
from kith.core.habits import number_text
from kith.reference.queries import Options
from kith.search.engine import (
    count_matching,
    is_common,
    matching,
    matching_each,
    worth_walking,
)
from kith.search.query import Complaint
from kith.search.syntax import All, Named, Part, Similar, within

NO_LIST = "no list"
"""Options without a list would read them all."""
MOST_COUNTED = 10_000
MOST_AT_A_WALK = 1_000
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
        """To be counted or exported: in no order."""
        return self._filtered(ordered=False).filter(self._form(self.state.query.wording))

    def tiers(self) -> Sequence[int]:
        """The tiers of relevance that there are."""
        if self.state.query.is_plain:
            return TIERS
        return range(1, len(self._levels) * (2 if self._has_similar else 1) + 1)

    def in_order(self, tier: int = ANY_TIER) -> QuerySet[Contact]:
        """The same contacts, or one tier of relevance, for the first few of them in an order."""
        query, contacts = self.state.query, self._filtered(ordered=True)
        if tier == ANY_TIER:
            return contacts.filter(self._form(query.wording))
        if not query.is_plain:
            return self._of_level(contacts, tier - 1)
        if tier == BEGINS:
            # The documents need not be asked: a name stands there whole.
            return contacts.filter(begins(query))
        if tier == WORD:
            rest = contacts.filter(words_begin(query)).exclude(begins(query))
            return rest.filter(self._form(words_of(query.wording)))
        rest = contacts.exclude(begins(query)).exclude(words_begin(query))
        return rest.filter(self._form(query.wording))

    @cached_property
    def _levels(self) -> Sequence[Any]:
        return by_difference(self.state.query.wording)

    @cached_property
    def _has_similar(self) -> bool:
        return any(isinstance(each, Similar) for each in self.state.query.wording.parts)

    def _of_level(self, contacts: QuerySet[Contact], tier: int) -> QuerySet[Contact]:
        """Of each level of difference first those whose name it is, then the rest."""
        number, rest = divmod(tier, 2) if self._has_similar else (tier, 0)
        if self._has_similar:
            named = in_name(self._levels[number])
            contacts = contacts.exclude(named) if rest else contacts.filter(named)
        rows = contacts.filter(matching(ContactDocument, self._levels[number]))
        for nearer in self._levels[:number]:
            rows = rows.filter(~matching_each(ContactDocument, nearer))
        return rows

    def _form(self, wording: Any) -> Q:
        whole = self.state.query.wording
        common = self._common and (wording is whole or is_common(ContactDocument, wording))
        return (matching_each if common else matching)(ContactDocument, wording)

    def count(self) -> int:
        """How many there are, or `most` + 1: an exact count of many is what costs."""
        if self.state.exact:
            return self.all().count()
        if self.state.query and not self.state.filtered and self._seen is visible_to:
            return min(self._count_words(), MOST_COUNTED + 1)
        return self.all()[: self.most + 1].count()

    def is_exact(self, total: int) -> bool:
        return self.state.exact or total <= self.most

    @cached_property
    def most(self) -> int:
        """So far it is counted. Where two conditions hold of many, each contact has to be asked
        for both, and the count ends earlier."""
        walked = len(self._related) + bool(self.state.query.wording.parts)
        costly = walked > 1 and self._driver is None and connection.vendor == "sqlite"
        return MOST_AT_A_WALK if costly and self._common else MOST_COUNTED

    def _count_words(self) -> int:
        """Each contact has one document: count these, and take off the few that are hidden."""
        hidden = [(rows, few) for rows in hidden_from(self.user) if (few := rows.count())]
        enough = MOST_COUNTED + 1 + sum(few for _rows, few in hidden)
        found = count_matching(ContactDocument, self.state.query, enough)
        if found in (0, enough):
            return found
        holding = matching(ContactDocument, self.state.query)
        return found - sum(rows.filter(holding).count() for rows, _few in hidden)

    @cached_property
    def _common(self) -> bool:
        return is_common(ContactDocument, self.state.query)

    def _filtered(self, *, ordered: bool) -> QuerySet[Contact]:
        """All conditions on fields. The rarest that other tables answer is gathered, and then no
        index of a column is worth taking."""
        contacts = self._seen(self.user)
        driver = self._driver
        for number, each in enumerate(self.conditions):
            if each.rows is not None:
                gathered = each is driver or connection.vendor != "sqlite"
                hinted = bool(each.hint.parts)
                form = each.gathered() if gathered and not hinted else each.of_each()
                contacts = contacts.filter(form)
            elif each.own is not None:
                contacts = self._owned(contacts, each, number, ordered=ordered)
            else:
                contacts = contacts.filter(each.of_each())
            if each.hint.parts:
                common = is_common(ContactDocument, each.hint)
                contacts = contacts.filter(
                    (matching_each if common else matching)(ContactDocument, each.hint)
                )
        return contacts

    def _owned(
        self, contacts: QuerySet[Contact], each: Condition, number: int, *, ordered: bool
    ) -> QuerySet[Contact]:
        assert each.own is not None
        if not self._unindexed(each, ordered=ordered):
            return contacts.filter(each.own(each.column))
        name = f"plain_{number}"
        return contacts.alias(**{name: _plainly(each.column)}).filter(each.own(name))

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


def _plainly(column: str) -> Any:
    """The column, so that no index is taken for what is said of it."""
    return Func(F(column), template="+%(expressions)s")
