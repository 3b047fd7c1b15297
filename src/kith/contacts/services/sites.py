"""Sites beside the main one: made, changed, taken away, and made the main one."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from kith.contacts.context import reading_context
from kith.contacts.fields.address import ADDRESS_FIELDS, SITE_FIELDS
from kith.contacts.models import Link, Site
from kith.contacts.services.sheet_sites import MAIN
from kith.core.errors import NotFound, Problem, Rejected
from kith.core.holding import hold
from kith.core.record_types import RecordType, Values, registry
from kith.core.text import fold
from kith.history.models import ChangeSet, Door
from kith.records.bulk import steps
from kith.records.checking import Checked
from kith.records.door import Changes, change_set
from kith.records.tables import load_states
from kith.reference.models import Option


def site_save(
    *, actor: Any, contact: int, draft: Checked, door: Door = Door.SCREEN
) -> tuple[int, ChangeSet | None]:
    """Make or change a site of the contact. Raises Rejected, NotFound and Conflict."""
    with change_set(actor=actor, door=door, context=reading_context()) as changes:
        hold(f"sites {contact}")
        _check_name(contact, draft)
        if draft.id is None:
            draft.values["contact"] = contact
        pk = changes.save(registry.get("site"), draft)
    return pk, changes.record if changes.changed_anything else None


def site_remove(*, actor: Any, pk: int, door: Door = Door.SCREEN) -> ChangeSet:
    """Take a site away; who sat there sits at the main one. Raises NotFound."""
    with change_set(actor=actor, door=door) as changes:
        site = _site(pk)
        _reseat(changes, site.contact_id, lambda there: None if there == pk else there)
        changes.remove_many(registry.get("site"), [pk])
        return changes.record


def site_make_main(*, actor: Any, pk: int, door: Door = Door.SCREEN) -> ChangeSet:
    """The site and the main one change places, with whoever sits there. Raises NotFound.

    What they hold changes places, not the rows: a main site's values are the contact's own, so
    that its history, its version and two people who edit at once stay right.
    """
    with change_set(actor=actor, door=door) as changes:
        site = _site(pk)
        hold(f"sites {site.contact_id}")
        contact, record = registry.get("contact"), registry.get("site")
        coming = _held(record, pk, SITE_FIELDS)
        going = _held(contact, site.contact_id, ADDRESS_FIELDS)
        going["site_name"] = _name_of_former(going)
        changes.save(contact, Checked(coming, id=site.contact_id))
        changes.save(record, Checked(going, id=pk))
        _reseat(changes, site.contact_id, {None: pk, pk: None}.get)
        return changes.record


def _site(pk: int) -> Site:
    site = Site.objects.filter(pk=pk, is_main=False).first()
    if site is None:
        raise NotFound
    return site


def _held(record_type: RecordType, pk: int, fields: Any) -> Values:
    state = load_states(record_type, [pk], fields, lock=True)[pk]
    return {each.name: state.get(each.name) for each in fields}


def _name_of_former(values: Values) -> str:
    """'main' would be said of the wrong one from now on."""
    name = values.get("site_name") or MAIN
    if name != MAIN:
        return str(name)
    types = Option.objects.filter(pk=values.get("site_type") or 0)
    kind = types.values_list("name", flat=True).first()
    return kind or values.get("city") or _("Former main site")


def _check_name(contact: int, draft: Checked) -> None:
    """People tell sites apart by their names."""
    name = fold(draft.values.get("site_name") or "")
    others = Site.objects.filter(contact=contact).exclude(pk=draft.id or 0)
    if name and name in {fold(each) for each in others.values_list("name", flat=True)}:
        message = _("There is a site of this name already.")
        raise Rejected([Problem("site_name", "site-there", message, draft.values["site_name"])])


def _reseat(changes: Changes, contact: int, move: Callable[[int | None], int | None]) -> None:
    """Give each link to the contact the site that `move` makes of its present one."""
    links = Link.objects.filter(other=contact).values_list("pk", "site_id")
    moved = {pk: move(site) for pk, site in links if move(site) != site}
    for portion in steps(moved):
        drafts = [Checked({"site": moved[pk]}, id=pk) for pk in portion]
        changes.save_many(registry.get("link"), drafts)
