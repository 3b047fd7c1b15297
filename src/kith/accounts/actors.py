"""Who does something: a user, or Kith itself from the command line."""

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from . import permissions

if TYPE_CHECKING:
    from .models import User


class System:
    """May everything; has no row, so history shows the name and no user."""

    pk: Final = None
    id: Final = None
    name: Final = "Kith"
    email: Final = ""
    role_id: Final = "administrator"
    is_active: Final = True
    is_authenticated: Final = True
    is_anonymous: Final = False

    def may(self, permission: str) -> Literal[True]:
        permissions.known(permission)
        return True

    def __str__(self) -> str:
        return self.name


SYSTEM: Final = System()

Actor: TypeAlias = "User | System"
