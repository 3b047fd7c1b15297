"""Small files for the reading tests, made on the spot: sound ones, odd ones and hostile ones."""

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from kith.transfer.reading.workbook import Converted, Workbook, convert, inspect, read_rows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(path: Path, rows: Iterable[Iterable[object]], **options: object) -> Path:
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Contacts")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def raw_xlsx(
    path: Path,
    sheet: str | bytes,
    *,
    workbook_extra: str = "",
    styles: str = "",
    texts: str = "",
    compression: int = zipfile.ZIP_DEFLATED,
) -> Path:
    """A workbook whose parts are written out by hand; `sheet` is all of the sheet's XML."""
    relations = {"rId1": ("worksheet", "worksheets/sheet1.xml")}
    if styles:
        relations["rId2"] = ("styles", "styles.xml")
    if texts:
        relations["rId3"] = ("sharedStrings", "sharedStrings.xml")
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", listing({"a": ("officeDocument", "xl/workbook.xml")}))
        archive.writestr("xl/_rels/workbook.xml.rels", listing(relations))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">{workbook_extra}<sheets>'
            '<sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if styles:
            archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
        if texts:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
    return path


def listing(relations: dict[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for key, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'


def sheet_xml(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


ODF = "urn:oasis:names:tc:opendocument:xmlns"


def ods(path: Path, body: str, *, styles: str = "", manifest: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{ODF}:manifest:1.0">{manifest}</m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{ODF}:office:1.0" '
            f'xmlns:table="{ODF}:table:1.0" xmlns:text="{ODF}:text:1.0" '
            f'xmlns:style="{ODF}:style:1.0" xmlns:calcext="urn:x">'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return path


def biff4(path: Path, *records: bytes) -> Path:
    """An .xls of the days before OLE: one sheet, the plainest that xlrd reads."""
    start, end = record(0x0409, struct.pack("<HHH", 0, 0x10, 0)), record(0x000A, b"")
    path.write_bytes(start + b"".join(records) + end)
    return path


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def label(row: int, column: int, text: str) -> bytes:
    body = text.encode("cp1252")
    return record(0x0204, struct.pack("<HHHH", row, column, 0, len(body)) + body)


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def truth_or_error(row: int, column: int, value: int, *, error: bool) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, error))


def ole(path: Path, *streams: str) -> Path:
    """An OLE file that holds nothing but the names of its streams."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + entries.ljust(512, b"\0")
    )
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def read(path: Path, *, heading_row: int | None = 1) -> list[tuple[int, list[object]]]:
    """All rows of the best sheet, after both steps."""
    found, _ = inspected_and_converted(path, heading_row=heading_row)
    del found
    rows = read_rows(target(path))
    return list(rows)


def inspected_and_converted(
    path: Path, *, heading_row: int | None = 1
) -> tuple[Workbook, Converted]:
    book = inspect(path, filename=path.name)
    sheet = book.best_sheet.name
    done = convert(path, sheet=sheet, heading_row=heading_row, to=target(path))
    return book, done


def target(path: Path) -> Path:
    return path.with_suffix(".rows")


FAILED: dict[str | float, int] = {"#N/A": 0x2A, "#REF!": 0x17}


def xlsb(path: Path, *rows: Iterable[str | float]) -> Path:
    """A binary workbook (MS-XLSB), of the fewest records that readers want; in its first column
    it is a formula that failed, in the others a value."""
    sheet = piece(129) + piece(148, struct.pack("<4I", 0, len(rows) - 1, 0, 99)) + piece(145)
    for number, row in enumerate(rows):
        sheet += piece(0, struct.pack("<I", number) + bytes(13))
        for place, value in enumerate(row):
            at = struct.pack("<II", place, 0)
            if value in FAILED:
                sheet += piece(
                    3 if place else 11, at + bytes([FAILED[value]]) + bytes(9 * (not place))
                )
                continue
            text = isinstance(value, str)
            sheet += piece(6, at + wide(value)) if text else piece(5, at + struct.pack("<d", value))
    book = piece(131) + piece(143)
    book += piece(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Contacts"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", listing({"a": ("officeDocument", "xl/workbook.bin")}))
        relations = {"rId1": ("worksheet", "worksheets/sheet1.bin")}
        archive.writestr("xl/_rels/workbook.bin.rels", listing(relations))
        archive.writestr("xl/workbook.bin", book + piece(144) + piece(132))
        archive.writestr("xl/worksheets/sheet1.bin", sheet + piece(146) + piece(130))
    return path


def piece(kind: int, content: bytes = b"") -> bytes:
    """A record: its kind and length, seven bits to a byte, and what it holds."""
    return _sevens(kind) + _sevens(len(content)) + content


def _sevens(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _sevens(rest) if rest else bytes([low])


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
