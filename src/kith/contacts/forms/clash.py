"""Two people changed one contact at once: what each of them wants, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from kith.contacts.card import Card
from kith.contacts.display import words
from kith.contacts.forms.contact import ContactForm
from kith.contacts.record import CONTACT
from kith.core.record_types import Values
from kith.history.models import ChangeSet
from kith.history.queries import last_change, state_before

KEEP = "keep-"
OURS = ("csrfmiddlewaretoken", "version")


@dataclass(frozen=True)
class ClashField:
    """`keep` says which of both is proposed: what only one of the two has changed."""

    name: str
    label: Any
    theirs: str
    yours: str
    keep: str


@dataclass(frozen=True)
class Clash:
    """`sent` is what was typed, to be sent again with the choices."""

    fields: Sequence[ClashField]
    sent: Sequence[tuple[str, str]]
    who: str
    last: ChangeSet | None


def clash_of(card: Card, form: ContactForm, data: QueryDict, version: int) -> Clash:
    """Compares what was typed with what is stored now, and with what both began from."""
    checked = form.read(data, contact_id=card.contact.pk)
    steps = card.state["version"] - version
    base = state_before(CONTACT.name, card.contact.pk, card.state, steps)
    said = {name: words(CONTACT.field(name), v, card.context) for name, v in checked.values.items()}
    said |= {each.field: as_typed(each.value) for each in checked.problems}
    last = last_change(CONTACT.name, card.contact.pk)
    return Clash(
        fields=[_field(card, name, yours, checked.values, base) for name, yours in said.items()],
        sent=[
            (name, value)
            for name, values in data.lists()
            for value in values
            if name not in OURS and not name.startswith(KEEP)
        ],
        who=_who(card, last),
        last=last,
    )


def _field(card: Card, name: str, yours: str, values: Values, base: dict[str, Any]) -> ClashField:
    field = CONTACT.field(name)
    theirs = card.state.get(name, field.empty)
    untouched = name in base and name in values and values[name] == base[name]
    keep = "theirs" if untouched or theirs != base.get(name, theirs) else "yours"
    return ClashField(name, field.label, words(field, theirs, card.context), yours, keep)


def as_typed(raw: Any) -> str:
    """A value that was refused, the way it was typed."""
    items = raw if isinstance(raw, list) else [raw]
    texts = (each.get("text", "") if isinstance(each, dict) else str(each) for each in items)
    return ", ".join(texts)[:300]


def _who(card: Card, last: ChangeSet | None) -> str:
    if last is None or last.actor_id is None:
        return "Kith"
    try:
        return str(card.context.users.label(last.actor_id))  # type: ignore[union-attr]
    except LookupError:
        return "Kith"


def without_theirs(data: QueryDict) -> QueryDict:
    """What was sent, less the fields of which the stored value was chosen."""
    names = [
        key.removeprefix(KEEP)
        for key, value in data.items()
        if key.startswith(KEEP) and value == "theirs"
    ]
    if not names:
        return data
    left = data.copy()
    for key in list(left):
        if any(key == name or key.startswith(f"{name}-") for name in names):
            del left[key]
    return left
