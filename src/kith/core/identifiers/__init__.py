"""Official numbers: what makes each of them right, and what is wrong with one that is not.

Pure functions: a text and the country it belongs to give a `Number`. A flaw never drops the
text; what becomes of a doubtful number is for others to decide.
"""

from collections.abc import Callable

from kith.core.identifiers import banking, gstin, india, national
from kith.core.identifiers.number import Flaw, Number, compact

SCHEMES: dict[str, Callable[[str], Number]] = {
    "aadhaar": india.aadhaar,
    "account": banking.account,
    "bic": banking.bic,
    "cin": india.cin,
    "gst": gstin.gst,
    "iban": banking.iban,
    "ifsc": india.ifsc,
    "llpin": india.llpin,
    "pan": india.pan,
    "tan": india.tan,
    "text": national.text_only,
    "transporter": gstin.transporter,
    "vid": india.vid,
}
BY_COUNTRY: dict[str, Callable[[str, str], Number]] = {
    "register": national.register,
    "vat": national.vat,
}


def read_identifier(scheme: str, text: str, country: str = "") -> Number:
    """`country` (ISO2 or "") is whose number it would be, where its form says nothing of it."""
    if scheme in BY_COUNTRY:
        return BY_COUNTRY[scheme](text, country)
    return SCHEMES[scheme](text)


__all__ = ["BY_COUNTRY", "SCHEMES", "Flaw", "Number", "compact", "read_identifier"]
