"""OpenDocument spreadsheets (OpenDocument 1.3 part 3, chapter 9): all sheets are one part."""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kith.transfer.writing.packaged import XML, Packaged

KIND = "application/vnd.oasis.opendocument.spreadsheet"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML can't hold; there is no other way to write them here."""
SPACES = re.compile("(?m) {2,}|^ | $")
SPACE = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{SPACE}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
CONTENT = (
    f'<office:document-content xmlns:office="{SPACE}:office:1.0" xmlns:table="{SPACE}:table:1.0"'
    f' xmlns:text="{SPACE}:text:1.0" xmlns:style="{SPACE}:style:1.0"'
    f' xmlns:fo="{SPACE}:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>'
    '<style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="4cm"/></style:style>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:table-cell-properties fo:border-bottom="0.5pt solid #000000"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)


class OdsFile(Packaged):
    def begin(self) -> None:
        # The first part: by it, programmes tell this from other zip files.
        self.part("mimetype", KIND, packed=False)
        self.part("META-INF/manifest.xml", XML + MANIFEST)
        self.open_part("content.xml")
        self.put(XML + CONTENT)

    def begin_sheet(self) -> None:
        name, columns = quoteattr(self.sheets[-1]), max(1, len(self._headings))
        self.put(
            f'<table:table table:name={name}><table:table-column table:style-name="wide"'
            f' table:number-columns-repeated="{columns}"/>'
        )

    def end_sheet(self) -> None:
        self.put("</table:table>")

    def end(self) -> None:
        self.put("</office:spreadsheet></office:body></office:document-content>")
        self.close_part()

    def row_text(self, number: int, cells: Sequence[Any], *, heading: bool = False) -> str:  # noqa: ARG002
        look = ' table:style-name="heading"' if heading else ""
        parts, empty = ["<table:table-row>"], 0
        for cell in cells:
            if cell is None or cell == "":
                empty += 1
                continue
            if empty:
                parts.append(f'<table:table-cell table:number-columns-repeated="{empty}"/>')
                empty = 0
            if (said := self.as_text(cell)) is not None:
                kind, text = 'office:value-type="string"', written(said)
            else:
                kind, text = f'office:value-type="float" office:value="{cell!r}"', repr(cell)
            parts.append(
                f"<table:table-cell{look} {kind}><text:p>{text}</text:p></table:table-cell>"
            )
        if empty == len(cells):  # A row without a cell is none.
            parts.append("<table:table-cell/>")
        parts.append("</table:table-row>")
        return "".join(parts)


def written(text: str) -> str:
    """Runs of spaces, tabs and new lines are elements."""
    text = escape(NOT_XML.sub("", text))
    if "  " in text or "\n" in text or text[:1] == " " or text[-1:] == " ":
        text = SPACES.sub(lambda run: f'<text:s text:c="{len(run[0])}"/>', text)
    if "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "<text:tab/>")
        text = text.replace("\n", "</text:p><text:p>")
    return text
