"""On what labels are printed, and from which place on."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.contacts.labels.sheets import FIRST, OWN, SHEETS, Sheet, choices

SIZES = (
    ("page_width", _("Sheet: width"), 210, 30, 1_000),
    ("page_height", _("Sheet: height"), 297, 30, 1_000),
    ("left", _("Margin at the left"), 7, 0, 500),
    ("top", _("Margin at the top"), 15, 0, 500),
    ("width", _("Label: width"), 64, 15, 1_000),
    ("height", _("Label: height"), 38, 10, 1_000),
    ("gap_x", _("Gap beside it"), 2.5, 0, 200),
    ("gap_y", _("Gap below it"), 0, 0, 200),
)
COUNTS = (("columns", _("Labels across"), 3, 20), ("rows", _("Labels down"), 7, 60))
MEASURES = (*(name for name, *_rest in SIZES), *(name for name, *_rest in COUNTS))


class LabelsForm(forms.Form):
    sheet = forms.ChoiceField(label=_("Print on"), initial=FIRST.code)
    start = forms.IntegerField(
        label=_("First free label"),
        help_text=_("A sheet that was begun can be used up: count line by line."),
        min_value=1,
        initial=1,
        required=False,
    )
    sender = forms.CharField(
        label=_("Sender"),
        help_text=_("Printed at the upper left of envelopes; leave it empty for printed ones."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = choices()  # type: ignore[attr-defined]
        for name, label, usual, least, most in SIZES:
            self.fields[name] = forms.FloatField(
                label=label, initial=usual, min_value=least, max_value=most, required=False
            )
        for name, label, usual, most in COUNTS:
            self.fields[name] = forms.IntegerField(
                label=label, initial=usual, min_value=1, max_value=most, required=False
            )

    @property
    def measures(self) -> list[forms.BoundField]:
        return [self[name] for name in MEASURES]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("sheet") == OWN and not self.errors:
            self._clean_own(values)
        if not self.errors:
            # A place that the sheet has not got: what remains of another, larger one.
            values["start"] = min(values.get("start") or 1, self.chosen().per_page)
        return values

    def _clean_own(self, values: dict[str, Any]) -> None:
        for name in MEASURES:
            if values.get(name) is None:
                self.add_error(name, gettext("Needed for a size of your own."))
        if not self.errors and not self.chosen().fits():
            self.add_error("page_width", gettext("The labels do not fit on this sheet."))

    def chosen(self) -> Sheet:
        code = self.cleaned_data["sheet"]
        if code != OWN:
            return SHEETS[code]
        sizes = {name: self.cleaned_data[name] for name in MEASURES}
        return Sheet(OWN, gettext("A size of your own"), **sizes)


def usual() -> dict[str, Any]:
    """What the form begins with."""
    return {name: field.initial for name, field in LabelsForm().fields.items()} | {"sender": ""}
