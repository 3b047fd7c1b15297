"""The four built-in roles and what each allows."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from enum import StrEnum

from .permissions import Permission


class BuiltIn(StrEnum):
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    AGENT = "agent"
    READONLY = "readonly"


_READONLY = frozenset({Permission.CONTACT_SEE})
_AGENT = _READONLY | {Permission.CONTACT_CREATE, Permission.CONTACT_EDIT, Permission.CONTACT_IMPORT}
_MANAGER = _AGENT | {
    Permission.CONTACT_DELETE,
    Permission.CONTACT_EXPORT,
    Permission.CONTACT_BULK,
    Permission.CONTACT_SENSITIVE,
    Permission.VIEW_SHARE,
}

PERMISSIONS: dict[str, AbstractSet[Permission]] = {
    BuiltIn.ADMINISTRATOR: frozenset(Permission),
    BuiltIn.MANAGER: _MANAGER,
    BuiltIn.AGENT: _AGENT,
    BuiltIn.READONLY: _READONLY,
}

NAMES: dict[str, str] = {
    BuiltIn.ADMINISTRATOR: "Administrator",
    BuiltIn.MANAGER: "Manager",
    BuiltIn.AGENT: "Agent",
    BuiltIn.READONLY: "Read-only",
}


def read(names: Iterable[str]) -> AbstractSet[Permission]:
    """Names that this version knows; who may anything with contacts may see them."""
    wanted = set(names)
    known = {permission for permission in Permission if permission.value in wanted}
    if any(name.startswith("contacts:") for name in known):
        known.add(Permission.CONTACT_SEE)
    return frozenset(known)
