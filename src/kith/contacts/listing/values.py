"""What a query asks of a value, by the kind of the field: a condition on the column it lies in."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.db.models import CharField, F, Func, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext as _

from kith.contacts.context import options_of, users_of
from kith.contacts.keys import channel_key
from kith.contacts.listing.periods import Period, compared, read_period
from kith.contacts.models import ContactDocument, ContactWord
from kith.contacts.queries import visible_to
from kith.core import kinds
from kith.core.fields import Field
from kith.core.kinds.audience import EVERYONE
from kith.core.kinds.kind import Context, Invalid, Kind
from kith.core.kinds.stored import Moment
from kith.core.text import digits, fold
from kith.search.engine import matching
from kith.search.grammar import word
from kith.search.predicates import EDGE, regular, wildcards
from kith.search.syntax import All, Named, Pattern, Similar, Word
from kith.search.vocabulary import neighbours

Test = Callable[[str], Q]
"""Given a column (with the path to it), the condition."""
ME, NOBODY = "me", ("none", "nobody")
MOST_RECORDS = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that is asked for of a field, by whom, and what it is read with."""

    field: Field
    operator: str
    value: str
    context: Context
    user: Any


class Unreadable(Exception):
    """The value can't be read; says in plain words what may be written."""


def test_of(field: Field, named: Named, context: Context, user: Any) -> Test:
    """Whether a value fits any of those named. Raises Unreadable."""
    make = _maker(field.kind)
    if make is None:
        message = _("What “%(field)s” holds can't be searched for; has: and no: can be used.")
        raise Unreadable(message % {"field": field.label})
    comparable(field, named, yes=make in (_number, _moment, _day))
    asked = (Asked(field, named.operator, value, context, user) for value in named.values)
    return any_of(map(make, asked))


def comparable(field: Field, named: Named, *, yes: bool) -> None:
    """Raises Unreadable where more and less are asked for of what has none."""
    if named.operator in (">", ">=", "<", "<=") and not yes:
        message = _("“%(field)s” has no more and less; write %(name)s:value.")
        raise Unreadable(message % {"field": field.label, "name": named.word or named.name})


def any_of(tests: Iterable[Test]) -> Test:
    each = list(tests)

    def test(column: str) -> Q:
        condition = each[0](column)
        for other in each[1:]:
            condition |= other(column)
        return condition

    return test


def _maker(kind: Kind) -> Any:
    for classes, make in _MAKERS:
        if isinstance(kind, classes):
            return make
    return None


def bare(value: str) -> str:
    """Without the quotes that keep its words together."""
    return value.strip('"')


def wording(value: str) -> Word | Pattern | Similar | None:
    """What a text must hold; None when folding leaves nothing of it. Quotes keep words together,
    and are needed for nothing else."""
    part: Any = Word(fold(bare(value))) if value.startswith('"') else word(value)
    if isinstance(part, All):
        part = part.parts[0] if part.parts else None
    if isinstance(part, Similar):
        part = Similar(part.text, neighbours(ContactWord, part.text))
    return part if part and part.text else None


def folded_text(value: str, operator: str = "") -> Test:
    """Of a column that holds folded text."""
    if operator == "=":
        return lambda column: Q(**{column: fold(bare(value))})
    part = wording(value)
    if part is None:
        return lambda column: Q()
    if isinstance(part, Word):
        return lambda column: Q(**{f"{column}__contains": part.text})
    expression = at_edges(regular(part))
    return lambda column: Q(**{f"{column}__regex": expression})


def at_edges(expression: str) -> str:
    """The same for a text without a space around it."""
    if expression.startswith(EDGE):
        expression = f"(^|{EDGE}){expression.removeprefix(EDGE)}"
    if expression.endswith(EDGE):
        expression = f"{expression.removesuffix(EDGE)}({EDGE}|$)"
    return expression


def _text(asked: Asked) -> Test:
    """Of a column that holds text as it was typed: only case is overlooked."""
    plain = bare(asked.value)
    if asked.operator == "=":
        return lambda column: Q(**{f"{column}__iexact": plain})
    if asked.value.startswith('"') or not ("*" in plain or "?" in plain):
        return lambda column: Q(**{f"{column}__icontains": plain})
    expression = f"(^|{EDGE}){wildcards(plain.lower())}({EDGE}|$)"
    return lambda column: Q(**{f"{column}__iregex": expression})


