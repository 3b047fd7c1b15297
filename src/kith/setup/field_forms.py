"""The form of one field: what an administrator may say of it, as far as its kind allows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.core.fields import ACCEPT, ALWAYS, BLOCK, WARN, Field
from kith.core.kinds.kind import Context
from kith.core.record_types import RecordType
from kith.customfields.models import Definition
from kith.customfields.values import OWN_KINDS
from kith.reference.queries import Options
from kith.setup.first_values import first_question, why_unfit

POLICIES = [
    ("", gettext_lazy("As Kith proposes: take it, with a warning")),
    (WARN, gettext_lazy("Take it, with a warning")),
    (BLOCK, gettext_lazy("Refuse it")),
    (ACCEPT, gettext_lazy("Take it and say nothing")),
]
KIND_NAMES = {
    "texts": gettext_lazy("Several texts"),
    "phone": gettext_lazy("Phones"),
    "email": gettext_lazy("E-mail addresses"),
    "url": gettext_lazy("Links"),
    "social": gettext_lazy("Profiles"),
    "stars": gettext_lazy("Stars"),
    "enum": gettext_lazy("Choice"),
    "country": gettext_lazy("Country"),
    "state": gettext_lazy("State"),
    "sealed": gettext_lazy("Sensitive"),
    "audience": gettext_lazy("Who may see it"),
    "identifier": gettext_lazy("Official number"),
    "position": gettext_lazy("Place on the map"),
    "time_zone": gettext_lazy("Time zone"),
    "one_phone": gettext_lazy("Phone"),
}
ICONS = {"phone": "phone", "one_phone": "phone", "email": "mail", "url": "link", "enum": "list"}


def kind_of(field: Field) -> tuple[Any, str]:
    """What the field holds, in a word, and its icon."""
    widget = field.kind.widget
    own = OWN_KINDS.get({"record": "contact"}.get(widget, widget))
    if widget in KIND_NAMES and not (field.custom and own):
        return KIND_NAMES[widget], ICONS.get(widget, "forms")
    return (own.label, own.icon) if own else (_("Text"), "forms")


class FieldForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("Label"), max_length=60, required=False)
    options = forms.CharField(
        label=gettext_lazy("Options"),
        help_text=gettext_lazy("One to a line. They can be changed later, in their own list."),
        widget=forms.Textarea({"rows": 6}),
        max_length=60_000,
        required=False,
    )
    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    help = forms.CharField(
        label=gettext_lazy("Help"),
        help_text=gettext_lazy("A sentence that stands below the field in forms."),
        max_length=300,
        required=False,
    )
    first = forms.CharField(
        label=gettext_lazy("New forms begin with"), max_length=300, required=False
    )
    required_for = forms.MultipleChoiceField(
        label=gettext_lazy("Required for"),
        help_text=gettext_lazy("In forms. An import goes by its own settings."),
        widget=forms.SelectMultiple({"data-choice": ""}),
        required=False,
    )
    policy = forms.ChoiceField(
        label=gettext_lazy("A doubtful value"), choices=POLICIES, required=False
    )
    is_unique = forms.BooleanField(label=gettext_lazy("No two contacts the same"), required=False)
    searchable = forms.BooleanField(label=gettext_lazy("Found by the search box"), required=False)
    filterable = forms.BooleanField(label=gettext_lazy("A filter of the list"), required=False)
    in_list = forms.BooleanField(label=gettext_lazy("A column of the list"), required=False)

    def __init__(
        self,
        *args: Any,
        record_type: RecordType,
        context: Context,
        kind: str = "",
        field: Field | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.context = context
        self.holds = field.kind if field else OWN_KINDS[kind].make("")
        self._offer(record_type)
        for name in _unfit(kind, field):
            del self.fields[name]
        if "first" in self.fields:
            said = field.first if field else ""
            self.fields["first"] = first_question(self.fields["first"], self.holds, said)
        if kind:
            self.fields["label"].required = True
        elif field:
            declared = record_type.declared.by_name[field.name]
            message = _("Left empty, it is called “%(label)s”.") % {"label": declared.label}
            self.fields["label"].help_text = message

    def _offer(self, record_type: RecordType) -> None:
        sections = [(name, str(label)) for name, label in record_type.sections]
        self.fields["section"].choices = sections  # type: ignore[attr-defined]
        self.fields["required_for"].choices = needed_choices(record_type)  # type: ignore[attr-defined]

    def clean_first(self) -> str:
        """After the options, which stand before it."""
        first = str(self.cleaned_data["first"])
        wrong = first and why_unfit(self.holds, first, self.options_typed(), self.context)
        if wrong:
            raise forms.ValidationError(wrong)
        return first

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("first") and self.cleaned_data.get("is_unique"):
            message = _("No two contacts may hold the same, so forms can't all begin with it.")
            self.add_error("first", message)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "options"}

    def options_typed(self) -> Sequence[str]:
        return self.cleaned_data.get("options", "").splitlines()


def needed_choices(record_type: RecordType) -> list[tuple[str, str]]:
    """For whom a field may be required: everybody, a kind, a type."""
    choices = [
        (ALWAYS, _("Every contact")),
        ("person", _("People")),
        ("company", _("Companies")),
    ]
    kind = record_type.declared.by_name[record_type.type_field].kind
    types = Options(kind.list_name).of(kind.list_name)  # type: ignore[attr-defined]
    return choices + [(f"type:{each.id}", each.name) for each in types]


def said_of(field: Field, stored: Definition | None) -> dict[str, Any]:
    """What the form of a field begins with."""
    said = {
        "label": stored.label if stored else "",
        "section": field.section,
        "help": str(field.help),
        "first": field.first,
        "required_for": list(field.required_for),
        "policy": field.policy,
    }
    flags = ("is_unique", "searchable", "filterable", "in_list")
    return said | {flag: bool(stored and getattr(stored, flag)) for flag in flags}


def _unfit(kind: str, field: Field | None) -> list[str]:
    """The questions that make no sense for this field."""
    if not kind:
        asked_of_own = ["options", "is_unique", "searchable", "filterable", "in_list"]
        many = field is not None and field.kind.many
        return [*asked_of_own, "first"] if many else asked_of_own
    own = OWN_KINDS[kind]
    fits = {
        "options": own.has_options and field is None,
        "first": own.takes_first,
        "is_unique": own.may_be_unique,
        "searchable": own.searchable,
        "filterable": own.filterable,
        "in_list": kind != "sealed",
        "policy": kind in ("number", "money", "date", "link"),
    }
    return [name for name, fit in fits.items() if not fit]
