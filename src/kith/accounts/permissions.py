"""The names of everything a role may allow: slice:noun:action."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    CONTACT_SEE = "contacts:contact:see"
    CONTACT_CREATE = "contacts:contact:create"
    CONTACT_EDIT = "contacts:contact:edit"
    CONTACT_DELETE = "contacts:contact:delete"
    CONTACT_ERASE = "contacts:contact:erase"
    CONTACT_EXPORT = "contacts:contact:export"
    CONTACT_IMPORT = "contacts:contact:import"
    CONTACT_BULK = "contacts:contact:bulk"
    CONTACT_SENSITIVE = "contacts:sensitive:see"
    VIEW_SHARE = "views:view:share"
    USER_MANAGE = "setup:user:manage"
    ROLE_MANAGE = "setup:role:manage"
    SECURITY_SEE = "setup:security:see"
    REFERENCE_MANAGE = "setup:reference:manage"
    SETTINGS_MANAGE = "setup:settings:manage"


# What people read of the parts of a name, in the order of the matrix.
MODULES: dict[str, Any] = {
    "contacts:contact": _("Contacts"),
    "contacts:prospect": _("Prospects"),
    "contacts:sensitive": _("Sensitive values"),
    "views:view": _("Views of lists"),
    "setup:user": _("Users, teams and divisions"),
    "setup:role": _("Roles"),
    "setup:security": _("Security log"),
    "setup:reference": _("Lists"),
    "setup:settings": _("Settings"),
}
ACTIONS: dict[str, Any] = {
    "see": _("See"),
    "create": _("Create"),
    "edit": _("Edit"),
    "delete": _("Delete"),
    "bulk": _("Change many"),
    "import": _("Import"),
    "export": _("Export"),
    "erase": _("Erase"),
    "share": _("Share"),
    "manage": _("Manage"),
}


def parts(permission: str) -> tuple[str, str]:
    """The module and the action of a name."""
    module, _colon, action = permission.rpartition(":")
    return module, action


class UnknownPermission(LookupError):
    """Asked for a permission that no slice declares: a mistake in the code."""


def known(permission: str) -> Permission:
    try:
        return Permission(permission)
    except ValueError:
        raise UnknownPermission(permission) from None
