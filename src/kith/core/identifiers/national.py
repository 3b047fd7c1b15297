"""VAT and registration numbers of other countries, by the country they belong to."""

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from stdnum import exceptions, get_cc_module
from stdnum.eu.vat import MEMBER_STATES

from kith.core.identifiers.number import Flaw, Number, compact, wrong_check

OWN_PREFIX = {"GB", "NO", "CH", *(each.upper() for each in MEMBER_STATES)}
"""Countries whose VAT numbers are written with a prefix; Greece's is EL."""
UNCHECKED = ("", "IN")
"""India's old VAT numbers differ by state and are kept as text."""
REGISTERS = {
    "AU": "acn", "BE": "vat", "BR": "cnpj", "CH": "uid", "DK": "cvr", "EE": "registrikood",
    "FI": "ytunnus", "FR": "siren", "NO": "orgnr", "NZ": "ird", "SE": "orgnr", "VN": "mst",
}  # fmt: skip


def vat(text: str, country: str = "") -> Number:
    """With its country's prefix in the normal form, where such numbers have one."""
    value = compact(text)
    prefix = "GR" if value[:2] == "EL" else value[:2]
    own = prefix in OWN_PREFIX and any(each.isdigit() for each in value[2:])
    country = prefix if own else country
    module = None if country in UNCHECKED else _module(country, "vat", "mva", "mst")
    if module is None:
        return Number(text, checkable=False)
    flaw = _flaw(module, value[2:] if own and country != "CH" else value)
    if flaw:
        return Number(text, flaw)
    if country not in OWN_PREFIX:
        return Number(module.compact(value))
    sign = "EL" if country == "GR" else country
    bare = value.removeprefix(sign).removesuffix("MVA" if country == "NO" else "")
    return Number(sign + bare + ("MVA" if country == "NO" else ""))


def register(text: str, country: str = "") -> Number:
    """The number under which an organisation is registered in its country."""
    module = _module(country, REGISTERS[country]) if country in REGISTERS else None
    if module is None:
        return Number(text, checkable=False)
    flaw = _flaw(module, compact(text))
    return Number(text, flaw) if flaw else Number(module.compact(text))


def text_only(text: str) -> Number:
    """Numbers without a form of their own: they are kept as they are."""
    return Number(text, checkable=False)


@lru_cache(maxsize=256)
def _module(country: str, *names: str) -> Any:
    found = (get_cc_module(country.lower(), name) for name in names)
    return next((each for each in found if each is not None), None)


def _flaw(module: Any, value: str) -> Flaw | None:
    try:
        module.validate(value)
    except exceptions.InvalidLength:
        return Flaw("wrong-length", _("This has too few or too many characters."))
    except exceptions.InvalidChecksum:
        return wrong_check()
    except exceptions.ValidationError:
        return Flaw("wrong-format", _("This is not written like such a number of its country."))
    return None
