"""Phone numbers, kept in E.164 (`+919327058088`, with an extension `+4722334455;ext=12`)."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from kith.core.kinds.channel import Channel
from kith.core.kinds.kind import Context, Invalid, number_text
from kith.core.kinds.phone_rules import plain_number, rules_for
from kith.core.kinds.phone_styles import written

_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_POINT_ZERO = re.compile(r"\d{6,}\.0")
_SEPARATORS = re.compile(r"[,|\n\r]|;(?!\s*ext=)", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*")
_LABEL = re.compile(r"^(.*\d)\s*\(\s*([^\W\d_][^()\d]{0,48}?)\s*\)$")
_LETTERS = re.compile(r"\d.*[^\W\d_]{3}")
_EXTENSION_WORD = re.compile(r"ext|extn|доб|anexo|int|poste", re.IGNORECASE)

_UNREADABLE = _("This is not a phone number. Write digits, for example +91 93270 58088.")
_NO_COUNTRY = _("Write the country code first (for example +91 …), or choose a country.")
_SHORT = _("This phone number has too few digits.")
_LONG = _("This phone number has too many digits.")
_SHORTENED = _("The spreadsheet has shortened this number. Write all its digits as text.")
_DOUBTFUL = _("This does not look like a number in use in its country. Please check it.")


class Phone(Channel):
    """Phones of any number and style; the row's country, else the default one, completes them."""

    widget = "phone"
    max_length = 60

    def plainly(self, text: str, context: Context) -> str | None:
        return None if "." in text else plain_number(text, context.home.upper())

    def split(self, text: str, context: Context) -> list[str]:
        parts = _SEPARATORS.split(text)
        return [piece for part in parts for piece in _at_slashes(part)]

    def read(self, text: str, context: Context) -> tuple[str, str]:
        value, label, doubtful = _read(text, context.home.upper())
        if doubtful:
            context.warn("phone-doubtful", _DOUBTFUL, text)
        return value, label

    def display(self, value: str, context: Context) -> str:
        return phone_text(value, context.default_country)

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        return [term for entry in value or [] for term in _digit_forms(entry["value"])]


def phone_key(value: str) -> str:
    """The digits of an E.164 number without its extension: what two phones are compared by."""
    return value.partition(";")[0].removeprefix("+")


@lru_cache(maxsize=16_384)
def phone_text(value: str, country: str = "") -> str:
    """As people of `country` (ISO2) write it: nationally when it is their own, else +…"""
    key, extension = phone_key(value), value.partition(";ext=")[2]
    rules = rules_for(key)
    national = key[len(rules.code) :] if rules else ""
    if rules is None or not national.isdecimal():
        return value
    code = int(rules.code)
    at_home = bool(country) and phonenumbers.country_code_for_region(country) == code
    if extension:
        return _with_extension(code, national, extension, at_home=at_home)
    return written(code, national, at_home=at_home)


def _with_extension(code: int, national: str, extension: str, *, at_home: bool) -> str:
    """By the library; its parts are given to it, without the cost of parsing them."""
    zeros = min(len(national) - len(national.lstrip("0")), len(national) - 1)
    number = phonenumbers.PhoneNumber(
        country_code=code,
        national_number=int(national),
        extension=extension,
        italian_leading_zero=True if zeros else None,
        number_of_leading_zeros=zeros if zeros > 1 else None,
    )
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _at_slashes(part: str) -> list[str]:
    """'98250 11111 / 98250 22222' are two phones, '0711/123456' is one."""
    if "/" not in part:
        return [part]
    pieces = _SLASH.split(part)
    long_enough = all(sum(c.isdigit() for c in piece) >= 6 for piece in pieces)
    return pieces if long_enough else [part]


@lru_cache(maxsize=4_096)
def _read(text: str, country: str) -> tuple[str, str, bool]:
    """(value, label, doubtful) of one phone as typed."""
    text = text if text.isdigit() else _as_typed_digits(text.lstrip("'"))
    plainly = plain_number(text, country)
    if plainly:
        return plainly, "", False
    text, label = _without_label(text)
    value, doubtful = _parsed(text, country)
    return value, label, doubtful


def _without_label(text: str) -> tuple[str, str]:
    match = _LABEL.match(text)
    return (match[1], match[2].strip()) if match else (text, "")


def _as_typed_digits(text: str) -> str:
    """'9.327058088E9' with all its digits is 9327058088; '9.33E+09' has lost them."""
    if _POINT_ZERO.fullmatch(text):
        return text[:-2]
    match = _SCIENTIFIC.fullmatch(text)
    if not match:
        return text
    kept, wanted = len(match[1] + (match[2] or "")), int(match[3]) + 1
    if wanted > 18 or kept < wanted - 3:
        raise Invalid("phone-shortened", _SHORTENED, text)
    return number_text(Decimal(text.replace(",", ".")))


def _parsed(text: str, country: str) -> tuple[str, bool]:
    number = _parse(text, country)
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible in (ValidationResult.TOO_SHORT, ValidationResult.INVALID_LENGTH):
        raise _wrong_length("phone-too-short", text)
    if possible == ValidationResult.TOO_LONG:
        raise _wrong_length("phone-too-long", text)
    value = _e164(number)
    valid = phonenumbers.is_valid_number(number)
    if not valid and (_has_words(text) or _e164(_parse(value, "")) != value):
        raise Invalid("phone-unreadable", _UNREADABLE, text)
    return value, not valid


def _parse(text: str, country: str) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(text, country or None)
    except NumberParseException as error:
        raise _parse_error(error.error_type, text) from None


def _parse_error(reason: int, text: str) -> Invalid:
    if reason == NumberParseException.INVALID_COUNTRY_CODE:
        return Invalid("phone-country", _NO_COUNTRY, text)
    if reason == NumberParseException.TOO_LONG:
        return _wrong_length("phone-too-long", text)
    if reason in (NumberParseException.TOO_SHORT_NSN, NumberParseException.TOO_SHORT_AFTER_IDD):
        return _wrong_length("phone-too-short", text)
    return Invalid("phone-unreadable", _UNREADABLE, text)


def _wrong_length(code: str, text: str) -> Invalid:
    """Where words stand among the digits, they are what is wrong, not the number of digits."""
    if _has_words(text):
        return Invalid("phone-unreadable", _UNREADABLE, text)
    return Invalid(code, _SHORT if code == "phone-too-short" else _LONG, text)


def _has_words(text: str) -> bool:
    """Letters after the digits are read as a keypad's digits; that is right only when valid."""
    return bool(_LETTERS.search(text)) and not _EXTENSION_WORD.search(text)


def _e164(number: phonenumbers.PhoneNumber) -> str:
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{value};ext={number.extension}" if number.extension else value


def _digit_forms(value: str) -> list[str]:
    """Digits with country code, and as dialled at home (0…), so that either is found."""
    key = phone_key(value)
    rules = rules_for(key)
    if rules is None or not rules.trunk:
        return [key]
    return [key, rules.trunk + key[len(rules.code) :]]
