"""Makes options that a form or a sheet named and the list did not have yet."""

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

from kith.core.fields import Field
from kith.core.holding import hold
from kith.core.kinds.audience import EVERYONE
from kith.core.kinds.kind import OptionBook
from kith.core.record_types import Values, registry
from kith.records.bulk import rows_with
from kith.records.checking import Checked
from kith.records.door import Changes
from kith.reference.models import Option, folded_name
from kith.reference.queries import Options, last_positions

Ids = dict[tuple[str, str], int]
"""Option ids by list and text."""

Texts = dict[tuple[str, str], set[int]]
"""By (list, text): the audiences of the records that name it."""


def make_missing_options(
    changes: Changes,
    fields: Iterable[Field],
    states: Sequence[Values],
    reaches: Callable[[], Sequence[int]] | None = None,
) -> None:
    """Replace each {"new": text} by the id of an option, in place; one query for the set.

    `reaches` gives for each state who may see its record: only they are offered what it brings,
    until a record that more may see names it as well.

    Two imports may want the same new option at the same time: the one that comes second
    finds it, because the options are looked up again under the write lock.
    """
    named = set().union(*states)
    choosing = [
        (field.name, field.kind.list_name)
        for field in fields
        if field.name in named and hasattr(field.kind, "list_name")
    ]
    holding, texts = _new_ones(choosing, states, reaches)
    if texts:
        ids = _ids_by_text(changes, texts, _offered(texts))
        for name, list_name, state in holding:
            state[name] = _with_ids(list_name, state[name], ids)
    _widen(changes, choosing, states, reaches)


def _new_ones(
    choosing: Iterable[tuple[str, str]],
    states: Sequence[Values],
    reaches: Callable[[], Sequence[int]] | None,
) -> tuple[list[tuple[str, str, Values]], Texts]:
    """Where the texts stand that are to become ids, and the texts."""
    holding, texts, reach = list[tuple[str, str, Values]](), Texts(), list[int]()
    for number, state in enumerate(states):
        for name, list_name in choosing:
            value = state.get(name)
            # Most hold nothing here, or an option that is known; there are many of them.
            if value is None or type(value) is int or not (new := _new_names(value)):
                continue
            reach = reach or list(reaches() if reaches else repeat(EVERYONE, len(states)))
            holding.append((name, list_name, state))
            for text in new:
                texts.setdefault((list_name, text), set()).add(reach[number])
    return holding, texts


def _offered(texts: Texts) -> dict[tuple[str, str], int]:
    """By (list, folded text): for whom. Named by the records of two audiences it is nobody's
    secret."""
    found: Texts = {}
    for (list_name, text), reaches in texts.items():
        found.setdefault((list_name, folded_name(text)), set()).update(reaches)
    return {key: next(iter(each)) if len(each) == 1 else EVERYONE for key, each in found.items()}


def _widen(
    changes: Changes,
    choosing: Iterable[tuple[str, str]],
    states: Sequence[Values],
    reaches: Callable[[], Sequence[int]] | None,
) -> None:
    """An option of few that is put on a record of others is offered to all."""
    options = changes.context.options
    if reaches is None or not isinstance(options, Options) or not (private := options.private()):
        return
    names = [name for name, _list in choosing]
    used = [(state, {pk for name in names for pk in _chosen(state.get(name))}) for state in states]
    if not any(pks & private.keys() for _state, pks in used):
        return
    wider = {
        pk
        for (_state, pks), reach in zip(used, reaches(), strict=True)
        for pk in pks & private.keys()
        if private[pk] != reach
    }
    drafts = [Checked({"reach": EVERYONE}, id=pk) for pk in sorted(wider)]
    if drafts:
        changes.save_many(registry.get("option"), drafts)
        options.forget()


def _chosen(value: Any) -> Iterable[int]:
    values = value if isinstance(value, list) else [value]
    return (each for each in values if isinstance(each, int) and not isinstance(each, bool))


def _new_names(value: Any) -> Sequence[str]:
    if type(value) is dict:
        return (value["new"],)
    if type(value) is list:
        return [item["new"] for item in value if type(item) is dict]
    return ()


def _ids_by_text(
    changes: Changes, texts: Iterable[tuple[str, str]], offered: dict[tuple[str, str], int]
) -> Ids:
    """Option ids by (list, text as written); spellings that fold alike are one option."""
    keys = {(list_name, text): (list_name, folded_name(text)) for list_name, text in texts}
    wanted = {key: text for (_, text), key in reversed(keys.items())}
    ids = _found_or_made(changes, wanted, offered)
    return {written: ids[key] for written, key in keys.items()}


def _found_or_made(
    changes: Changes,
    wanted: dict[tuple[str, str], str],
    offered: dict[tuple[str, str], int],
) -> Ids:
    """Asked first without a lock: most sheets name the same few again and again."""
    ids, options = _found(wanted), changes.context.options
    if not wanted.keys() <= ids.keys():
        hold("options")
        ids = _found(wanted)
        missing = [key for key in reversed(wanted) if key not in ids]
        drafts = _drafts(missing, wanted, offered) if missing else []
        ids.update(zip(missing, changes.save_many(registry.get("option"), drafts), strict=True))
    if options and not _knows(options, ids.values()):
        options.forget()
    return ids


def _found(wanted: Iterable[tuple[str, str]]) -> Ids:
    texts = list(dict.fromkeys(folded for _list, folded in wanted))
    rows = rows_with(Option, "folded", texts, ("folded", "list_name", "same_as_id", "id"))
    return {(name, folded): same_as or pk for folded, name, same_as, pk in rows}


def _drafts(
    missing: Sequence[tuple[str, str]],
    wanted: dict[tuple[str, str], str],
    offered: dict[tuple[str, str], int],
) -> list[Checked]:
    ends = last_positions({list_name for list_name, _folded in missing})
    return [
        Checked(
            {
                "list_name": key[0],
                "name": wanted[key],
                "position": ends[key[0]],
                "reach": offered[key],
            }
        )
        for key in missing
    ]


def _knows(options: OptionBook, ids: Iterable[int]) -> bool:
    try:
        for pk in ids:
            options.label(pk)
    except LookupError:
        return False
    return True


def _with_ids(list_name: str, value: Any, ids: Ids) -> Any:
    if type(value) is dict:
        return ids[list_name, value["new"]]
    found = [ids[list_name, item["new"]] if type(item) is dict else item for item in value]
    return list(dict.fromkeys(found))
