"""Names of people and companies: titles, given and family name, initials."""

import re
import unicodedata

from kith.core.text import plain

# How each title is written here: folded spelling without dots → canonical form.
SALUTATIONS = {
    "m/s": "M/S", "messrs": "M/S", "ms": "Ms.", "mr": "Mr.", "mrs": "Mrs.", "miss": "Miss",
    "mx": "Mx.", "dr": "Dr.", "prof": "Prof.", "professor": "Prof.", "ca": "CA.", "ar": "Ar.",
    "id": "ID", "er": "Er.", "shri": "Shri", "sri": "Shri", "smt": "Smt.", "kum": "Kum.",
    "sir": "Sir", "rev": "Rev.", "hon": "Hon.", "adv": "Adv.", "capt": "Capt.", "col": "Col.",
    "herr": "Herr", "frau": "Frau", "hr": "Hr.", "fru": "Fru", "sr": "Sr.", "sra": "Sra.",
    "mme": "Mme", "mlle": "Mlle", "sheikh": "Sheikh",
}  # fmt: skip
# These are also names or abbreviations, so they count as titles only with their dot.
_ONLY_WITH_DOT = frozenset({"ca", "ar", "id", "er", "sr", "hon", "col", "kum", "adv", "hr"})
_PREFIXES = frozenset(
    "van von der den de del della dello di da das do dos du des la le ten ter zu zum zur af av"
    " bin ibn bint abu al el ben st mac y e".split()
)
_ALWAYS_PREFIXES = frozenset({"De", "Del", "Della", "Di", "Da", "Dos", "Von", "Bin", "Ibn", "Bint"})
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|phd|ph\.d|md|m\.d|esq|mba|ba|msc|dds|cpa|kc|qc)\.?,?",
                     re.IGNORECASE)  # fmt: skip
_LEGAL = frozenset("pvt ltd inc llc gmbh as asa ag co and the of og und & private limited".split())


def split_name(text: str) -> tuple[str, str]:
    """(given, family); joined by a space they are the (cleaned) text again.

    'Ludwig van der Berg' → ('Ludwig', 'van der Berg'); a single word is a given name.
    """
    parts = plain(text).split(" ")
    if len(parts) < 2:
        return parts[0], ""
    start = _family_start(parts)
    return " ".join(parts[:start]), " ".join(parts[start:])


def _family_start(parts: list[str]) -> int:
    start = len(parts) - 1
    while start > 1 and _SUFFIX.fullmatch(parts[start]):
        start -= 1
    while start > 1 and _is_prefix(parts[start - 1], parts[start]):
        start -= 1
    return start


def _is_prefix(word: str, following: str) -> bool:
    """Whether a word belongs to the family name after it: 'van', or 'Van' before 'Der'."""
    if word in _PREFIXES or word in _ALWAYS_PREFIXES or word in ("d'", "'t"):
        return True
    capital_pair = word in ("Van", "La", "Le", "De") and following.lower() in (
        "der",
        "den",
        "de",
        "la",
    )
    return capital_pair or (word.lower() in ("der", "den") and word.istitle())


def split_salutation(text: str) -> tuple[str, str]:
    """('Dr.', 'Anjali Smithson') of 'dr Anjali Smithson'; ('', text) when there is no title."""
    rest = plain(text)
    found: list[str] = []
    while len(found) < 3:
        word, space, after = rest.partition(" ")
        title = _title(word)
        if not title or not space:
            break
        found.append(title)
        rest = after
    return " ".join(found), rest


def _title(word: str) -> str:
    key = word.lower().rstrip(".,")
    if key in _ONLY_WITH_DOT and not word.endswith("."):
        return ""
    return SALUTATIONS.get(key, "")


def salutation(text: str) -> str:
    """The usual spelling of a title ('MR' → 'Mr.'); an unknown one stays as typed."""
    text = plain(text)
    return SALUTATIONS.get(text.lower().rstrip("."), text)


def initials(name: str, kind: str = "person") -> str:
    """Two letters for the picture: of given and family name, or of a company's first words."""
    parts = _lettered(split_salutation(name)[1])
    if kind == "company":
        parts = [p for p in parts if p.lower().strip(".,") not in _LEGAL] or parts
        chosen = parts[:2]
    else:
        parts = [p for p in parts if not _SUFFIX.fullmatch(p)] or parts
        chosen = [parts[0], parts[-1]] if len(parts) > 1 else parts
    return "".join(_first(part) for part in chosen)


def _lettered(text: str) -> list[str]:
    return [part for part in text.split(" ") if any(c.isalnum() for c in part)]


def _first(word: str) -> str:
    """The first letter with its marks (an Indic vowel sign belongs to its consonant)."""
    start = next(i for i, c in enumerate(word) if c.isalnum())
    end = start + 1
    while end < len(word) and unicodedata.category(word[end])[0] == "M":
        end += 1
    return word[start:end].upper()
