"""Which contacts a list shows, how many they are, and the first few of them in order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from kith.contacts.context import reading_context
from kith.contacts.listing.conditions import NOBODY, Asker, Condition
from kith.contacts.listing.counts import (
    AT_LEAST,
    LOOKED_AT,
    MOST_AT_A_WALK,
    MOST_COUNTED,
)
from kith.contacts.listing.filters import Filters
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
from kith.contacts.listing.streamed import NONE, Stream, spans_of
from kith.contacts.models import Contact, ContactDocument
from kith.contacts.queries import visible_to
from kith.contacts.record import CONTACT
from kith.core.among import among
from kith.core.errors import Refused
from kith.reference.queries import Options
from kith.search.engine import (
    about,
    common_from,
    count_records,
    fitting,
    gathered,
    matching,
    matching_each,
)
from kith.search.places import id_at
from kith.search.query import Complaint
from kith.search.stream import Head, can_stream, head_of, is_there
from kith.search.syntax import All, Named, Part, within

NO_LIST = "no list"
"""Options without a list would read them all."""
FEW = 500
"""Fewer matches are all looked up at once."""
SURELY_MORE = 4 * FEW
"""What PostgreSQL expects is not as far off as that."""
HEAD = 560
"""So many matches tell whether there are so few."""
MOST_GATHERED = 6
Form = Callable[[type[ContactDocument], All], Q]
Seen = Callable[[Any], QuerySet[Contact]]
"""Where a list begins: with the contacts that somebody may see, or with the prospects."""


class Selection:
    """The contacts that a state names, of those that the user may see."""

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
    def is_listed(self) -> bool:
        """Whether it is of contacts, not of prospects."""
        return self._seen is visible_to

    @property
    def complaints(self) -> list[Complaint]:
        """What of the query could not be read."""
        return [*self.state.query.complaints, *self._asked[1]]

    @cached_property
    def _is_nobody(self) -> bool:
        """Whether no contact can be meant, so that no database is asked."""
        return self.state.query.is_too_much or any(each is NOBODY for each in self.conditions)

    @cached_property
    def _asked(self) -> tuple[list[Condition], list[Complaint]]:
        context = reading_context(reader=self.user)
        context.options = Options(*_lists(self.state.query.conditions), NO_LIST, viewer=self.user)
        asker = Asker(self.user, context)
        return asker.conditions(self.state.query.conditions), asker.complaints

    @property
    def conditions(self) -> list[Condition]:
        return self._asked[0]

    @cached_property
    def _filters(self) -> Filters:
        return Filters(self._visible.all, self.conditions, self.sort)

    @cached_property
    def _visible(self) -> QuerySet[Contact]:
        """Put together once, though several questions of a page begin with it."""
        return self._seen(self.user)

    def all(self) -> QuerySet[Contact]:
        """To be counted or exported: in no order. PostgreSQL weighs by itself what it gathers."""
        if self._is_nobody:
            return self._visible.none()
        wording = self.state.query.wording
        planned = connection.vendor == "postgresql"
        form = matching if planned else fitting
        return self._filters.all(ordered=False).filter(form(ContactDocument, wording))

    def understood(self) -> QuerySet[Contact]:
        """All, for what is done to each of them. Raises Refused where a part of the query was not
        understood: it would be done to more than was meant."""
        if self.complaints:
            raise Refused(self.complaints[0].message, code="query-unclear")
        return self.all()

    @cached_property
    def places(self) -> Sequence[Place] | None:
        """All of them in order, where the words that they must hold find few."""
        if self._is_nobody:
            return ()
        if not self._narrowing.parts:
            return None
        rows = self._few()
        if rows is None:
            return None
        if self.sort != RELEVANCE:
            return sorted_by(rows, Order(self.sort), self.user)
        *first, last = self._tiers
        return ranked(rows, [(tier, self._test(tier)) for tier in first], last)

    def _few(self) -> QuerySet[Contact] | None:
        """All of them, where the words find few."""
        rows = self._filters.all(ordered=False, gathering=True)
        if not can_stream(self._narrowing):
            few = self._about < FEW
            return rows.filter(gathered(ContactDocument, self._narrowing)) if few else None
        if connection.vendor == "postgresql" and self._about > SURELY_MORE:
            return None
        head, whole = self._head
        few = whole and len(head) < FEW
        return rows.filter(among("pk", map(id_at, head))) if few else None

    @cached_property
    def _head(self) -> Head:
        """The first ones whose documents hold the words."""
        expected = self._about if connection.vendor == "postgresql" else None
        return head_of(ContactDocument, self._narrowing, HEAD, expected)

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
        if not self.sifts:
            return self._filters.all(ordered=True) if self._filters.sorts else None
        begins = tier != ANY_TIER and level_and_kind(tier)[1] == BEGINS
        if begins or self.places is not None:
            return None
        contacts = self._filters.all(ordered=False, gathering=True, apart=True)
        if tier == ANY_TIER:
            # What follows from a condition is not asked besides the condition.
            return contacts.filter(matching_each(ContactDocument, self.state.query.wording))
        return self._tier(tier, contacts, matching_each)

    def asked(self) -> QuerySet[Contact]:
        """All, each to be asked whether it is one of them, in no order."""
        contacts = self._filters.all(ordered=False, gathering=True)
        return contacts.filter(matching_each(ContactDocument, self.state.query.wording))

    def streamed(self, tier: int = ANY_TIER) -> Stream | None:
        """The same in the order of names, where the index of words can tell."""
        if not self.sifts or self.places is not None or not can_stream(self._narrowing):
            return None
        contacts = self._filters.all(ordered=False, gathering=True)
        if tier == ANY_TIER:
            return Stream(contacts, self._narrowing, head=self._head)
        number, kind = level_and_kind(tier)
        level = self._levels[number]
        contacts = self._further(contacts, number)
        wording = All((*level.wording.parts, *self._hints))
        if kind != BEGINS:
            rest = contacts.exclude(level.begins) if level.begins is not None else contacts
            return Stream(rest, wording, head=self._head if len(self._levels) == 1 else NONE)
        if (self.state.query.is_plain or level.just_begins) and not self.conditions:
            return None  # The index of names is the shorter way.
        assert level.begins is not None
        return Stream(contacts.filter(level.begins), wording, spans_of(level.heads))

    def _further(self, contacts: QuerySet[Contact], number: int) -> QuerySet[Contact]:
        """Those that differ from what is asked for by so much and no less."""
        for nearer in self._levels[:number]:
            contacts = contacts.filter(~matching_each(ContactDocument, nearer.wording))
        return contacts

    def in_order(self, tier: int = ANY_TIER) -> QuerySet[Contact]:
        """The same contacts, or one tier of relevance, for the first few of them in an order."""
        ordered = self.sifts or not self._filters.sorts
        contacts = self._filters.all(ordered=ordered, gathering=self.sifts)
        return self._tier(tier, contacts, self._gathering)

    def _tier(self, tier: int, contacts: QuerySet[Contact], form: Form) -> QuerySet[Contact]:
        query = self.state.query
        if tier == ANY_TIER:
            return contacts.filter(form(ContactDocument, self._narrowing))
        number, kind = level_and_kind(tier)
        level = self._levels[number]
        contacts = self._further(contacts, number)
        if kind == BEGINS:
            assert level.begins is not None
            contacts = contacts.filter(level.begins)
            if query.is_plain or level.is_one_word:
                return contacts  # A name stands whole in the document, which need not be asked.
            return contacts.filter(matching_each(ContactDocument, level.wording))
        if level.begins is not None:
            contacts = contacts.exclude(level.begins)
        return contacts.filter(form(ContactDocument, level.wording))

    def _gathering(self, documents: type[ContactDocument], wording: All) -> Q:
        """Not what most contacts hold: these are found by asking each."""
        few = not self.sifts or self._about <= MOST_GATHERED * common_from(ContactDocument)
        return (gathered if few else matching_each)(documents, wording)

    def count(self) -> int:
        """How many there are, or `most` + 1: an exact count of many is what costs."""
        if self.places is not None:
            return len(self.places)
        if self.state.exact:
            return self.all().count()
        if self._narrowing.parts:
            return self._counted()
        if self.most == MOST_COUNTED or self._filters.is_rare:
            return self.all()[: self.most + 1].count()
        return self._looked_at()

    def _looked_at(self) -> int:
        """Counted among the first contacts of the list: each has to be asked."""
        first = self._visible.order_by("sort_name", "id").values("pk")[:LOOKED_AT]
        rows = self._filters.all(ordered=False, gathering=True).filter(pk__in=first)
        count = rows[: self.most + 1].count()
        there_are_more = count <= self.most and first.count() == LOOKED_AT
        return AT_LEAST + count if there_are_more else count

    def _counted(self) -> int:
        rows = self._filters.all(ordered=False, gathering=True)
        if not can_stream(self._narrowing):
            return count_records(rows, ContactDocument, self._narrowing, self.most + 1)
        begun = self._begun()
        if begun > self.most:
            return begun
        count, known = Stream(rows, self._narrowing, head=self._head).count(self.most + 1)
        return count if known else AT_LEAST + count

    def _begun(self) -> int:
        """How many names begin so, where nobody had to ask PostgreSQL's index of words yet: if they
        are as many as are counted, nobody has to."""
        if connection.vendor != "postgresql" or "_head" in vars(self) or self.sort != RELEVANCE:
            return 0
        first = self._tiers[0]
        if level_and_kind(first)[1] != BEGINS or self.streamed(first) is not None:
            return 0
        return self.in_order(first)[: self.most + 1].count()

    def is_any(self) -> bool:
        """Whether there is one at all."""
        if self._is_nobody:
            return False
        rows = self._filters.all(ordered=False, gathering=True)
        if connection.vendor != "sqlite" or not can_stream(self._narrowing):
            return is_there(rows, ContactDocument, self._narrowing)
        found = Stream(rows, self._narrowing)
        some = found.read(None, 1, backwards=False)
        return self.all().exists() if some is None else bool(some)

    def is_exact(self, total: int) -> bool:
        return self.state.exact or total <= self.most

    @cached_property
    def most(self) -> int:
        """So far it is counted. Where each contact has to be asked the count ends earlier."""
        if self._narrowing.parts:
            return MOST_COUNTED if self.places is not None else MOST_AT_A_WALK
        indexed = not self.conditions or self._filters.is_listed
        return MOST_COUNTED if indexed or self._filters.driver is not None else MOST_AT_A_WALK

    @cached_property
    def _narrowing(self) -> All:
        """The words that a contact's document must hold, whether asked for or following from a
        condition on a field."""
        return All((*self.state.query.wording.parts, *self._hints))

    @property
    def _hints(self) -> Sequence[Part]:
        return [part for each in self.conditions for part in each.hint.parts]

    @cached_property
    def _about(self) -> int:
        """Of how many these words hold, about, or as far as it was counted."""
        return about(ContactDocument, self._narrowing)


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
