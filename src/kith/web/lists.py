"""The list kit: columns, chips, filters and pager are objects. What there are many of in a list is
drawn by `list_parts`, the rest by the templates in web/list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString

from kith.web import list_parts
from kith.web.marks import icon

Text = str | Promise
PAGING = ("after", "before", "page")


class Row(Protocol):
    """What a row must have; more is the columns' own affair."""

    @property
    def id(self) -> Any: ...


@dataclass(frozen=True)
class Column:
    """`render` answers escaped HTML; `sort` is the key in ?sort=.

    `css` sets width and look (c-name, c-slim, c-wide, c-num, soft); `narrow` is the place on a
    phone: sub, dot, call or more.
    """

    name: str
    label: Text
    render: Callable[[Any], str]
    sort: str = ""
    css: str = ""
    narrow: str = ""
    hidden_label: bool = False

    @property
    def classes(self) -> str:
        return " ".join(filter(None, (self.css, f"n-{self.narrow}" if self.narrow else "")))


@dataclass(frozen=True)
class Offer:
    """A column that can be chosen."""

    name: str
    label: Text


@dataclass(frozen=True)
class Chip:
    """A filter that is on. `remove_url` is the same page without it."""

    label: Text
    value: Text
    remove_url: str


@dataclass(frozen=True)
class Seek:
    """A box beside the heading that narrows the list while one types."""

    name: str
    text: str
    label: Text


@dataclass(frozen=True)
class Filter:
    """One entry of 'Add filter'.

    `options` [(value, label)] draws ticks, or one choice if not `many`; without options it is a
    field of `input_type` (text, date).
    """

    name: str
    label: Text
    options: Sequence[tuple[str, Text]] = ()
    chosen: Sequence[str] = ()
    many: bool = True
    input_type: str = "text"
    counts: Mapping[str, str] = field(default_factory=dict)
    """How many there are of each value."""
    period: bool = False
    """Whether two days can be given as well, as `name.from` and `name.to`."""
    kept: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Note:
    """What the list has to say about itself; `before`, `marked` and `after` show the place in a
    text that it speaks of."""

    text: Text
    before: str = ""
    marked: str = ""
    after: str = ""


@dataclass(frozen=True)
class View:
    """A tab above the list. `changed`: what is listed is no longer what it says; `new`: somebody
    has shared it, and it was not opened yet."""

    label: Text
    url: str
    count: str = ""
    here: bool = False
    changed: bool = False
    new: bool = False


@dataclass(frozen=True)
class Act:
    """Something to do with a view: posted to `url` with what is `kept`, or a page that `asks`."""

    label: Text
    url: str
    icon: str
    kept: Sequence[tuple[str, str]] = ()
    asks: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Unsaved:
    """What was changed in a view since it was opened. Without `url` it can't be kept in there."""

    label: Text
    url: str
    kept: Sequence[tuple[str, str]]
    discard_url: str


@dataclass(frozen=True)
class Tabs:
    """The views of a list: those that are tabs, all of them for the menu, and what can be done
    with the one that is open, called `label`."""

    shown: Sequence[View]
    every: Sequence[View] = ()
    acts: Sequence[Act] = ()
    label: Text = ""
    new_url: str = ""
    arrange_url: str = ""
    unsaved: Unsaved | None = None
    widths_url: str = ""


@dataclass(frozen=True)
class Action:
    """Something to do with the selection: its form is posted to `url` with `id`s (or `all`).
    As a button above the list: a link, with a key and in a dialog if it says so."""

    label: Text
    url: str
    icon: str
    hidden_label: bool = False
    key: str = ""
    dialog: bool = False


@dataclass(frozen=True)
class Ordering:
    """An order that the list can be brought into; `here` if it is in it, `down` the last first."""

    label: Text
    url: str
    here: bool
    down: bool

    @property
    def mark(self) -> str:
        if not self.here:
            return ""
        return icon("arrow-down") if self.down else icon("arrow-up")


