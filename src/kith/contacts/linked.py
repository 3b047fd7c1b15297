"""The links of one contact as its card shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kith.contacts.context import options_of
from kith.contacts.models import Contact, ContactKind, Link
from kith.contacts.queries import links_in_reach, links_visible_to, reach_of
from kith.core import clock
from kith.core.habits import count_text
from kith.core.kinds.kind import Context
from kith.core.prepared import Prepared, slot

PAGE = 10
MOST = 1000
LINK_COLUMNS = ("relation_id", "job_title", "is_primary", "from_date", "to_date", "site_id")


@dataclass(frozen=True)
class Mate:
    """The contact at the other end. `outward`: the link reads from the card's contact to it."""

    link_id: int
    id: int
    name: str
    kind: str
    outward: bool
    relation_id: int
    job_title: str
    is_primary: bool
    from_date: Any
    to_date: Any
    site_id: int | None = None
    picture: str | None = None
    designation: str | None = None
    at: str = ""

    def detail(self, context: Context) -> str:
        """'Export manager · primary · since 2021'; the relation where there is no title."""
        parts = [self.job_title or self._designation or self.relation(context)]
        if self.ended:
            parts.append(_("former"))
        if self.is_primary and self.outward:
            parts.append(_("primary"))
        if self.from_date and self.to_date:
            years = sorted({self.from_date.year, self.to_date.year})
            parts.append("–".join(map(str, years)))
        elif self.to_date:
            parts.append(_("until %(year)s") % {"year": self.to_date.year})
        elif self.from_date:
            parts.append(_("since %(year)s") % {"year": self.from_date.year})
        return " · ".join(part for part in parts if part)

    @property
    def ended(self) -> bool:
        return bool(self.to_date and self.to_date < clock.now().date())

    @property
    def _designation(self) -> str:
        """What the person is, where this is the company they stand for."""
        return self.designation or "" if self.is_primary and self.at == ContactKind.COMPANY else ""

    def relation(self, context: Context) -> str:
        return relation_words(context, self.relation_id, outward=self.outward)


def relation_words(context: Context, relation_id: int | None, *, outward: bool) -> str:
    """The relation as it reads from one side: an employer's card says Employee."""
    entry = options_of(context).get(relation_id)
    if entry is None:
        return ""
    return entry.name if outward else entry.attributes.get("reverse") or entry.name


def outward(user: Any, contact: Contact, after: int = 0) -> Sequence[Mate]:
    """The primary one first, on the first page."""
    reach = reach_of(user)
    if reach is not None and not after:
        return _mates(OUTWARD.rows(contact=contact.pk, reach=reach), "other")
    rows = links_visible_to(user).filter(contact=contact, pk__gt=after)
    if after:
        rows = rows.filter(is_primary=False)
    return mates_of(_outward(rows), "other")


def inward(user: Any, contact: Contact, after: int = 0, **at: Any) -> Sequence[Mate]:
    """Who was linked last comes first: whoever links somebody sees them. The next page begins
    below the last id. `at`: only who sits at this `site` (None: the main one)."""
    reach = reach_of(user)
    if reach is not None and not after and not at:
        return _mates(INWARD.rows(contact=contact.pk, reach=reach), "contact")
    rows = links_visible_to(user).filter(other=contact, **at)
    if after:
        rows = rows.filter(pk__lt=after)
    return mates_of(_inward(rows), "contact")


def _outward(rows: QuerySet[Link]) -> QuerySet[Link]:
    return rows.order_by("-is_primary", "pk")[: PAGE + 1]


def _inward(rows: QuerySet[Link]) -> QuerySet[Link]:
    return rows.order_by("-pk")[: PAGE + 1]


def how_many_inward(user: Any, contact: Contact) -> str:
    """Counted to a limit: nobody needs to know exactly how many thousands."""
    found = links_visible_to(user).filter(other=contact).order_by()[: MOST + 1].count()
    return f"{count_text(MOST)}+" if found > MOST else count_text(found)


def mates_of(rows: QuerySet[Link], end: str) -> Sequence[Mate]:
    """The contacts at that end of the links ("contact" or "other")."""
    return _mates(_told(rows, end), end)


def _told(rows: QuerySet[Link], end: str) -> QuerySet[Link, Sequence[Any]]:
    names = ("pk", f"{end}__pk", f"{end}__name", f"{end}__kind", *LINK_COLUMNS, f"{end}__picture",
             "contact__designation__name", "other__kind")  # fmt: skip
    return rows.values_list(*names)


def _mates(rows: Iterable[Sequence[Any]], end: str) -> Sequence[Mate]:
    return [
        Mate(pk, other, name, kind, end == "other", *rest) for pk, other, name, kind, *rest in rows
    ]


OUTWARD = Prepared(
    lambda: _told(_outward(links_in_reach().filter(contact=slot("contact"))), "other")
)
INWARD = Prepared(lambda: _told(_inward(links_in_reach().filter(other=slot("contact"))), "contact"))
"""The first pages, which every card asks for."""


def primary_company(mates: Sequence[Mate]) -> Mate | None:
    """The company that a person stands for; only what the reader may see is among the mates."""
    return next(
        (m for m in mates if m.is_primary and m.outward and m.kind == ContactKind.COMPANY), None
    )
