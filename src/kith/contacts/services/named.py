"""Contacts that a sheet names: by code, e-mail or name."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kith.contacts.keys import channel_key, name_key
from kith.contacts.models import Channel
from kith.contacts.queries import visible_to
from kith.core.errors import Problem
from kith.core.names import split_salutation
from kith.records.bulk import rows_with


def find_targets(actor: Any, texts: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """(id, kind) of the contacts that each text names: by code, by e-mail, or by name without its
    title."""
    keys = {text: name_key(split_salutation(text)[1]) for text in texts}
    contacts = visible_to(actor)
    codes = contacts.filter(code__in=[text.strip().upper() for text in keys])
    by_code = {code: (pk, kind) for code, pk, kind in codes.values_list("code", "pk", "kind")}
    names = contacts.filter(sort_name__in=set(keys.values())).order_by("pk")
    by_name: dict[str, list[tuple[int, str]]] = {}
    for key, pk, kind in names.values_list("sort_name", "pk", "kind"):
        by_name.setdefault(key, []).append((pk, kind))
    by_email = _by_email(actor, [text for text in keys if "@" in text])
    return {
        text: [by_code[text.strip().upper()]]
        if text.strip().upper() in by_code
        else by_email.get(text) or by_name.get(key, [])
        for text, key in keys.items()
    }


def not_one(field: str, text: str, count: int) -> Problem:
    """What is said where a text names nobody, or several."""
    if count:
        message = _("Several contacts are called “%(name)s”; not linked.") % {"name": text}
        return Problem(field, "relation-ambiguous", message, text)
    message = _("No contact “%(name)s” was found; not linked.") % {"name": text}
    return Problem(field, "relation-unknown", message, text)


def _by_email(actor: Any, texts: list[str]) -> dict[str, list[tuple[int, str]]]:
    addresses = {text: channel_key({"value": text.strip()}) for text in texts}
    rows = rows_with(Channel, "key", list(addresses.values()), ("key", "kind", "contact_id"))
    owners = [(key, pk) for key, kind, pk in rows if kind == "email"]
    seen = visible_to(actor).filter(pk__in=[pk for _key, pk in owners])
    kinds = dict(seen.values_list("pk", "kind")) if owners else {}
    return {
        text: [(pk, kinds[pk]) for key, pk in owners if key == address and pk in kinds]
        for text, address in addresses.items()
    }
