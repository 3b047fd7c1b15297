"""Links between two contacts, made and taken away by a person."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kith.contacts.context import reading_context
from kith.contacts.models import Contact, Link, Site
from kith.contacts.services.companies import demote_primary_links
from kith.contacts.services.ended_links import ends_now, is_over, promote_next
from kith.core.errors import NotFound, Problem, Rejected
from kith.core.holding import hold
from kith.core.record_types import registry
from kith.history.models import ChangeSet, Door
from kith.records.checking import Draft
from kith.records.door import Changes, change_set
from kith.reference.models import List
from kith.reference.queries import Options


def link_save(
    *,
    actor: Any,
    values: Mapping[str, Any],
    pk: int | None = None,
    version: int | None = None,
    new: Mapping[str, Any] | None = None,
) -> tuple[int, ChangeSet | None]:
    """Make or change a link; the only link to a company becomes the primary one.

    `new`: kind and name of a contact to be made for the end that is 0.

    Raises Rejected for a link to itself, or one that is there already, NotFound, and Conflict
    when the link is not the `version` that was changed.
    """
    context = reading_context(reader=actor)
    with change_set(actor=actor, door=Door.SCREEN, context=context) as changes:
        if new:
            values = _with_new(changes, values, new)
        ended = _ended(values, pk)
        values = _allowed(changes, {**values, "is_primary": False} if ended else values, pk)
        saved = changes.save(registry.get("link"), Draft(values, id=pk, version=version))
        if ended:
            promote_next(changes, [_contact_of(values, saved)])
    return saved, changes.record if changes.changed_anything else None


def _allowed(changes: Changes, values: Mapping[str, Any], pk: int | None) -> Mapping[str, Any]:
    """The values to be stored, with room made for them."""
    contact = _contact_of(values, pk)
    hold(f"links {contact}")  # A double click must find what its first half has made.
    if pk is None:
        values = _new_link(values)
    else:
        _check_changed(values, pk)
    _check_site(values, pk)
    if values.get("is_primary"):
        demote_primary_links(changes, [contact], but=pk)
    return values


def _ended(values: Mapping[str, Any], pk: int | None) -> bool:
    link = Link.objects.filter(pk=pk).first() if pk else None
    return link is not None and ends_now(link, values)


def link_remove(*, actor: Any, pk: int) -> ChangeSet:
    """Take the link away; both contacts stay."""
    with change_set(actor=actor, door=Door.SCREEN) as changes:
        changes.remove_many(registry.get("link"), [pk])
        return changes.record


def _with_new(
    changes: Changes, values: Mapping[str, Any], new: Mapping[str, Any]
) -> Mapping[str, Any]:
    """A contact made on the spot is seen by those who see the one it is linked to."""
    known = values["contact"] or values["other"]
    reach = Contact.objects.values_list("reach_id", flat=True).get(pk=known)
    made = changes.save(registry.get("contact"), Draft({**new, "accessibility": reach}))
    return {**values, "contact": values["contact"] or made, "other": values["other"] or made}


def _new_link(values: Mapping[str, Any]) -> dict[str, Any]:
    if values["contact"] == values["other"]:
        message = _("A contact can't be linked to itself.")
        raise Rejected([Problem("other", "link-to-itself", message)])
    links = Link.objects.filter(contact=values["contact"])
    _check_once(links.filter(other=values["other"]), values.get("relation"))
    first = not (is_over(values) or links.filter(is_primary=True).exists())
    return {**values, "is_primary": values.get("is_primary", first)}


def _check_changed(values: Mapping[str, Any], pk: int) -> None:
    link = Link.objects.get(pk=pk)
    contact, other = values.get("contact", link.contact_id), values.get("other", link.other_id)
    others = Link.objects.filter(contact=contact, other=other).exclude(pk=pk)
    _check_once(others, values.get("relation"))


def _check_site(values: Mapping[str, Any], pk: int | None) -> None:
    """Who is linked sits at a site of the contact they are linked to; None is its main one."""
    site = values.get("site")
    if site is None:
        return
    other = values["other"] if pk is None else Link.objects.get(pk=pk).other_id
    if not Site.objects.filter(pk=site, contact=other, is_main=False).exists():
        message = _("This site is not there any more. Choose another.")
        raise Rejected([Problem("site", "unknown-site", message)])


def _check_once(links: QuerySet[Link], relation: Any) -> None:
    """Two contacts are linked once by each relation; a new relation links nobody yet."""
    if not isinstance(relation, int):
        text = relation["new"] if isinstance(relation, dict) else relation
        relation = Options().find(List.RELATION, text or "")
    if relation and links.filter(relation=relation).exists():
        message = _("These two are linked in this way already.")
        raise Rejected([Problem("other", "link-there", message)])


def _contact_of(values: Mapping[str, Any], pk: int | None) -> int:
    if pk is None:
        return int(values["contact"])
    contact = Link.objects.filter(pk=pk).values_list("contact_id", flat=True).first()
    if contact is None:  # Somebody has just taken it away.
        raise NotFound
    return contact
