"""The documents lead where they say: pages, headings and pictures are there, and none is lost."""

import re
from pathlib import Path

from tests.architecture.source import ROOT

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def anchors(page: Path) -> set[str]:
    headings = HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def leads_nowhere(page: Path, link: str) -> bool:
    path, _hash, anchor = link.partition("#")
    to = (page.parent / path).resolve() if path else page
    return not to.exists() or bool(anchor and anchor not in anchors(to))


def test_links_lead_somewhere() -> None:
    links = [
        (page, link)
        for page in PAGES
        for link in LINK.findall(page.read_text("utf-8"))
        if "://" not in link
    ]
    assert len(links) > 40
    broken = [
        f"{page.relative_to(ROOT)}: {link}" for page, link in links if leads_nowhere(page, link)
    ]
    assert not broken


def test_lists_of_pages_are_whole_and_all_pictures_are_shown() -> None:
    index = (ROOT / "docs" / "user-guide.md").read_text("utf-8")
    assert not [
        p.name for p in (ROOT / "docs" / "user").glob("*.md") if f"user/{p.name}" not in index
    ]
    decisions = ROOT / "docs" / "adr"
    listed = (decisions / "README.md").read_text("utf-8")
    assert not [p.name for p in decisions.glob("0*.md") if f"({p.name})" not in listed]
    told = "".join(page.read_text("utf-8") for page in PAGES)
    assert not [p.name for p in (ROOT / "docs" / "pictures").iterdir() if p.name not in told]