def _options(asked: Asked) -> Test:
    found = option_ids(asked.field, asked.value, asked.context)
    return lambda column: one_of(column, found)


def option_ids(field: Field, value: str, context: Context) -> list[int]:
    """The options of this name, else those that hold the words. Raises Unreadable."""
    options, kind = options_of(context), cast("Any", field.kind)
    exact = options.find(kind.list_name, bare(value))
    if exact is not None:
        return [exact]
    entries = options.of(kind.list_name)
    fits = names_like(value)
    found = [entry.id for entry in entries if fits(entry.folded)]
    return found or nothing_called(field, value)


def names_like(value: str) -> Callable[[str], bool]:
    part = wording(value)
    if part is None or isinstance(part, Word):
        text = part.text if part else ""
        return lambda folded: text in folded
    expression = re.compile(regular(part))
    return lambda folded: bool(expression.search(f" {folded} "))


def nothing_called(field: Field, value: str) -> Any:
    message = _("“%(value)s” is not among the choices of “%(field)s”.")
    raise Unreadable(message % {"value": bare(value)[:60], "field": field.label})


def one_of(column: str, values: list[Any]) -> Q:
    """One value is compared plainly, so that its index also gives the order."""
    return Q(**{column: values[0]}) if len(values) == 1 else Q(**{f"{column}__in": values})


def _same(asked: Asked) -> Test:
    found = cleaned(asked.field, asked.value, asked.context)
    return lambda column: Q(**{column: found})


def cleaned(field: Field, value: str, context: Context) -> Any:
    try:
        return field.kind.clean(bare(value), context)
    except Invalid as error:
        raise Unreadable(str(error)) from None


def _person(asked: Asked) -> Test:
    text = bare(asked.value)
    if text.lower() in NOBODY:
        return lambda column: Q(**{f"{column}__isnull": True})
    found = [asked.user.pk] if text.lower() == ME else user_ids(text, asked.context)
    if not found:
        nothing_called(asked.field, asked.value)
    return lambda column: one_of(column, found)


def user_ids(text: str, context: Context) -> list[int]:
    users = users_of(context)
    exact = users.find(text)
    if exact is not None:
        return [exact]
    fits = names_like(text)
    return [pk for pk, name in users.choices() if fits(fold(name))]


def _yes_no(asked: Asked) -> Test:
    wanted = cleaned(asked.field, asked.value, asked.context)
    if wanted:
        return lambda column: Q(**{column: True})
    return lambda column: Q(**{column: False}) | Q(**{f"{column}__isnull": True})


def yes_no(value: str, name: str) -> bool:
    """Of what is asked for as yes or no, and is no field. Raises Unreadable."""
    said = kinds.YesNo()
    try:
        found = said.clean(bare(value), Context())
    except Invalid:
        found = None
    if found is None:
        raise Unreadable(_("Write %(name)s:yes or %(name)s:no.") % {"name": name})
    return bool(found)


def _record(asked: Asked) -> Test:
    found = record_ids(asked.field, asked.value, asked.user)
    return lambda column: one_of(column, found)


def record_ids(field: Field, value: str, user: Any) -> list[int]:
    """The contact of this code, else those whose names hold the words. Raises Unreadable."""
    seen, text = visible_to(user), bare(value)
    found = seen.filter(code__iexact=text)
    if not found.exists():
        found = seen.filter(folded_text(value)("sort_name"))
        if part := wording(value):
            found = found.filter(matching(ContactDocument, All((part,))))
    ids = list(found.values_list("pk", flat=True)[: MOST_RECORDS + 1])
    if len(ids) > MOST_RECORDS:
        message = _("Too many contacts are called “%(value)s”: write more of the name, or a code.")
        raise Unreadable(message % {"value": text[:60]})
    return ids or nothing_called(field, value)


def _number(asked: Asked) -> Test:
    low, dots, high = bare(asked.value).partition("..")
    if dots:
        first = _amount(asked.field, low, asked.context) if low else None
        last = _amount(asked.field, high, asked.context) if high else None
        return lambda column: between(column, first, last)
    amount = _amount(asked.field, low, asked.context)
    look = {">": "__gt", ">=": "__gte", "<": "__lt", "<=": "__lte"}.get(asked.operator, "")
    return lambda column: Q(**{f"{column}{look}": amount})


def _amount(field: Field, text: str, context: Context) -> Any:
    value = cleaned(field, text, context)
    try:
        return value if isinstance(value, int) else Decimal(str(value))
    except InvalidOperation:
        return nothing_called(field, text)


