"""The names of everything a role may allow: slice:noun:action."""

from enum import StrEnum


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
    USER_MANAGE = "setup:user:manage"
    REFERENCE_MANAGE = "setup:reference:manage"
    SETTINGS_MANAGE = "setup:settings:manage"


class UnknownPermission(LookupError):
    """Asked for a permission that no slice declares: a mistake in the code."""


def known(permission: str) -> Permission:
    try:
        return Permission(permission)
    except ValueError:
        raise UnknownPermission(permission) from None
