"""Who may see a contact, as it is about to be stored."""

from collections.abc import Sequence
from typing import Any

from kith.accounts.audiences import Tokens, audiences_intern
from kith.contacts.models import Contact
from kith.core.kinds.audience import EVERYONE, ME
from kith.core.record_types import Values
from kith.records.bulk import steps


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


def reaches_of(ids: Sequence[int | None], states: Sequence[Values]) -> list[int]:
    """The audience of each contact as it will be; one that is not named stays as it is."""
    unnamed = [
        pk for pk, each in zip(ids, states, strict=True) if pk and not each.get("accessibility")
    ]
    now = {
        pk: reach
        for portion in steps(unnamed)
        for pk, reach in Contact.objects.filter(pk__in=portion).values_list("pk", "reach")
    }
    return [
        each.get("accessibility") or now.get(pk or 0, EVERYONE)
        for pk, each in zip(ids, states, strict=True)
    ]


def _tokens(actor: Any, members: Sequence[str]) -> Tokens:
    """Kith itself is nobody whom an audience could hold."""
    mine = [f"user:{actor.pk}"] if actor.pk else []
    return frozenset([*(each for each in members if each != ME), *(mine if ME in members else [])])
