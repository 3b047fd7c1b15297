"""What is printed on: sheets of labels as they are sold, envelopes, and sizes of one's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

OWN = "own"
A4, LETTER = (210.0, 297.0), (215.9, 279.4)
EDGE = 3.0
"""Left free inside a label: sheets never lie quite straight."""


@dataclass(frozen=True)
class Sheet:
    """All in millimetres, from the upper left corner. An envelope has one label: its address."""

    code: str
    label: Any
    page_width: float
    page_height: float
    width: float
    height: float
    left: float
    top: float
    columns: int = 1
    rows: int = 1
    gap_x: float = 0
    gap_y: float = 0
    letters: float = 11
    """The size of the letters, in points, where an address has room for it."""

    @property
    def is_envelope(self) -> bool:
        return self.code in ENVELOPES

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def padding(self) -> float:
        return 0 if self.is_envelope else min(EDGE, self.width / 10, self.height / 10)

    def places(self) -> Iterator[tuple[float, float]]:
        """The upper left corners, line by line."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield (
                    self.left + column * (self.width + self.gap_x),
                    self.top + row * (self.height + self.gap_y),
                )

    def fits(self) -> bool:
        """Whether all labels lie on the sheet; half a millimetre is not worth a word."""
        across = self.left + self.columns * self.width + (self.columns - 1) * self.gap_x
        down = self.top + self.rows * self.height + (self.rows - 1) * self.gap_y
        return across <= self.page_width + 0.5 and down <= self.page_height + 0.5


def _sheet(
    code: str,
    label: Any,
    page: tuple[float, float],
    each: tuple[float, float],
    at: tuple[float, float],
    *,
    grid: tuple[int, int],
    gap: float = 0,
    letters: float = 11,
) -> Sheet:
    return Sheet(code, label, *page, *each, *at, *grid, gap_x=gap, letters=letters)


def _envelope(code: str, label: Any, width: float, height: float) -> Sheet:
    """The address stands in the lower right half, where the post looks for it."""
    at = (round(width * 0.45, 1), round(height * 0.42, 1))
    each = (round(width * 0.5, 1), round(height * 0.48, 1))
    return Sheet(code, label, width, height, *each, *at, letters=13)


LABELS = (
    _sheet("L7160", _("Avery L7160 · A4, 21 labels of 63.5 × 38.1 mm"), A4, (63.5, 38.1),
           (7.2, 15.1), grid=(3, 7), gap=2.5),
    _sheet("L7163", _("Avery L7163 · A4, 14 labels of 99.1 × 38.1 mm"), A4, (99.1, 38.1),
           (4.65, 15.1), grid=(2, 7), gap=2.5),
    _sheet("L7165", _("Avery L7165 · A4, 8 labels of 99.1 × 67.7 mm"), A4, (99.1, 67.7),
           (4.65, 13.1), grid=(2, 4), gap=2.5, letters=13),
    _sheet("5160", _("Avery 5160 · Letter, 30 labels of 2⅝ × 1 in"), LETTER, (66.675, 25.4),
           (4.7625, 12.7), grid=(3, 10), gap=3.175, letters=10),
    _sheet("5163", _("Avery 5163 · Letter, 10 labels of 4 × 2 in"), LETTER, (101.6, 50.8),
           (3.96875, 12.7), grid=(2, 5), gap=4.7625),
)  # fmt: skip
POST = (
    _envelope("DL", _("Envelope DL · 220 × 110 mm"), 220, 110),
    _envelope("C6", _("Envelope C6 · 162 × 114 mm"), 162, 114),
    _envelope("C5", _("Envelope C5 · 229 × 162 mm"), 229, 162),
    _envelope("C4", _("Envelope C4 · 324 × 229 mm"), 324, 229),
    _envelope("10", _("Envelope No. 10 · 9½ × 4⅛ in"), 241.3, 104.8),
)
ENVELOPES = {each.code for each in POST}
SHEETS = {each.code: each for each in (*LABELS, *POST)}
FIRST = LABELS[0]


def choices() -> Sequence[tuple[Any, Any]]:
    return [
        (_("Labels"), [(each.code, each.label) for each in LABELS]),
        (_("Envelopes"), [(each.code, each.label) for each in POST]),
        (_("Others"), [(OWN, _("A size of your own"))]),
    ]
