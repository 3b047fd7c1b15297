"""What dropdowns and texts offer while one types: /options/<list or field>/?q="""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.context import reading_context
from kith.contacts.finding import find_contacts
from kith.contacts.keys import name_key
from kith.contacts.models import Contact, ContactKind
from kith.contacts.queries import prospects_visible_to, sites_visible_to, visible_to
from kith.contacts.record import CONTACT
from kith.core import countries
from kith.core.errors import NotFound
from kith.core.languages import reader_language
from kith.core.text import fold
from kith.core.time_zones import time_zones
from kith.reference.cities import Known, offered_cities
from kith.reference.company import company
from kith.reference.models import List
from kith.reference.queries import Entry, Options

MOST = 100
Offer = dict[str, Any]


@login_required
@require_safe
def options(request: SignedInRequest, name: str) -> JsonResponse:
    """{"results": [{"value", "text"}]}; NotFound for a name that nothing is offered for."""
    require(request.user, Permission.CONTACT_SEE)
    words = request.GET.get("q", "")[:200]
    if name in TEXTS:
        return _answer([_text(each) for each in TEXTS[name](request, words)])
    if name in List.values or _is_own_list(name):
        return _answer(_of_list(request.user, name, words, request.GET.get("industry", "")))
    if name == CONTACT.name:
        return _answer(_contacts(request, words))
    if name == "city":
        return _answer(_cities(request))
    raise NotFound


def _answer(found: Sequence[Offer]) -> JsonResponse:
    return JsonResponse({"results": list(found)[:MOST]})


def _text(word: str) -> Offer:
    return {"value": word, "text": word}


def _of_list(user: Any, name: str, words: str, industry: str = "") -> Sequence[Offer]:
    """Those that begin with what is typed, then those that hold it; of the segments those of the
    industry, and those that belong to none."""
    folded = fold(words)
    entries = [each for each in Options(viewer=user).of(name) if folded in each.folded]
    if name == List.SEGMENT and industry:
        within = (None, industry.removeprefix("id:"))
        entries = [each for each in entries if _id_text(each.attributes.get("industry")) in within]
    entries.sort(key=lambda each: not each.folded.startswith(folded))
    return [_offer(each) for each in entries]


def _offer(entry: Entry) -> Offer:
    colour = entry.attributes.get("colour")
    found = {"value": f"id:{entry.id}", "text": entry.name}
    return found | {"colour": colour} if colour else found


def _id_text(pk: int | None) -> str | None:
    return None if pk is None else str(pk)


def _is_own_list(name: str) -> bool:
    return any(getattr(each.kind, "list_name", "") == name for each in CONTACT.shape.custom)


def _contacts(request: SignedInRequest, words: str) -> Sequence[Offer]:
    """Prospects last: somebody may be known through one."""
    found: list[Contact] = []
    if words.strip():
        found += find_contacts(request.user, words)
        found += find_contacts(request.user, words, within=prospects_visible_to)
    return [{"value": f"id:{each.pk}", "text": f"{each.name} · {each.code}"} for each in found]


def _coded(request: SignedInRequest, words: str, field: str) -> Sequence[str]:
    return _near(list(CONTACT.field(field).kind.names().values()), words)  # type: ignore[attr-defined]


def _currencies(request: SignedInRequest, words: str) -> Sequence[str]:
    """The firm's own and those in use come first. The others are offered too where everybody may
    add to the list, and where nobody has put anything into it."""
    firm, names = company(), CONTACT.field("currency").kind.names()  # type: ignore[attr-defined]
    used = [each.name for each in Options(List.CURRENCY).of(List.CURRENCY)]
    first = list(dict.fromkeys([firm.currency, *used]))
    closed = bool(used) and not firm.growing.get(List.CURRENCY, True)
    shown = [names[code] for code in first if code in names]
    others = [name for code, name in names.items() if code not in first and not closed]
    folded = fold(words)
    return [*(name for name in shown if folded in fold(name)), *_near(others, words)]


def _countries(request: SignedInRequest, words: str) -> Sequence[str]:
    names = [name for _iso, name in countries.countries(reader_language())]
    return _near(names, words)


def _states(request: SignedInRequest, words: str) -> Sequence[str]:
    country = countries.find_country(request.GET.get("country", "")[:100]) or ""
    country = country or reading_context().default_country
    return _near([name for _code, name in countries.states(country)], words)


def _time_zones(request: SignedInRequest, words: str) -> Sequence[str]:
    return _near([name.replace("_", " ") for name in time_zones()], words)


def _near(names: Sequence[str], words: str) -> Sequence[str]:
    folded = fold(words)
    found = [name for name in names if folded in fold(name)]
    return sorted(found, key=lambda name: not fold(name).startswith(folded))


def _companies(request: SignedInRequest, words: str) -> Sequence[str]:
    """Companies that the user may see, whose names begin so."""
    key = name_key(words)
    rows = visible_to(request.user).filter(
        kind=ContactKind.COMPANY, sort_name__gte=key, sort_name__lt=key + "\U0010ffff"
    )
    return list(rows.order_by("sort_name").values_list("name", flat=True)[:10]) if key else []


def _cities(request: SignedInRequest) -> Sequence[Offer]:
    """Cities of the list by any of their names, with the state and country that each brings."""
    context = reading_context()
    country = countries.find_country(request.GET.get("country", "")[:100]) or ""
    found = offered_cities(request.GET.get("q", "")[:100], country, context.default_country)
    # What somebody added is offered to those who may see an address that names it.
    added = [each.folded for each in found if not each.people]
    seen: set[str] = set()
    if added:
        sites = sites_visible_to(request.user).filter(city_folded__in=added)
        seen = set(sites.values_list("city_folded", flat=True))
    return [_city(each) for each in found if each.people or each.folded in seen]


def _city(city: Known) -> Offer:
    country = countries.country_name(city.country, reader_language()) if city.country else ""
    state = countries.state_name(city.state)
    said = (f"({city.by})" if city.by else "", state, country)
    fill = {"state": state, "country": country}
    return {
        "value": city.name,
        "text": city.name,
        "note": " · ".join(part for part in said if part),
        "fill": {name: value for name, value in fill.items() if value},
    }


TEXTS: dict[str, Callable[[SignedInRequest, str], Sequence[str]]] = {
    "country": _countries,
    "state": _states,
    "time_zone": _time_zones,
    "company": _companies,
    "currency": _currencies,
    "language": partial(_coded, field="language"),
}
