"""What a list shows, as its URL says it. Any URL gives a state; what can't be read is named."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kith.contacts.context import options_of, users_of
from kith.contacts.listing.names import query_names, written
from kith.contacts.listing.offered import chosen, known
from kith.contacts.listing.sorting import sortable
from kith.contacts.models import ContactWord
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.kinds.kind import Context
from kith.search.grammar import field_key
from kith.search.query import Query, read_query
from kith.search.syntax import Named
from kith.search.vocabulary import with_neighbours

RELEVANCE = "relevance"
KEPT = ("q", "sort", "after", "before", "view", "columns", "count", "format", "page", "act", "next")
"""What of an address is no filter."""


class Params(Protocol):
    """A QueryDict, or whatever else holds several texts for a name."""

    def getlist(self, key: str) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class State:
    """`q` is the query as text; `ignored` names the parameters that say nothing. `columns` are
    those that were chosen, none for the usual ones; `gone` can't be shown, or no longer."""

    q: str = ""
    sort: str = "name"
    after: str = ""
    before: str = ""
    exact: bool = False
    query: Query = field(default_factory=Query)
    ignored: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        return bool(self.query.conditions)


def read_state(params: Params, context: Context | None = None) -> State:
    """`context` has the options and users that parameters may name by their ids."""
    ignored: list[str] = []
    q = _one(params, "q")
    for name, values in _filters(params).items():
        added = _as_text(name, values, context)
        q = f"{q} {added}".strip()
        if not added:
            ignored.append(name)
    query = read_contact_query(q)
    columns, gone = chosen(params.getlist("columns"))
    return State(
        q=q,
        columns=columns,
        gone=gone,
        query=query,
        sort=_sort(_one(params, "sort"), query, ignored),
        after=_one(params, "after"),
        before=_one(params, "before"),
        exact=_one(params, "count") == "exact",
        ignored=tuple(ignored),
    )


def read_contact_query(text: str) -> Query:
    return with_neighbours(ContactWord, read_query(text, query_names()))


def state_of(text: str) -> State:
    """The best matches of a query."""
    query = read_contact_query(text)
    return State(q=text, query=query, sort=_sort("", query, []))


def filters_in(params: Params) -> bool:
    """Whether an address has filters beside its query, as a form or an old link gives them."""
    return bool(_filters(params))


def _filters(params: Params) -> dict[str, list[str]]:
    """The values of each parameter that is a filter; two days are a period."""
    found: dict[str, list[str]] = {}
    for name in params:
        values = [each for each in params.getlist(name) if each.strip()]
        if name in KEPT or not values or name.endswith((".from", ".to")):
            continue
        found[name] = values
    for name in params:
        if name.endswith((".from", ".to")):
            bare = name.rpartition(".")[0]
            first, last = _one(params, f"{bare}.from"), _one(params, f"{bare}.to")
            if first or last:
                found[bare] = [f"{first}..{last}"]
    return found


def _one(params: Params, name: str) -> str:
    """The last value, without what no database takes."""
    values = params.getlist(name)
    return values[-1].replace("\0", "").strip() if values else ""


def _as_text(name: str, values: Iterable[str], context: Context | None) -> str:
    """The parameter as a part of the query; "" where it is no field."""
    known = query_names().get(field_key(name))
    clean = [each.replace("\0", "").replace('"', "").strip() for each in values]
    if not known or not any(clean):
        return ""
    given = [_named(known, each, context) for each in dict.fromkeys(clean) if each]
    return asking(known, given)


def _named(name: str, value: str, context: Context | None) -> str:
    """An option's or a user's id, as forms and older links have it, by its name."""
    kind = CONTACT.by_name[name].kind if name in CONTACT.by_name else None
    tell = _TELLING.get(type(kind))
    if context is None or tell is None:
        return value
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        return value
    try:
        return tell(context, int(value))
    except LookupError:
        return value


def _option(context: Context, pk: int) -> str:
    return options_of(context).told(pk)


def _user(context: Context, pk: int) -> str:
    return users_of(context).label(pk)


_TELLING: dict[type, Callable[[Context, int], str]] = {
    kinds.Choice: _option,
    kinds.Choices: _option,
    kinds.User: _user,
}
"""What an id is called; raises LookupError."""


def asking(name: str, values: Iterable[str]) -> str:
    """`tag:vip,"key account"`: as people would write it."""
    return f"{written(name)}:{','.join(quoted(each) for each in values)}"


def quoted(value: str) -> str:
    bare = value.replace('"', "")
    plain = not any(each in bare for each in ' ,()\t"') and bare
    return bare if plain else f'"{bare}"'


def named_in(query: Query) -> Mapping[str, list[Named]]:
    """The fields that are asked for on the top level, by name."""
    found: dict[str, list[Named]] = {}
    for part in query.conditions:
        if isinstance(part, Named):
            found.setdefault(part.name, []).append(part)
    return found


def _sort(text: str, query: Query, ignored: list[str]) -> str:
    ranked = any(not isinstance(part, Named) for part in query.wording.parts)
    best = RELEVANCE if ranked else "name"
    if not text or text == RELEVANCE:
        return best
    if known(text.removeprefix("-")) and sortable(text):
        return text
    ignored.append("sort")
    return best
