"""Labels and envelopes as PDF, typeset by typst; addresses as the post of their country wants."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from django.utils.translation import gettext_lazy as _

from kith.contacts.models import ContactKind
from kith.core.postal import address_lines
from kith.core.record_types import Values

MOST = 3_000
"""Labels in one file."""
FONTS = ("Inter", "Noto Sans", "DejaVu Sans")
"""What is there of them; for other scripts whatever font of the machine has their letters."""
FIELDS = (
    *("kind", "salutation", "name", "company", "concerned_person", "address1", "address2"),
    *("area", "city", "district", "postal_code", "state", "country"),
)


@dataclass(frozen=True)
class Paper:
    """In millimetres: the paper, the first label on it, and from one label to the next."""

    label: Any
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    wide: float
    high: float
    right_step: float = 0.0
    down_step: float = 0.0
    size: int = 10

    @property
    def on_page(self) -> int:
        return self.columns * self.rows


A4, LETTER = (210.0, 297.0), (215.9, 279.4)
PAPERS = {
    "L7160": Paper(_("Avery L7160, 21 on A4"), *A4, 3, 7, 7.2, 15.1, 63.5, 38.1, 66.0, 38.1),
    "L7163": Paper(_("Avery L7163, 14 on A4"), *A4, 2, 7, 4.65, 15.1, 99.1, 38.1, 101.6, 38.1, 11),
    "5160": Paper(
        _("Avery 5160, 30 on Letter"), *LETTER, 3, 10, 4.8, 12.7, 66.7, 25.4, 69.85, 25.4, 9
    ),
    "DL": Paper(_("Envelope DL, 220 × 110 mm"), 220, 110, 1, 1, 105, 48, 100, 50, size=12),
    "C5": Paper(_("Envelope C5, 229 × 162 mm"), 229, 162, 1, 1, 110, 75, 105, 60, size=12),
    "C4": Paper(_("Envelope C4, 324 × 229 mm"), 324, 229, 1, 1, 170, 110, 130, 70, size=13),
}

# What people typed comes in as data and is never read as typst.
TEMPLATE = b"""
#let data = json(bytes(sys.inputs.data))
#let p = data.paper
#set page(width: p.width * 1mm, height: p.height * 1mm, margin: 0mm)
#set text(size: p.size * 1pt, font: data.fonts)
#set par(leading: 0.45em)
#for (number, labels) in data.pages.enumerate() {
  if number > 0 { pagebreak() }
  for (at, lines) in labels {
    let dx = p.left + calc.rem(at, p.columns) * p.right_step
    let dy = p.top + calc.quo(at, p.columns) * p.down_step
    place(top + left, dx: dx * 1mm, dy: dy * 1mm, block(
      width: p.wide * 1mm, height: p.high * 1mm, clip: true, inset: 3mm,
      align(horizon + start, stack(dir: ttb, spacing: 0.5em, ..lines.map(line => text(line))))))
  }
}
"""


def labels_pdf(addresses: Sequence[Sequence[str]], paper: Paper, start: int = 1) -> bytes:
    """`start` is the first free label of the first sheet, counted from 1."""
    import typst  # noqa: PLC0415  # Slow to load, and seldom needed.

    data = {
        "paper": {key: value for key, value in asdict(paper).items() if key != "label"},
        "pages": list(_pages(addresses, paper, start)),
        "fonts": FONTS,
    }
    return bytes(typst.compile(TEMPLATE, sys_inputs={"data": orjson.dumps(data).decode()}))


def _pages(
    addresses: Iterable[Sequence[str]], paper: Paper, start: int
) -> Iterator[list[tuple[int, Sequence[str]]]]:
    """(place on the sheet, lines) of each label, sheet by sheet."""
    page: list[tuple[int, Sequence[str]]] = []
    place = min(max(start, 1), paper.on_page) - 1
    for lines in addresses:
        if place == paper.on_page:
            yield page
            page, place = [], 0
        page.append((place, lines))
        place += 1
    if page:
        yield page


def label_lines(state: Values, salutation: str, home: str) -> list[str]:
    """Who and where; the country's name stands only on what goes abroad."""
    lines = address_lines(state, home=home)
    if lines and (state.get("country") or home) != home:
        lines[-1] = lines[-1].upper()  # As the Universal Postal Union wants it.
    return [line for line in (*_who(state, salutation), *lines) if line]


def _who(state: Values, salutation: str) -> list[str]:
    """The concerned person, if one was named; else the contact, and the firm that they are at."""
    name = str(state.get("name") or "")
    if state.get("kind") == ContactKind.COMPANY:
        return [name, str(state.get("concerned_person") or "")]
    titled = f"{salutation} {name}".strip()
    return [str(state.get("concerned_person") or titled), str(state.get("company") or "")]
