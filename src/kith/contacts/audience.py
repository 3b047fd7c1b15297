"""Who may see a contact, as it is about to be stored."""

from collections.abc import Sequence
from typing import Any

from kith.accounts.audiences import Tokens, audiences_intern
from kith.core.kinds.audience import ME
from kith.core.record_types import Values


def make_missing_audiences(actor: Any, states: Sequence[Values]) -> None:
    """Replace each {"new": members} by the id of an audience, in place.

    "Only me" is whoever says so, not whoever made the contact.
    """
    named = [each for each in states if isinstance(each.get("accessibility"), dict)]
    if not named:
        return
    sets = [_tokens(actor, each["accessibility"]["new"]) for each in named]
    ids = audiences_intern(actor=actor, sets=sets)
    for state, tokens in zip(named, sets, strict=True):
        state["accessibility"] = ids[tokens]


def _tokens(actor: Any, members: Sequence[str]) -> Tokens:
    """Kith itself is nobody whom an audience could hold."""
    mine = [f"user:{actor.pk}"] if actor.pk else []
    return frozenset([*(each for each in members if each != ME), *(mine if ME in members else [])])
