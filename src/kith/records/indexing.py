"""Keeps the search index in the transaction of the changes that made it stale."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kith.core.holding import hold
from kith.core.kinds.kind import Context
from kith.core.record_types import RecordType, Values, registry
from kith.core.text import fold
from kith.records.bulk import rows_with, steps
from kith.records.labels import labels_for
from kith.records.layout import column_of
from kith.records.reading import States
from kith.records.tables import load_states
from kith.search.places import place_of
from kith.search.writing import add_documents, remove_documents

TRASHED = "trashed_at"
UNTIDY = ("  ", " \n", "\n ", "\n\n")


@dataclass
class Pending:
    """What a change set owes the index; written once, before it commits."""

    _fresh: dict[str, dict[int, Values]] = field(default_factory=lambda: defaultdict(dict))
    _stale: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _labels: dict[int, str] = field(default_factory=dict)

    def expect(self, record_type: RecordType, states: Mapping[int, Values]) -> None:
        """New records are about to be stored. Asked before they are, since each question waits
        until what was handed over has been."""
        if record_type.documents is not None:
            self._labels |= labels_for(record_type.searched, states.values(), steady=True)

    def add(self, record_type: RecordType, states: Mapping[int, Values]) -> None:
        """New records: their documents are made from what is at hand."""
        if record_type.documents is not None:
            self._fresh[record_type.name].update(states)
        elif record_type.shown_in:
            stale = self._stale[record_type.subject_type]
            stale.update(state[record_type.shown_in] for state in states.values())
        else:
            self.stale(record_type, list(states))

    def foretell(self, record_type: RecordType, told: Mapping[int, Values]) -> None:
        """What will stand in other records soon: new documents show it from the beginning."""
        fresh = self._fresh[record_type.name]
        for pk in told.keys() & fresh.keys():
            fresh[pk] = fresh[pk] | told[pk]

    def owed(self, record_type: RecordType) -> frozenset[int]:
        """Those whose documents are to be made anew so far."""
        return frozenset(self._stale[record_type.name])

    def again(self, record_type: RecordType, ids: Iterable[int]) -> None:
        """Only their own documents are made anew."""
        if record_type.documents is not None:
            self._stale[record_type.name].update(ids)

    def spare(self, record_type: RecordType, ids: Iterable[int]) -> None:
        """Their documents are right as they are: so they were foretold."""
        self._stale[record_type.name].difference_update(ids)

    def changed(self, record_type: RecordType, ids: Sequence[int], names: set[str]) -> None:
        """Changed fields: nothing is made anew for those that no document shows."""
        if record_type.documents is None or names & set(record_type.shown_elsewhere):
            self.stale(record_type, ids)
        elif names & {TRASHED, *(each.name for each in record_type.searched)}:
            self._stale[record_type.name].update(ids)

    def stale(self, record_type: RecordType, ids: Sequence[int]) -> None:
        """Changed records, or ones about to be removed: whatever shows them is made anew."""
        name = record_type.subject_type or record_type.name
        if record_type.indexed is not None:
            self._stale[name] |= record_type.indexed(ids)
        elif record_type.shown_in:
            column = column_of(record_type.field(record_type.shown_in))
            rows = rows_with(record_type.model, "id", ids, (column,))
            self._stale[name].update(pk for (pk,) in rows)

    def copy(self) -> "Pending":
        """For who may have to go back to what was owed before."""
        fresh = {name: dict(states) for name, states in self._fresh.items()}
        stale = {name: set(ids) for name, ids in self._stale.items()}
        return Pending(defaultdict(dict, fresh), defaultdict(set, stale), dict(self._labels))

    def write(self) -> None:
        """What is owed so far; more may come."""
        if any(self._stale.values()):
            # Two sets may owe the same document, a person's and that of its company: who comes
            # second makes it from what the first has left.
            hold("documents")
        for name, ids in self._stale.items():
            refresh(registry.get(name), ids)
        for name, states in self._fresh.items():
            fresh = {pk: state for pk, state in states.items() if pk not in self._stale[name]}
            _insert(registry.get(name), fresh, self._labels)
        self._stale.clear()
        self._fresh.clear()
        self._labels.clear()


def refresh(record_type: RecordType, ids: Iterable[int]) -> None:
    """Replace the documents of these records; the ones that are gone or trashed get none."""
    assert record_type.documents is not None
    for portion in steps(sorted(ids)):
        remove_documents(record_type.documents, portion)
        states = _states(record_type, portion)
        _insert(record_type, states, labels_for(record_type.searched, states.values()))


def documents_of(record_type: RecordType, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Where the documents of these records should stand and what they should say; the trashed have
    none."""
    states = _states(record_type, ids)
    labels = labels_for(record_type.searched, states.values())
    rows = _rows(record_type, states, labels)
    return {pk: (place, body) for pk, place, body in rows}


def _states(record_type: RecordType, ids: Sequence[int]) -> States:
    fields = list(record_type.searched)
    if TRASHED in record_type.by_name:
        fields.append(record_type.field(TRASHED))
    return load_states(record_type, ids, fields)


def _insert(
    record_type: RecordType, states: Mapping[int, Values], labels: Mapping[int, str]
) -> None:
    assert record_type.documents is not None
    add_documents(record_type.documents, list(_rows(record_type, states, labels)))


def _rows(
    record_type: RecordType, states: Mapping[int, Values], labels: Mapping[int, str]
) -> Iterator[tuple[int, int, str]]:
    context, name = Context(labels=labels), record_type.field("name")
    sort_key = dict(getattr(name.storage, "also", ())).get(name.sort, fold)
    for pk, state in states.items():
        if not state.get(TRASHED):
            place = place_of(sort_key(state.get(name.name) or ""), pk)
            yield pk, place, body_of(record_type, state, context)


def body_of(record_type: RecordType, state: Values, context: Context) -> str:
    """The document of one record, as `kith.search.models.Document` describes it."""
    terms = [
        term
        for field_ in record_type.searched
        if (value := state.get(field_.name))
        for term in field_.kind.search_terms(value, context)
    ]
    return f" {' '.join(dict.fromkeys(_folded(terms)))} "


def _folded(terms: list[str]) -> Iterable[str]:
    """Each term folded. What is plain ASCII, as most are, is folded together."""
    together = "\n".join(terms)
    plain = together.isascii() and together.replace("\n", "").isprintable()
    if plain and not any(spaces in together for spaces in UNTIDY):
        return together.lower().split("\n")
    return map(fold, terms)
