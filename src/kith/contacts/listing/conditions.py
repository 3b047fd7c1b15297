"""From `field:value` to conditions on contacts, each in the two forms that `search.engine` has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kith.contacts.fields.address import MAIN_SITE
from kith.contacts.keys import PHONE_KINDS
from kith.contacts.listing.amounts import rejoined
from kith.contacts.listing.groups import in_groups, managed_by_team
from kith.contacts.listing.keys import key_test
from kith.contacts.listing.names import (
    HAS,
    IMPORT,
    NO,
    NUMBERS,
    PHONE,
    TEAM,
    UNVERIFIED,
    UPDATED,
    query_names,
)
from kith.contacts.listing.values import (
    Test,
    Unreadable,
    any_of,
    bare,
    comparable,
    folded_text,
    test_of,
    wording,
    yes_no,
)
from kith.contacts.models import (
    Channel,
    Contact,
    ContactDocument,
    ContactKind,
    Identifier,
    Link,
)
from kith.contacts.queries import listed, reached
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.fields import Below, Beside, BesideTable, Field, Own, Within
from kith.core.kinds.kind import Context
from kith.core.kinds.stored import Moment
from kith.core.text import digits
from kith.records.layout import column_of, model_of
from kith.search.engine import matching, matching_each
from kith.search.grammar import field_key
from kith.search.query import Complaint
from kith.search.syntax import All, Either, Named, Not, Part, Text, Word, is_text
from kith.transfer.queries import records_of

FOLDED = {"name": "sort_name", "city": "city_folded"}
"""The columns that hold the folded form of a field."""
Plain = Callable[[str], str]


NOTHING = All()


@dataclass(frozen=True)
class Condition:
    """`each` asks one contact after the other. `rows` gathers: rows of another table, whose
    `parent` names the contact. `own` is a condition on a column of the contact's own row;
    `hint` are words that a document must hold where the condition is met. `found` are fewer rows,
    which say the same, to be gathered."""

    each: Q | None = None
    rows: QuerySet[Any] | None = None
    parent: str = ""
    own: Test | None = None
    column: str = ""
    hint: All = NOTHING
    found: QuerySet[Any] | None = None

    def of_each(self) -> Q:
        if self.rows is not None:
            return Q(Exists(self.rows.filter(**{self.parent: OuterRef("pk")})))
        if self.own is not None:
            return self.own(self.column)
        assert self.each is not None
        return self.each

    def gathered(self) -> Q:
        if self.rows is None:
            return self.of_each()
        rows = self.rows if self.found is None else self.found
        return Q(pk__in=rows.values(self.parent))


NOBODY = Condition(each=Q(pk__in=()))
EVERYBODY = Condition(each=Q())
"""What is made of these two stays one of them, so that no database is asked for it."""


@dataclass(frozen=True)
class Asker:
    """Who asks, and what options, users and countries are read with. `complaints` tell what of the
    values could not be read."""

    user: Any
    context: Context
    complaints: list[Complaint] = dataclass_field(default_factory=list)

    def conditions(self, parts: Sequence[Part]) -> list[Condition]:
        """NOBODY is one of them, where nobody meets them all."""
        found = [self.condition(part) for part in parts]
        return [each for each in found if each is not EVERYBODY]

    def condition(self, part: Part) -> Condition:
        if is_text(part):
            return Condition(each=matching_each(ContactDocument, part))
        match part:
            case Named():
                return self._as_far_as_read(part)
            case Not(part=inner):
                return self._without(inner)
            case All(parts=parts):
                return self._every(parts)
            case Either(parts=parts):
                return self._either(parts)
        raise TypeError(part)

    def _as_far_as_read(self, part: Named) -> Condition:
        """Nobody has a value that does not exist or can't be read; any other one named will do."""
        try:
            return self.named(part)
        except Unreadable as error:
            self.complaints.append(Complaint(str(error), part.start, part.end))
        together = part.operator or part.name == NO or any(".." in each for each in part.values)
        if together or len(part.values) == 1:
            return NOBODY
        found = [each for value in part.values if (each := self._one_value(part, value))]
        return Condition(each=_any(found)) if found else NOBODY

    def _one_value(self, part: Named, value: str) -> Condition | None:
        try:
            return self.named(replace(part, values=(value,)))
        except Unreadable:
            return None

    def _without(self, part: Part) -> Condition:
        inner = self.condition(part)
        if inner is NOBODY:
            return EVERYBODY
        return NOBODY if inner is EVERYBODY else Condition(each=~inner.of_each())

    def _every(self, parts: Sequence[Part]) -> Condition:
        found = self.conditions(parts)
        if any(each is NOBODY for each in found):
            return NOBODY
        forms = [each.of_each() for each in found]
        return Condition(each=reduce(and_, forms)) if forms else EVERYBODY

    def _either(self, parts: Sequence[Part]) -> Condition:
        """Gathered, because an `or` is rarely common."""
        found = [
            Condition(each=matching(ContactDocument, part))
            if is_text(part)
            else self.condition(part)
            for part in parts
        ]
        if any(each is EVERYBODY for each in found):
            return EVERYBODY
        forms = [each.gathered() for each in found if each is not NOBODY]
        return Condition(each=reduce(or_, forms)) if forms else NOBODY

    def named(self, part: Named) -> Condition:
        """Raises Unreadable."""
        own = {
            HAS: self._presence,
            NO: self._presence,
            PHONE: self._phone,
            UNVERIFIED: self._unverified,
            IMPORT: self._imported,
            TEAM: self._managed,
        }.get(part.name)
        if own:
            return own(part)
        if part.name == UPDATED:
            field = Field("updated_at", _("Updated"), Moment())
            return Condition(own=self._test(field, part), column="updated_at")
        if part.name in NUMBERS:
            there = [yes_no(each, part.name) for each in part.values]
            return Condition(
                own=any_of([_has_number if each else _has_none for each in there]),
                column=NUMBERS[part.name],
            )
        field = CONTACT.field(part.name)
        return self._stored(field, rejoined(field, part))

    def _managed(self, part: Named) -> Condition:
        return Condition(own=managed_by_team(part, self.context, self.user), column="manager_id")

    def _test(self, field: Field, part: Named) -> Test:
        if isinstance(field.kind, kinds.Groups):
            return in_groups(field, part, self.context, self.user)
        return test_of(field, part, self.context, self.user)

    def _stored(self, field: Field, part: Named) -> Condition:
        if field.name == "company":
            return self._company(part)
        folded = FOLDED.get(field.name)
        if folded:
            comparable(field, part, yes=False)
        tests = [folded_text(each, part.operator) for each in part.values] if folded else []
        if isinstance(field.storage, Within):
            return self._custom(field, field.storage, part)
        test = any_of(tests) if folded else self._test(field, part)
        hint = _hint(field, part)
        match field.storage:
            case Own():
                return Condition(own=test, column=folded or column_of(field), hint=hint)
            case Beside(table=table):
                found = _rows_beside(table).filter(test(folded or column_of(field)))
                return Condition(rows=found, parent=table.parent, hint=hint)
            case Below() as below:
                found = _rows_below(below).filter(test(_value_column(field, below)))
                return Condition(rows=found, parent=below.parent, hint=hint)
        raise _not_like_this(field)

    def _custom(self, field: Field, storage: Within, part: Named) -> Condition:
        if storage.index is None or storage.keys is None:
            raise _not_like_this(field)
        test = key_test(field, storage.keys, part, self.context, self.user)
        rows = model_of(storage.index.model)._base_manager.filter(test("key"), field=field.name)
        return Condition(rows=rows, parent=storage.index.parent)

    def _company(self, part: Named) -> Condition:
        comparable(CONTACT.field("company"), part, yes=False)
        test = any_of([folded_text(each, part.operator) for each in part.values])
        links = self._links().filter(test("other__sort_name"))
        hint = _hint(CONTACT.field("company"), part)
        named = Contact.objects.filter(matching(ContactDocument, hint))
        found = links.filter(other__in=named.values("pk")) if hint.parts else None
        return Condition(rows=links, parent="contact_id", hint=hint, found=found)

    def _links(self) -> QuerySet[Link]:
        companies = Q(listed("other__"), other__kind=ContactKind.COMPANY)
        return Link.objects.filter(companies, reached(self.user, "other__"))

    def _phone(self, part: Named) -> Condition:
        numbers = [digits(each).lstrip("0") for each in part.values]
        if not all(numbers):
            raise Unreadable(_("A phone number is searched for by its digits."))
        test = reduce(or_, [Q(key__contains=each) for each in numbers])
        rows = Channel.objects.filter(test, kind__in=PHONE_KINDS)
        hint = All((Word(numbers[0]),)) if len(numbers) == 1 else All()
        return Condition(rows=rows, parent="contact_id", hint=hint)

    def _unverified(self, part: Named) -> Condition:
        """Whether any official number, or that of one field, failed its check."""
        rows = Identifier.objects.filter(verified=False)
        held = []
        for each in part.values:
            name = query_names().get(field_key(bare(each)))
            if name in CONTACT.by_name and isinstance(CONTACT.field(name).kind, kinds.Identifier):
                held.append(Condition(rows=rows.filter(kind=name), parent="contact_id"))
            else:
                found = Condition(rows=rows, parent="contact_id")
                there = yes_no(each, part.name)
                held.append(found if there else Condition(each=~found.of_each()))
        return held[0] if len(held) == 1 else Condition(each=_any(held))

    def _imported(self, part: Named) -> Condition:
        numbers = [bare(each) for each in part.values]
        for each in numbers:
            if not each.isdecimal() or len(each) > 9:
                message = _("Give the number of an import, not “%(value)s”.")
                raise Unreadable(message % {"value": each[:40]})
        return Condition(each=Q(pk__in=records_of(self.user, [int(each) for each in numbers])))

    def _presence(self, part: Named) -> Condition:
        held = []
        for each in part.values:
            name = query_names().get(field_key(bare(each)))
            name = NUMBERS.get(name or "", name)
            if name is None or name in (HAS, NO, UPDATED, UNVERIFIED, IMPORT, TEAM):
                message = _("There is no field “%(name)s”.")
                raise Unreadable(message % {"name": bare(each)[:40]})
            held.append(self._held(name))
        if part.name == HAS:
            return held[0] if len(held) == 1 else Condition(each=_any(held))
        return Condition(each=~_any(held))

    def _held(self, name: str) -> Condition:
        """Whether there is any value."""
        if name == PHONE:
            return Condition(rows=Channel.objects.filter(kind__in=PHONE_KINDS), parent="contact_id")
        if name == "company":
            return Condition(rows=self._links(), parent="contact_id")
        field = CONTACT.field(name)
        match field.storage:
            case Own():
                return Condition(own=lambda column: _filled(field, column), column=column_of(field))
            case Beside(table=table):
                found = _rows_beside(table).filter(_filled(field, column_of(field)))
                return Condition(rows=found, parent=table.parent)
            case Below() as below:
                return Condition(rows=_rows_below(below), parent=below.parent)
            case Within(column=column):
                return Condition(each=Q(**{f"{column}__{field.name}__isnull": False}))
        raise _not_like_this(field)


