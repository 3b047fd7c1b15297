"""Loaders check; services trust. Absent and hidden are the same NotFound."""

from typing import Any

from kith.accounts.permissions import Permission
from kith.core.errors import Forbidden, NotFound
from kith.views.models import SavedView
from kith.views.queries import visible_to


def view_for(user: Any, pk: int, *, change: bool = False) -> SavedView:
    """Raises NotFound, and Forbidden for another's view that the user may only look at."""
    view = visible_to(user).filter(pk=pk).first()
    if view is None:
        raise NotFound
    if change and not may_change(user, view):
        raise Forbidden
    return view


def may_change(user: Any, view: SavedView) -> bool:
    """Who shares views looks after those that others have shared."""
    return view.owner_id == user.pk or may_share(user)


def may_share(user: Any) -> bool:
    return bool(user.may(Permission.VIEW_SHARE))
