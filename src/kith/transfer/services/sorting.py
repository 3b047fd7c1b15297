"""What a portion of rows comes to, now that others may have changed what is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kith.core.record_types import Matcher
from kith.transfer.matching import Hidden, Hit, Keys, Stored, seen_key
from kith.transfer.options import CREATE_ALL, CREATE_FILL, CREATE_SKIP, ImportOptions
from kith.transfer.plan import Plan
from kith.transfer.rowlines import ANEW, Line

FORCED = ImportOptions(duplicates=CREATE_FILL)


@dataclass
class Sorted:
    """Rows by what is to be done with them.

    merged: the rows that say more of a record that a row above them in the portion makes, by
        the number of that row. updates: those that say more of a stored record, by its id.
    held: rows that stay out, with what they are a duplicate of. missing: there is none.
    hidden: there is one that the importer may not see, and such rows are held back.
    matches: by which key a row was found, for those of `merged` and `updates`.
    """

    new: list[Line] = field(default_factory=list)
    merged: dict[int, list[Line]] = field(default_factory=dict)
    updates: dict[int, list[Line]] = field(default_factory=dict)
    held: dict[int, dict[str, Any]] = field(default_factory=dict)
    missing: list[Line] = field(default_factory=list)
    hidden: list[Line] = field(default_factory=list)
    matches: dict[int, dict[str, Any]] = field(default_factory=dict)


def sort_lines(
    lines: Sequence[Line], rules: list[Matcher], options: ImportOptions, actor: Any, plan: Plan
) -> Sorted:
    """The rules are asked again: what was checked side by side is imported one after the other."""
    keys = {line.number: line.match_keys for line in lines} if rules else {}
    hidden = Hidden(rules, actor, keys.values())
    creates_all = options.duplicates == CREATE_ALL or not rules
    if creates_all and not hidden.asked:
        return Sorted(new=list(lines))
    stored = Stored(rules, actor, keys.values())
    if creates_all or (stored.nothing and options.duplicates == CREATE_SKIP):
        return _without(lines, keys, hidden, stored)
    found = Sorted()
    above: dict[str, tuple[str, int]] = {}
    for line in lines:
        own = keys[line.number]
        if options.creates and hidden.holds(own, stored.hit(own)):
            found.hidden.append(line)
            continue
        if line.target:
            _put(found, line, None if line.target == ANEW else ("record", line.target), FORCED)
        else:
            _sort(found, line, own, stored=stored, above=above, options=options, plan=plan)
    return found


def _without(
    lines: Sequence[Line], keys: Mapping[int, Keys], hidden: Hidden, stored: Stored
) -> Sorted:
    """All are new ones, but for those that are held back."""
    held = {number for number, own in keys.items() if hidden.holds(own, stored.hit(own))}
    return Sorted(
        new=[line for line in lines if line.number not in held],
        hidden=[line for line in lines if line.number in held],
    )


def _sort(
    found: Sorted,
    line: Line,
    keys: Keys,
    *,
    stored: Stored,
    above: dict[str, tuple[str, int]],
    options: ImportOptions,
    plan: Plan,
) -> None:
    hit = stored.hit(keys)
    mine = [seen_key(*pair) for pair in keys]
    target = _target(hit, mine, above)
    if hit:
        match = hit.as_json(plan.column(hit.key.field))
        if options.duplicates == CREATE_SKIP or len(hit.ids) > 1:
            found.held[line.number] = match
            return
        found.matches[line.number] = match
    place = _put(found, line, target, options)
    if place:
        for key in mine:
            above.setdefault(key, place)


def _target(
    hit: Hit | None, mine: Sequence[str], above: dict[str, tuple[str, int]]
) -> tuple[str, int] | None:
    """("record", its id) or ("row", the number of the one that makes it)."""
    if hit:
        return "record", hit.ids[0]
    return next((above[key] for key in mine if key in above), None)


def _put(
    found: Sorted, line: Line, target: tuple[str, int] | None, options: ImportOptions
) -> tuple[str, int] | None:
    if target is None or not options.updates:
        if options.creates:
            found.new.append(line)
            return "row", line.number
        found.missing.append(line)
        return None
    what, which = target
    group = found.updates if what == "record" else found.merged
    group.setdefault(which, []).append(line)
    return target
