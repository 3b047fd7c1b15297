"""Collects every text that people read, for translators, and compiles what they gave back.

    python scripts/messages.py            update the catalogues in src/kith/locale, and compile them
    python scripts/messages.py nb         the same, and begin one for Norwegian

Everything is done by Babel: nothing else needs to be installed. See docs/howto/translate.md.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "kith"
LOCALE = SOURCE / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# What templatize makes of a template: calls in a desert of X.
CALL = re.compile(r"(?:n?p?gettext|_)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)")


def messages() -> Catalog:
    """Every text of the product, in English."""
    catalog = Catalog(project="Kith", charset="utf-8", fuzzy=False)
    for path in sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("*.html")):
        if not {"tests", "gallery", "vendor", "migrations"} & set(path.parts):
            place = path.relative_to(ROOT).as_posix()
            for line, message, comments, context in found_in(path):
                catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def found_in(path: Path) -> Iterator[tuple]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = "\n".join(call.replace("\n", " ") for call in CALL.findall(templatize(text)))
    yield from extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)


def update(language: str, template: Catalog) -> Catalog:
    """The language's catalogue brought up to date; what is translated stays so."""
    file = LOCALE / language / "LC_MESSAGES" / "django.po"
    catalog = Catalog(locale=language, project="Kith", charset="utf-8")
    if file.exists():
        catalog = read_po(io.BytesIO(file.read_bytes()), locale=language)
    catalog.update(template, no_fuzzy_matching=False, update_creation_date=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, catalog, width=100, omit_header=False, include_lineno=False)
    compiled(catalog, LOCALE / language)
    return catalog


def compiled(catalog: Catalog, folder: Path) -> None:
    file = folder / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_mo(out, catalog)


def main(begin: list[str]) -> int:
    template = messages()
    there = [path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po")]
    for language in sorted({*there, *begin}):
        catalog = update(language, template)
        missing = sum(1 for each in catalog if each.id and not each.string)
        print(f"{language}: {len(catalog)} texts, {missing} not translated yet")
    print(f"{len(template)} texts in all")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
