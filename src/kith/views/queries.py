"""The one read door to views."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from kith.accounts.actors import SYSTEM
from kith.accounts.audiences import holding_id
from kith.core.kinds.audience import EVERYONE
from kith.core.prepared import TEXT, Prepared, Slot, slot
from kith.views.models import SavedView


def _seen_by(user_id: int | Slot) -> Q:
    """One's own, and those shared with an audience that holds the user."""
    return Q(owner=user_id) | Q(reach=EVERYONE) | Q(reach__in=holding_id(user_id))


OF_LIST = Prepared(lambda: SavedView.objects.filter(_seen_by(slot("user")), of=slot("of", TEXT)))


def visible_to(user: Any) -> QuerySet[SavedView]:
    """Begin every query with this that a person's request causes."""
    views = SavedView.objects.all()
    return views if user is SYSTEM else views.filter(_seen_by(user.pk))


def views_of(user: Any, name: str) -> Sequence[SavedView]:
    """Those of one list, by name."""
    found = OF_LIST.objects(user=user.pk, of=name)
    return sorted(found, key=lambda view: (view.name.lower(), view.pk))


def views_called(user: Any, words: str, most: int) -> Sequence[SavedView]:
    """Those with the words in their names."""
    return list(visible_to(user).filter(name__icontains=words).order_by("name", "pk")[:most])
