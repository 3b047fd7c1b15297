"""Contacts out of the trash for good, with all that belongs to them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import ngettext

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Contact
from kith.contacts.queries import in_reach
from kith.core import clock
from kith.core.habits import count_text
from kith.core.record_types import registry
from kith.history.models import Door
from kith.records.bulk import steps
from kith.records.door import change_set

AT_ONCE = 50_000
"""So many are erased in a day without being asked; the worker has other work, too."""


def contacts_erase(
    *,
    actor: Any,
    ids: Sequence[int],
    door: Door = Door.SCREEN,
    before: datetime | None = None,
    on_step: Callable[[int], None] | None = None,
) -> int:
    """Erase contacts with their links and their history; returns how many.

    History keeps who did it, when and to how many, and nothing of what they held. Each portion
    is a transaction: one that was stopped goes on with what is left in the trash. What somebody
    has taken out of it in the meantime stays, and so does what has come into it since `before`.
    """
    erased = 0
    for portion in steps(ids):
        note = ngettext("%(count)d contact erased", "%(count)d contacts erased", len(portion))
        with change_set(actor=actor, door=door, note=note % {"count": len(portion)}) as changes:
            trashed = in_reach(actor).filter(pk__in=portion).exclude(trashed_at=None)
            trashed = trashed.filter(trashed_at__lt=before) if before else trashed
            ids_now = list(trashed.select_for_update().values_list("pk", flat=True))
            erased += changes.erase_many(registry.get("contact"), ids_now)
        if on_step:
            on_step(erased)
    return erased


def trash_expire() -> int:
    """Once a day: what nobody has taken out of the trash for so many days goes for good."""
    if not settings.TRASH_DAYS:
        return 0
    before = clock.now() - timedelta(days=settings.TRASH_DAYS)
    old = Contact.objects.filter(trashed_at__lt=before).order_by("trashed_at", "pk")
    ids = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return contacts_erase(actor=SYSTEM, ids=ids, door=Door.SETTINGS, before=before)


def erased_words(count: int) -> str:
    said = ngettext(
        "%(count)s contact was erased for good.", "%(count)s contacts were erased for good.", count
    )
    return said % {"count": count_text(count)}
