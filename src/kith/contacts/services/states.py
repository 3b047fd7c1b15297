"""States that were kept by a name or a former code, by their present code of ISO 3166-2."""

from django.utils.translation import gettext as _

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Site
from kith.contacts.services.cities import write_sites
from kith.core.countries import find_state
from kith.history.models import ChangeSet, Door
from kith.records.bulk import steps
from kith.records.door import change_set


def states_put_right() -> int:
    """How many addresses were changed; what is not known stays as it was typed."""
    held = Site.objects.exclude(state="").exclude(country="").order_by()
    changed, record = 0, None
    for country, state in list(held.values_list("country", "state").distinct()):
        code = find_state(country, state)
        if code and code != state:
            sites = held.filter(country=country, state=state).values_list("pk", flat=True)
            record = _write(list(sites), state, code, record)
            changed += len(sites)
    return changed


def _write(sites: list[int], former: str, code: str, record: ChangeSet | None) -> ChangeSet | None:
    note = _("States by their codes")
    for portion in steps(sites):
        with change_set(actor=SYSTEM, door=Door.COMMAND, note=note, resume=record) as changes:
            record = changes.record
            write_sites(
                changes, portion, {"state": code}, where=lambda held: held["state"] == former
            )
    return record
