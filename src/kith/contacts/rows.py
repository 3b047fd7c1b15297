"""What one row of a sheet says together: the country of its phones, a title that means company."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from kith.contacts.models import ContactKind
from kith.core.countries import find_country
from kith.core.kinds.kind import Context
from kith.core.names import split_salutation
from kith.core.text import fold

COMPANY_TITLES = {"m/s", "m/s.", "messrs", "messrs."}

# The row that the import template shows; people are told to delete it.
EXAMPLE = {
    "kind": "Person",
    "salutation": "Mr.",
    "name": "Example Name (delete this row)",
    "company": "Horus Technologies Pvt Ltd",
    "designation": "Manager",
    "contact_type": "Customer",
    "mobile": "9327058088",
    "office_phone": "07926862513",
    "email": "name@example.com",
    "website": "www.example.com",
    "site_type": "Office Address",
    "address1": "5, Vasupujya Bungalows",
    "address2": "Opp. Fun Republic Cinema",
    "area": "Satellite",
    "city": "Ahmedabad",
    "district": "Ahmedabad",
    "state": "Gujarat",
    "country": "India",
    "postal_code": "380015",
    "categories": "Insurance, Mutual Funds",
    "aliases": "Exie, Ex",
    "birth_date": "1980-09-25",
    "gender": "Male",
    "remarks": "Prefers e-mail",
}


def read_row(raw: dict[str, Any], context: Context) -> dict[str, Any]:
    """M/S makes a company of the row; a title inside the name becomes its salutation."""
    context.country = country_of(raw, context)
    name = raw.get("name")
    if isinstance(name, str) and not raw.get("salutation"):
        raw = _title_apart(raw, name)
    if not raw.get("kind") and fold(str(raw.get("salutation") or "")) in COMPANY_TITLES:
        raw = raw | {"kind": ContactKind.COMPANY.value}
    return raw


def country_of(raw: Mapping[str, Any], context: Context) -> str:
    """ISO2 of the row's country in any language that `Country` reads; '' when it has none."""
    text = str(raw.get("country") or "")
    # Nearly always English or a code: the reader's language is only asked for what is not.
    found = text and find_country(text)
    return found or find_country(text, get_language() or "", context.default_country) or ""


def _title_apart(raw: dict[str, Any], name: str) -> dict[str, Any]:
    title, bare = split_salutation(name)
    return raw | {"salutation": title, "name": bare} if title else raw
