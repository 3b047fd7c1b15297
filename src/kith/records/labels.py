"""What the options that records hold are called, for their search documents."""

from collections.abc import Iterable, Mapping

from kith.core.fields import Field
from kith.core.holding import hold_together
from kith.core.record_types import Values, registry
from kith.records.bulk import rows_with

OPTION = "option"
NAMES = "names of options"
"""Held by who gives options other names, and shared by who has read them."""


def labels_for(
    fields: Iterable[Field], states: Iterable[Values], *, steady: bool = False
) -> Mapping[int, str]:
    """By id, of the lists that these fields hold something of; one query, and none for nothing.

    Asked for each portion: an import lasts, and an option may be given another name meanwhile.
    `steady`: who gives it one looks again for its holders when this transaction has ended.
    """
    lists = {each.name: each.kind.list_name for each in fields if hasattr(each.kind, "list_name")}
    held = {list_name for name, list_name in lists.items() if _any_holds(states, name)}
    if not held:
        return {}
    if steady:
        hold_together(NAMES)
    model = registry.get(OPTION).model
    rows = rows_with(model, "list_name", sorted(held), ("list_name", "id", "name"))
    return {pk: name for _list, pk, name in rows}


def _any_holds(states: Iterable[Values], name: str) -> bool:
    return any(state.get(name) for state in states)
