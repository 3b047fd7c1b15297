"""A field of the firm's own for a column that no field takes."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from kith.core.shapes import shapes
from kith.customfields.services.fields import field_create
from kith.transfer.mapping import fed_by
from kith.transfer.models import Import
from kith.transfer.services.imports import import_map


def field_for_column(
    *, actor: Any, importing: Import, heading: str, options: Sequence[str] = (), **said: Any
) -> str:
    """Make the field, and let the column feed it beside those that it feeds already; returns the
    field's key. Both or neither happen. Raises Refused."""
    try:
        with transaction.atomic():
            name, _made = field_create(actor=actor, options=options, **said)
            fed = ",".join([*fed_by(importing.mapping.get(heading, "")), name])
            import_map(importing=importing, mapping={**importing.mapping, heading: fed})
    except BaseException:
        shapes.forget()  # What was read within the transaction is not so any more.
        shapes.look_again()
        raise
    return name
