"""Links that have come to their end: where somebody worked is not what they stand for now."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from kith.accounts.actors import SYSTEM
from kith.contacts.context import reading_context
from kith.contacts.models import ContactKind, Link
from kith.core import clock
from kith.core.among import among
from kith.core.record_types import registry
from kith.history.models import Door
from kith.records.checking import Checked
from kith.records.door import Changes, change_set

PORTION = 200


def is_over(values: Mapping[str, Any]) -> bool:
    return str(values.get("to_date") or "9") < _today()


def ends_now(link: Link, values: Mapping[str, Any]) -> bool:
    """Whether this change is what ends the primary link; whoever makes one primary that is over
    already means it."""
    before = {"to_date": link.to_date and link.to_date.isoformat()}
    return link.is_primary and is_over(values) and not is_over(before)


def ended_links_demote() -> None:
    """Those whose last day has passed since anybody touched them."""
    ended = [pk for pk, end, touched in _ended() if touched.date() <= end]
    for start in range(0, len(ended), PORTION):
        with change_set(actor=SYSTEM, door=Door.SCREEN, context=reading_context()) as changes:
            _demote(changes, ended[start : start + PORTION])


def _ended() -> QuerySet[Link, Any]:
    rows = Link.objects.filter(is_primary=True, to_date__lt=_today()).order_by("to_date")
    return rows.values_list("pk", "to_date", "updated_at")


def _demote(changes: Changes, ids: Iterable[int]) -> None:
    rows = Link.objects.select_for_update().filter(among("pk", ids), is_primary=True)
    ended = dict(rows.filter(to_date__lt=_today()).values_list("pk", "contact_id"))
    drafts = [Checked({"is_primary": False}, id=pk) for pk in ended]
    if drafts:
        changes.save_many(registry.get("link"), drafts)
        promote_next(changes, ended.values())


def promote_next(changes: Changes, contacts: Iterable[int]) -> None:
    """Their company that is left and was linked first is the primary one from now on."""
    today, following = _today(), dict[int, int]()
    rows = Link.objects.filter(
        Q(from_date=None) | Q(from_date__lte=today),
        Q(to_date=None) | Q(to_date__gte=today),
        among("contact", contacts),
        other__kind=ContactKind.COMPANY,
    )
    for pk, contact in rows.order_by("pk").values_list("pk", "contact_id"):
        following.setdefault(contact, pk)
    drafts = [Checked({"is_primary": True}, id=pk) for pk in following.values()]
    if drafts:
        changes.save_many(registry.get("link"), drafts)


def _today() -> str:
    return clock.now().date().isoformat()
