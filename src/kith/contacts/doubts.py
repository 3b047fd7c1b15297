"""What the values of a contact say against each other. It is told; it stands in nobody's way."""

from datetime import timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.contacts.models import ContactKind
from kith.core import clock
from kith.core.countries import country_name, find_state, state_name
from kith.core.errors import Problem
from kith.core.identifiers.gstin import pan_of, state_of
from kith.core.record_types import Values

ABOUT = frozenset(
    ("gstin", "pan", "gst_type", "state", "country", "kind", "birth_date", "death_date")
)
PERSON_HOLDER = "P"


def doubts(before: Values, values: Values) -> list[Problem]:
    """Asked of what is stored and what is set; only what is set may raise a doubt."""
    if ABOUT.isdisjoint(values):
        return []
    state = before | values if before else values
    gstin, pan = _number(state, "gstin"), _number(state, "pan")
    found = []
    if gstin and not {"gstin", "pan", "gst_type", "state"}.isdisjoint(values):
        found += [*_other_pan(gstin, pan), *_other_state(gstin, state), *_unregistered(state)]
    if pan and not {"pan", "kind"}.isdisjoint(values):
        found += _other_holder(pan, state)
    if not {"state", "country"}.isdisjoint(values):
        found += _abroad(state)
    if not {"birth_date", "death_date"}.isdisjoint(values):
        found += _out_of_time(state)
    return found


def _out_of_time(state: Values) -> list[Problem]:
    """Dates are ISO text, which sorts as time does."""
    born, died = state.get("birth_date") or "", state.get("death_date") or ""
    # Tomorrow, for it may be tomorrow already where the contact lives.
    latest = (clock.now() + timedelta(days=1)).date().isoformat()
    found = [
        Problem(name, "date-to-come", _("This day is still to come."), day)
        for name, day in (("birth_date", born), ("death_date", died))
        if day > latest
    ]
    if born and died and died < born:
        found.append(
            Problem("death_date", "death-before-birth", _("Died before being born?"), died)
        )
    return found


def _number(state: Values, name: str) -> str:
    """The number, where it is a sound one: of another nothing can be said."""
    value = state.get(name)
    return value["value"] if value and value["verified"] else ""


def _other_pan(gstin: str, pan: str) -> list[Problem]:
    inside = pan_of(gstin)
    if not (inside and pan) or inside == pan:
        return []
    message = _("The GST number has another PAN in it: %(pan)s.") % {"pan": inside}
    return [Problem("gstin", "gstin-other-pan", message, gstin)]


def _other_state(gstin: str, state: Values) -> list[Problem]:
    name, address = state_of(gstin), state.get("state") or ""
    code = find_state("IN", name) if name else None
    if not code or not address.startswith("IN-") or address == code:
        return []
    names = {"one": state_name(code), "other": state_name(address)}
    message = _("The GST number is of %(one)s, the address in %(other)s.") % names
    return [Problem("gstin", "gstin-other-state", message, gstin)]


def _abroad(state: Values) -> list[Problem]:
    """A state that stayed when the country was changed. One that is no code is as it was typed."""
    country, code = state.get("country") or "", state.get("state") or ""
    if not country or code.startswith(f"{country}-") or state_name(code) == code:
        return []
    message = _("%(state)s is not in %(country)s.")
    names = {"state": state_name(code), "country": country_name(country, get_language() or "en")}
    return [Problem("state", "state-of-another-country", message % names, code)]


def _unregistered(state: Values) -> list[Problem]:
    if state.get("gst_type") != "unregistered":
        return []
    message = _("“Unregistered”, and yet there is a GST number.")
    return [Problem("gst_type", "unregistered-with-gstin", message)]


def _other_holder(pan: str, state: Values) -> list[Problem]:
    person = state.get("kind", ContactKind.PERSON) == ContactKind.PERSON
    if person == (pan[3] == PERSON_HOLDER):
        return []
    message = _("This is the PAN of a person: its fourth letter is P.")
    if person:
        message = _("This is not the PAN of a person: its fourth letter is %s.") % pan[3]
    return [Problem("pan", "pan-other-holder", message, pan)]
