"""Which contacts a list shows, how many they are, and the first few of them in order."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet

from kith.contacts.listing.periods import Period
from kith.contacts.listing.relevance import (
    ALL,
    BEGINS,
    INSIDE,
    WORD,
    begins,
    words_begin,
    words_of,
)
from kith.contacts.listing.state import ME, NOBODY, PUBLIC, State
from kith.contacts.models import Contact, ContactDocument, Label
from kith.contacts.queries import hidden_from, visible_to
from kith.core.kinds.audience import EVERYONE
from kith.search.engine import (
    count_matching,
    is_common,
    matching,
    matching_each,
    worth_walking,
)
from kith.search.query import Query

MOST_COUNTED = 10_000
Seen = Callable[[Any], QuerySet[Contact]]
"""Where a list begins: with the contacts that somebody may see, or with the prospects."""


class Selection:
    """The contacts that a state names, of those that the user may see.

    A rare condition is best answered by gathering what it holds of, a common one by walking
    along the index that gives the order; SQLite has to be told which (`_walks`).
    """

    def __init__(self, user: Any, state: State, seen: Seen = visible_to) -> None:
        self.user = user
        self._seen = seen
        self.state = state
        self._counted: int | None = None

    @property
    def sort(self) -> str:
        return self.state.sort

    def all(self) -> QuerySet[Contact]:
        """To be counted or exported: in no order."""
        tagged = Q(pk__in=self._labels.values("contact_id")) if self.state.tags else Q()
        own = [Q(pk__in=each.rows().values("contact_id")) for each in self.state.own]
        return self._dated.filter(tagged, *own, matching(ContactDocument, self.state.query))

    def in_order(self, tier: int = ALL) -> QuerySet[Contact]:
        """The same contacts, or one tier of relevance, for the first few of them in an order."""
        if tier == ALL:
            return self._matching(self.state.query)
        return self._tiers[tier](self.state.query)

    @property
    def _tiers(self) -> dict[int, Callable[[Query], QuerySet[Contact]]]:
        """See `relevance`. The first need not ask the documents: a name stands there whole."""
        return {
            BEGINS: lambda query: self._filtered.filter(begins(query)),
            WORD: lambda query: (
                self._matching(words_of(query)).filter(words_begin(query)).exclude(begins(query))
            ),
            INSIDE: lambda query: (
                self._matching(query).exclude(begins(query)).exclude(words_begin(query))
            ),
        }

    def _matching(self, query: Query) -> QuerySet[Contact]:
        common = self._common and (query is self.state.query or is_common(ContactDocument, query))
        form = matching_each if common else matching
        return self._filtered.filter(form(ContactDocument, query))

    def count(self) -> int:
        """How many there are, or MOST_COUNTED + 1: an exact count of many is what costs."""
        if self.state.query and not self.state.filtered and self._seen is visible_to:
            return min(self._count_words(), MOST_COUNTED + 1)
        self._counted = self.all()[: MOST_COUNTED + 1].count()
        return self._counted

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

    @cached_property
    def _plain(self) -> QuerySet[Contact]:
        return self._named(unindexed=False)

    def _named(self, *, unindexed: bool) -> QuerySet[Contact]:
        """Of a kind, of types, of managers; `unindexed`: not to be looked up in their indexes."""
        contacts, state = self._seen(self.user), self.state
        columns = {name: name for name in ("kind", "contact_type", "manager")}
        if unindexed:
            columns = {name: f"plain_{name}" for name in columns}
            plain = {columns[name]: _plainly(name) for name in columns}
            contacts = contacts.alias(**plain)
        if state.kind:
            contacts = contacts.filter(_one_of(columns["kind"], (state.kind,)))
        if state.reach:
            everybody = Q(reach=EVERYONE)
            contacts = contacts.filter(everybody if state.reach == PUBLIC else ~everybody)
        if state.types:
            contacts = contacts.filter(_one_of(columns["contact_type"], state.types))
        if state.managers:
            contacts = contacts.filter(self._managed(columns["manager"]))
        return contacts

    @property
    def _dated(self) -> QuerySet[Contact]:
        """What was made in a period is counted along the index of that: left to itself, SQLite
        goes through all persons, or all of a type."""
        if not self.state.created:
            return self._plain
        return self._named(unindexed=True).filter(_within(self.state.created, "created_at"))

    @cached_property
    def _filtered(self) -> QuerySet[Contact]:
        contacts = self._made() if self.state.created else self._plain
        below: list[QuerySet[Any]] = [self._labels] if self.state.tags else []
        below += [each.rows() for each in self.state.own]
        return contacts.filter(*map(_held, below))

    def _managed(self, column: str) -> Q:
        managers = self.state.managers
        ids = tuple(self.user.pk if each == ME else each for each in managers if each != NOBODY)
        condition = _one_of(column, ids) if ids else Q()
        return condition | Q(**{column: None}) if NOBODY in managers else condition

    @cached_property
    def _labels(self) -> QuerySet[Label]:
        return Label.objects.filter(_one_of("option", self.state.tags))

    def _made(self) -> QuerySet[Contact]:
        """Those that were made in the period; walked, when they are many and stand by name."""
        contacts = self._plain.filter(_within(self.state.created, "created_at"))
        if self.state.sort.removeprefix("-") == "created" or not self._made_often(contacts):
            return contacts
        unindexed = self._plain.alias(made=_plainly("created_at"))
        return unindexed.filter(_within(self.state.created, "made"))

    def _made_often(self, contacts: QuerySet[Contact]) -> bool:
        """What has been counted need not be counted again."""
        if self._counted is None or self.state.query or self.state.tags or self.state.own:
            return _walks(contacts)
        return connection.vendor == "sqlite" and self._counted >= worth_walking(Contact)


def _held(rows: QuerySet[Any]) -> Q:
    """Of rows below a contact: gathered when they are few, asked for along the way when many."""
    if _walks(rows):
        return Q(Exists(rows.filter(contact=OuterRef("pk"))))
    return Q(pk__in=rows.values("contact_id"))


def _walks(rows: QuerySet[Any]) -> bool:
    if connection.vendor != "sqlite":
        return False
    limit = worth_walking(Contact)
    return rows[:limit].count() >= limit


def _plainly(column: str) -> Any:
    """The column, so that no index is taken for what is said of it."""
    if connection.vendor != "sqlite":
        return F(column)
    return Func(F(column), template="+%(expressions)s")


def _one_of(column: str, ids: tuple[Any, ...]) -> Q:
    """One value is compared plainly, so that its index also gives the order."""
    return Q(**{column: ids[0]}) if len(ids) == 1 else Q(**{f"{column}__in": ids})


def _within(period: Period | None, column: str) -> Q:
    condition = Q()
    if period and period.start:
        condition &= Q(**{f"{column}__gte": period.start})
    if period and period.end:
        condition &= Q(**{f"{column}__lt": period.end})
    return condition
