"""Text tables: encodings, delimiters, quotation, and what is wrong with some."""

from pathlib import Path

import pytest

from kith.transfer.reading.delimited import DelimitedReader
from kith.transfer.reading.workbook import Limits, UnreadableFile, convert, inspect

from .made_files import read, target, text

WESTERN = "Navn,By\nKåre Bjørnøy,Tromsø\nJosé Muñoz,A Coruña\nJürgen Weiß,Köln\n"
SAMPLES = [
    ("utf-8", WESTERN),
    ("utf-8-sig", WESTERN),
    ("utf-16", WESTERN),
    ("utf-16-le", WESTERN),
    ("utf-16-be", "名前,住所\n山田太郎,東京都\n"),
    ("utf-32", WESTERN),
    ("utf-32-be", WESTERN),
    ("cp1252", WESTERN),
    ("cp1252", "Name,Note\nAsha,“quoted” – it’s €5\n"),
    ("latin-1", "Å,1\r\n2,3\r\n"),
    ("cp1250", "Jméno,Město\nJiří Dvořák,Plzeň\nŠtěpán Žižka,Děčín\n"),
    ("cp1250", "Imię,Miasto\nŁukasz Wałęsa,Łódź\n"),
    ("cp1251", "Имя,Город\nИван Петров,Москва\n"),
    ("koi8_r", "Имя,Город\nИван Петров,Москва\n"),
    ("cp1253", "Όνομα,Πόλη\nΓιώργος Παπαδόπουλος,Αθήνα\n"),
    ("cp1254", "Ad,Şehir\nİbrahim Yılmaz,İstanbul\nAyşe Çağlar,Muğla\n"),
    ("cp1255", "שם,עיר\nדוד כהן,תל אביב\n"),
    ("cp1256", "الاسم,المدينة\nمحمد علي,القاهرة\n"),
    ("cp874", "ชื่อ,เมือง\nสมชาย,กรุงเทพ\n"),
    ("shift_jis", "名前,住所\n山田太郎,東京都千代田区\n"),
    ("gb18030", "姓名,城市\n张伟,北京\n王芳,上海市\n"),
    ("big5", "姓名,城市\n張偉,臺北\n王芳,高雄市\n"),
    ("cp949", "이름,도시\n김철수,서울\n박영희,부산\n"),
    ("euc_jp", "名前,フリガナ\n山田太郎,ヤマダタロウ\n"),
    ("mac_roman", "Name,Ort\nJürgen Müller,Köln\n"),
]


@pytest.mark.parametrize(("encoding", "content"), SAMPLES)
@pytest.mark.parametrize("times", [1, 200])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, content: str, times: int) -> None:
    path = text(tmp_path / "a.csv", content * times, encoding)
    expected = [line.split(",") for line in content.splitlines()] * times
    reader = DelimitedReader(path, Limits(), lambda: None)
    assert [cells for _, cells in reader.rows()] == expected


def test_an_encoding_can_be_given(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Name,City\nMüller,Köln\n", "cp850")
    found = inspect(path, filename="a.csv", encoding="cp850")
    assert found.best_sheet.sample[1][1] == ["Müller", "Köln"]


def test_odd_bytes_in_utf8_lose_no_row(tmp_path: Path) -> None:
    path = tmp_path / "joined.csv"
    path.write_bytes(
        ("Name,City\n" + "Møller,Tromsø\n" * 50).encode() + "Åse,Bodø\n".encode("cp1252")
    )
    assert [cells for _, cells in read(path)][-2:] == [["Møller", "Tromsø"], ["Åse", "Bodø"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    lines = [
        ["Name", "Amount", "Note"],
        ["Asha", '"25,5"', "a"],
        ["Ravi", '"1;2|3"', "b, c" if delimiter != "," else "bc"],
    ]
    path = text(tmp_path / "a.txt", "".join(delimiter.join(line) + "\r\n" for line in lines))
    found = inspect(path, filename="C:\\files\\a.txt")
    assert found.delimiter == delimiter
    assert found.best_sheet.name == "a"
    assert [len(cells) for _, cells in found.best_sheet.sample] == [3, 3, 3]


def test_a_sep_line_decides_and_is_no_row(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "sep=^\nName^City\nAsha, Mrs^Pune\n")
    assert read(path) == [(2, ["Asha, Mrs", "Pune"])]


def test_records_are_numbered_as_a_spreadsheet_would(tmp_path: Path) -> None:
    content = 'Name,Note\n\nAsha,"two\r\nlines, ""quoted"""\n , \nRavi,x,y\n'
    path = text(tmp_path / "a.csv", content)
    assert read(path) == [(3, ["Asha", 'two\nlines, "quoted"']), (5, ["Ravi", "x", "y"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(tmp_path: Path, end: str) -> None:
    assert read(text(tmp_path / "a.csv", end.join(["A,B", "1,2", "3,4"]))) == [
        (2, ["1", "2"]),
        (3, ["3", "4"]),
    ]


def test_text_stays_text(tmp_path: Path) -> None:
    """Nothing is taken for a number; only the phone as Java writes it is put right."""
    path = text(tmp_path / "a.csv", "A,B,C,D,E\n007,1.50,=1+1,9.327058088E9,9.32706E+09\n")
    assert read(path) == [(2, ["007", "1.50", "=1+1", "9327058088", "9.32706E+09"])]


def test_control_characters_are_taken_out(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Name,City\n" + "A\0sha\x07,\x1bPu\x00ne\n" + "x,y\n" * 100)
    assert read(path)[0] == (2, ["Asha", "Pune"])


@pytest.mark.parametrize("size", [1, 50_000])
def test_an_open_quotation_mark_is_named(tmp_path: Path, size: int) -> None:
    path = text(tmp_path / "a.csv", 'Name,City\nAsha,Pune\nRavi,"Oslo\n' + "x,y\n" * size)
    with pytest.raises(UnreadableFile, match="row 3") as refused:
        convert(path, sheet=0, heading_row=1, to=target(path))
    assert refused.value.code == "damaged"


def test_many_empty_rows_are_quick(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Name,City\n" + ",,,,\n" * 300_000 + "Asha,Pune\n")
    assert read(path) == [(300_002, ["Asha", "Pune"])]


def test_a_cell_without_end_is_told_from_an_open_quotation_mark(tmp_path: Path) -> None:
    path = text(tmp_path / "long.csv", "Name,Email\nAda,a@b.se\n" + "x" * 200_000 + "\n")
    with pytest.raises(UnreadableFile, match="In row 3 a cell holds more than 100000 characters"):
        read(path)
