"""Loaders check; services trust. Absent and hidden are the same NotFound."""

from typing import Any

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.contacts.models import Contact
from kith.contacts.queries import in_reach, shown
from kith.core.errors import NotFound

PERMISSIONS = {
    "see": Permission.CONTACT_SEE,
    "edit": Permission.CONTACT_EDIT,
    "delete": Permission.CONTACT_DELETE,
}

MANY = (Permission.CONTACT_BULK, Permission.CONTACT_EDIT)
"""To change many contacts at once needs what changing one does."""


def may_change_many(user: Any) -> bool:
    return all(user.may(each) for each in MANY)


def require_many(user: Any) -> None:
    """Raises Forbidden."""
    for each in MANY:
        require(user, each)


def contact_for(user: Any, pk: int, action: str = "see", *, trashed: bool = False) -> Contact:
    """The contact or prospect, when the user may do this with it. Raises NotFound or Forbidden."""
    require(user, PERMISSIONS[action])
    if trashed:
        contact = in_reach(user).exclude(trashed_at=None).filter(pk=pk).first()
    else:
        contact = shown(user, pk)
    if contact is None:
        raise NotFound
    return contact
