"""Text as it is kept (`plain`) and text as it is compared (`fold`).

Unicode reference: UAX #15 (normal forms), UTS #36 (text that misleads the eye).
"""

import re
import unicodedata

from anyascii import anyascii

# Controls, lone surrogates, non-characters, annotation marks and the byte order mark never belong
# to a value; the bidirectional embeddings, overrides and isolates would reorder what surrounds it.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0001\ud800-\udfff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000ffffe\U000fffff\U0010fffe\U0010ffff]"
)
# Joiners and direction marks are needed inside words (Persian, Hindi, emoji), never around them.
_EDGE = "\\s\u200b-\u200f\u2060-\u2064\u061c\u180e\u00ad"
_EDGES = re.compile(f"^[{_EDGE}]+|[{_EDGE}]+$")
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_LINE_SPACES = re.compile(r"[^\S\n]+$", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")


def plain(text: str) -> str:
    """One clean line: NFC, no controls or reordering marks, single spaces, nothing at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _EDGES.sub("", _SPACES.sub(" ", _normal(text)))


def plain_lines(text: str) -> str:
    """As `plain`, but lines and the spaces within them stay as typed."""
    text = _LINE_SPACES.sub("", _normal(_LINE_ENDS.sub("\n", text)))
    return _EDGES.sub("", text)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


class _Folds(dict[int, str]):
    """The folded form of each character, worked out when it is first met."""

    limit = 20_000

    def __missing__(self, code: int) -> str:
        if len(self) > self.limit:
            self.clear()
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    # A kana's voicing mark makes another syllable, it is no accent.
    kana = "\u3040" <= character <= "\u30ff"
    decomposed = unicodedata.normalize("NFKC" if kana else "NFKD", character)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    ascii_form = anyascii(bare.casefold() or bare).lower()
    return "".join(c if c.isprintable() else " " if c.isspace() else "" for c in ascii_form)


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The form in which texts are indexed and compared: lower ASCII, no marks, single spaces.

    `Ærøskøbing` becomes `aeroskobing`, `STRAẞE` `strasse`, `東京` `dongjing`.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLDS).split())


def words(text: str) -> list[str]:
    """The folded words of a text, without punctuation."""
    return _WORD.findall(fold(text))


def digits(text: str) -> str:
    """Only the decimal digits, of any script, as ASCII."""
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())
    return _NOT_DIGIT.sub("", text)
