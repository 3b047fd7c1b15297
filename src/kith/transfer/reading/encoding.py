"""Which encoding a text file is in. There is no certainty without a mark, only good evidence.

Order: byte order mark, zero bytes of UTF-16 and UTF-32, valid UTF-8, then the old code page
in whose languages the letters beyond ASCII make most sense. Names and places are short, and
general detectors, which want prose, take 'Nordmøre' for Czech; alphabets decide better.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
CHUNK = 1 << 20
SAMPLE = 1 << 13
WHOLE_UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
HIGH = re.compile(rb"[\x80-\xff]")
PUNCTUATION = frozenset("\u00a0“”„‘’‚–—…€£°©®™«»·§´½²³¿¡ºª•")

WESTERN = (
    "äöüß",
    "éèêëàâçîïôùûüœæÿ",
    "áéíóúñüç",
    "áéíóúãõâêôàçü",
    "åäöéüæøóèêô",
    "àèéìíîòóù",
    "áéíóúýþæðö",
    "áéëïóöüèê",
)
CYRILLIC = ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’")
GREEK = ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",)
CASED = {"cp1251", "cp1253", "koi8_r"}
OTHER_SCRIPTS = {"cp1251", "cp1253", "cp1255", "cp1256", "cp874", "koi8_r"}
WITHIN_LATIN = re.compile("(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
# A capital after a small letter: Russian in one of its code pages, read as in the other.
ODD_CASE = re.compile(
    "[\u00df-\u00ff\u03ac-\u03ce\u0430-\u045f](?=[\u00c0-\u00de\u0391-\u03ab\u0401-\u042f])"
)
# In order of preference: the first of equals wins. The weight holds back what is rare today.
ALPHABETS: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("cp1252", 1.0, WESTERN),
    ("cp1250", 0.98, ("ąćęłńóśźż", "áčďéěíňóřšťúůýžäľĺôŕ", "áéíóöőúüű", "ăâîşţ", "čćđšž")),
    ("cp1251", 1.0, CYRILLIC),
    ("cp1252", 0.93, ("".join(WESTERN),)),
    ("cp1254", 0.97, ("çğıiöşüâî",)),
    ("cp1253", 1.0, GREEK),
    ("cp1255", 1.0, ("".join(map(chr, range(0x5D0, 0x5EB))),)),
    ("cp1256", 0.95, ("".join(map(chr, range(0x621, 0x653))) + "پچژگ،؛؟",)),
    ("cp1257", 0.95, ("āčēģīķļņšūž", "ąčęėįšųūž", "õäöüšž")),
    ("cp874", 0.85, ("".join(map(chr, range(0xE01, 0xE5C))),)),
    ("koi8_r", 0.9, CYRILLIC),
    ("mac_roman", 0.7, WESTERN),
    ("cp850", 0.65, WESTERN),
)
# The characters in daily use of each double-byte code, by their bytes.
PAIRS: tuple[tuple[str, float, re.Pattern[bytes]], ...] = (
    (
        "cp932",
        1.0,
        re.compile(
            rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]|[\x88-\x97][\x40-\x7e\x80-\xfc]|\x81[\x40-\x5b]"
        ),
    ),
    ("cp949", 1.0, re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")),
    ("gb18030", 0.99, re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|\xa3[\xa1-\xfe]|\xa1[\xa1-\xbf]")),
    ("big5", 0.97, re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]|\xa1[\x40-\x7e]")),
    ("euc_jp", 0.98, re.compile(rb"[\xa4\xa5][\xa1-\xf6]|[\xb0-\xcf][\xa1-\xfe]|\xa1[\xa1-\xbf]")),
)
SHORT = 12  # Bytes; fewer are no evidence of Korean, whose common range lies within Chinese.


def marked_encoding(head: bytes) -> tuple[str, int] | None:
    """Returns (encoding, length of its mark), by mark or zero bytes; else None.

    A mark is checked: programs have put that of UTF-16 before UTF-32.
    """
    for mark, name in MARKS:
        body = head[len(mark) :]
        if head.startswith(mark):
            sound = name == "utf-8" or not body or plausible(body, name) > 0.9
            return (name if sound else wide_encoding(body) or name), len(mark)
    found = wide_encoding(head)
    return (found, 0) if found else None


def wide_encoding(head: bytes) -> str | None:
    if b"\0" not in head:
        return None
    chances = [(plausible(head, name), name) for name in WIDE]
    best, name = max(chances, key=lambda chance: chance[0])
    return name if best > 0.9 else None


def plausible(head: bytes, encoding: str) -> float:
    """Returns the share of characters that belong in a table; 0 for what can't be decoded."""
    width = 4 if "32" in encoding else 2
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head[: len(head) // width * width])
    except UnicodeDecodeError:
        return 0.0
    plain = sum(" " <= char <= "~" or char in "\r\n\t" for char in text)
    if not text or plain * 20 < len(text):
        return 0.0
    return (plain + sum(char > "\x9f" and char.isprintable() for char in text)) / len(text)


@dataclass(frozen=True, slots=True)
class Found:
    """`skip` counts the bytes of the mark, `lines` the line feeds of the file."""

    encoding: str
    skip: int
    lines: int


def text_encoding(path: Path, pulse: Callable[[], None]) -> Found:
    """Reads the whole file once, in constant memory."""
    lines, sample, valid = 0, bytearray(), True
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        marked = marked_encoding(file.read(4096))
        file.seek(0)
        while piece := file.read(CHUNK):
            pulse()
            lines += piece.count(b"\n")
            if not marked:
                valid = valid and decodes(decoder, piece)
                collect(sample, piece)
    if marked:
        return Found(*marked, lines)
    name = "utf-8" if valid or mostly_utf8(bytes(sample)) else code_page(bytes(sample))
    return Found(name, 0, lines)


def decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def collect(sample: bytearray, piece: bytes) -> None:
    """Keeps the lines with bytes beyond ASCII, the only ones that tell code pages apart."""
    if len(sample) >= SAMPLE or piece.isascii():
        return
    for line in piece.splitlines(keepends=True):
        if not line.isascii():
            sample += line[:1000]
            if len(sample) >= SAMPLE:
                return


def mostly_utf8(sample: bytes) -> bool:
    """A UTF-8 file with a few bytes of something else, as when two exports were joined."""
    whole = sum(len(found) for found in WHOLE_UTF8.findall(sample))
    return whole > 0.9 * len(HIGH.findall(sample))


def code_page(sample: bytes) -> str:
    scores = [(pair_score(sample, *row), row[0]) for row in PAIRS]
    scores += [(alphabet_score(sample, *row), row[0]) for row in ALPHABETS]
    best = max(score for score, _ in scores)
    if best < 0.5:
        return "cp1252"
    return next(name for score, name in scores if score == best)


def alphabet_score(sample: bytes, name: str, weight: float, languages: tuple[str, ...]) -> float:
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        # Text of Windows programs holds bytes that its code page leaves undefined; be patient.
        text, weight = sample.decode(name, errors="replace"), weight * 0.8
    strange = [char for char in text if char > "\x7f"]
    marks = 0.9 * sum(char in PUNCTUATION for char in strange)
    letters = max(
        sum(char.lower()[0] in abc for char in strange) for abc in map(frozenset, languages)
    )
    if name in CASED and not any(map(str.isupper, strange)):
        weight *= 0.95  # Hebrew looks like Russian and Greek without a capital.
    odd = len(ODD_CASE.findall(text))
    if name in OTHER_SCRIPTS:
        odd += len(WITHIN_LATIN.findall(text))
    return weight * (letters + marks - odd) / max(1, len(strange))


def pair_score(sample: bytes, name: str, weight: float, common: re.Pattern[bytes]) -> float:
    try:
        sample.decode(name)
    except UnicodeDecodeError:
        return 0.0
    found = common.findall(sample)
    high = len(HIGH.findall(sample))
    if name == "cp949" and high < SHORT:
        weight = 0.9
    return weight * min(1.0, sum(len(HIGH.findall(pair)) for pair in found) / max(1, high))


def odd_bytes(error: UnicodeError) -> tuple[str, int]:
    """Reads what is invalid in an encoding as Windows-1252, so that no row is lost to it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("kith-odd-bytes", odd_bytes)
