"""Which stored record a row is, by ordered rules: the first one that finds exactly one counts."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kith.accounts.actors import SYSTEM
from kith.core.record_types import Matcher, MatchKey, RecordType, Values
from kith.reference.company import company
from kith.transfer.options import ImportOptions

Keys = Sequence[tuple[str, MatchKey]]
"""(rule, key) of one row, in the order of the rules."""

SHOWN = 5
"""So many of several hits are remembered, to be chosen from."""


class Hit(NamedTuple):
    """The records that a row may be, oldest first, and by which key they were found."""

    ids: list[int]
    key: MatchKey

    def as_json(self, column: str) -> dict[str, Any]:
        note = {"record_id": self.ids[0], "field": self.key.field, "column": column,
                "value": self.key.value}  # fmt: skip
        return {**note, "several": self.ids[:SHOWN]} if len(self.ids) > 1 else note


def rules_of(record_type: RecordType, options: ImportOptions) -> list[Matcher]:
    by_name = {matcher.name: matcher for matcher in record_type.matchers}
    return [by_name[name] for name in options.match if name in by_name]


def keys_of(rules: Sequence[Matcher], values: Values) -> Keys:
    return [(rule.name, key) for rule in rules for key in rule.keys(values)]


class Stored:
    """What the rules find for a set of rows; one question for each rule."""

    def __init__(self, rules: Sequence[Matcher], actor: Any, rows: Iterable[Keys]) -> None:
        wanted: dict[str, set[str]] = {rule.name: set() for rule in rules}
        for keys in rows:
            for name, key in keys:
                wanted[name].add(key.key)
        self._found: dict[tuple[str, str], list[int]] = {
            (rule.name, key): ids
            for rule in rules
            if wanted[rule.name]
            for key, ids in rule.find(actor, list(wanted[rule.name])).items()
        }

    @property
    def nothing(self) -> bool:
        """Whether no row of the set is there yet."""
        return not self._found

    def hit(self, keys: Keys) -> Hit | None:
        """Exactly one by some rule; else the several that the first rule found."""
        if not self._found:
            return None
        by_rule: dict[str, dict[int, MatchKey]] = {}
        for name, key in keys:
            for pk in self._found.get((name, key.key), ()):
                by_rule.setdefault(name, {}).setdefault(pk, key)
        hits = [Hit(sorted(found), found[min(found)]) for found in by_rule.values()]
        return next((hit for hit in hits if len(hit.ids) == 1), hits[0] if hits else None)


class Hidden:
    """Tells which of a set of rows are contacts that their importer may not see, where the firm
    wants these held back; else nobody asks, and they become new ones."""

    def __init__(self, rules: Sequence[Matcher], actor: Any, rows: Iterable[Keys]) -> None:
        self.asked = bool(rules) and company().holds_hidden and actor is not SYSTEM
        self._all = Stored(rules, SYSTEM, rows) if self.asked else None

    def holds(self, keys: Keys, hit: Hit | None) -> bool:
        """Whether the row, of which `hit` is what its importer may know, is to be held back."""
        return hit is None and self._all is not None and self._all.hit(keys) is not None


def seen_key(rule: str, key: MatchKey) -> str:
    """The same of a row, where the keys of all rules stand together."""
    return f"{rule}:{key.key}"
