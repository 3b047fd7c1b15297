"""What can be done to many contacts at once, and the value that it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.accounts.models import Team, TeamMember
from kith.accounts.permissions import Permission
from kith.contacts.forms.control import Control
from kith.contacts.forms.controls import control_for, editable
from kith.contacts.record import CONTACT
from kith.contacts.services.bulk import Act, Do
from kith.core.errors import NotFound
from kith.core.fields import Below, Elsewhere, Field
from kith.core.kinds.kind import Context, Invalid

WIDGETS = {
    "text", "longtext", "enum", "choice", "choices", "user", "yesno", "stars", "number", "money",
    "date", "country", "state", "audience",
}  # fmt: skip
NEVER = {"kind", "name", "given_name", "family_name", "salutation", "code"}
"""What belongs to one contact alone."""
PLACES = {Do.REMOVE: 1, Do.CLEAR: 2}
FIRST = ("manager", "tags", "categories", "contact_type", "temperature", "accessibility")


@dataclass(frozen=True)
class Offer:
    """One thing that can be done: `name` is "set:industry"."""

    name: str
    label: str

    @property
    def act(self) -> tuple[Do, str]:
        do, _colon, field = self.name.partition(":")
        return Do(do), field


def offers(user: Any) -> Sequence[Offer]:
    """What adds and sets first; what takes values away comes after it, at the end of the menu."""
    found = [each for field in _fields() for each in _of_field(field)]
    found.sort(key=lambda each: PLACES.get(each.act[0], 0))
    if user.may(Permission.CONTACT_DELETE):
        found.append(Offer(Do.TRASH, _("Delete them")))
    return found


def offer(user: Any, name: str) -> Offer:
    """Raises NotFound for what is not on offer."""
    for each in offers(user):
        if each.name == name:
            return each
    raise NotFound


def _fields() -> Sequence[Field]:
    known = [
        field
        for field in CONTACT.fields
        if editable(field)
        and field.kind.widget in WIDGETS
        and field.name not in NEVER
        and not (field.hidden or field.derived or field.sensitive)
        and not isinstance(field.storage, Elsewhere)
    ]
    order = {name: place for place, name in enumerate(FIRST)}
    return sorted(known, key=lambda field: order.get(field.name, len(order)))


def _of_field(field: Field) -> Sequence[Offer]:
    label = {"field": field.label}
    if isinstance(field.storage, Below) and field.kind.many:
        return [
            Offer(f"{Do.ADD}:{field.name}", _("Add to %(field)s") % label),
            Offer(f"{Do.REMOVE}:{field.name}", _("Take out of %(field)s") % label),
            Offer(f"{Do.CLEAR}:{field.name}", _("Empty %(field)s") % label),
        ]
    found = [Offer(f"{Do.SET}:{field.name}", _("Set %(field)s") % label)]
    if field.name == "manager":
        found.append(Offer(f"{Do.SHARE}:manager", _("Share out among a team, evenly")))
    if not field.required and field.kind.widget != "audience":
        found.append(Offer(f"{Do.CLEAR}:{field.name}", _("Empty %(field)s") % label))
    return found


def teams() -> Sequence[Team]:
    """Those with somebody to share among."""
    active = TeamMember.objects.filter(user__is_active=True)
    return list(Team.objects.filter(archived=False, pk__in=active.values("team")))


def control_of(chosen: Offer, context: Context) -> Control | None:
    do, field = chosen.act
    if do not in (Do.SET, Do.ADD, Do.REMOVE):
        return None
    return control_for(CONTACT.field(field), context)


def read_act(chosen: Offer, data: QueryDict, context: Context) -> Act:
    """Raises Invalid for a value that can't be taken, or that is missing."""
    do, field = chosen.act
    if do in (Do.CLEAR, Do.TRASH):
        return Act(do, field)
    if do == Do.SHARE:
        ids = {str(each.pk): each.pk for each in teams()}
        team = ids.get(data.get("team", ""))
        if team is None:
            raise Invalid("required", _("Choose a team."))
        return Act(do, field, team)
    control = control_for(CONTACT.field(field), context)
    value = CONTACT.field(field).kind.clean(control.read(data), context)
    if value in (None, "", []):
        raise Invalid("required", _("Choose a value."))
    return Act(do, field, value)
