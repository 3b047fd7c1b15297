"""The one read door to views."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from kith.accounts.actors import SYSTEM
from kith.accounts.audiences import audiences_of, holding, holding_id
from kith.core.kinds.audience import EVERYONE
from kith.core.prepared import TEXT, Prepared, slot
from kith.views.models import SavedView

OF_LIST = Prepared(
    lambda: SavedView.objects.filter(
        Q(owner=slot("user")) | Q(reach=EVERYONE) | Q(reach__in=holding_id(slot("user"))),
        of=slot("of", TEXT),
    )
)
"""What `visible_to` gives of one list."""


def visible_to(user: Any) -> QuerySet[SavedView]:
    """One's own, and those shared with an audience that holds the user."""
    views = SavedView.objects.all()
    if user is SYSTEM:
        return views
    ids = audiences_of(user)
    return views.filter(Q(owner=user.pk) | Q(reach__in=holding(user) if ids is None else ids))


def views_of(user: Any, name: str) -> Sequence[SavedView]:
    """Those of one list, by name."""
    found = OF_LIST.objects(user=user.pk, of=name)
    return sorted(found, key=lambda view: (view.name.lower(), view.pk))


def views_called(user: Any, words: str, most: int) -> Sequence[SavedView]:
    """Those with the words in their names."""
    return list(visible_to(user).filter(name__icontains=words).order_by("name", "pk")[:most])
