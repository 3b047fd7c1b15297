"""What can be recorded: a record type gathers its fields and what the mechanisms need of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from django.db import models
from django.utils.functional import cached_property

from kith.core.errors import Problem
from kith.core.fields import Elsewhere, Field, Value, Within
from kith.core.kinds.grouped import Grouped, split_part
from kith.core.kinds.kind import RecordBook
from kith.core.shapes import Shape, Shaped, shapes
from kith.core.vcard import Property

Values: TypeAlias = dict[str, Value]
Settle: TypeAlias = Callable[[Values, Values], tuple[Values, list[Problem]]]
Doubts: TypeAlias = Callable[[Values, Values], list[Problem]]
Connect: TypeAlias = Callable[[Any, Sequence[tuple[int, Values]]], dict[int, list[Problem]]]
Prepare: TypeAlias = Callable[[Any, Sequence[Values]], None]


def nothing_to_settle(before: Values, values: Values) -> tuple[Values, list[Problem]]:
    return values, []


def no_doubts(before: Values, values: Values) -> list[Problem]:
    return []


class MatchKey(NamedTuple):
    """By what a record is found again: `key` is compared, `value` is what people are shown."""

    key: str
    field: str
    value: str


@dataclass(frozen=True)
class Matcher:
    """One way to tell that two records are the same.

    keys: those of a record's values; an empty value has none, and so matches nothing.
    find: ids by key, of the records with these keys that the actor may see.
    standard: whether an import goes by it unless something else was chosen.
    """

    name: str
    label: Any
    keys: Callable[[Values], list[MatchKey]]
    find: Callable[[Any, Sequence[str]], dict[str, list[int]]]
    standard: bool = True


@dataclass(frozen=True, kw_only=True)
class RecordType:
    """A kind of record that goes through the write door.

    visible_to: the one read door; the records that a user may see, trashed ones left out.
    in_reach: the same with the trashed ones, for undo; where there is no trash, leave it out.
    subjects: columns that name the records on whose page this one's history shows.
    subject_type: the name of that record type ("" = the record stands for itself).
    settle: cross-field rules; gets what is stored and what is set, gives what to set besides.
    doubts: what is odd between fields, though it may stand; gets what is stored and what is set.
    prepare: runs before a set is written, inside its transaction (makes missing options).
    documents: the model of its search documents, made from the fields with `search`.
    indexed: the ids of the subject type whose documents a change to these ids makes stale.
    shown_in: the field that names the one record whose document shows this one, where that is all.
    shown_elsewhere: the fields that documents of other records show as well, so that only their
        change asks `indexed`.
    read_row: makes raw values of one sheet row ready for checking (a title inside the name);
        may set `context.country`, which the row's phones are read with.
    sheet_fields: what only sheets hold in columns of a record: values of other records (its
        sites), and wishes that `connect` fulfils.
    later, connect: fields whose values may name other rows of the same sheet, and what
        resolves them once all rows are in; gives the cautions, by record id.
    foretold: of these, by name, the searched field that shows the value once it is resolved, so
        that a document can be made with it beforehand.
    label_of: names of records for people, by id.
    defaults: system values of a new record, given the actor and the new id.
    complete: the last word on the values of a new record, given its id.
    matchers: what may tell that a row of a sheet is there already.
    headings: further names of fields, under which other products export them.
    vcard, vcard_fields: the properties of a record's vCard, and the fields that they are made of.
    found_by: system fields that a sheet may bring only to say which record a row is (its code).
    carried: system fields that a file may bring along all the same (the photo of a vCard).
    dated_by: the field by which a row of a sheet says when it was changed last, where it came from.
    code_of: the short name under which people know a record.
    sections: (name, label) of the sections that its fields are shown in.
    page: the URL name of a record's page, which takes its id.
    permissions: the permission that an action on the whole type needs ("import", "export"), and
        that taking back a "create" or a "change" needs besides editing contacts; "undo" is
        needed instead of that, "undo-others" instead of changing many, for what others did.
        "change:name" is what taking back a change of this field alone needs.
    needed: fields that nearly every new record has; the template of an import marks them.
    named_by: the fields of which a new record needs one, if it is to be called anything.
    example: cells of the template's example row, by field.
    forget: called when records were changed, now and once more when that stands: what is kept of
        them in memory is to be read again.
    changed: called when records were changed, by whomever and by undo as well, inside the
        transaction: gets the actor, and what changed of each record and was there before.
    custom: where the fields lie that an administrator adds; None for types that take none.
    custom_section: the section that these stand in until they are put into another.
    fixed: fields that an administrator can't hide.
    book: finds records of the type for values that name one, as far as the reader given sees.
    amounts_in: the field that says in what currency amounts are, if not in the firm's own.
    type_field: the choice by which a field may be required ("contact_type").
    """

    name: str
    label: Any
    label_plural: Any
    model: type[models.Model]
    fields: Shaped[tuple[Field, ...]] = Shaped()  # noqa: RUF009 (a descriptor, and no default)
    visible_to: Callable[[Any], models.QuerySet[Any]]
    in_reach: Callable[[Any], models.QuerySet[Any]] | None = None
    subject_type: str = ""
    subjects: tuple[str, ...] = ()
    settle: Settle = nothing_to_settle
    doubts: Doubts = no_doubts
    prepare: Prepare | None = None
    indexed: Callable[[Sequence[int]], set[int]] | None = None
    shown_in: str = ""
    shown_elsewhere: tuple[str, ...] = ()
    documents: type[models.Model] | None = None
    read_row: Callable[[dict[str, Any], Any], dict[str, Any]] = field(
        default=lambda raw, context: raw
    )
    sheet_fields: tuple[Field, ...] = ()
    later: tuple[str, ...] = ()
    connect: Connect | None = None
    foretold: Mapping[str, str] = field(default_factory=dict)
    label_of: Callable[[Sequence[int]], Mapping[int, str]] | None = None
    defaults: Callable[[Any, int], Values] = field(default=lambda actor, pk: {})
    complete: Callable[[int, Values], Values] = field(default=lambda pk, values: values)
    matchers: tuple[Matcher, ...] = ()
    vcard: Callable[..., Iterable[Property]] | None = None
    vcard_fields: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    dated_by: str = ""
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    code_of: Callable[[int], str] = str
    sections: Shaped[tuple[tuple[str, Any], ...]] = Shaped(())  # noqa: RUF009
    page: str = ""
    permissions: Mapping[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)
    forget: Callable[[], None] | None = None
    changed: Callable[[Any, Mapping[int, Values]], None] | None = None
    custom: Within | None = None
    custom_section: str = ""
    fixed: tuple[str, ...] = ()
    type_field: str = ""
    amounts_in: str = ""
    book: Callable[[Any], RecordBook] | None = None

    @cached_property
    def declared(self) -> Shape:
        """What the programme brings, before an administrator's wishes."""
        return Shape(self.__dict__["declared_fields"], self.__dict__["declared_sections"])

    @property
    def shape(self) -> Shape:
        """The fields as they are now: hold on to it no longer than to one piece of work."""
        return (shapes.of(self.name) if self.custom else None) or self.declared

    @property
    def searched(self) -> tuple[Field, ...]:
        return self.shape.searched

    @property
    def tracked(self) -> tuple[str, ...]:
        """The names of the fields whose values history holds."""
        return self.shape.tracked

    @property
    def by_name(self) -> dict[str, Field]:
        return self.shape.by_name

    def field(self, name: str) -> Field:
        """Also one that only sheets have, and one column of a group of those ("sites.2.city").

        Raises KeyError for a name that was never declared.
        """
        return self.by_name.get(name) or self.in_sheets.get(name) or self._part(name)

    @cached_property
    def in_sheets(self) -> dict[str, Field]:
        return {each.name: each for each in self.sheet_fields}

    def _part(self, name: str) -> Field:
        found = split_part(name)
        group = self.in_sheets.get(found[0]) if found else None
        if found is None or group is None or not isinstance(group.kind, Grouped):
            raise KeyError(name)
        part = group.kind.parts[found[2]]
        label = group.kind.label(part.name, found[1])
        return replace(part, name=name, label=label, section=group.section, storage=Elsewhere())


class Registry:
    """The record types of the installation, by name. Slices add theirs when they start."""

    def __init__(self) -> None:
        self._types: dict[str, RecordType] = {}

    def add(self, record_type: RecordType) -> None:
        known = self._types.setdefault(record_type.name, record_type)
        if known is not record_type:
            raise ValueError(f"two record types are called {record_type.name!r}")

    def get(self, name: str) -> RecordType:
        return self._types[name]

    def remove(self, name: str) -> None:
        del self._types[name]

    def __iter__(self) -> Any:
        return iter(self._types.values())


registry = Registry()
