"""The short way for plain, valid numbers: the library's own patterns, matched directly.

`phonenumbers.parse` and `is_valid_number` take over 100 µs together; nearly all numbers in real
sheets are plain digits that fully match a pattern of their country, for which three matches tell
the same. Whatever is not certain here is left to the library (a property test compares them).
"""

import re
from dataclasses import dataclass
from functools import cache

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    SUPPORTED_REGIONS,
    PhoneMetadata,
    country_code_for_region,
)

_DRESSING = str.maketrans("", "", " -.()")


@dataclass(frozen=True, slots=True)
class Rules:
    """What tells the phones of one country: calling code, trunk prefix, patterns."""

    code: str
    trunk: str
    plain_trunk: bool
    dialled: re.Pattern[str]
    general: re.Pattern[str]
    valid: re.Pattern[str]

    def national(self, digits: str) -> str | None:
        """The national significant number of plain digits, when it is certain and valid."""
        if self.dialled.match(digits):
            return self._without_trunk(digits)
        if self.valid.fullmatch(digits) and self.general.fullmatch(digits):
            return digits
        return None

    def _without_trunk(self, digits: str) -> str | None:
        """'07926862513' → '7926862513', where the trunk prefix is 0 and nothing but 0."""
        if not self.plain_trunk or digits[0] != "0" or digits[1:2] in ("0", ""):
            return None
        rest = digits[1:]
        if self.general.fullmatch(digits) or self.dialled.match(rest):
            return None
        return rest if self.valid.fullmatch(rest) and self.general.fullmatch(rest) else None


def plain_number(text: str, country: str) -> str | None:
    """E.164 of a plainly written, valid number; None when only the library can tell."""
    bare = text.translate(_DRESSING)
    digits = bare[1:] if bare[:1] == "+" else bare
    if not (digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 16):
        return None
    if bare is not digits and bare[0] == "+":
        return _international(digits)
    rules = region_rules(country)
    national = rules.national(digits) if rules else None
    return f"+{rules.code}{national}" if rules and national else None


def _international(digits: str) -> str | None:
    rules = rules_for(digits)
    if rules is None:
        return None
    rest = digits[len(rules.code) :]
    certain = not rules.dialled.match(rest) and rules.national(rest) == rest
    return f"+{digits}" if certain else None


def rules_for(digits: str) -> Rules | None:
    """The rules of the country to which international digits belong (their main one)."""
    if not digits.isascii() or not digits.isdigit() or digits[0] == "0":
        return None
    return _rules_by_beginning(digits[:3])


@cache
def _rules_by_beginning(digits: str) -> Rules | None:
    for length in (1, 2, 3):
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length]))
        if regions:
            return region_rules(regions[0])
    return None


@cache
def region_rules(region: str) -> Rules | None:
    data = PhoneMetadata.metadata_for_region(region) if region in SUPPORTED_REGIONS else None
    if data is None:
        return None
    kinds = (data.mobile, data.fixed_line)
    valid = "|".join(_pattern(kind) for kind in kinds if _pattern(kind))
    prefixes = (data.international_prefix, data.national_prefix_for_parsing)
    dialled = "|".join(f"(?:{prefix})" for prefix in prefixes if prefix)
    return Rules(
        code=str(country_code_for_region(region)),
        trunk=data.national_prefix or "",
        plain_trunk=data.national_prefix_for_parsing == "0",
        dialled=re.compile(dialled or r"(?!)"),
        general=re.compile(_pattern(data.general_desc)),
        valid=re.compile(valid or r"(?!)"),
    )


def _pattern(description: object) -> str:
    return getattr(description, "national_number_pattern", None) or ""
