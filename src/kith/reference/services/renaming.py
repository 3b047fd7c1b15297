"""An option's new name in the search documents of what holds it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.core.holding import hold
from kith.core.record_types import Values
from kith.jobs.services import start
from kith.records.bulk import STEP
from kith.records.indexing import refresh
from kith.records.labels import NAMES
from kith.reference.models import Option
from kith.reference.usage import Place, holders, places

AT_ONCE = 500
"""So many documents are made anew with the change itself; of more, a job takes care."""


def options_changed(actor: Any, former: Mapping[int, Values]) -> None:
    """`former`: what the options said before, by a change or by its undo."""
    renamed = [pk for pk, values in former.items() if "name" in values]
    for option in Option.objects.filter(pk__in=renamed) if renamed else ():
        _renamed(actor, option)


def _renamed(actor: Any, option: Option) -> None:
    # Who is giving it to a record at this moment is waited for, and then counts.
    hold("documents")
    held = [(place, holders(place, [option.pk], AT_ONCE + 1)) for place in _shown(option.list_name)]
    if sum(len(ids) for _place, ids in held) > AT_ONCE:
        title = _("Bring the search up to date: %(name)s") % {"name": option.name}
        start("option-index", title=title, user=actor, option=option.pk)
        return
    for place, ids in held:
        refresh(place.record_type, ids)
    if connection.vendor == "postgresql":
        # Who was making a record that holds it has read its former name, and is not waited for
        # above, where each could hold what the other waits for.
        transaction.on_commit(partial(option_index, option=option), robust=True)


def option_index(*, option: Option, on_step: Callable[[int], None] = lambda _done: None) -> None:
    """The documents of all that holds the option; others may write meanwhile."""
    done = 0
    for place in _shown(option.list_name):
        for count in _portions(place, option):
            done += count
            on_step(done)


def _portions(place: Place, option: Option) -> Iterator[int]:
    ids = [0]
    while ids:
        with transaction.atomic():
            hold(NAMES)
            hold("documents")
            ids = holders(place, [option.pk], STEP, ids[-1])
            refresh(place.record_type, ids)
        yield len(ids)


def _shown(list_name: str) -> Iterator[Place]:
    """Where it stands in documents."""
    for place in places(list_name):
        if place.field.search and place.record_type.documents is not None:
            yield place
