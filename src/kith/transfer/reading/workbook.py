"""The reading end of imports: an uploaded file becomes rows, in a child process with limits.

`inspect` answers within ten seconds and is safe within a web request; `convert` is for a job.
Both raise UnreadableFile, whatever is the matter with the file. `read_rows` reads what
`convert` wrote.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kith.core.errors import Refused

from .limits import Limits
from .messages import text_for
from .numbers import Cell
from .process import Death, Message, messages
from .rowfile import read_rows

__all__ = [
    "Converted",
    "Limits",
    "Sheet",
    "UnreadableFile",
    "Workbook",
    "convert",
    "inspect",
    "read_rows",
]

# Of the time for an answer, what the first reader may take where there is a second one.
FIRST_SHARE = 0.6
USUAL = Limits()
WORTH_RETRY = {"damaged", "timeout"}
CODES = {"memory": "too-large", "error": "damaged", "crash": "damaged", "timeout": "timeout"}

log = logging.getLogger(__name__)


class UnreadableFile(Refused):
    """The file can't be used; `message` says why and what to do.

    `code` is not-a-spreadsheet, encrypted, damaged, too-large, too-many-columns, empty, timeout
    or unsupported.
    """

    code = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`rows` is what the file says of itself (for text, its lines), or None when it doesn't.

    `sample` holds the first rows that are not empty, as (row number, cells); `columns` is how
    far the widest of them reaches.
    """

    name: str
    hidden: bool
    rows: int | None
    columns: int
    sample: list[tuple[int, list[Cell]]]
    heading_row: int | None
    score: float = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """`format` is by content: xlsx, xlsb, xls, ods or csv. Only csv has the last two."""

    format: str
    filename: str
    sheets: list[Sheet]
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def best_sheet(self) -> Sheet:
        """The visible sheet with the best heading row; the first of equals."""
        filled = [sheet for sheet in self.sheets if sheet.sample]
        visible = [sheet for sheet in filled if not sheet.hidden]
        return max(visible or filled, key=lambda sheet: sheet.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """`rows` counts the rows below the headings that hold something.

    `peak_memory` is what the child took at most, in bytes.
    """

    rows: int
    columns: int
    headings: list[str]
    path: Path
    peak_memory: int


def inspect(
    path: Path,
    *,
    filename: str,
    limits: Limits = USUAL,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Workbook:
    """`encoding` and `delimiter` overrule what is found for a text file."""
    request = {"task": "inspect", "encoding": encoding, "delimiter": delimiter}
    result = answer(request, path, limits, limits.inspect_seconds)
    sheets = [
        Sheet(**values | {"sample": [tuple(row) for row in values["sample"]]})
        for values in result.pop("sheets")
    ]
    name = Path(filename.replace("\\", "/")).stem
    if result["format"] == "csv":
        sheets = [replace(sheets[0], name=name)]
    return Workbook(filename=filename, sheets=sheets, **result)


def convert(
    path: Path,
    *,
    sheet: str | int,
    heading_row: int | None,
    to: Path,
    limits: Limits = USUAL,
    on_progress: Callable[[int], None] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Converted:
    """Writes the rows of one sheet, by name or place, to the row file `to`, whole or not at all.

    `heading_row` None says that the sheet has no headings. `on_progress` is told the rows so
    far, a few times a second; what it raises stops the conversion.
    """
    part = to.with_name(f"{to.name}.part")
    request: Message = {"task": "convert", "sheet": sheet, "heading_row": heading_row or 0}
    request |= {"to": str(part.absolute()), "encoding": encoding, "delimiter": delimiter}
    try:
        result = answer(request, path, limits, limits.convert_seconds, on_progress)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return Converted(path=to, **result)


def answer(
    request: Message,
    path: Path,
    limits: Limits,
    seconds: float,
    on_progress: Callable[[int], None] | None = None,
) -> Message:
    """Asks a child; where the first reader fails on the file, a second child tries another."""
    if path.stat().st_size > limits.file_bytes:
        raise unreadable("too-large", "too-large", {})
    request |= {"path": str(path.absolute()), "limits": limits.to_json(), "attempt": 0}
    end = time.monotonic() + seconds
    first = ask(request, limits, end - seconds * (1 - FIRST_SHARE), on_progress)
    if "result" in first:
        return first["result"]
    if first["refused"] in WORTH_RETRY and first["another"]:
        second = ask(request | {"attempt": 1}, limits, end, on_progress)
        if "result" in second:
            return second["result"]
        first = first if second["refused"] in WORTH_RETRY else second
    raise unreadable(first["refused"], first["reason"], first["params"])


def ask(
    request: Message, limits: Limits, end: float, on_progress: Callable[[int], None] | None
) -> Message:
    """Returns the child's last message; its death, too, is put as a refusal."""
    seconds = end - time.monotonic()
    another = False
    try:
        for message in messages(
            request | {"seconds": seconds}, seconds=seconds, silence=limits.silence_seconds
        ):
            another = message.get("another", another)
            if "result" in message or "refused" in message:
                return message | {"another": another}
            if "rows" in message and on_progress:
                on_progress(message["rows"])
    except Death as death:
        log.info("The reading child died: %s", death)
        return {
            "refused": CODES[death.code],
            "reason": death.code,
            "params": {},
            "another": another,
        }
    return {"refused": "damaged", "reason": "crash", "params": {}, "another": another}


def unreadable(code: str, reason: str, params: dict[str, Any]) -> UnreadableFile:
    return UnreadableFile(text_for(reason, params), code=code)
