"""Contacts and prospects by code, name and id, as far as one reader may see them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from kith.contacts.keys import name_key
from kith.contacts.queries import prospects_visible_to, shown_to, visible_to
from kith.records.bulk import steps

_CODE = re.compile(r"[CcPp]-0*(\d{1,18})", re.ASCII)


class Contacts:
    """A RecordBook for one piece of work; it remembers what it has looked up."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._known: dict[int, tuple[str, str]] = {}
        self._asked: set[int] = set()
        self._expected: set[int] = set()
        self._found: dict[str, Sequence[int]] = {}

    def find(self, text: str) -> Sequence[int]:
        """At most two ids: one is an answer, two are one too many."""
        if text not in self._found:
            found = self._look_up(text)
            self._known |= {pk: (name, code) for pk, name, code in found}
            self._found[text] = [pk for pk, _name, _code in found]
        return self._found[text]

    def _look_up(self, text: str) -> list[tuple[int, str, str]]:
        """By name a prospect is meant only where no contact is called so."""
        code, columns = _CODE.fullmatch(text), ("pk", "name", "code")
        if code:
            rows = shown_to(self._reader).filter(pk=int(code[1]))
            return list(rows.values_list(*columns))
        named = {"sort_name": name_key(text)}
        found = visible_to(self._reader).filter(**named).values_list(*columns)[:2]
        raw = prospects_visible_to(self._reader).filter(**named).values_list(*columns)[:2]
        return list(found) or list(raw)

    def label(self, record_id: int) -> str:
        return self._get(record_id)[0]

    def code(self, record_id: int) -> str:
        return self._get(record_id)[1]

    def expect(self, ids: Iterable[int]) -> None:
        self._expected |= {*ids} - self._asked

    def _get(self, record_id: int) -> tuple[str, str]:
        if record_id not in self._asked:
            self._read({record_id, *self._expected})
        return self._known[record_id]

    def _read(self, ids: set[int]) -> None:
        self._asked |= ids
        self._expected = set()
        for portion in steps(sorted(ids)):
            rows = shown_to(self._reader).filter(pk__in=portion)
            self._known |= {
                pk: (name, code) for pk, name, code in rows.values_list("pk", "name", "code")
            }
