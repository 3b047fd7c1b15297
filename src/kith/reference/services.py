"""Makes options that a form or a sheet named and the list did not have yet."""

from collections.abc import Iterable, Sequence
from typing import Any

from kith.core.fields import Field
from kith.core.record_types import Values, registry
from kith.records.bulk import hold
from kith.records.checking import Checked
from kith.records.door import Changes
from kith.reference.models import Option, folded_name

Ids = dict[tuple[str, str], int]
"""Option ids by list and text."""


def make_missing_options(
    changes: Changes, fields: Iterable[Field], states: Sequence[Values]
) -> None:
    """Replace each {"new": text} by the id of an option, in place; one query for the set.

    Two imports may want the same new option at the same time: the one that comes second
    finds it, because the options are looked up again under the write lock.
    """
    choosing = [field for field in fields if hasattr(field.kind, "list_name")]
    holding = [
        (field.name, field.kind.list_name, state)  # type: ignore[attr-defined]
        for state in states
        for field in choosing
        if _has_new(state.get(field.name))
    ]
    if not holding:
        return
    texts = dict.fromkeys(
        (list_name, text) for name, list_name, state in holding for text in _new_names(state[name])
    )
    ids = _ids_by_text(changes, texts)
    for name, list_name, state in holding:
        state[name] = _with_ids(list_name, state[name], ids)


def _has_new(value: Any) -> bool:
    if isinstance(value, list):
        return any(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def _new_names(value: Any) -> Iterable[str]:
    items = value if isinstance(value, list) else [value]
    return [item["new"] for item in items if isinstance(item, dict)]


def _ids_by_text(changes: Changes, texts: Iterable[tuple[str, str]]) -> Ids:
    """Option ids by (list, text as written); spellings that fold alike are one option."""
    keys = {(list_name, text): (list_name, folded_name(text)) for list_name, text in texts}
    wanted = {key: text for (_, text), key in reversed(keys.items())}
    ids = _found_or_made(changes, wanted)
    return {written: ids[key] for written, key in keys.items()}


def _found_or_made(changes: Changes, wanted: dict[tuple[str, str], str]) -> Ids:
    hold("options")
    rows = Option.objects.filter(folded__in=[folded for _, folded in wanted])
    ids = {(name, folded): pk for pk, name, folded in rows.values_list("pk", "list_name", "folded")}
    missing = [key for key in reversed(wanted) if key not in ids]
    drafts = [Checked({"list_name": key[0], "name": wanted[key]}) for key in missing]
    if drafts:
        ids.update(zip(missing, changes.save_many(registry.get("option"), drafts), strict=True))
    if changes.context.options:
        changes.context.options.forget()
    return ids


def _with_ids(list_name: str, value: Any, ids: Ids) -> Any:
    if isinstance(value, list):
        found = [_with_ids(list_name, item, ids) for item in value]
        return list(dict.fromkeys(found))
    return ids[(list_name, value["new"])] if isinstance(value, dict) else value
