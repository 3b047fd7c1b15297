"""How an import is to be done. Stored with it as JSON; pages and the command line give the same."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

from kith.core.countries import countries
from kith.core.errors import Refused
from kith.core.fields import Field
from kith.core.record_types import RecordType

CREATE_ALL, CREATE_SKIP = "create-all", "create-skip"
CREATE_FILL, CREATE_OVERWRITE = "create-fill", "create-overwrite"
FILL, OVERWRITE = "fill", "overwrite"
DUPLICATES = (CREATE_ALL, CREATE_SKIP, CREATE_FILL, CREATE_OVERWRITE, FILL, OVERWRITE)
SHORT = {"create": CREATE_ALL, "skip": CREATE_SKIP}
"""Shorter names of the first two."""
DATE_ORDERS = ("dmy", "mdy", "ymd")
APPEND, NEWER = "append", "newer"
POLICIES = (FILL, OVERWRITE, APPEND, NEWER)
"""What a row does to a single field of a record that is there already."""
EVERY = "*"
"""All fields that have no policy of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What is chosen for an import.

    duplicates: what becomes of a row that is there already, and of one that is not.
    match: the names of the record type's matchers that tell a duplicate, the first one that
        finds exactly one record counting; none = nothing is one.
    policies: {field, or EVERY: policy}, where single fields are to follow another rule than
        `duplicates`: FILL blanks, OVERWRITE, APPEND to a list, or take the NEWER value.
    default_country: ISO2, for phones and states of rows without a country.
    date_order: 'ymd', 'dmy' or 'mdy', for dates such as 03/04/2026.
    values: {field: wire value} for new records whose rows hold nothing there.
    added: {list field: wire values} that every imported record gets besides (a tag).
    share: users among whom the new records without an account manager are dealt out in turn.
    required: fields that a new record must have.
    shuts: whether a row is private to who imports it, if it names none who is known of those that
        may see it; else everybody will.
    spelt: by list and text, the option that is meant by a word that the list does not have;
        None leaves such words out.
    mail: whether whoever imports is sent the result. mail_to: further users who are.
    """

    duplicates: str = CREATE_SKIP
    match: tuple[str, ...] = ()
    policies: Mapping[str, str] = field(default_factory=dict)
    default_country: str = ""
    date_order: str = "ymd"
    values: Mapping[str, Any] = field(default_factory=dict)
    added: Mapping[str, list[Any]] = field(default_factory=dict)
    share: tuple[int, ...] = ()
    required: tuple[str, ...] = ()
    shuts: bool = False
    spelt: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)
    mail: bool = False
    mail_to: tuple[int, ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        for name in ("match", "share", "required", "mail_to"):
            known[name] = tuple(known.get(name, ()))
        known["duplicates"] = SHORT.get(known["duplicates"], known["duplicates"])
        return cls(**known)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def creates(self) -> bool:
        """Whether rows that are not there yet make new records."""
        return self.duplicates not in (FILL, OVERWRITE)

    @property
    def updates(self) -> bool:
        """Whether rows that are there already change what is stored."""
        return self.duplicates not in (CREATE_ALL, CREATE_SKIP)

    @property
    def by_age(self) -> bool:
        """Whether it matters when a row was changed last."""
        return self.updates and NEWER in self.policies.values()

    def policy_of(self, of: Field) -> str:
        """What a row may do to this field of a record that is there already."""
        usual = OVERWRITE if self.duplicates in (CREATE_OVERWRITE, OVERWRITE) else FILL
        own = self.policies.get(of.name)
        every = self.policies.get(EVERY, usual)
        return own or (every if can_follow(of, every) else usual)


def can_follow(of: Field, policy: str) -> bool:
    """Only a list can grow; of what history does not hold nobody knows when it was changed."""
    return {APPEND: of.kind.many, NEWER: of.tracked}.get(policy, True)


def first_options(record_type: RecordType, default_country: str, date_order: str) -> ImportOptions:
    """Skip what any of the record type's usual keys finds."""
    names = tuple(matcher.name for matcher in record_type.matchers if matcher.standard)
    return ImportOptions(match=names, default_country=default_country, date_order=date_order)


def check_options(record_type: RecordType, options: ImportOptions) -> None:
    """Raises Refused for a choice that there is not."""
    _check_known(record_type, options)
    fields = record_type.by_name | record_type.in_sheets
    for name, policy in options.policies.items():
        if name != EVERY and not can_follow(fields[name], policy):
            message = _("“%(field)s” can't follow this rule: %(policy)s.")
            told = {"field": fields[name].label, "policy": policy}
            raise Refused(message % told, code="policy-impossible")
    if options.updates and not options.match:
        message = _("Choose by what a row is found among the stored ones; nothing would be.")
        raise Refused(message, code="match-needed")


def _check_known(record_type: RecordType, options: ImportOptions) -> None:
    known = {matcher.name for matcher in record_type.matchers}
    fields = record_type.by_name | record_type.in_sheets
    codes = {"", *(code for code, _name in countries())}
    chosen = (
        (options.duplicates, DUPLICATES),
        (options.date_order, DATE_ORDERS),
        (options.default_country, codes),
        *((name, known) for name in options.match),
        *((name, fields) for name in (*options.values, *options.added, *options.required)),
        *((name, {EVERY, *fields}) for name in options.policies),
        *((policy, POLICIES) for policy in options.policies.values()),
    )
    for value, allowed in chosen:
        if value not in allowed:
            message = _("“%(value)s” is not one of: %(allowed)s.")
            names = ", ".join(sorted(filter(None, allowed)))
            raise Refused(message % {"value": value, "allowed": names}, code="option-unknown")
