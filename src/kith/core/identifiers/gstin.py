"""The numbers of India's Goods and Services Tax: GSTIN in all its categories, ARN, transporters.

A GSTIN has 15 characters: the state, who it is, and a check digit over all by ISO 7064's mod 36
in the manner of Luhn. What stands between tells the category:

    normal, composition, SEZ, casual    SS + PAN + entity + Z (or another letter but C and D)
    government department               SS + TAN + digit + Z
    deductor (TDS), collector (TCS)     SS + PAN or TAN + entity + D, or C
    embassies and UN bodies (UIN)       SS + year + country + serial + UN, or ON for others
    not resident in India (NRI)         SS + year + country + serial + NR
    online services from abroad         99 + year + country + serial + OS

https://services.gst.gov.in, e-invoice schema of GSTN.
"""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum import luhn

from kith.core.identifiers.number import (
    ALPHABET,
    Flaw,
    Number,
    compact,
    wrong_check,
    wrong_format,
    wrong_length,
)

LENGTH = 15
EXAMPLE = "27AAPFU0939F1ZV"
PATTERNS = {
    "online": r"99\d{2}[A-Z]{3}\d{5}OS[0-9A-Z]",
    "non-resident": r"\d{4}[A-Z]{3}\d{5}NR[0-9A-Z]",
    "un-body": r"\d{4}[A-Z]{3}\d{5}[UO]N[0-9A-Z]",
    "collector": r"\d{2}[A-Z]{4}[0-9A-Z]\d{4}[A-Z][1-9A-Z]C[0-9A-Z]",
    "deductor": r"\d{2}[A-Z]{4}[0-9A-Z]\d{4}[A-Z][1-9A-Z]D[0-9A-Z]",
    "government": r"\d{2}[A-Z]{4}\d{5}[A-Z]\dZ[0-9A-Z]",
    "normal": r"\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z][0-9ABE-Z][0-9A-Z]",
}
STATES = {
    "01": "Jammu and Kashmir", "02": "Himachal Pradesh", "03": "Punjab", "04": "Chandigarh",
    "05": "Uttarakhand", "06": "Haryana", "07": "Delhi", "08": "Rajasthan",
    "09": "Uttar Pradesh", "10": "Bihar", "11": "Sikkim", "12": "Arunachal Pradesh",
    "13": "Nagaland", "14": "Manipur", "15": "Mizoram", "16": "Tripura", "17": "Meghalaya",
    "18": "Assam", "19": "West Bengal", "20": "Jharkhand", "21": "Odisha",
    "22": "Chhattisgarh", "23": "Madhya Pradesh", "24": "Gujarat", "25": "Daman and Diu",
    "26": "Dadra and Nagar Haveli and Daman and Diu", "27": "Maharashtra",
    "28": "Andhra Pradesh", "29": "Karnataka", "30": "Goa", "31": "Lakshadweep",
    "32": "Kerala", "33": "Tamil Nadu", "34": "Puducherry",
    "35": "Andaman and Nicobar Islands", "36": "Telangana", "37": "Andhra Pradesh",
    "38": "Ladakh", "97": "", "99": "",
}  # fmt: skip
"""By code; 97 is 'other territory', 99 the centre: neither is a state."""
_ARN = re.compile(r"[A-Z]{2}(\d{2})(?:0[1-9]|1[0-2])\d{2}\d{6}[0-9A-Z]", re.ASCII)
_PAN = re.compile(r"\d{2}([A-Z]{5}\d{4}[A-Z])[0-9A-Z]{3}", re.ASCII)


def category_of(value: str) -> str:
    """The name of the first pattern that fits; "" when none does."""
    fits = (name for name, each in PATTERNS.items() if re.fullmatch(each, value, re.ASCII))
    return next(fits, "")


def pan_of(value: str) -> str:
    """The PAN inside a GSTIN, "" when it has none."""
    found = _PAN.fullmatch(value)
    return found[1] if found else ""


def state_of(value: str) -> str:
    """The English name of a GSTIN's state, "" when it belongs to none."""
    return STATES.get(value[:2], "")


def gstin(text: str) -> Number:
    value = compact(text)
    if len(value) != LENGTH:
        return Number(text, wrong_length(LENGTH))
    if not category_of(value):
        return Number(text, wrong_format(EXAMPLE))
    if value[:2] not in STATES:
        return Number(text, _unknown_state(value[:2]))
    if not luhn.is_valid(value, ALPHABET):
        return Number(text, wrong_check())
    return Number(value)


def gst(text: str) -> Number:
    """A GSTIN, or the reference number (ARN) of an application for one."""
    value = compact(text)
    return arn(text) if re.match(r"[A-Z]{2}\d", value) else gstin(text)


def arn(text: str) -> Number:
    """Two letters, state, month and year, six digits and a last character: AA0707160000012."""
    value = compact(text)
    if len(value) != LENGTH:
        return Number(text, wrong_length(LENGTH))
    found = _ARN.fullmatch(value)
    if found is None:
        return Number(text, wrong_format("AA0707160000012"))
    if found[1] not in STATES:
        return Number(text, _unknown_state(found[1]))
    return Number(value)


def transporter(text: str) -> Number:
    """A GSTIN, a TRANSIN of who has none (state + PAN + three more), or the common enrolment of
    who has several: 88 + PAN + three more. Of the latter two no check is published."""
    value = compact(text)
    if len(value) != LENGTH:
        return Number(text, wrong_length(LENGTH))
    if value[:2] != "88" and value[:2] not in STATES:
        return Number(text, _unknown_state(value[:2]))
    if pan_of(value) or category_of(value):
        return Number(value)
    return Number(text, wrong_format("88AAPFU0939F1ZX"))


def _unknown_state(code: str) -> Flaw:
    said = _("There is no state with the code {code}.")
    return Flaw("unknown-state-code", format_lazy(said, code=code))
