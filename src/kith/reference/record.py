"""Options as records, so that one made by an import is in its history and goes with its undo."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core import clock
from kith.core.fields import Field, Own
from kith.core.kinds.stored import Json, Moment, Stored
from kith.core.kinds.texts import Text
from kith.core.record_types import RecordType, Values
from kith.reference.models import Option, folded_name
from kith.reference.queries import names_of


def _defaults(actor: Any, pk: int) -> Values:
    return {
        "created_at": clock.now().isoformat(),
        "archived": False,
        "position": 0,
        "attributes": {},
    }


def _folded(name: Any) -> str:
    return folded_name(name or "")


OPTION = RecordType(
    name="option",
    label=_("Option"),
    label_plural=_("Options"),
    model=Option,
    fields=(
        Field("list_name", _("List"), Stored()),
        Field("name", _("Name"), Text(max_length=100), storage=Own(also=(("folded", _folded),))),
        Field("position", _("Order"), Stored()),
        Field("attributes", _("Attributes"), Json()),
        Field("archived", _("Archived"), Stored()),
        Field("same_as", _("Same as"), Stored(), storage=Own("same_as_id")),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=lambda user: Option.objects.all(),
    label_of=names_of,
    defaults=_defaults,
)
