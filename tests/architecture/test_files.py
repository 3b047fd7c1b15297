"""Files stay small, portable, and free of this or that machine."""

import re

import pytest

from .source import ROOT, tracked

MOST_LINES = {".py": 400, ".js": 100, ".html": 100, ".css": 400, ".sh": 200}
TEXT = {*MOST_LINES, ".md", ".txt", ".in", ".toml", ".json", ".yml", ".yaml", ".cfg", ""}

# Written in pieces, so that this file does not find itself.
ELSEWHERE = re.compile(
    "|".join(
        (
            r"(?<![\w.])/" + r"(?:work|root|opt|home)/\w",
            r"/tmp" + r"/w/",
            r"py" + r"thonhosted\.org",
            r"py" + r"pi\.org/simple",
            r"reg" + r"istry\.npmjs",
            r"deb" + r"\.debian\.org",
        )
    )
)
INLINE = re.compile(
    r"""<style|\sstyle=|\son\w+=|hx-on|<script(?![^>]*\ssrc=)|javascript:""", re.IGNORECASE
)
DATA_SCRIPT = re.compile(r"""<script[^>]*type="application/json""", re.IGNORECASE)


def _lines(path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("ending", MOST_LINES)
def test_no_file_is_too_long_to_read(ending: str) -> None:
    found = {
        str(path.relative_to(ROOT)): len(_lines(path))
        for path in tracked()
        if path.suffix == ending and "migrations" not in path.parts
    }
    long = {name: count for name, count in found.items() if count > MOST_LINES[ending]}
    assert not long, f"More than {MOST_LINES[ending]} lines: {long}"


def test_nothing_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path.suffix in TEXT and path.name != "LICENSE"
        for number, line in enumerate(_lines(path), 1)
        if ELSEWHERE.search(line)
    ]
    assert not found, found


def test_templates_have_no_inline_script_or_style() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path.suffix == ".html" and "src" in path.parts
        for number, line in enumerate(_lines(path), 1)
        if INLINE.search(line) and not DATA_SCRIPT.search(line)
    ]
    assert not found, f"The Content-Security-Policy forbids these: {found}"


@pytest.mark.parametrize("name", ["package-lock.json", "requirements.txt", "requirements-dev.txt"])
def test_lock_files_hold_no_address(name: str) -> None:
    found = [line for line in _lines(ROOT / name) if "://" in line]
    assert not found, f"Run `make lock`: {found[:3]}"
