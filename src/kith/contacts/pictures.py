"""Which pictures contacts still need."""

from collections.abc import Sequence

from django.db.models import TextField
from django.db.models.functions import Cast

from kith.contacts.models import Contact
from kith.history.models import Change


def still_needed(pictures: Sequence[str]) -> set[str]:
    """Those that a contact has, or had: an undo may bring them back."""
    rows = Contact.objects.filter(picture__in=pictures)
    found = {name for name in rows.values_list("picture", flat=True) if name}
    left = set(pictures) - found
    return found | (left & _in_history() if left else set())


def _in_history() -> set[str]:
    changes = Change.objects.filter(record_type="contact").annotate(
        text=Cast("values", TextField())
    )
    rows = changes.filter(text__contains='"picture"').values_list("values", flat=True)
    found: set[str] = set()
    for values in rows.iterator():
        held = values.get("picture")
        found.update(each for each in (held if isinstance(held, list) else [held]) if each)
    return found
