"""What the firm is called, where it is, and how it writes days and numbers."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from kith.core import countries
from kith.core.habits import DATE_FORMATS, NUMBER_FORMATS, in_figures
from kith.core.languages import locale_of, reader_language
from kith.core.time_zones import time_zones
from kith.files.pictures import MOST_BYTES
from kith.reference.company import currency_of
from kith.web.forms import LongSelect

PICTURES = "image/jpeg,image/png,image/webp,image/gif"
EXAMPLE = dt.date(2025, 12, 31)
"""No two of its parts can be taken for each other."""


class CompanyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Stands in the navigation and on the sign-in page."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF. Only the picture is kept, not camera and place."),
        widget=forms.FileInput({"accept": PICTURES}),
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        help_text=_("How phone numbers without a country code are read, and how numbers look."),
        widget=LongSelect(),
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        help_text=_("What amounts are in, where a contact has no currency of its own."),
        widget=LongSelect(),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("For everybody who has not chosen their own."),
        widget=LongSelect(),
    )
    date_format = forms.ChoiceField(label=_("Dates"), required=False)
    number_format = forms.ChoiceField(label=_("Numbers"), required=False)
    first_weekday = forms.TypedChoiceField(
        label=_("The week begins on"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("What “this week” and “last week” mean in searches and filters."),
    )
    holds_hidden = forms.TypedChoiceField(
        label=_("Imported rows that match a contact hidden from the importer"),
        required=False,
        coerce=lambda text: text == "hold",
        choices=[("", _("Become new contacts")), ("hold", _("Are held back"))],
        help_text=_(
            "As new contacts nobody learns that there is one already, and you then have two. Held "
            "back, the importer is told to ask an administrator, without a name or a reason."
        ),
    )

    def __init__(self, *args: Any, logo: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("country", _countries())
        self._offer("currency", _currencies())
        zone = _("As installed (%(zone)s)") % {"zone": settings.TIME_ZONE}
        self._offer("time_zone", [("", zone), *((name, name) for name in time_zones())])
        self._offer("date_format", _date_formats())
        own = [("", _("As usual in the country"))]
        self._offer("number_format", [*own, *((each, f"{each}") for each in NUMBER_FORMATS)])
        days = [(str(number), name) for number, name in WEEKDAYS.items()]
        self._offer("first_weekday", [("", _("As usual in the country")), *days])
        if not logo:
            del self.fields["remove_logo"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_logo(self) -> Any:
        file = self.cleaned_data["logo"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This picture is too large."), code="too-large")
        return file

    @property
    def values(self) -> dict[str, Any]:
        """What goes into the row: everything but the logo's own controls."""
        names = set(self.cleaned_data) - {"logo", "remove_logo"}
        return {name: self.cleaned_data[name] or None for name in names - {"first_weekday"}} | {
            "first_weekday": self.cleaned_data["first_weekday"]
        }


def _countries() -> list[tuple[str, Any]]:
    known = list(countries.countries(reader_language()))
    default = countries.country_name(settings.DEFAULT_COUNTRY, reader_language())
    return [("", _("As installed (%(country)s)") % {"country": default}), *known]


def _currencies() -> list[tuple[str, Any]]:
    names = locale_of(reader_language()).currencies
    present = sorted({currency_of(iso) for iso, _name in countries.countries("en")} - {""})
    shown = [(code, f"{code}  {names.get(code, '')}") for code in present]
    return [("", _("As usual in the country")), *shown]


def _date_formats() -> list[tuple[str, Any]]:
    figures = [(each, in_figures(EXAMPLE, each)) for each in DATE_FORMATS]
    return [("", _("In words: 31 Dec 2025")), *figures]
