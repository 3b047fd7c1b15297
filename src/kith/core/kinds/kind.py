"""What every kind of value can do, and what it is told about the value's surroundings."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from django.utils.translation import gettext_lazy as _

Cell = str | int | float | None


class Invalid(Exception):
    """A value that can't be read. `message` says in plain words what to do."""

    def __init__(self, code: str, message: Any, value: Any = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.value = value

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Caution:
    """A value that was kept although something about it is doubtful."""

    code: str
    message: Any
    value: Any = None


class OptionBook(Protocol):
    """The reference lists: option ids by text, labels by id (LookupError when there is none).

    It may also have `holds(list_name, option_id) -> bool`, which knows retired options too.
    """

    def find(self, list_name: str, text: str) -> int | None: ...

    def label(self, option_id: int) -> str: ...

    def labels(self, list_name: str) -> Iterable[str]:
        """All labels of a list, to offer near spellings."""
        ...

    def forget(self) -> None:
        """Read the lists again: an option has been made."""
        ...


class UserBook(Protocol):
    """Users by e-mail, name or employee code, case-insensitive (label: LookupError when none)."""

    def find(self, text: str) -> int | None: ...

    def label(self, user_id: int) -> str: ...


class RecordBook(Protocol):
    """Records that the reader may see: ids by code or exact name, names and codes by id.

    `label` raises LookupError for what is absent or hidden. `expect` is told which will be
    asked for, so that they are read at once.
    """

    def find(self, text: str) -> Sequence[int]: ...

    def label(self, record_id: int) -> str: ...

    def code(self, record_id: int) -> str: ...

    def expect(self, ids: Iterable[int]) -> None: ...


class AudienceBook(Protocol):
    """Users, teams and divisions as tokens ("user:3"), and the sets of them by id."""

    def find(self, text: str, sort: str = "") -> str | None:
        """By name, users also by e-mail and code; `sort` "team" or "division" looks there only."""
        ...

    def label(self, token: str) -> str:
        """ "" when there is none."""
        ...

    def members(self, audience_id: int) -> Iterable[str] | None:
        """None for an id that no audience has."""
        ...

    def known(self, tokens: Iterable[str]) -> int | None:
        """The id of the audience with exactly these members, if there is one."""
        ...

    def holds(self, tokens: Iterable[str], user_id: int) -> bool: ...


@dataclass(slots=True)
class Context:
    """Where a value comes from, or is to go.

    from_sheet: numbers are texts of cells, never ids of options.
    labels: what options are called, for who asks nothing else of their lists.
    policies: by field, what comes of a doubtful value, in place of what the field itself says:
        "block" refuses it, "warn" keeps it with a caution, "accept" keeps it without a word.
    currency: what amounts are in (ISO 4217), where a page says so beside them.
    growing: by list, whether who writes may add to it, in place of what its fields say.
    grows: who writes may add to every list, also to one that does not grow by itself.
    spelt: by list, what a folded text that is no option of it stands for here: the id of one, or
        None where such values are left out.
    reveals: an export that holds sensitive values in the clear.
    pictures: keeps the photo that a cell of a sheet names; gives the picture's name, or raises
        Refused.
    reader: the id of the user who gives or reads it: who "only me" is.
    beside: by list field, what records get that are made on the way (a person's company).
    handed_on: the fields that these take over from the record that they are made for.
    shuts: what is meant for people of whom none is known is for the reader, and not for everybody.
    """

    default_country: str = ""
    country: str = ""
    currency: str = ""
    date_order: str = "ymd"
    options: OptionBook | None = None
    labels: Mapping[int, str] | None = None
    users: UserBook | None = None
    records: RecordBook | None = None
    audiences: AudienceBook | None = None
    reader: int | None = None
    cautions: list[Caution] = field(default_factory=list)
    from_sheet: bool = False
    growing: Mapping[str, bool] = field(default_factory=dict)
    grows: bool = False
    spelt: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    reveals: bool = False
    pictures: Callable[[str], str] | None = None
    beside: Mapping[str, list[Any]] = field(default_factory=dict)
    handed_on: tuple[str, ...] = ()
    shuts: bool = False

    def warn(self, code: str, message: Any, value: Any = None) -> None:
        self.cautions.append(Caution(code, message, value))

    @property
    def home(self) -> str:
        """The country whose habits apply: the row's own, else the default one (ISO2 or '')."""
        return self.country or self.default_country


class Kind:
    """Reads, shows, stores and exports one kind of value. Pure: it writes nothing anywhere."""

    many: ClassVar[bool] = False
    widget: ClassVar[str] = "text"

    def empty(self) -> Any:
        return [] if self.many else None

    def clean(self, raw: Any, context: Context) -> Any:
        """The wire form of what a person, a cell, a program or an earlier `clean` gave."""
        raise NotImplementedError

    def show(self, value: Any, context: Context) -> str:
        return "" if value is None else str(value)

    def export(self, value: Any, context: Context) -> Cell:
        """One spreadsheet cell that `clean` reads back as the same value."""
        return self.show(value, context) or None

    def to_db(self, value: Any) -> Any:
        return "" if value is None else value

    def from_db(self, stored: Any) -> Any:
        return None if stored == "" else stored

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        """Texts to be folded and indexed."""
        return []

    def told(self, raw: Any) -> Any:
        """What a report about a refused value may repeat of it."""
        return raw

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values mean the same, however they were typed."""
        return bool(one == other)

    def accept(self, value: Any) -> Any:
        """The value, where the field takes doubtful ones without a word."""
        return value

    def alters(self, before: Any, value: Any) -> bool:
        """Whether storing `value` over `before` is a change worth a line in history."""
        return bool(before != value)


def cell_text(raw: Any) -> str:
    """What a person would read in the cell: 9327058088.0 is '9327058088', a date is ISO."""
    if isinstance(raw, str):
        return str(raw)
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int | float | Decimal):
        return number_text(raw)
    if isinstance(raw, dt.datetime):
        midnight = raw.time() == dt.time()
        return raw.date().isoformat() if midnight else raw.isoformat(" ", "seconds")
    if isinstance(raw, dt.date | dt.time):
        return raw.isoformat()
    raise unreadable(raw)


def number_text(number: float | Decimal) -> str:
    """A number without exponent, without '.0' and without the noise of binary fractions."""
    if isinstance(number, int):
        if number.bit_length() > 4_000:
            raise unreadable(number)
        return str(int(number))
    exact = Decimal(repr(number)) if isinstance(number, float) else number
    if not exact.is_finite() or not -400 < exact.adjusted() < 400:
        raise unreadable(number)
    if isinstance(number, float) and len(exact.as_tuple().digits) > 15:
        exact = Decimal(f"{number:.15g}")
    text = format(exact, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def unreadable(raw: Any) -> Invalid:
    return Invalid("unreadable", _("Write this as plain text."), type(raw).__name__)


def is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())
