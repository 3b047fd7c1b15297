"""Office Open XML (ECMA-376 part 1, chapter 18): each sheet a part, texts in their cells.

A text is written as a text, whatever it begins with, so that none runs as a formula.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kith.transfer.writing.cutting import LONGEST, CutTexts
from kith.transfer.writing.packaged import XML, Packaged

NOT_PLAIN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What has to be written as _x000D_, and what only looks like that."""
SPACE = "http://schemas.openxmlformats.org"
MAIN = f"{SPACE}/spreadsheetml/2006/main"
LINKS = f"{SPACE}/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    f'<Types xmlns="{SPACE}/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1"'
    ' applyBorder="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0"'
    ' builtinId="0"/></cellStyles></styleSheet>'
)
SHEET = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><cols><col min="1" max="{columns}" width="20" customWidth="1"/>'
    "</cols><sheetData>"
)


class XlsxFile(Packaged):
    def __init__(self, path: Path, name: str, headings: Sequence[str]) -> None:
        super().__init__(path, name, headings)
        self._cut = CutTexts()

    def begin(self) -> None:
        root = _relation(1, "officeDocument", "xl/workbook.xml")
        self.part("_rels/.rels", _relations(root))
        self.part("xl/styles.xml", XML + STYLES)

    def begin_sheet(self) -> None:
        self._letters = [letters(at) for at in range(len(self._headings))]
        self.open_part(f"xl/worksheets/sheet{len(self.sheets)}.xml")
        self.put(XML + SHEET.format(columns=max(1, len(self._letters))))

    def end_sheet(self) -> None:
        self.put("</sheetData></worksheet>")
        self.close_part()

    def end(self) -> None:
        if self._cut.count:
            self.add_sheet(self._cut.sheet, self._cut.headings, self._cut.rows())
        numbers = range(1, len(self.sheets) + 1)
        named = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(self.sheets, 1)
        )
        typed = "".join(
            f'<Override PartName="/xl/worksheets/sheet{each}.xml"'
            f' ContentType="{KIND}.worksheet+xml"/>'
            for each in numbers
        )
        links = [_relation(each, "worksheet", f"worksheets/sheet{each}.xml") for each in numbers]
        links.append(_relation(len(self.sheets) + 1, "styles", "styles.xml"))
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{named}</sheets></workbook>'
        self.part("xl/workbook.xml", XML + book)
        self.part("xl/_rels/workbook.xml.rels", _relations(*links))
        self.part("[Content_Types].xml", XML + TYPES + typed + "</Types>")

    def row_text(self, number: int, cells: Sequence[Any], *, heading: bool = False) -> str:
        look = ' s="1"' if heading else ""
        parts = [f'<row r="{number}">']
        for column, cell in zip(self._letters, cells, strict=True):
            if cell is None or cell == "":
                continue
            if (said := self.as_text(cell)) is not None:
                if len(said) > LONGEST:
                    said = self._cut_off(said, column, number)
                text = written(said)
                parts.append(f'<c r="{column}{number}"{look} t="inlineStr"><is>{text}</is></c>')
            else:
                parts.append(f'<c r="{column}{number}"{look}><v>{cell!r}</v></c>')
        parts.append("</row>")
        return "".join(parts)

    def _cut_off(self, text: str, column: str, number: int) -> str:
        self.cut += 1
        heading = self._headings[self._letters.index(column)]
        place = {"sheet": self.sheets[-1], "cell": f"{column}{number}", "heading": heading}
        return self._cut.cut(text, **place)


def written(text: str) -> str:
    if NOT_PLAIN.search(text):
        text = NOT_PLAIN.sub(lambda found: _as_code(found[0]), text)
    kept = ' xml:space="preserve"' if text[0] <= " " or text[-1] <= " " else ""
    return f"<t{kept}>{escape(text)}</t>"


def _as_code(found: str) -> str:
    return f"_x005F{found}" if len(found) > 1 else f"_x{ord(found):04X}_"


def letters(at: int) -> str:
    """Of a column, counted from 0: A … Z, AA …"""
    further, last = divmod(at, 26)
    return (letters(further - 1) if further else "") + chr(65 + last)


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"/>'


def _relations(*each: str) -> str:
    space = f"{SPACE}/package/2006/relationships"
    return f'{XML}<Relationships xmlns="{space}">{"".join(each)}</Relationships>'
