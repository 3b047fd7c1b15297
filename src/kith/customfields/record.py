"""Definitions as records: who shaped what is in history, and can be taken back."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kith.accounts.permissions import Permission
from kith.core import clock, kinds
from kith.core.fields import Field
from kith.core.kinds.stored import JsonList, Moment, Stored
from kith.core.record_types import RecordType, Values
from kith.customfields.models import Definition, Section
from kith.customfields.services.indexing import definitions_changed


def _field_defaults(actor: Any, pk: int) -> Values:
    flags = ("is_unique", "searchable", "filterable", "in_list", "archived")
    return {"created_at": clock.now().isoformat()} | dict.fromkeys(flags, False)


def _section_defaults(actor: Any, pk: int) -> Values:
    return {"created_at": clock.now().isoformat()}


def _seen(user: Any, model: type[models.Model]) -> models.QuerySet[Any]:
    """Only who shapes the fields may take such a change back."""
    rows = model._base_manager.all()
    return rows if user.may(Permission.SETTINGS_MANAGE) else rows.none()


def _flag(name: str, label: Any) -> Field:
    return Field(name, label, Stored())


FIELD = RecordType(
    name="field",
    label=_("Field"),
    label_plural=_("Fields"),
    model=Definition,
    fields=(
        Field("record_type", _("Of"), Stored()),
        Field("name", _("Key"), Stored()),
        Field("label", _("Label"), kinds.Text(60)),
        Field("kind", _("Kind of value"), kinds.Text(12)),
        Field("section", _("Section"), kinds.Text(32)),
        Field("position", _("Order"), Stored()),
        Field("help", _("Help"), kinds.Text(300)),
        Field("first", _("Filled in beforehand"), kinds.Text(300)),
        Field("required_for", _("Required for"), JsonList()),
        Field("policy", _("A doubtful value"), kinds.Text(8)),
        _flag("is_unique", _("No two the same")),
        _flag("searchable", _("Found by the search")),
        _flag("filterable", _("A filter of the list")),
        _flag("in_list", _("A column of the list")),
        _flag("archived", _("Not shown")),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=lambda user: _seen(user, Definition),
    defaults=_field_defaults,
    changed=definitions_changed,
)

SECTION = RecordType(
    name="section",
    label=_("Section"),
    label_plural=_("Sections"),
    model=Section,
    fields=(
        Field("record_type", _("Of"), Stored()),
        Field("name", _("Key"), Stored()),
        Field("label", _("Label"), kinds.Text(60)),
        Field("position", _("Order"), Stored()),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=lambda user: _seen(user, Section),
    defaults=_section_defaults,
)
