"""Accounts and banks: IBAN and BIC (ISO 13616, ISO 9362)."""

from django.utils.translation import gettext_lazy as _
from schwifty import BIC, IBAN
from schwifty import exceptions as wrong

from kith.core.identifiers.number import Flaw, Number, wrong_check, wrong_format
from kith.core.identifiers.number import compact as compacted

LEAST_DIGITS, LONGEST = 4, 34


def iban(text: str) -> Number:
    value = compacted(text)
    try:
        return Number(str(IBAN(value)))
    except wrong.InvalidLength:
        flaw = Flaw("wrong-length", _("An IBAN of this country has another length."))
    except wrong.InvalidChecksumDigits:
        flaw = wrong_check()
    except wrong.InvalidCountryCode:
        flaw = Flaw("unknown-country-code", _("No country's IBAN begins like this."))
    except wrong.SchwiftyException:
        flaw = wrong_format("DE89 3704 0044 0532 0130 00")
    return Number(text, flaw)


def account(text: str) -> Number:
    """A number as a bank of any country writes it: of that little can be said."""
    value = compacted(text)
    if sum(letter.isdigit() for letter in value) < LEAST_DIGITS or len(value) > LONGEST:
        return Number(text, wrong_format("50100123456789"), checkable=False)
    return Number(text, checkable=False)


def bic(text: str) -> Number:
    value = compacted(text)
    try:
        return Number(str(BIC(value)))
    except wrong.InvalidLength:
        flaw = Flaw("wrong-length", _("A BIC has 8 or 11 characters."))
    except wrong.InvalidCountryCode:
        flaw = Flaw("unknown-country-code", _("The fifth and sixth letter name no country."))
    except wrong.SchwiftyException:
        flaw = wrong_format("DEUTDEFF")
    return Number(text, flaw)
