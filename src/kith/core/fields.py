"""A field is declared once; forms, lists, imports, search, history and export read it here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from kith.core.kinds.kind import Kind

ALWAYS = "always"
BLOCK, WARN, ACCEPT = "block", "warn", "accept"

Value: TypeAlias = Any
"""A value in wire form: str, int, bool, None, or lists and dicts of these. Dates are ISO text."""


@dataclass(frozen=True)
class Own:
    """A column of the record's own row. `also`: columns derived from the same value."""

    column: str = ""
    also: tuple[tuple[str, Callable[[Value], Any]], ...] = ()


@dataclass(frozen=True)
class Beside:
    """A column of the one row that always stands beside the record (a contact's main site)."""

    table: "BesideTable"
    column: str = ""
    also: tuple[tuple[str, Callable[[Value], Any]], ...] = ()


@dataclass(frozen=True)
class BesideTable:
    """Which row that is. `fixed`: columns that hold the same in each of these rows.

    An `optional` one only has a row once something in it is set: what few records use costs the
    others nothing. Its `parent` is unique.
    """

    model: str
    parent: str
    fixed: tuple[tuple[str, Any], ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Below:
    """Rows below the record, in order: a list of scalars or of dicts.

    `columns` name what one item holds; `kind` sets apart the lists that share one table;
    `also` derives further columns from an item. A `single` one has at most one row, and its
    value is the item itself, or None.
    """

    model: str
    parent: str
    columns: tuple[str, ...]
    kind: str = ""
    ordered: bool = True
    single: bool = False
    also: tuple[tuple[str, Callable[[Value], Any]], ...] = ()


@dataclass(frozen=True)
class KeyTable:
    """Rows (parent, field, key, sole) by which values of a JSON column are found again.

    `sole` is filled where no two records may hold the same value: the database sees to it.
    """

    model: str
    parent: str


@dataclass(frozen=True)
class Within:
    """A key, the field's name, in a JSON column of the record's own row: in wire form there.

    `keys` gives the texts under which a value stands in `index`, so that it can be filtered.
    """

    column: str
    index: KeyTable | None = None
    keys: Callable[[Value], Sequence[str]] | None = None
    sole: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """A value that other records hold (a person's company is a link). History is theirs.

    `load` is asked for what a viewer may see of it; None is what everybody may, which is all
    that the search index may hold. Without it the value is a wish that a sheet brings.
    """

    load: Callable[[Sequence[int], Any], dict[int, Value]] | None = None
    write: Callable[[Any, Mapping[int, Value]], None] | None = None


Storage: TypeAlias = Own | Beside | Below | Within | Elsewhere


@dataclass(frozen=True)
class Field:
    """One thing that can be known of a record.

    `search` > 0 puts it into the search index; `aliases` are headings under which it comes in
    other people's sheets; `personal` marks what an erasure must remove; `for_kinds` limits it
    to some kinds of the record ("person", "company"); `system` ones are set by services, never
    by a form or a sheet; `given` ones are set by services, though a sheet may bring them along
    (the customer numbers of an older system); `derived` ones follow another field (the parts of
    a name): forms leave them out.

    What an administrator says of a field: `required_for` kinds ("person"), types ("type:12") or
    always (ALWAYS), in forms; `first` fills a new form; `policy` is what becomes of a doubtful
    value (BLOCK, WARN, ACCEPT); `unique`, no two records hold the same; `hidden`, it is kept and
    not shown.
    """

    name: str
    label: Any
    kind: Kind
    section: str = ""
    storage: Storage = Own()
    column: bool = False
    filter: bool = False
    sort: str = ""
    search: int = 0
    aliases: tuple[str, ...] = ()
    personal: bool = False
    sensitive: bool = False
    required: bool = False
    system: bool = False
    given: bool = False
    derived: bool = False
    for_kinds: tuple[str, ...] = ()
    help: Any = ""
    required_for: tuple[str, ...] = ()
    first: str = ""
    policy: str = ""
    unique: bool = False
    hidden: bool = False

    @property
    def tracked(self) -> bool:
        """Whether history holds this field's values."""
        return not isinstance(self.storage, Elsewhere)

    @property
    def empty(self) -> Value:
        return [] if self.kind.many else None

    @property
    def custom(self) -> bool:
        """Whether an administrator made it."""
        return isinstance(self.storage, Within)

    def applies_to(self, kind: str | None) -> bool:
        return not self.for_kinds or kind is None or kind in self.for_kinds
