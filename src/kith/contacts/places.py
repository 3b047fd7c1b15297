"""The sites of one contact as its card shows them, and who sits where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from kith.contacts.card import Card
from kith.contacts.context import options_of
from kith.contacts.display import map_url
from kith.contacts.linked import Mate, mates_of
from kith.contacts.models import Contact, ContactKind, Site
from kith.contacts.queries import links_visible_to
from kith.contacts.services.sheet_sites import MAIN
from kith.core import clock, time_zones
from kith.core.kinds.phone import phone_text
from kith.core.postal import address_lines
from kith.core.prepared import Prepared, slot
from kith.reference.models import City, folded_name

SEATS = 8
"""People shown of one site; the others are a link away."""
ADDRESS = (
    "address1",
    "address2",
    "area",
    "city",
    "district",
    "postal_code",
    "state",
    "country",
)
COLUMNS = (
    "pk",
    "is_main",
    "name",
    "site_type_id",
    "concerned_person",
    "phone",
    "time_zone",
    "position",
    *ADDRESS,
)


ROWS = Prepared(
    lambda: (
        Site.objects.filter(contact=slot("contact"))
        .order_by("-is_main", "pk")
        .values_list(*COLUMNS)
    )
)


@dataclass
class Place:
    """One site, in words. `people` counts who sits there and may be seen."""

    id: int
    is_main: bool
    name: str
    kind: str
    person: str
    lines: Sequence[str]
    city: str
    phone: str
    tel: str
    zone: str
    now: str
    position: str
    people: int = 0
    mates: list[Mate] = field(default_factory=list)

    @property
    def key(self) -> int | None:
        """As links name it: the main one is None."""
        return None if self.is_main else self.id

    @property
    def map_url(self) -> str:
        return map_url(self.position)

    @property
    def detail(self) -> str:
        """'Ahmedabad · 14:05 there': what the panel at the side says."""
        return " · ".join(part for part in (self.city or self.kind, self.now) if part)


def places_of(card: Card) -> list[Place]:
    """The main site first, the others in the order in which they were made; read once a page."""
    if card.places is None:
        rows = ROWS.rows(contact=card.contact.pk)
        held = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        zones = _zones_of_cities(held)
        card.places = [_place(card, each, zones) for each in held]
    return card.places


def site_names(contact: Contact) -> list[tuple[str, str]]:
    """(id, name) of a contact's sites for a choice; the main one is ""."""
    rows = Site.objects.filter(contact=contact).order_by("-is_main", "pk")
    return [
        ("" if is_main else str(pk), _named(name, is_main=is_main))
        for pk, is_main, name in rows.values_list("pk", "is_main", "name")
    ]


def seat(places: Sequence[Place], user: Any, contact: Contact) -> None:
    """Say of each site who is linked to the contact there: how many, and the first few.

    A linked company sits at a site only where one was chosen for it: a subsidiary is elsewhere."""
    links = links_visible_to(user).filter(other=contact)
    links = links.exclude(site=None, contact__kind=ContactKind.COMPANY)
    counted: Mapping[int | None, int] = dict(
        links.order_by().values_list("site_id").annotate(many=Count("pk"))
    )
    place = Window(RowNumber(), partition_by=F("site_id"), order_by=F("pk").asc())
    shown = links.annotate(place=place).filter(place__lte=SEATS).order_by("site_id", "pk")
    by_site: dict[int | None, list[Mate]] = {}
    for mate in mates_of(shown, "contact"):
        by_site.setdefault(mate.site_id, []).append(mate)
    for each in places:
        each.people, each.mates = counted.get(each.key, 0), by_site.get(each.key, [])


def _zones_of_cities(held: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, str], str]:
    """By city and country, for sites in countries of several zones; asked only for these."""
    wanted = {
        (folded_name(each["city"]), each["country"])
        for each in held
        if each["city"] and each["country"] and not each["time_zone"]
        if not time_zones.zone_of_country(each["country"])
    }
    if not wanted:
        return {}
    rows = City.objects.filter(folded__in={folded for folded, _country in wanted})
    rows = rows.exclude(time_zone="").order_by("people")
    return {
        (each[0], each[1]): each[2] for each in rows.values_list("folded", "country", "time_zone")
    }


def _place(card: Card, row: Mapping[str, Any], zones: Mapping[tuple[str, str], str]) -> Place:
    entry = options_of(card.context).get(row["site_type_id"])
    zone = row["time_zone"] or time_zones.zone_of_country(row["country"])
    zone = zone or zones.get((folded_name(row["city"]), row["country"]), "")
    home = card.context.default_country
    return Place(
        id=row["pk"],
        is_main=row["is_main"],
        name=_named(row["name"], is_main=row["is_main"]),
        kind=entry.name if entry else "",
        person=row["concerned_person"],
        lines=address_lines(row, home=home),
        city=row["city"],
        phone=phone_text(row["phone"], home) if row["phone"] else "",
        tel=row["phone"],
        zone=zone.replace("_", " "),
        now=_now_there(zone),
        position=row["position"],
    )


def _named(name: str, *, is_main: bool) -> str:
    return str(_("Main site")) if is_main and name == MAIN else name


def _now_there(zone: str) -> str:
    """The time of day there; "" where it is the same as here."""
    there, here = time_zones.local_time(zone), timezone.localtime(clock.now())
    if there is None or there.utcoffset() == here.utcoffset():
        return ""
    days = (there.date() - here.date()).days
    told = {1: _("%(time)s there, tomorrow"), -1: _("%(time)s there, yesterday")}
    return told.get(days, _("%(time)s there")) % {"time": time_format(there.time(), "H:i")}


def names_by_id(ids: Iterable[int]) -> dict[int, str]:
    """Names of sites for the lines of history; a query only where there are any."""
    wanted = set(ids)
    rows = Site.objects.filter(pk__in=wanted).values_list("pk", "name") if wanted else ()
    return dict(rows)
