"""Cities of all addresses at once: taken into the list, renamed, merged into one."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kith.contacts.models import Site
from kith.core import clock
from kith.core.errors import Problem, Rejected
from kith.core.record_types import Values, registry
from kith.core.text import fold, plain
from kith.history.models import ChangeSet, Door
from kith.records.bulk import database_time, insert_rows, steps
from kith.records.checking import Checked
from kith.records.door import Changes, change_set
from kith.records.resuming import Step
from kith.records.tables import load_states
from kith.reference.models import City, folded_name

LONGEST = 100


@transaction.atomic
def cities_take_in() -> int:
    """Put the cities of all addresses into the list that it lacks; how many. No record changes."""
    there = set(City.objects.values_list("folded", "country"))
    now = database_time(clock.now())
    fresh: dict[tuple[str, str], tuple[Any, ...]] = {}
    used = Site.objects.exclude(city="").order_by().values_list("city", "country", "state")
    for city, country, state in used.distinct().iterator():
        key = folded_name(city), country
        if key[0] and key not in there:
            fresh.setdefault(key, (city, *key, state, 0, "", 1, now, now))
    columns = ["name", "folded", "country", "state", "people", "time_zone", "version"]
    insert_rows(City, [*columns, "created_at", "updated_at"], list(fresh.values()))
    return len(fresh)


def sites_in(city: City) -> QuerySet[Site]:
    """The sites, main ones too, whose address names this city and not one of its name elsewhere."""
    rows = Site.objects.filter(city_folded=city.folded)
    if city.country:
        rows = rows.filter(country__in=("", city.country))
    return rows.filter(Q(state="") | Q(state=city.state)) if city.state else rows


def city_rename(
    *,
    actor: Any,
    city: City,
    name: str,
    resume: ChangeSet | None = None,
    on_step: Step | None = None,
) -> ChangeSet:
    """Write a city in another way, in every address. Raises Rejected."""
    name = plain(name)
    if not fold(name) or len(name) > LONGEST:
        message = _("Give the city a name of at most %(most)d characters.") % {"most": LONGEST}
        raise Rejected([Problem("name", "required", message, name)])
    there = City.objects.filter(folded=folded_name(name), country=city.country, state=city.state)
    if there.exclude(pk=city.pk).exists():
        message = _("There is a city of this name already: merge the two instead.")
        raise Rejected([Problem("name", "city-there", message, name)])
    return _rewrite(actor, city, [city], name, record=resume, on_step=on_step)


def cities_merge(
    *,
    actor: Any,
    keep: City,
    others: Sequence[City],
    resume: ChangeSet | None = None,
    on_step: Step | None = None,
) -> ChangeSet:
    """Make several spellings one: every address takes the kept one's, also what is typed later."""
    return _rewrite(actor, keep, others, keep.name, record=resume, on_step=on_step)


def _rewrite(
    actor: Any,
    keep: City,
    cities: Sequence[City],
    name: str,
    *,
    record: ChangeSet | None,
    on_step: Step | None,
) -> ChangeSet:
    """All in one change set, in portions that survive a crash: the list last, so that one that
    was stopped is begun again where it was. `on_step` is told inside each transaction how many
    addresses were gone through, and in which change set."""
    note, done = _note(cities, name), 0
    for city in cities:
        rows = sites_in(city).exclude(city=name).values_list("pk", flat=True)
        for portion in steps(list(rows)):
            with change_set(actor=actor, door=Door.SETTINGS, note=note, resume=record) as changes:
                record = changes.record
                there = partial(_is_there, city.folded)
                write_sites(changes, portion, _new_place(keep, city, name), where=there)
                done += len(portion)
                if on_step:
                    on_step(done, record)
    with change_set(actor=actor, door=Door.SETTINGS, note=note, resume=record) as changes:
        _keep_names(changes, keep, cities, name)
        return changes.record


def _is_there(folded: str, address: Values) -> bool:
    return folded_name(address["city"] or "") == folded


def _note(cities: Sequence[City], name: str) -> str:
    names = ", ".join(each.name for each in cities)[:100]
    return _("Cities: %(names)s → %(name)s") % {"names": names, "name": name}


def _new_place(keep: City, city: City, name: str) -> Values:
    """What an address is given: with the name, the state and country of the one that is kept."""
    values: Values = {"city": name}
    if city.pk != keep.pk:
        values |= {key: getattr(keep, key) for key in ("country", "state") if getattr(keep, key)}
    return values


def write_sites(
    changes: Changes, sites: Sequence[int], values: Values, *, where: Callable[[Values], bool]
) -> None:
    """The values go past `prepare`, which would spell them as the list still does. `where` is asked
    of what an address holds now: somebody may have put another in since it was looked for."""
    rows = Site.objects.filter(pk__in=sites).values_list("pk", "contact_id", "is_main")
    main = [contact for _pk, contact, is_main in rows if is_main]
    further = [pk for pk, _contact, is_main in rows if not is_main]
    for name, ids in (("contact", main), ("site", further)):
        record_type = registry.get(name)
        # History asks whose site it is.
        fields = [record_type.field(each) for each in (*values, *record_type.subjects)]
        before = load_states(record_type, ids, fields, lock=True)
        wanted = {pk: dict(values) for pk, held in before.items() if where(held)}
        changes.update(record_type, before, wanted)


def _keep_names(changes: Changes, keep: City, cities: Iterable[City], name: str) -> None:
    """The kept city goes by all their names from now on."""
    record_type = registry.get("city")
    gone = [each for each in cities if each.pk != keep.pk]
    ids = [keep.pk, *(each.pk for each in gone)]
    states = load_states(record_type, ids, record_type.fields)
    names: dict[str, dict[str, Any]] = {}
    for pk in ids:
        held = states[pk]
        for each in held["names"]:
            names.setdefault(fold(each["name"]), dict(each))
        if held["name"] != name:
            names[fold(held["name"])] = {"name": held["name"], "merged": True}
    names.pop(fold(name), None)
    if gone:
        changes.remove_many(record_type, [each.pk for each in gone])
    listed = sorted(names.values(), key=lambda each: each["name"])
    changes.save(record_type, Checked({"name": name, "names": listed}, id=keep.pk))
