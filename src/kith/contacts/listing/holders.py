"""Where the keys are kept that a list can be sorted by: rows of another table, or of contacts
themselves, each of which names the contact that may go by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet

from kith.contacts.listing.values import one_of
from kith.core.among import among

KEY = "sort_key"
Holding = tuple[Any, int]
"""A key and the contact."""
Rows = QuerySet[Any, Any]


class Holders(Protocol):
    def portion(self, key: Any, size: int, *, down: bool, within: bool) -> Sequence[Holding]:
        """So many in the order of keys, from this one on (`within`: with those that have it)."""
        ...

    def of(self, key: Any) -> Rows:
        """The ids of the contacts that have it."""
        ...

    def listed(self, key: Any) -> Q | None:
        """The same as a condition on a contact, where an index of the list answers that."""
        ...


@dataclass(frozen=True)
class ByColumn:
    """`rows` have the annotation KEY; `contact` is the column that names the contact."""

    rows: Rows
    contact: str = "contact_id"

    def portion(self, key: Any, size: int, *, down: bool, within: bool) -> Sequence[Holding]:
        rows = self.rows.filter(**{f"{KEY}__isnull": False})
        if key is not None:
            look = ("lt" if down else "gt") + ("e" if within else "")
            rows = rows.filter(**{f"{KEY}__{look}": key})
        rows = rows.order_by(f"-{KEY}" if down else KEY)
        return list(rows.values_list(KEY, self.contact)[:size])

    def of(self, key: Any) -> Rows:
        return self.rows.filter(**{KEY: key}).values(self.contact)

    def listed(self, key: Any) -> Q | None:  # noqa: ARG002 (as the protocol has it)
        return None


@dataclass(frozen=True)
class ByOption:
    """`options` are those that any of the rows has in its `column`, with their keys, in order."""

    options: Sequence[tuple[Any, Any]]
    rows: Rows
    column: str
    contact: str = "contact_id"
    by_name: bool = False
    """Whether the index of the column has those of an option by name."""

    def portion(self, key: Any, size: int, *, down: bool, within: bool) -> Sequence[Holding]:
        found: list[Holding] = []
        for each in self._keys(key, down=down, within=within):
            found += [(each, row[self.contact]) for row in self.of(each)[: size - len(found)]]
            if len(found) >= size:
                break
        return found

    def _keys(self, key: Any, *, down: bool, within: bool) -> Sequence[Any]:
        keys = list(dict.fromkeys(each for each, _option in self.options))
        keys = keys[::-1] if down else keys
        if key not in keys:
            return keys if key is None else [k for k in keys if (k < key if down else k > key)]
        return keys[keys.index(key) + (not within) :]

    def of(self, key: Any) -> Rows:
        return self.rows.filter(self._having(key)).values(self.contact)

    def listed(self, key: Any) -> Q | None:
        return self._having(key) if self.by_name else None

    def _having(self, key: Any) -> Q:
        return one_of(self.column, [option for each, option in self.options if each == key])


@dataclass(frozen=True)
class ByCompany:
    """Those whom `links` lead to are read by name: joined, they would all be sorted."""

    companies: Rows
    links: Rows

    def portion(self, key: Any, size: int, *, down: bool, within: bool) -> Sequence[Holding]:
        names = self._companies(key, size, down=down, within=within)
        order = {pk: n for n, pk in enumerate(names)}
        rows = self.links.filter(among("other", names)).values_list("other_id", "contact_id")
        placed = sorted((order[company], contact, company) for company, contact in rows)
        return [(names[company], contact) for _place, contact, company in placed[:size]]

    def _companies(self, key: Any, size: int, *, down: bool, within: bool) -> dict[int, str]:
        """Each of them is somebody's, so that so many are enough."""
        rows = self.companies.filter(Exists(self.links.filter(other=OuterRef("pk"))))
        if key is not None:
            look = ("lt" if down else "gt") + ("e" if within else "")
            rows = rows.filter(**{f"sort_name__{look}": key})
        rows = rows.order_by("-sort_name" if down else "sort_name")
        return dict(rows.values_list("pk", "sort_name")[:size])

    def of(self, key: Any) -> Rows:
        named = self.companies.filter(sort_name=key).values("pk")
        return self.links.filter(other__in=named).values("contact_id")

    def listed(self, key: Any) -> Q | None:  # noqa: ARG002 (as the protocol has it)
        return None