def _not_like_this(field: Field) -> Unreadable:
    return Unreadable(_("“%(field)s” can't be asked for like this.") % {"field": field.label})


def _any(conditions: Sequence[Condition]) -> Q:
    return reduce(or_, [each.of_each() for each in conditions])


def _has_number(column: str) -> Q:
    return Q(**{f"{column}__isnull": False})


def _has_none(column: str) -> Q:
    return Q(**{f"{column}__isnull": True})


def _filled(field: Field, column: str) -> Q:
    if field.kind.to_db(None) == "":
        return ~Q(**{column: ""})
    return Q(**{f"{column}__isnull": False})


def _rows_beside(table: BesideTable) -> QuerySet[Any]:
    """Of an address every site of the contact counts, not the main one alone."""
    rows = model_of(table.model)._base_manager.all()
    return rows if table == MAIN_SITE else rows.filter(**dict(table.fixed))


def _rows_below(below: Below) -> QuerySet[Any]:
    rows = model_of(below.model)._base_manager.all()
    return rows.filter(kind=below.kind) if below.kind else rows


def _value_column(field: Field, below: Below) -> str:
    """Channels and identifiers stand there in a folded form as well."""
    if isinstance(field.kind, kinds.Channel | kinds.Identifier):
        return "key"
    return below.columns[0]


def _hint(field: Field, part: Named) -> All:
    """The index of all words narrows down what one field is asked for, where it holds the very
    text that the field's condition looks at."""
    if part.operator not in ("", "=") or len(part.values) != 1:
        return All()
    value = bare(part.values[0])
    if isinstance(field.kind, kinds.Phone):
        return _long(Word(digits(value).lstrip("0")))
    if field.name in (*FOLDED, "company") or isinstance(field.kind, kinds.Email):
        return _long(wording(f'"{value}"' if part.operator else part.values[0]))
    return All()


def _long(part: Text | None) -> All:
    """A letter or two are no help."""
    return All((part,)) if part and len(part.text) > 2 else All()
