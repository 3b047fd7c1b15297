"""Whatever a file does, the parent gets a refusal in words, soon, and nothing is left behind."""

import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kith.transfer.reading import process
from kith.transfer.reading.limits import Limits
from kith.transfer.reading.process import Death, messages
from kith.transfer.reading.workbook import UnreadableFile, inspect

from .made_files import (
    HEAD,
    MAIN,
    biff4,
    label,
    ods,
    ole,
    raw_xlsx,
    record,
    sheet_xml,
    text,
    xlsx,
)


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as refused:
        inspect(path, filename=path.name, limits=limits or Limits())
    assert str(refused.value).endswith(".")
    assert "%(" not in str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"%PDF-1.7 and so on", "not-a-spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "not-a-spreadsheet"),
        (b"\x00\x01\x02\x03" * 400, "not-a-spreadsheet"),
        (b"\x1f\x8b\x08 packed", "not-a-spreadsheet"),
        (b"<?xml version='1.0'?><a/>", "not-a-spreadsheet"),
        (b"<html><table><tr><td>Name</table>", "unsupported"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\n", "empty"),
        (b"PK\x03\x04 and no more", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "damaged"),
    ],
)
def test_what_is_no_spreadsheet_is_told_so(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_password_is_told_apart_from_damage(tmp_path: Path) -> None:
    book = ole(tmp_path / "a.xlsx", "EncryptionInfo", "EncryptedPackage")
    assert refusal(book) == "encrypted"
    filepass = record(0x002F, b"\0" * 4)
    assert refusal(biff4(tmp_path / "b.xls", filepass, label(0, 0, "Name"))) == "encrypted"
    entry = (
        '<m:file-entry m:full-path="content.xml"><m:encryption-data m:checksum="x"/></m:file-entry>'
    )
    assert refusal(ods(tmp_path / "c.ods", "", manifest=entry)) == "encrypted"
    assert refusal(ole(tmp_path / "d.xls", "Workbook", "EncryptedPackage")) == "damaged"
    assert refusal(ole(tmp_path / "e.xls", "WordDocument")) == "not-a-spreadsheet"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_damaged(tmp_path: Path, share: float) -> None:
    path = xlsx(tmp_path / "cut.xlsx", [["Name"], *([f"n{n}"] for n in range(500))])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert refusal(path) == "damaged"


def test_other_packages_are_told_apart(tmp_path: Path) -> None:
    for part, code in (
        ("word/document.xml", "not-a-spreadsheet"),
        ("Index/Document.iwa", "unsupported"),
        ("../../etc/passwd", "not-a-spreadsheet"),
    ):
        path = tmp_path / "packed.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        assert refusal(path) == code


def test_entities_are_refused_not_resolved(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;&f;</t></is></c></row>'
    assert refusal(raw_xlsx(tmp_path / "e.xlsx", bomb + sheet_xml(cell))) == "unsupported"
    # Later on, a document type is an error of XML.
    late = sheet_xml(cell).replace("<row", bomb + "<row")
    assert refusal(raw_xlsx(tmp_path / "l.xlsx", late)) in {"damaged", "unsupported"}
    assert refusal(raw_xlsx(tmp_path / "s.xlsx", sheet_xml(cell), texts="&b;")) == "damaged"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    def spaces() -> Iterator[bytes]:
        yield f'<worksheet xmlns="{MAIN}"><sheetData>{HEAD}'.encode()
        yield from (b" " * (1 << 20) for _ in range(80))
        yield b"</sheetData></worksheet>"

    path = raw_xlsx(tmp_path / "bomb.xlsx", b"".join(spaces()))
    assert path.stat().st_size < 200_000
    assert refusal(path) == "too-large"
    assert refusal(path, Limits(unpacked_bytes=1 << 20)) == "too-large"


def test_a_bomb_of_texts_is_refused(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>'
    texts = "".join(f"<si><t>{n:0300}</t></si>" for n in range(200_000))
    path = raw_xlsx(tmp_path / "texts.xlsx", sheet_xml(row), texts=texts)
    limits = Limits(memory_bytes=70 << 20, glance_seconds=60, inspect_seconds=60)
    assert refusal(path, limits) == "too-large"


def test_repeated_cells_of_a_small_ods_do_no_harm(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    wide = cell.replace(" office", ' table:number-columns-repeated="999999999" office')
    row = "<table:table-row>{}</table:table-row>".format
    table = '<table:table table:name="T">{}</table:table>'.format
    assert refusal(ods(tmp_path / "wide.ods", table(row(wide)))) == "too-many-columns"
    tall = row(cell).replace("row>", 'row table:number-rows-repeated="{}">', 1).format
    assert refusal(ods(tmp_path / "tall.ods", table(tall(99_999_999)))) == "too-large"
    assert refusal(ods(tmp_path / "many.ods", table(tall(60_000) * 2))) == "too-large"
    found = inspect(ods(tmp_path / "fair.ods", table(tall(60_000))), filename="fair.ods")
    assert len(found.best_sheet.sample) == 20


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = text(tmp_path / "large.csv", "a,b\n" * 1000)
    assert refusal(path, Limits(file_bytes=1000)) == "too-large"


def test_memory_has_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(b"x" * (200 << 20))
    assert refusal(path, Limits(memory_bytes=200 << 20, inspect_seconds=60)) == "too-large"


def test_time_has_a_limit(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 200_000))
    path = raw_xlsx(tmp_path / "slow.xlsx", sheet_xml(rows))
    assert refusal(path, Limits(inspect_seconds=0.02)) == "timeout"


def listen(code: str, *, seconds: float = 5, silence: float = 5) -> list[dict[str, object]]:
    return list(messages({}, seconds=seconds, silence=silence, words=[sys.executable, "-c", code]))


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("import os; os.abort()", "crash"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "crash"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "memory"),
        ("raise MemoryError", "memory"),
        ("1 / 0", "error"),
        ("while True: pass", "timeout"),
        ("import time; time.sleep(60)", "timeout"),
        ("import sys\nwhile True: sys.stderr.write('x' * 65536)", "timeout"),
        ("import sys\nwhile True: sys.stdout.write('x' * 65536)", "crash"),
    ],
)
def test_a_dying_child_is_only_a_message(code: str, cause: str) -> None:
    seconds = 0.5 if cause == "timeout" else 30
    with pytest.raises(Death) as death:
        listen(code, seconds=seconds, silence=seconds)
    assert death.value.code == cause


def test_no_process_outlives_its_answer() -> None:
    """A grandchild in the child's group dies with it, and does not keep the parent waiting."""
    code = (
        "import subprocess, sys, json\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(json.dumps({'pid': child.pid}), flush=True)\n"
        "import os; os._exit(0)"
    )
    with pytest.raises(Death):
        for message in messages({}, seconds=4, silence=4, words=[sys.executable, "-c", code]):
            pid = message["pid"]
    end = time.monotonic() + 60
    while is_running(pid):
        assert time.monotonic() < end


def is_running(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_crash_brings_in_the_second_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first reader of the child is made to abort, as a library does on some files."""
    code = (
        "import os, kith.transfer.reading.child as child\n"
        "child.OPENERS['xlsx'][0] = lambda *_: os.abort()\n"
        "child.main()"
    )
    words = [sys.executable, "-P", "-s", "-S", "-c", code]
    monkeypatch.setattr(process, "command", lambda module: words)
    path = xlsx(tmp_path / "sound.xlsx", [["Name", "Code"], ["Asha", 5]])
    found = inspect(path, filename="sound.xlsx")
    assert found.best_sheet.sample == [(1, ["Name", "Code"]), (2, ["Asha", 5])]


def test_the_child_knows_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_SECRET_KEY", "secret")
    code = "import os, json; print(json.dumps(dict(os.environ)))"
    assert listen(code)[0].keys() <= {"PYTHONPATH", "LC_ALL", "PYTHONUTF8", "LC_CTYPE"}


def test_the_child_starts_without_django() -> None:
    code = "import sys, json, kith.transfer.reading.child; print(json.dumps(list(sys.modules)))"
    (modules,) = listen(code.replace("list(sys.modules)", '{"m": list(sys.modules)}'))
    assert not any(str(name).startswith("django") for name in modules["m"])
