"""Every word that people read can be translated: none stands bare in a template, in Python or in a
script."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from .source import PACKAGE, tracked

ATTRIBUTES = ("title", "placeholder", "alt", "aria-label", "aria-description")
SILENT = ("script", "style", "kbd", "code", "title")
NAMES = {"Kith", "Esc", "Space", "Enter", "CSV", "XLSX", "ms"}
TAGS = re.compile(
    r"{%\s*comment.*?{%\s*endcomment\s*%}|{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}"
    r"|{%.*?%}|{{.*?}}|{#.*?#}",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"[a-z][a-z_-]*")
# Where each part of the kit takes a text: as which argument, or under which name.
TEXTS = {
    "Act": 0, "Action": 0, "Attribute": 1, "Chip": 0, "Column": 1, "Empty": 0, "Field": 1,
    "Filter": 1, "Invalid": 1, "Outcome": 0, "Page": 0, "Place": 0, "Problem": 2, "Refused": 0,
    "Unsaved": 0, "View": 0,
    "toast": 1, "toast_now": 1,
}  # fmt: skip
KEYWORDS = {"label", "help", "help_text", "text", "title"}
# A text that a script puts into the page.
SAID = re.compile(
    r"""(?:textContent|innerText|title|placeholder|ariaLabel)\s*=\s*["'`][^"'`$]*[^\W\d_]{3}"""
    r"""|setAttribute\(\s*["'](?:title|aria-label|placeholder)["'],\s*["'`][^"'`$]*[^\W\d_]{3}"""
    r"""|>\s*[A-Z][a-z]{2,}[^<`]*</"""
)


class Bare(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.open.append(tag)
        self.found += [value for name, value in attrs if name in ATTRIBUTES and _speaks(value)]

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open and _speaks(data):
            self.found.append(data.strip())


def _speaks(text: str | None) -> bool:
    return any(word not in NAMES for word in WORD.findall(text or ""))


def bare_in_template(text: str) -> list[str]:
    parser = Bare()
    parser.feed(TAGS.sub(lambda tag: "\n" * tag[0].count("\n") or "", text))
    return parser.found


def bare_in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = TEXTS.get(name)
            given = [node.args[place]] if place is not None and len(node.args) > place else []
            if place is not None:
                given += [each.value for each in node.keywords if each.arg in KEYWORDS]
            yield from (each.value for each in given if _is_words(each))


def _is_words(node: ast.expr) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return _speaks(node.value) and not CODE.fullmatch(node.value)


def _ours(ending: str) -> list[Path]:
    """The command line speaks English only, as programs read it."""
    left_out = {"gallery", "vendor", "tests", "500.html", "cli", "migrations", "demo"}
    return [
        path
        for path in tracked()
        if path.suffix == ending and path.is_relative_to(PACKAGE) and not left_out & set(path.parts)
    ]


def test_no_text_stands_bare() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}: {text[:80]!r}"
        for path in _ours(".html")
        for text in bare_in_template(path.read_text(encoding="utf-8"))
    ]
    wrong += [
        f"{path.relative_to(PACKAGE)}: {text[:80]!r}"
        for path in _ours(".py")
        for text in bare_in_python(path.read_text(encoding="utf-8"))
    ]
    wrong += [
        f"{path.relative_to(PACKAGE)}: {found[0]!r}"
        for path in _ours(".js")
        for found in SAID.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "Put these through gettext:\n" + "\n".join(wrong)


def test_texts_are_found_by_their_functions_names() -> None:
    """scripts/messages.py knows gettext by its own names, and by `_`."""
    renamed = re.compile(r"gettext\w* as (?!_\b)\w+")
    wrong = [path.name for path in _ours(".py") if renamed.search(path.read_text(encoding="utf-8"))]
    assert not wrong


def test_the_check_itself_sees_what_is_bare() -> None:
    assert bare_in_template('<b title="Hello">{% translate "x" %}</b> Bare {{ y }}') == [
        "Hello",
        "Bare",
    ]
    assert not bare_in_template("{% blocktranslate %}Fine {{ n }}{% endblocktranslate %} · 5")
    assert list(bare_in_python('toast(request, "Saved."); toast(request, _("Saved."))')) == [
        "Saved."
    ]
    assert SAID.search('button.textContent = "More";')
