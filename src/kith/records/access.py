"""Who may take a change set back."""

from typing import Any

from django.db.models import Q

from kith.accounts.permissions import Permission
from kith.core.errors import Forbidden, NotFound
from kith.core.record_types import registry
from kith.history.models import Change, ChangeSet


def change_set_for(user: Any, pk: int) -> ChangeSet:
    """The change set, for who made it or looks after others' work, when some of what it
    changed is theirs to see. Raises NotFound or Forbidden."""
    if not (user.may(Permission.CONTACT_EDIT) or user.may(Permission.REFERENCE_MANAGE)):
        raise Forbidden
    found = ChangeSet.objects.filter(pk=pk).first()
    if found is None or not _touches_something_seen(user, found):
        raise NotFound
    if found.actor_id != user.pk and not user.may(Permission.CONTACT_BULK):
        raise NotFound
    return found


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
