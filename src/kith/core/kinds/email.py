"""E-mail addresses (RFC 5321/5322 without quoted local parts; internationalised by RFC 6531)."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from kith.core.kinds.channel import Channel
from kith.core.kinds.kind import Context, Invalid

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"(?!..--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PLAIN = re.compile(
    rf"(?=.{{6,254}}$)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+"
    r"(?!..--)[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z])"
)
_SEPARATORS = re.compile(r"[,;|\n\r]+")
_ANGLE = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")


class Email(Channel):
    """Several e-mails; `value` is lower case throughout, `text` keeps what was typed."""

    widget = "email"
    max_length = 320

    def plainly(self, text: str, context: Context) -> str | None:
        return text.lower() if _PLAIN.fullmatch(text) else None

    def split(self, text: str, context: Context) -> list[str]:
        parts = [part.strip() for part in _SEPARATORS.split(text)]
        return [piece for part in parts for piece in _at_spaces(part)]

    def read(self, text: str, context: Context) -> tuple[str, str]:
        angle = _ANGLE.search(text)
        address = angle[1] if angle else text
        if address[:7].lower() == "mailto:":
            address = address[7:].partition("?")[0]
        return email_value(address), ""


def email_value(address: str) -> str:
    """The form by which addresses are compared; raises Invalid."""
    if _PLAIN.fullmatch(address):
        return address.lower()
    try:
        checked = validate_email(
            address,
            check_deliverability=False,
            globally_deliverable=False,
            test_environment=True,
            strict=True,
        )
    except (EmailNotValidError, UnicodeError, ValueError, IndexError):
        raise _invalid(address) from None
    if "." not in checked.domain or checked.domain.rpartition(".")[2].isdigit():
        raise _invalid(address)
    return unicodedata.normalize("NFC", checked.normalized.lower())


def _invalid(address: str) -> Invalid:
    message = _("This is not an e-mail address. Write it like name@example.com.")
    if "@" in address and any(c.isspace() for c in address):
        message = _("An e-mail address has no spaces. Write it like name@example.com.")
    return Invalid("email-invalid", message, address)


def _at_spaces(part: str) -> list[str]:
    """'a@x.com b@y.com' are two addresses; 'a b@x.com' is one, and wrong."""
    pieces = part.split()
    if len(pieces) < 2 or not all(_is_address(piece) for piece in pieces):
        return [part]
    return pieces


def _is_address(text: str) -> bool:
    try:
        email_value(text)
    except Invalid:
        return False
    return True