@dataclass(frozen=True)
class Empty:
    """What is said when there is nothing: what would be here, and the next step."""

    title: Text
    text: Text
    icon: str = "users"
    links: Sequence[tuple[Text, str]] = ()


@dataclass
class Listing:
    """Everything web/list/page.html draws."""

    url: str
    params: QueryDict
    columns: Sequence[Column]
    rows: Sequence[Any]
    label: Text
    row_url: Callable[[Any], str]
    row_name: Callable[[Any], str] = str
    edit_url: Callable[[Any], str] | None = None
    count: str = ""
    count_url: str = ""
    """Where they are all counted, when `count` says only that there are many."""
    range: str = ""
    # A sentence under the heading, for lists that have one of their own.
    text: Text = ""
    sort: str = ""
    typed: str = ""
    """What the search box shows, where the address says it in other words."""
    views: Sequence[View] = ()
    tabs: Tabs | None = None
    """More about the views, where people can save their own."""
    chips: Sequence[Chip] = ()
    clear_url: str = ""
    filters: Sequence[Filter] = ()
    filters_url: str = ""
    """Where the menu of filters is loaded from when it is opened."""
    density: str = ""
    """The height of rows that a view wants, whatever the user has chosen."""
    widths: Mapping[str, int] = field(default_factory=dict)
    """How wide columns are drawn, by name; the others as wide as they need."""
    columns_url: str = ""
    """Where the choice of columns is loaded from when it is opened."""
    notes: Sequence[Note] = ()
    actions: Sequence[Action] = ()
    buttons: Sequence[Action] = ()
    adds: Action | None = None
    """The way to add to it, beside the heading of a list that has one (web/list/titled.html)."""
    seek: Seek | None = None
    next_url: str = ""
    previous_url: str = ""
    first_url: str = ""
    last_url: str = ""
    empty: Empty | None = None
    milliseconds: str = ""
    peeks: bool = False
    """Whether the page of a row may be looked at beside the list."""
    selectable: bool = True
    all_matches: bool = False
    """Whether the actions take `all` for everything that is listed, beyond this page."""
    kept: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def sizable(self) -> bool:
        return bool(self.tabs and self.tabs.widths_url)

    def link(self, **changes: str | None) -> str:
        return with_params(self.url, self.params, **changes)

    @cached_property
    def orders(self) -> Sequence[Ordering]:
        """Said twice: where rows are blocks there is no head to sort by."""
        stem = self.link(sort=None)
        stem += "&" if "?" in stem else "?"
        return [_ordering(self, column, stem) for column in self.columns if column.sort]

    @property
    def edits(self) -> bool:
        """For templates, which would call `edit_url`."""
        return self.edit_url is not None

    @property
    def cols(self) -> SafeString:
        return list_parts.cols(self)

    @property
    def head(self) -> SafeString:
        return list_parts.head(self)

    @property
    def body(self) -> SafeString:
        return list_parts.body(self)

    @property
    def sorting(self) -> SafeString:
        return list_parts.sorting(self)

    @property
    def onward(self) -> SafeString:
        return list_parts.onward(self)


def with_params(url: str, params: QueryDict, **changes: str | None) -> str:
    """The same list with some parameters changed (None removes); paging starts again."""
    pairs = [(k, v) for k, values in params.lists() for v in values if k not in changes and v]
    pairs = [(k, v) for k, v in pairs if k not in PAGING]
    pairs += [(k, v) for k, v in changes.items() if v]
    names = {k for k, _v in pairs}
    if "view" in names and "q" not in names:
        pairs.append(("q", ""))  # Else the view's own query would come back.
    return f"{url}?{urlencode(pairs)}" if pairs else url


def _ordering(listing: Listing, column: Column, stem: str) -> Ordering:
    """A second press turns it round. `stem` is the address of the list, up to its order."""
    down = listing.sort == f"-{column.sort}"
    here = down or listing.sort == column.sort
    target = f"-{column.sort}" if here and not down else column.sort
    return Ordering(column.label, f"{stem}{urlencode({'sort': target})}", here, down)
