"""The fields of one's own that the list shows and can be filtered by."""

from collections.abc import Sequence

from kith.contacts.record import CONTACT
from kith.core.fields import Field


def filtering() -> Sequence[Field]:
    """Those that the list can be filtered by."""
    return [each for each in CONTACT.shape.custom if each.filter]


def listing() -> Sequence[Field]:
    """Those that are columns of the list."""
    return [each for each in CONTACT.shape.custom if each.column]
