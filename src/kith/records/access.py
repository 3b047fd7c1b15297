"""Who may take a change set back."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from kith.accounts.permissions import Permission
from kith.core.errors import Forbidden, NotFound
from kith.core.record_types import registry
from kith.history.models import Action, Change, ChangeSet, Door
from kith.records.indexing import TRASHED

LOOKED_AT = 20
CREATED = "created_at"


def change_set_for(user: Any, pk: int) -> ChangeSet:
    """The change set, for who made it or looks after others' work, when some of what it
    changed is theirs to see. Raises NotFound or Forbidden."""
    found = ChangeSet.objects.filter(pk=pk).first()
    first = list(Change.objects.filter(change_set=pk).order_by("pk")[:LOOKED_AT])
    general = user.may(Permission.CONTACT_EDIT) or user.may(Permission.REFERENCE_MANAGE)
    if not general and not (first and all(user.may(each) for each in _general(first))):
        raise Forbidden
    if found is None or not _touches_something_seen(user, found):
        raise NotFound
    if found.actor_id != user.pk and not all(user.may(each) for each in _of_others(first)):
        raise NotFound
    if not may_take_back(user, found, first):
        raise Forbidden
    return found


def may_take_back(user: Any, change_set: ChangeSet, changes: Sequence[Change]) -> bool:
    """Undo needs what the act itself needs. Some of its changes are enough to tell: an act is
    of one sort. Who merged options has changed contacts too, and may take that back."""
    needed = set(filter(None, (_needed(each) for each in changes)))
    if change_set.door == Door.IMPORT:
        needed.add(Permission.CONTACT_IMPORT)
    mine = change_set.actor_id == user.pk and user.may(Permission.REFERENCE_MANAGE)
    if not mine:
        needed |= _general(changes)
    return all(user.may(each) for each in needed)


def _general(changes: Sequence[Change]) -> set[str]:
    """Besides: to edit contacts, unless a record type names something else to "undo"."""
    types = (registry.get(name) for name in {each.record_type for each in changes})
    needed = {str(each.permissions.get("undo", Permission.CONTACT_EDIT)) for each in types}
    return needed or {str(Permission.CONTACT_EDIT)}


def _of_others(changes: Sequence[Change]) -> set[str]:
    """What looking after others' work needs, unless a record type names "undo-others"."""
    types = (registry.get(name) for name in {each.record_type for each in changes})
    usual = Permission.CONTACT_BULK
    return {str(each.permissions.get("undo-others", usual)) for each in types} or {str(usual)}


def _needed(change: Change) -> str:
    """What a change needs besides editing; a record type may name "create" and "change", and
    with "change:name" what its field of this name alone needs, whatever others do."""
    updated = change.action == Action.UPDATE
    if updated and TRASHED in change.values:
        return Permission.CONTACT_DELETE
    permissions = registry.get(change.record_type).permissions
    own = {permissions.get(f"change:{name}", "") for name in change.values if name != CREATED}
    if len(own) == 1 and "" not in own:
        return own.pop()
    return permissions.get("create" if change.action == Action.CREATE else "change", "")


def _touches_something_seen(user: Any, change_set: ChangeSet) -> bool:
    """By the records on whose pages the changes show; what was removed counts for its maker."""
    if change_set.actor_id == user.pk:
        return True
    changes = Change.objects.filter(change_set=change_set)
    seen = Q(pk__in=[])
    for record_type in registry:
        within = record_type.in_reach or record_type.visible_to
        seen |= Q(subject_type=record_type.name, subject_id__in=within(user).values("pk"))
    return changes.filter(seen).exists()
