"""India's other numbers: PAN, Aadhaar and its virtual form, TAN, those of companies and banks."""

import re

from django.utils.translation import gettext_lazy as _
from stdnum import verhoeff

from kith.core.identifiers.number import (
    Flaw,
    Number,
    compact,
    patterned,
    wrong_check,
    wrong_format,
    wrong_length,
)

PAN_HOLDERS = "PCHFATBLJGKE"
"""Fourth letter: person, company, Hindu undivided family, firm, association, trust, body,
local authority, artificial juridical person, government, and two retired ones."""


def pan(text: str) -> Number:
    """Five letters, four digits, a letter; the fourth says what kind of holder it is."""
    read = patterned(text, r"[A-Z]{5}\d{4}[A-Z]", "AAPFU0939F", 10)
    if read.flaw is None and read.value[3] not in PAN_HOLDERS:
        return Number(text, Flaw("unknown-holder", _("A PAN's fourth letter is never this one.")))
    return read


def aadhaar(text: str) -> Number:
    """Twelve digits, the last by Verhoeff's scheme; never a palindrome, nor beginning 0 or 1."""
    value = compact(text)
    if len(value) != 12:
        return Number(text, wrong_length(12))
    if not re.fullmatch(r"[2-9]\d{11}", value, re.ASCII) or value == value[::-1]:
        return Number(text, wrong_format("2341 2341 2346"))
    return _by_verhoeff(text, value)


def vid(text: str) -> Number:
    """The virtual number that stands for an Aadhaar: sixteen digits."""
    value = compact(text)
    if len(value) != 16:
        return Number(text, wrong_length(16))
    if not re.fullmatch(r"\d{16}", value, re.ASCII):
        return Number(text, wrong_format("9173 2093 8473 1234"))
    return _by_verhoeff(text, value)


def _by_verhoeff(text: str, value: str) -> Number:
    return Number(value) if verhoeff.is_valid(value) else Number(text, wrong_check())


def tan(text: str) -> Number:
    return patterned(text, r"[A-Z]{4}\d{5}[A-Z]", "PNEA06819B", 10)


def cin(text: str) -> Number:
    """Listed or not, industry, state, year, kind of company, registration."""
    pattern = r"[LU]\d{5}[A-Z]{2}(1[89]|20)\d{2}[A-Z]{3}\d{6}"
    return patterned(text, pattern, "U72200GJ2009PTC057442", 21)


def llpin(text: str) -> Number:
    """AAB-1234; a foreign partnership's begins with an F before that."""
    read = patterned(text, r"F?[A-Z]{3}\d{4}", "AAB-1234", 7, 8)
    return read if read.flaw else Number(f"{read.value[:-4]}-{read.value[-4:]}")


def ifsc(text: str) -> Number:
    """The code of a branch: four letters of the bank, a zero, six of the branch."""
    return patterned(text, r"[A-Z]{4}0[0-9A-Z]{6}", "HDFC0000001", 11)