def between(column: str, first: Any, last: Any) -> Q:
    condition = Q()
    if first is not None:
        condition &= Q(**{f"{column}__gte": first})
    if last is not None:
        condition &= Q(**{f"{column}__lte": last})
    return condition


def period_of(operator: str, value: str) -> Period:
    text = bare(value)
    more = operator if operator in (">", ">=", "<", "<=") else ""
    found = compared(more, text) if more else read_period(text)
    if found is None:
        message = _(
            "“%(value)s” is no time. Write a day like 2026-03-31, a month like 2026-03 or mar, a "
            "year, today, 7d, this-month, -30d, or two of them with .. between."
        )
        raise Unreadable(message % {"value": text[:60]})
    return found


def _moment(asked: Asked) -> Test:
    period = period_of(asked.operator, asked.value)
    return lambda column: within(period, column)


def within(period: Period, column: str) -> Q:
    condition = Q()
    if period.start:
        condition &= Q(**{f"{column}__gte": period.start})
    if period.end:
        condition &= Q(**{f"{column}__lt": period.end})
    return condition


def _day(asked: Asked) -> Test:
    period = period_of(asked.operator, asked.value)
    if asked.field.name in ("birth_date", "anniversary") and period.recurs and not asked.operator:
        return lambda column: _recurring(period, column)
    return lambda column: between(column, period.first, period.last)


def _recurring(period: Period, column: str) -> Q:
    """The days of a period in any year."""
    assert period.first
    assert period.last
    if (period.last - period.first).days >= 365:
        return Q(**{f"{column}__isnull": False})
    day = _DayOfYear(F(column), output_field=CharField())
    ends = (period.last + dt.timedelta(days=1)).day == 1  # With its 29th of February.
    first, last = (
        f"{period.first:%m-%d}",
        f"{period.last:%m}-31" if ends else f"{period.last:%m-%d}",
    )
    since, until = Q(GreaterThanOrEqual(day, first)), Q(LessThanOrEqual(day, last))
    return since & until if first <= last else since | until


class _DayOfYear(Func):
    """A date's month and day, in words of the database: many are asked for it."""

    function, template = "to_char", "%(function)s(%(expressions)s, 'MM-DD')"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "substr(%(expressions)s, 6, 5)"
        return super().as_sql(compiler, connection, template=template, **context)


def _phone(asked: Asked) -> Test:
    number = digits(asked.value).lstrip("0")
    if not number:
        nothing_called(asked.field, asked.value)
    return lambda column: Q(**{f"{column}__contains": number})


def _key(asked: Asked) -> Test:
    """Of the folded key that stands beside a channel's or an identifier's value."""
    if isinstance(asked.field.kind, kinds.Identifier):
        text = "".join(each for each in fold(bare(asked.value)) if each.isalnum()).upper()
        return lambda column: Q(**{f"{column}__icontains": text})
    if asked.operator == "=":
        key = channel_key({"value": bare(asked.value)})
        return lambda column: Q(**{column: key})
    return folded_text(asked.value, asked.operator)


def _audience(asked: Asked) -> Test:
    """Public is what everybody sees, restricted the rest."""
    text = fold(bare(asked.value))
    if text in ("public", "all", "everyone", fold(str(_("All users")))):
        return lambda column: Q(**{column: EVERYONE})
    if text in ("restricted", "private", fold(str(_("Some users only")))):
        return lambda column: Q(**{f"{column}__gt": RawSQL(str(EVERYONE), [])})  # noqa: S611 (a constant)
    return nothing_called(asked.field, asked.value)


_MAKERS: tuple[tuple[Any, Any], ...] = (
    (kinds.Sealed, None),
    (kinds.Audience, _audience),
    (kinds.Phone, _phone),
    ((kinds.Channel, kinds.Identifier), _key),
    ((kinds.Choice, kinds.Choices), _options),
    ((kinds.Enum, kinds.Currency, kinds.Language, kinds.TimeZone), _same),
    (kinds.User, _person),
    (kinds.YesNo, _yes_no),
    (kinds.Record, _record),
    ((kinds.Integer, kinds.Money, kinds.Number), _number),
    (Moment, _moment),
    (kinds.Date, _day),
    ((kinds.Country, kinds.State), _same),
    ((kinds.Text, kinds.Texts), _text),
)
