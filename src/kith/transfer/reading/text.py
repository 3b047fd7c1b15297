"""Text as it comes out of a cell: without control characters, unscrambled where that is sure."""

import re

# Control characters except tab and line feed, halves of surrogate pairs, and non-characters.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LINE_END = re.compile("\r\n?|\u2028|\u2029|\x85")

# UTF-8 that was read as Windows-1252: a lead byte and a continuation byte, each shown as a letter.
SPECIALS = {
    bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in b"\x81\x8d\x8f\x90\x9d"
}
SCRAMBLED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf" + "".join(SPECIALS) + "]")
# Excel writes a character that XML cannot hold, such as a carriage return, as _x000D_.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Java programs write the phone 9327058088 as 9.327058088E9, also into cells of text.
JAVA_NUMBER = re.compile(r"([1-9])\.(\d{3,})E(\+?)0?([1-9]\d?)")


def clean_text(value: str) -> str | None:
    """Returns None for what is empty or only white space."""
    if value.isascii() and value.isprintable():
        if "E" in value and (match := JAVA_NUMBER.fullmatch(value)):
            return plain_digits(value, match)
        return value if value and not value.isspace() else None
    if SCRAMBLED.search(value):
        value = unscrambled(value)
    value = UNWANTED.sub("", LINE_END.sub("\n", value))
    return value if value and not value.isspace() else None


def plain_digits(value: str, match: re.Match[str]) -> str:
    """9.32706E+09, as spreadsheets show it, has lost digits: it stays, to be complained of."""
    first, decimals, plus, exponent = match[1], match[2], match[3], int(match[4])
    if len(decimals) > exponent or exponent > 15 or (plus and len(decimals) < exponent):
        return value
    return first + decimals.ljust(exponent, "0")


def unscrambled(value: str) -> str:
    """Undoes 'MÃ¸ller', once or twice over.

    Only when every character beyond ASCII takes part: text with a single real letter beyond
    Latin-1, or an odd one out, is no valid UTF-8 and stays as it was.
    """
    for _ in range(2):
        try:
            raw = b"".join(
                bytes([SPECIALS[c]]) if c in SPECIALS else c.encode("latin-1") for c in value
            )
            value = raw.decode("utf-8")
        except UnicodeError:
            break
        if not SCRAMBLED.search(value):
            break
    return value


def unescaped(value: str) -> str:
    """Resolves Excel's _x000D_; an escaped underscore (_x005F_) is only an underscore."""
    if "_x" not in value:
        return value
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
