"""Takes demo contacts out again, as the undo of what put them in."""

from collections.abc import Callable

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.accounts.services import user_deactivate
from kith.contacts.demo.load import COLLEAGUES, NOTE
from kith.history.models import ChangeSet, Door
from kith.records.undo import undo


def demo_remove(*, tell: Callable[[int], None] = lambda done: None) -> tuple[int, int]:
    """How many changes were taken back, and how many kept, for somebody has changed it since.

    The made-up colleagues stay in the history, and are no longer offered. What broke off is gone
    on with. Words that came into lists with the contacts stay there."""
    undone = kept = 0
    made = ChangeSet.objects.filter(door=Door.COMMAND, actor=None, note=NOTE, undoes=None)
    for each in made.filter(undone_at=None).order_by("-pk"):
        report = undo(actor=SYSTEM, original=each, on_step=lambda seen, _report: tell(seen))
        undone, kept = undone + report.undone, kept + len(report.kept)
    emails = [email for _name, email, _role, _code in COLLEAGUES]
    for user in User.objects.filter(email__in=emails, is_active=True):
        user_deactivate(actor=SYSTEM, user=user)
    return undone, kept
