"""What a list shows, as its URL says it. Any URL gives a state; what can't be read is named."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from kith.contacts.listing.own import OwnFilter, read_own
from kith.contacts.listing.periods import Period, read_period
from kith.contacts.models import ContactKind
from kith.core.kinds.kind import Context
from kith.reference.models import List
from kith.search.query import Query, read_query

SORTS = ("name", "created", "updated")
RELEVANCE = "relevance"
ME, NOBODY = "me", "none"
PUBLIC, RESTRICTED = REACH = ("public", "restricted")


class Params(Protocol):
    """A QueryDict, or whatever else holds several texts for a name."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class State:
    """`managers` are user ids, ME or NOBODY; `ignored` the parameters that say nothing."""

    q: str = ""
    kind: str = ""
    reach: str = ""
    types: tuple[int, ...] = ()
    managers: tuple[int | str, ...] = ()
    tags: tuple[int, ...] = ()
    created: Period | None = None
    own: tuple[OwnFilter, ...] = ()
    sort: str = "name"
    after: str = ""
    before: str = ""
    query: Query = field(default_factory=lambda: read_query(""))
    ignored: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        named = (self.kind, self.reach, self.types, self.managers, self.tags, self.own)
        return any(named) or self.created is not None


def read_state(params: Params, context: Context) -> State:
    """`context` has the options and the users that filters may name."""
    ignored: list[str] = []
    q = _one(params, "q")
    query = read_query(q)
    kind = _one_of(params, "kind", ContactKind.values, ignored)
    created = _one(params, "created")
    period = read_period(created)
    if created and period is None:
        ignored.append("created")
    return State(
        q=q,
        query=query,
        kind=kind,
        reach=_one_of(params, "visible", REACH, ignored),
        types=tuple(_options(params, "type", List.CONTACT_TYPE, context, ignored)),
        managers=tuple(_managers(params, context, ignored)),
        tags=tuple(_options(params, "tag", List.TAG, context, ignored)),
        created=period,
        own=read_own(params, context, ignored),
        sort=_sort(_one(params, "sort"), query, ignored),
        after=_one(params, "after"),
        before=_one(params, "before"),
        ignored=tuple(ignored),
    )


def _one(params: Params, name: str) -> str:
    """The last value, without what no database takes."""
    values = params.getlist(name)
    return values[-1].replace("\0", "").strip() if values else ""


def _one_of(params: Params, name: str, known: Iterable[str], ignored: list[str]) -> str:
    text = _one(params, name)
    if text in known:
        return text
    if text:
        ignored.append(name)
    return ""


def _many(params: Params, name: str) -> Iterable[str]:
    return dict.fromkeys(filter(None, (value.strip() for value in params.getlist(name))))


def _options(
    params: Params, name: str, list_name: str, context: Context, ignored: list[str]
) -> Iterable[int]:
    """Options by id or by name; a link that names them is one that people can read."""
    assert context.options is not None
    for text in _many(params, name):
        pk = _number(text)
        entry = context.options.get(pk)  # type: ignore[attr-defined]
        known = entry is not None and entry.list_name == list_name
        found = pk if known else context.options.find(list_name, text)
        if found is None:
            ignored.append(name)
        else:
            yield found


def _managers(params: Params, context: Context, ignored: list[str]) -> Iterable[int | str]:
    for text in _many(params, "manager"):
        pk = _number(text)
        if text in (ME, NOBODY):
            yield text
        elif pk is not None and _is_user(pk, context):
            yield pk
        else:
            ignored.append("manager")


def _is_user(pk: int, context: Context) -> bool:
    assert context.users is not None
    try:
        return bool(context.users.label(pk))
    except LookupError:
        return False


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _sort(text: str, query: Query, ignored: list[str]) -> str:
    best = RELEVANCE if query else SORTS[0]
    if not text or (text == RELEVANCE and query):
        return best
    if text.removeprefix("-") in SORTS:
        return text
    ignored.append("sort")
    return best
