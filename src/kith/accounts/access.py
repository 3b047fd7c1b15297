"""What a page or a service asks before it does something: whether the role allows it."""

from typing import Any

from kith.core.errors import Forbidden

from .permissions import Permission


def require(user: Any, permission: Permission) -> None:
    """Raises Forbidden."""
    if not user.may(permission):
        raise Forbidden
