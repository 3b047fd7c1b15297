"""The fields of one's own that the list shows and can be filtered by."""

from collections.abc import Sequence

from kith.contacts.record import CONTACT
from kith.core.fields import Field
from kith.core.kinds import Sealed


def filtering() -> Sequence[Field]:
    """Those that the list can be filtered by."""
    return [each for each in CONTACT.shape.custom if each.filter]


def listing() -> Sequence[Field]:
    """Those that are columns of the list."""
    shown = (each for each in CONTACT.shape.custom if each.column)
    return [each for each in shown if not isinstance(each.kind, Sealed)]
