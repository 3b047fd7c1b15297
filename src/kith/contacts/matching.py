"""What tells that a contact is there already: code, e-mail, phone, official number, name."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.keys import PHONE_KINDS, channel_key, name_key
from kith.contacts.models import Channel, ContactKind, Identifier, Statutory
from kith.contacts.queries import primary_companies, shown_to, visible_to
from kith.core.kinds import digest_of, identifier_key
from kith.core.record_types import Matcher, MatchKey, Values
from kith.records.bulk import rows_with, steps

EMAIL_KINDS = ("email",)
IDENTIFIER_KINDS = (
    "pan", "gstin", "cin", "llpin", "tan", "transporter_id", "vat_number", "register_number",
)  # fmt: skip
AADHAAR = "aadhaar"
"""Sealed: equal ones are found by their digest."""
COLUMNS = ("key", "kind", "contact_id")
BETWEEN = "\n"


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
        return _by_key(actor, [(key, pk) for key, kind, pk in rows if kind in kinds])

    return find


def identifier_keys(values: Values) -> list[MatchKey]:
    """The same number under another field is another number, so that the field is in the key."""
    open_ones = [
        MatchKey(f"{kind}:{identifier_key(value)}", kind, value["value"])
        for kind in IDENTIFIER_KINDS
        if (value := values.get(kind))
    ]
    aadhaar = values.get(AADHAAR)
    if not aadhaar:
        return open_ones
    return [*open_ones, MatchKey(f"{AADHAAR}:{digest_of(aadhaar)}", AADHAAR, aadhaar["mask"])]


def find_identifiers(actor: Any, keys: Sequence[str]) -> dict[str, list[int]]:
    numbers = sorted({key.partition(":")[2] for key in keys})
    rows = rows_with(Identifier, "key", numbers, COLUMNS)
    wanted = set(keys)
    found = [(f"{kind}:{key}", pk) for key, kind, pk in rows if f"{kind}:{key}" in wanted]
    digests = [digest for key in keys if (digest := key.removeprefix(f"{AADHAAR}:")) != key]
    sealed = rows_with(Statutory, "aadhaar_digest", digests, ("aadhaar_digest", "contact_id"))
    found += [(f"{AADHAAR}:{digest}", pk) for digest, pk in sealed]
    return _by_key(actor, found)


def _by_key(actor: Any, found: Sequence[tuple[str, int]]) -> dict[str, list[int]]:
    seen = _visible(actor, sorted({pk for _key, pk in found}))
    by_key: dict[str, list[int]] = {}
    for key, pk in found:
        if pk in seen:
            by_key.setdefault(key, []).append(pk)
    return {key: sorted(ids) for key, ids in by_key.items()}


def _visible(actor: Any, ids: Sequence[int]) -> set[int]:
    rows = shown_to(actor)
    return {
        pk
        for portion in steps(ids)
        for pk in rows.filter(pk__in=portion).values_list("pk", flat=True)
    }


def _code_keys(values: Values) -> list[MatchKey]:
    code = str(values.get("code") or "").strip()
    return [MatchKey(code.upper(), "code", code)] if code else []


def _find_codes(actor: Any, keys: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for portion in steps(keys):
        rows = shown_to(actor).filter(code__in=portion)
        found.update((code, [pk]) for code, pk in rows.values_list("code", "pk"))
    return found


def _name_keys(values: Values) -> list[MatchKey]:
    """Name and company together: a name alone is too often that of somebody else."""
    name, company = values.get("name"), values.get("company")
    if not name:
        return []
    shown = f"{name}, {company}" if company else str(name)
    return [MatchKey(f"{name_key(name)}{BETWEEN}{name_key(company)}", "name", shown)]


def _find_names(actor: Any, keys: Sequence[str]) -> dict[str, list[int]]:
    wanted = set(keys)
    found: dict[str, list[int]] = {}
    for portion in steps({key.partition(BETWEEN)[0] for key in keys}):
        rows = visible_to(actor).filter(sort_name__in=portion).order_by("pk")
        named = dict(rows.values_list("pk", "sort_name"))
        companies = primary_companies(named, actor)
        for pk, name in named.items():
            company = companies[pk][2] if pk in companies else ""
            key = f"{name}{BETWEEN}{name_key(company)}"
            if key in wanted:
                found.setdefault(key, []).append(pk)
    return found


def _company_keys(values: Values) -> list[MatchKey]:
    """A company goes by its name: so it does where people name the one they work at."""
    name = values.get("name")
    if not name or values.get("kind") != ContactKind.COMPANY:
        return []
    return [MatchKey(name_key(name), "name", str(name))]


def _find_companies(actor: Any, keys: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for portion in steps(keys):
        rows = shown_to(actor).filter(sort_name__in=portion, kind=ContactKind.COMPANY)
        for pk, name in rows.order_by("pk").values_list("pk", "sort_name"):
            found.setdefault(name, []).append(pk)
    return found


MATCHERS = (
    Matcher("code", _("Code"), _code_keys, _find_codes),
    Matcher("email", _("E-mail"), _keys(EMAIL_KINDS), _find(EMAIL_KINDS)),
    Matcher("phone", _("Phone"), _keys(PHONE_KINDS), _find(PHONE_KINDS)),
    Matcher("identifier", _("Official number"), identifier_keys, find_identifiers),
    Matcher("company", _("Name of a company"), _company_keys, _find_companies),
    Matcher("name", _("Name and company"), _name_keys, _find_names, standard=False),
)
