"""What lies in the trash, the latest first."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from kith.contacts.listing.counts import MOST_COUNTED
from kith.contacts.models import Contact
from kith.contacts.queries import in_reach


class Trash:
    """The trashed contacts that the user may see."""

    sort = "-trashed"
    places = None
    sifts = False
    is_listed = False

    def __init__(self, user: Any) -> None:
        self.user = user

    def tiers(self) -> Sequence[int]:
        return ()

    def walked(self, _tier: int = 0) -> None:
        return None

    def streamed(self, _tier: int = 0) -> None:
        return None

    def asked(self) -> QuerySet[Contact]:
        return self.in_order()

    def in_order(self, _tier: int = 0) -> QuerySet[Contact]:
        return in_reach(self.user).exclude(trashed_at=None)

    def count(self) -> int:
        return self.in_order()[: MOST_COUNTED + 1].count()

    def is_exact(self, total: int) -> bool:
        return total <= MOST_COUNTED
