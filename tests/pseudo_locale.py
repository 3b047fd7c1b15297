"""Languages that nobody speaks, made from the product's own texts: what is not translated, too
narrow or drawn for one direction of writing only shows in them at once.

`ACCENTED` is longer and has accents; `MIRRORED` is written from right to left.
"""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

from django.utils.translation import trans_real

ROOT = Path(__file__).resolve().parent.parent
ACCENTED, MIRRORED = "eo", "he"
# Placeholders and markup stay as they are.
KEPT = re.compile(r"(%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|<[^>]+>|&\w+;)")
PLAIN = "abcdefghijklmnopqrstuvwxyz"
LETTERS = {
    ACCENTED: str.maketrans(PLAIN, "àƀçđéƒğĥíĵķļɱñóþǫŕšţúṽŵẋýž"),
    MIRRORED: str.maketrans(PLAIN, "אבגדהוזחטיכלמנסעפצקרשתךםןף"),
}  # fmt: skip
LONGER = 0.4


def pseudo(text: str, language: str) -> str:
    parts = KEPT.split(text)
    said = "".join(
        p if n % 2 else p.lower().translate(LETTERS[language]) for n, p in enumerate(parts)
    )
    more = "~" * round(LONGER * sum(map(len, parts[::2])))
    return f"[{said}{more}]"


def build(folder: Path) -> None:
    """Both languages, compiled into a folder that LOCALE_PATHS names."""
    scripts = _messages()
    catalog = scripts.messages()
    for language in (ACCENTED, MIRRORED):
        for each in catalog:
            if each.id:
                one = each.id if isinstance(each.id, str) else each.id[0]
                string = pseudo(one, language)
                many = isinstance(each.id, tuple)
                each.string = (string, pseudo(each.id[1], language)) if many else string
        scripts.compiled(catalog, folder / language)
        trans_real._translations.pop(language, None)


def _messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
