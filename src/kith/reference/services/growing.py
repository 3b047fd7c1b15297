"""Makes options that a form or a sheet named and the list did not have yet."""

from collections.abc import Iterable, Sequence
from typing import Any

from kith.core.fields import Field
from kith.core.record_types import Values, registry
from kith.records.bulk import hold
from kith.records.checking import Checked
from kith.records.door import Changes
from kith.reference.models import Option, folded_name
from kith.reference.queries import last_positions

Ids = dict[tuple[str, str], int]
"""Option ids by list and text."""


def make_missing_options(
    changes: Changes, fields: Iterable[Field], states: Sequence[Values]
) -> None:
    """Replace each {"new": text} by the id of an option, in place; one query for the set.

    Two imports may want the same new option at the same time: the one that comes second
    finds it, because the options are looked up again under the write lock.
    """
    choosing = [
        (field.name, field.kind.list_name) for field in fields if hasattr(field.kind, "list_name")
    ]
    holding: list[tuple[str, str, Values]] = []
    texts: dict[tuple[str, str], None] = {}
    for state in states:
        for name, list_name in choosing:
            value = state.get(name)
            if value is not None and (new := _new_names(value)):
                holding.append((name, list_name, state))
                texts.update(((list_name, text), None) for text in new)
    ids = _ids_by_text(changes, texts) if texts else {}
    for name, list_name, state in holding:
        state[name] = _with_ids(list_name, state[name], ids)


def _new_names(value: Any) -> Sequence[str]:
    if type(value) is dict:
        return (value["new"],)
    if type(value) is list:
        return [item["new"] for item in value if type(item) is dict]
    return ()


def _ids_by_text(changes: Changes, texts: Iterable[tuple[str, str]]) -> Ids:
    """Option ids by (list, text as written); spellings that fold alike are one option."""
    keys = {(list_name, text): (list_name, folded_name(text)) for list_name, text in texts}
    wanted = {key: text for (_, text), key in reversed(keys.items())}
    ids = _found_or_made(changes, wanted)
    return {written: ids[key] for written, key in keys.items()}


def _found_or_made(changes: Changes, wanted: dict[tuple[str, str], str]) -> Ids:
    hold("options")
    rows = Option.objects.filter(folded__in=[folded for _, folded in wanted])
    found = rows.values_list("list_name", "folded", "same_as_id", "pk")
    ids = {(name, folded): same_as or pk for name, folded, same_as, pk in found}
    missing = [key for key in reversed(wanted) if key not in ids]
    if missing:
        ends = last_positions({list_name for list_name, _folded in missing})
        drafts = [
            Checked({"list_name": key[0], "name": wanted[key], "position": ends[key[0]]})
            for key in missing
        ]
        ids.update(zip(missing, changes.save_many(registry.get("option"), drafts), strict=True))
    if changes.context.options:
        changes.context.options.forget()
    return ids


def _with_ids(list_name: str, value: Any, ids: Ids) -> Any:
    if type(value) is dict:
        return ids[list_name, value["new"]]
    found = [ids[list_name, item["new"]] if type(item) is dict else item for item in value]
    return list(dict.fromkeys(found))
