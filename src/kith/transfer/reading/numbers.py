"""Numbers as the sheet shows them: dates by their format, codes with their leading zeros.

Formats follow ECMA-376 part 1, 18.8.30 and 18.8.31; ids below 164 are built in.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime

from .text import clean_text

Cell = str | int | float | bool | None | dict[str, str]
Show = Callable[[float], Cell]

DATES = {14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58}
PERCENTS = {9, 10}
TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56}
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
ZEROS = re.compile(r"[0\-\s()/]*")
DIGIT_OR_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([^"\\])')
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30).toordinal(), date(1904, 1, 1).toordinal()
LAST_DAY = date.max.toordinal()
EXACT = 10**17


def plain_number(value: float) -> Cell:
    """6710.0 is 6710, and 0.30000000000000004 is 0.3: a sheet shows 15 digits."""
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < EXACT:
        return int(value)
    return float(f"{value:.15g}")


def number_from_text(text: str) -> Cell:
    """A number as XML holds it. What is none stays text, so that nothing is lost."""
    if text.isdecimal() and text.isascii() and len(text) < 18:
        return int(text)
    try:
        value = float(text)
    except ValueError:
        return text
    return plain_number(value) if math.isfinite(value) else text


def day_or_moment(value: float, epoch: int) -> Cell:
    """A serial date as {"d": ISO text}, with a time only where there is one."""
    days = int(value // 1)
    seconds = round((value - days) * 86400)
    if seconds == 86400:
        days, seconds = days + 1, 0
    if epoch == EPOCH_1900 and days < 60:
        days += 1  # Lotus, and so Excel, counts a 29 February 1900.
    if not 0 < days <= LAST_DAY - epoch:
        return plain_number(value)
    day = date.fromordinal(epoch + days).isoformat()
    return {"d": f"{day}T{clock(seconds)}" if seconds else day}


def iso_moment(text: str) -> Cell:
    """A date that the file itself puts in ISO 8601; what is none stays text."""
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        return clean_text(text)
    shown = value.replace(microsecond=0, tzinfo=None).isoformat()
    return {"d": shown.removesuffix("T00:00:00")}


def time_of_day(value: float, epoch: int) -> Cell:
    if not 0 <= value < 1:
        return day_or_moment(value, epoch)
    return clock(round(value * 86400))


def duration(value: float) -> Cell:
    return clock(round(value * 86400)) if value >= 0 else plain_number(value)


def percent(value: float) -> Cell:
    """17.5% is stored as 0.175, and nobody has ever seen that number."""
    shown = plain_number(value * 100)
    return f"{shown}%" if math.isfinite(value) else shown


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def show_for(format_id: int, code: str, *, is_1904: bool) -> Show | None:
    """Returns how a number of this format is shown; None means as a plain number."""
    epoch = EPOCH_1904 if is_1904 else EPOCH_1900
    if not code:
        if format_id in DATES or format_id == 22:
            return lambda value: day_or_moment(value, epoch)
        if format_id in PERCENTS:
            return percent
        return (lambda value: time_of_day(value, epoch)) if format_id in TIMES else None
    return show_for_code(code, epoch)


def show_for_code(code: str, epoch: int) -> Show | None:
    first = code.partition(";")[0]
    bare = BRACKETS.sub("", QUOTED.sub("", first)).lower().replace("am/pm", "").replace("a/p", "")
    if bare in {"general", "standard", "@"}:
        return None
    if re.search("[yd]", bare) or ("m" in bare and not re.search("[hs]", bare)):
        return lambda value: day_or_moment(value, epoch)
    if re.search(r"\[[hms]", bare):
        return duration
    if re.search("[hs]", bare):
        return lambda value: time_of_day(value, epoch)
    return percent if "%" in bare else zeros_shown(first)


def zeros_shown(code: str) -> Show | None:
    """For formats such as 000000, 000\\-00\\-0000 or "EMP"0000, which show a code, not a
    quantity."""
    bare = BRACKETS.sub("", code)
    signs = [(quoted or escaped, sign) for quoted, escaped, sign in DIGIT_OR_LITERAL.findall(bare)]
    digits = sum(sign == "0" for _literal, sign in signs)
    if digits < 2 or not ZEROS.fullmatch("".join(sign for _literal, sign in signs)):
        return None
    return lambda value: filled(signs, digits, value)


def filled(signs: list[tuple[str, str]], digits: int, value: float) -> Cell:
    if value < 0 or value != int(value) or value >= EXACT:
        return plain_number(value)
    text = str(int(value)).zfill(digits)
    shown, taken = [], 0
    for literal, sign in signs:
        if sign != "0":
            shown.append(literal or sign)
            continue
        # Digits that the format has no place for stand before its first one.
        width = 1 if taken else len(text) - digits + 1
        shown.append(text[taken : taken + width])
        taken += width
    return "".join(shown).strip()


def shown_as(text: str, show: Show) -> Cell:
    """The number of a cell that has a format; what is no number stays text."""
    try:
        return show(float(text))
    except (ValueError, OverflowError):
        return text
