"""Countries (ISO 3166-1 alpha-2) and states (ISO 3166-2, or text where none is found)."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.core import countries
from kith.core.kinds.kind import Context, Invalid, Kind, cell_text
from kith.core.kinds.texts import too_long
from kith.core.languages import reader_language
from kith.core.text import plain


class Country(Kind):
    """A country by name (English, its own language, the reader's), ISO code or common form."""

    widget = "country"

    def clean(self, raw: Any, context: Context) -> str | None:
        text = plain(cell_text(raw))
        if not text:
            return None
        found = countries.find_country(text, get_language() or "", context.default_country)
        if found is None:
            raise _unknown(text)
        return found

    def show(self, value: Any, context: Context) -> str:
        return countries.country_name(value, reader_language()) if value else ""

    def export(self, value: Any, context: Context) -> str | None:
        return countries.country_name(value) if value else None

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        return [countries.country_name(value)] if value else []


class State(Kind):
    """A state, province or county of the row's country; unknown ones stay as typed."""

    widget = "state"
    max_length = 100

    def clean(self, raw: Any, context: Context) -> str | None:
        text = plain(cell_text(raw))
        if not text:
            return None
        if len(text) > self.max_length:
            raise too_long(text, self.max_length)
        found = countries.find_state(context.home, text)
        if found is None and countries.has_states(context.home):
            context.warn("unknown-state", _("This state is not known in its country."), text)
        return found or text

    def show(self, value: Any, context: Context) -> str:
        return countries.state_name(value) if value else ""

    def export(self, value: Any, context: Context) -> str | None:
        """The name, or the code where the name alone would not be found again."""
        if not value:
            return None
        name = countries.state_name(value)
        return name if countries.find_state(value[:2], name) == value or name == value else value

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        return [countries.state_name(value)] if value else []


def _unknown(text: str) -> Invalid:
    near = countries.near_countries(text)
    message = _("“{text}” is not a country.")
    if near:
        message = _("“{text}” is not a country: did you mean {near}?")
    return Invalid("unknown-country", format_lazy(message, text=text[:60], near=" / ".join(near)),
                   text[:100])  # fmt: skip
