"""What tells that a contact is there already: one of its e-mails, or one of its phones."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.keys import PHONE_KINDS, channel_key
from kith.contacts.models import Channel
from kith.contacts.queries import visible_to
from kith.core.record_types import Matcher, MatchKey, Values
from kith.records.bulk import rows_with, steps

EMAIL_KINDS = ("email",)
COLUMNS = ("key", "kind", "contact_id")


def _keys(kinds: Sequence[str]) -> Callable[[Values], list[MatchKey]]:
    def keys(values: Values) -> list[MatchKey]:
        return [
            MatchKey(key, kind, entry["value"])
            for kind in kinds
            for entry in values.get(kind) or ()
            if (key := channel_key(entry))
        ]

    return keys


def _find(kinds: Sequence[str]) -> Callable[[Any, Sequence[str]], dict[str, list[int]]]:
    def find(actor: Any, keys: Sequence[str]) -> dict[str, list[int]]:
        """Two plain queries: the engines would read all contacts to answer them as one."""
        rows = rows_with(Channel, "key", [key for key in keys if key], COLUMNS)
        found = [(key, pk) for key, kind, pk in rows if kind in kinds]
        seen = _visible(actor, sorted({pk for _key, pk in found}))
        by_key: dict[str, list[int]] = {}
        for key, pk in found:
            if pk in seen:
                by_key.setdefault(key, []).append(pk)
        return {key: sorted(ids) for key, ids in by_key.items()}

    return find


def _visible(actor: Any, ids: Sequence[int]) -> set[int]:
    rows = visible_to(actor)
    return {
        pk
        for portion in steps(ids)
        for pk in rows.filter(pk__in=portion).values_list("pk", flat=True)
    }


MATCHERS = (
    Matcher("email", _("E-mail"), _keys(EMAIL_KINDS), _find(EMAIL_KINDS)),
    Matcher("phone", _("Phone"), _keys(PHONE_KINDS), _find(PHONE_KINDS)),
)
