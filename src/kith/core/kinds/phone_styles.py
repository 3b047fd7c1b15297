"""How the numbers of a country are written: the library's own formats, compiled once.

`phonenumbers.format_number` has each pattern made anew, some eight for a number; a list writes
fifty numbers. Extensions are left to the library (a test compares the two).
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from phonenumbers import NumberFormat, PhoneMetadata, region_code_for_country_code

_FIRST_GROUP = re.compile(r"(\\\d)")
_GROUP = re.compile(r"\\(\d)")


class Style(NamedTuple):
    begins: re.Pattern[str]
    whole: re.Pattern[str]
    written: str
    """For `str.format`: `{1}` is the first group. `Match.expand` would read it anew each time."""


def written(code: int, national: str, *, at_home: bool) -> str:
    """The national significant number of a calling code, without an extension."""
    text = _grouped(national, styles(code, at_home=at_home))
    return text if at_home else f"+{code} {text}"


def _grouped(national: str, found: Sequence[Style]) -> str:
    for style in found:
        if style.begins.match(national) and (whole := style.whole.fullmatch(national)):
            return style.written.format(whole[0], *whole.groups(""))
    return national


@cache
def styles(code: int, *, at_home: bool) -> Sequence[Style]:
    region = region_code_for_country_code(code)
    data = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    if data is None:
        return []
    formats = data.number_format if at_home else data.intl_number_format or data.number_format
    return [_style(each, at_home=at_home) for each in formats]


def _style(given: NumberFormat, *, at_home: bool) -> Style:
    text, rule = given.format or "", given.national_prefix_formatting_rule
    if at_home and rule:
        text = _FIRST_GROUP.sub(rule, text, count=1)
    # The last pattern of the leading digits is the one that tells the most.
    leading = given.leading_digits_pattern
    begins = re.compile(leading[-1] if leading else "")
    return Style(begins, re.compile(given.pattern or ""), _GROUP.sub(r"{\1}", text))
