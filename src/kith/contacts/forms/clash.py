"""Two people changed one contact at once: what each of them wants, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from kith.contacts.card import Card
from kith.contacts.display import words
from kith.contacts.forms.contact import ContactForm
from kith.contacts.record import CONTACT
from kith.contacts.timeline import who_did
from kith.core.fields import Elsewhere
from kith.core.record_types import Values
from kith.history.models import ChangeSet
from kith.history.queries import last_change, state_before

KEEP = "keep-"
OURS = ("csrfmiddlewaretoken", "version")


@dataclass(frozen=True)
class ClashField:
    """`keep` says which of both is proposed: theirs, which is stored."""

    name: str
    label: Any
    theirs: str
    yours: str
    keep: str = "theirs"


@dataclass(frozen=True)
class Clash:
    """`fields` are those that both changed, each in another way; `data` is what was typed, less
    what only they changed (`kept` names those fields; `yours` those that only you did)."""

    fields: Sequence[ClashField]
    data: QueryDict
    kept: Sequence[Any]
    yours: Sequence[Any]
    who: str
    last: ChangeSet | None

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was typed, to be sent again with the choices."""
        pairs = [(name, value) for name, values in self.data.lists() for value in values]
        return [pair for pair in pairs if pair[0] not in OURS]


def clash_of(card: Card, form: ContactForm, data: QueryDict, version: int) -> Clash:
    """Compares what was typed with what is stored now, and with what both began from."""
    checked = form.read(data, contact_id=card.contact.pk)
    steps = card.state["version"] - version
    base = state_before(CONTACT.name, card.contact.pk, card.state, steps)
    said = {name: words(CONTACT.field(name), v, card.context) for name, v in checked.values.items()}
    said |= {each.field: as_typed(each.value) for each in checked.problems}
    last = last_change(CONTACT.name, card.contact.pk)
    kept = [name for name in said if _is_only_theirs(name, checked.values, base)]
    mine = [name for name in said if name not in kept and _is_only_yours(card, name, base)]
    return Clash(
        fields=[
            _field(card, name, yours)
            for name, yours in said.items()
            if name not in kept and name not in mine
        ],
        data=without(data, kept),
        kept=[CONTACT.field(name).label for name in kept],
        yours=[CONTACT.field(name).label for name in mine],
        who=who_did(card, last) if last else "Kith",
        last=last,
    )


def _is_only_theirs(name: str, values: Values, base: Values) -> bool:
    """What was sent is what stood there before they changed it. Of values that other records
    hold nobody knows what stood there."""
    field = CONTACT.field(name)
    if isinstance(field.storage, Elsewhere) or name not in values:
        return False
    return not field.kind.alters(base.get(name, field.empty), values[name])


def _is_only_yours(card: Card, name: str, base: Values) -> bool:
    field = CONTACT.field(name)
    if isinstance(field.storage, Elsewhere):
        return False
    stored = card.state.get(name, field.empty)
    return not field.kind.alters(base.get(name, field.empty), stored)


def _field(card: Card, name: str, yours: str) -> ClashField:
    field = CONTACT.field(name)
    theirs = card.state.get(name, field.empty)
    return ClashField(name, field.label, words(field, theirs, card.context), yours)


def as_typed(raw: Any) -> str:
    """A value that was refused, the way it was typed."""
    items = raw if isinstance(raw, list) else [raw]
    texts = (each.get("text", "") if isinstance(each, dict) else str(each) for each in items)
    return ", ".join(texts)[:300]


def without_theirs(data: QueryDict) -> QueryDict:
    """What was sent, less the fields of which the stored value was chosen."""
    names = [
        key.removeprefix(KEEP)
        for key, value in data.items()
        if key.startswith(KEEP) and value == "theirs"
    ]
    return without(data, names)


def without(data: QueryDict, names: Sequence[str]) -> QueryDict:
    """What was sent, less these fields, and less the choices that were made between values."""
    left = data.copy()
    for key in list(left):
        of_field = any(key == name or key.startswith(f"{name}-") for name in names)
        if of_field or key.startswith(KEEP):
            del left[key]
    return left
