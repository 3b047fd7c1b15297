"""The form of one option: its name, and what its list gives a meaning to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.core import kinds
from kith.core.errors import Rejected
from kith.reference.lists import COLOURS, Attribute, ListInfo
from kith.reference.queries import Options
from kith.reference.services.options import LONGEST


class OptionForm(forms.Form):
    """Only how it looks; the service checks every value."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, data: Any = None, *, info: ListInfo, **options: Any) -> None:
        super().__init__(data, **options)
        self.info = info
        if info.codes:
            offered = [("", ""), *info.codes.names().items()]
            widget = forms.Select({"data-choice": ""})
            self.fields["name"] = forms.ChoiceField(label=_("Name"), choices=offered, widget=widget)
        for attribute in info.attributes:
            self.fields[attribute.name] = _field(attribute)

    @property
    def attributes(self) -> dict[str, Any]:
        return {each.name: self.cleaned_data.get(each.name) for each in self.info.attributes}

    def complain(self, error: Rejected) -> None:
        for problem in error.problems:
            self.add_error(problem.field, str(problem.message))


def _field(attribute: Attribute) -> forms.Field:
    kind, known = attribute.kind, {"label": attribute.label, "help_text": attribute.help}
    if isinstance(kind, kinds.YesNo):
        return forms.BooleanField(required=False, **known)
    if isinstance(kind, kinds.Choice):
        offered = [(str(each.id), each.name) for each in Options(kind.list_name).of(kind.list_name)]
        return _choice(attribute, [("", ""), *offered], forms.Select({"data-choice": ""}), known)
    if isinstance(kind, kinds.Enum):
        pairs = [(value, label) for value, label, _aliases in kind.options]
        none = [] if attribute.required else [("", _("None"))]
        widget = forms.RadioSelect({"data-colour": ""} if kind.options is COLOURS else {})
        return _choice(attribute, [*none, *pairs], widget, known)
    most = getattr(kind, "max_length", None) or 100
    return forms.CharField(max_length=most, required=attribute.required, **known)


def _choice(attribute: Attribute, choices: Any, widget: Any, known: dict[str, Any]) -> forms.Field:
    found = forms.TypedChoiceField(
        choices=choices, required=attribute.required, widget=widget, **known
    )
    if isinstance(attribute.kind, kinds.Choice):
        found.coerce, found.empty_value = int, None
    return found


class Lines(forms.Form):
    """Several options at once, pasted from a sheet or typed."""

    lines = forms.CharField(
        label=_("Names"),
        help_text=_("One in each line. What is in the list already is left as it is."),
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        max_length=600_000,
    )

    @property
    def names(self) -> list[str]:
        """The first cell of each line: a column copied from a sheet may bring others along."""
        return [line.split("\t")[0] for line in self.cleaned_data["lines"].splitlines()]
