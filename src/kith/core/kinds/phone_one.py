"""A single phone, kept in E.164 as the lists of phones are."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core.kinds.kind import Context, Invalid, Kind
from kith.core.kinds.phone import Phone, phone_text


class OnePhone(Kind):
    """Where there is room for one number only: the phone of a place."""

    widget = "one_phone"
    max_length = 60
    _phones = Phone()

    def clean(self, raw: Any, context: Context) -> str | None:
        found = self._phones.clean(raw, context)
        if len(found) > 1:
            raise Invalid("phone-several", _("Only one number fits here."), str(raw)[:100])
        return found[0]["value"] if found else None

    def show(self, value: Any, context: Context) -> str:
        return phone_text(value, context.default_country) if value else ""

    def export(self, value: Any, context: Context) -> str | None:
        return value or None

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        return self._phones.search_terms([{"value": value}]) if value else []
