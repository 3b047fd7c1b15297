"""Sheets made by the tests, and the command that imports them."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kith.cli.main import main

Report = dict[str, Any]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    return tmp_path


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """sheet(headings, *rows, name="people.csv"): a file of that kind."""

    def write(*rows: Sequence[Any], name: str = "people.csv") -> Path:
        path = tmp_path / name
        if name.endswith(".csv"):
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
            return path
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet()
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        return path

    return write


@pytest.fixture
def kith(capsys: pytest.CaptureFixture[str], db: None) -> Callable[..., Report]:
    """kith("import", path, …) runs the command with --json; the report has its exit code."""

    def run(*arguments: Any) -> Report:
        capsys.readouterr()
        code = main([*map(str, arguments), "--json"])
        printed = capsys.readouterr()
        report = json.loads(printed.out) if printed.out else {}
        return {**report, "exit": code, "said": printed.err}

    return run


@pytest.fixture
def outcomes() -> Callable[[Report], list[str]]:
    return lambda report: [row["outcome"] for row in report["rows"]]
