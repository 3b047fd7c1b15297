"""India's other numbers: PAN, Aadhaar and its virtual form, TAN, those of companies and banks."""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum import verhoeff

from kith.core import clock
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


CIN_STATES = (
    "AN AP AR AS BR CG CH CT DD DH DL DN GA GJ HP HR JH JK KA KL LA LD LH MH ML MN MP MZ NL OD OR"
    " PB PY RJ SK TG TN TR TS TZ UA UK UP UR UT WB"
)
"""As the Registrars of Companies write them; some states have had two."""
CIN_KINDS = "FLC FTC GAP GAT GOI NPL OPC PLC PTC SGC ULL ULT"
"""Foreign, by guarantee, of the union, not for profit, of one person, public, private, of a
state, unlimited: each public or private."""
FIRST_COMPANY = 1850


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
    read = patterned(text, pattern, "U72200GJ2009PTC057442", 21)
    if read.flaw:
        return read
    state, year, kind = read.value[6:8], int(read.value[8:12]), read.value[12:15]
    if state not in CIN_STATES.split():
        said = _("No state of India has the letters {letters} in a CIN.")
        return Number(text, Flaw("unknown-state-code", format_lazy(said, letters=state)))
    if not FIRST_COMPANY <= year <= clock.now().year:
        said = _("No company can have been registered in {year}.")
        return Number(text, Flaw("impossible-year", format_lazy(said, year=year)))
    if kind not in CIN_KINDS.split():
        said = _("There is no kind of company with the letters {letters}.")
        return Number(text, Flaw("unknown-company-kind", format_lazy(said, letters=kind)))
    return read


def llpin(text: str) -> Number:
    """AAB-1234; a foreign partnership's begins with an F before that."""
    read = patterned(text, r"F?[A-Z]{3}\d{4}", "AAB-1234", 7, 8)
    return read if read.flaw else Number(f"{read.value[:-4]}-{read.value[-4:]}")


def ifsc(text: str) -> Number:
    """The code of a branch: four letters of the bank, a zero, six of the branch."""
    return patterned(text, r"[A-Z]{4}0[0-9A-Z]{6}", "HDFC0000001", 11)
