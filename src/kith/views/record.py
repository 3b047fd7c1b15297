"""A view as a record: whoever changed it is in history, and can take it back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.accounts.permissions import Permission
from kith.core import kinds
from kith.core.fields import Field, Own
from kith.core.kinds.stored import JsonList, Moment, Stored
from kith.core.record_types import RecordType, Values
from kith.views.models import SavedView
from kith.views.queries import visible_to


def _defaults(actor: Any, pk: int) -> Values:
    return {"pinned": True, "owner": actor.pk}


VIEW = RecordType(
    name="view",
    label=_("View"),
    label_plural=_("Views"),
    model=SavedView,
    fields=(
        Field("of", _("List"), Stored()),
        Field("name", _("Name"), kinds.Text(60), required=True),
        Field("query", _("Query"), kinds.Text(1_000)),
        Field("columns", _("Columns"), JsonList()),
        Field("sort", _("Order"), kinds.Text(40)),
        Field("density", _("Rows"), kinds.Text(12)),
        Field("pinned", _("A tab"), Stored()),
        Field("owner", _("Owner"), Stored(), storage=Own("owner_id")),
        Field("reach", _("Visible to"), Stored(), storage=Own("reach_id")),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=visible_to,
    defaults=_defaults,
    # Everybody keeps views of their own, also who may change no contact.
    permissions={"undo": Permission.CONTACT_SEE, "undo-others": Permission.VIEW_SHARE},
)
