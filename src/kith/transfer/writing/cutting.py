"""Excel's cells end at 32,767 characters. What is longer is cut, and a sheet at the end says where:
an imported part of a text would else pass for the whole of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

LONGEST = 32_767
LISTED = 1_000


class CutTexts:
    """The texts of one workbook that were cut: all are counted, the first thousand listed."""

    def __init__(self) -> None:
        self.count = 0
        self._places: list[tuple[str, str, str, int]] = []

    def cut(self, text: str, *, sheet: str, cell: str, heading: str) -> str:
        self.count += 1
        if self.count <= LISTED:
            self._places.append((sheet, cell, heading, len(text)))
        return text[:LONGEST]

    @property
    def sheet(self) -> str:
        return _("Cut texts")

    @property
    def headings(self) -> list[str]:
        return [_("Sheet"), _("Cell"), _("Column"), _("Characters before the cut")]

    def rows(self) -> Iterator[list[Any]]:
        for place in self._places:
            yield [*place]
        if self.count > LISTED:
            yield [_("… and more: %(n)s in all") % {"n": self.count}, None, None, None]
