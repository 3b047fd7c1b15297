"""A segment that is named together with an industry is offered for that industry."""

from collections.abc import Sequence

from kith.core.record_types import Values, registry
from kith.records.checking import Checked
from kith.records.door import Changes
from kith.reference.models import Option


def new_segments(states: Sequence[Values]) -> list[Values]:
    """The states that name a segment which may be new; ask before options are made."""
    return [
        state
        for state in states
        if isinstance(state.get("segment"), dict) and state.get("industry") is not None
    ]


def attach_segments(changes: Changes, states: Sequence[Values]) -> None:
    """Those among them that belong to no industry yet, to the one beside them."""
    wanted = {state["segment"]: state["industry"] for state in states}
    rows = Option.objects.filter(pk__in=wanted).values_list("pk", "attributes")
    drafts = [
        Checked({"attributes": {**attributes, "industry": wanted[pk]}}, id=pk)
        for pk, attributes in rows
        if not attributes.get("industry")
    ]
    if drafts:
        changes.save_many(registry.get("option"), drafts)
        if changes.context.options:
            changes.context.options.forget()
