"""An official number: {"value": normal form, "verified": whether it passed its checks}."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core.identifiers import compact, read_identifier
from kith.core.kinds.kind import Cell, Context, Invalid, Kind, cell_text
from kith.core.kinds.texts import too_long
from kith.core.text import plain


class Identifier(Kind):
    """`verified` is None where there is nothing to check it by. One that fails its check is kept
    as it was typed, with a caution: what comes of that is the field's policy."""

    widget = "identifier"
    max_length = 60

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme

    def clean(self, raw: Any, context: Context) -> dict[str, Any] | None:
        text = plain(cell_text(raw.get("value") if isinstance(raw, dict) else raw))
        if not text:
            return None
        if len(text) > self.max_length:
            raise too_long(text, self.max_length)
        if not compact(text):
            raise Invalid("identifier-empty", _("Write a number, with a letter or digit."), text)
        number = read_identifier(self.scheme, text, context.home)
        if number.flaw:
            context.warn(number.flaw.code, number.flaw.message, text)
        return {"value": number.value, "verified": number.verified}

    def accept(self, value: Any) -> Any:
        """Doubtful numbers are taken without a word: they are not marked either."""
        return value and value | {"verified": None}

    def show(self, value: Any, context: Context) -> str:
        return str(value["value"]) if value else ""

    def export(self, value: Any, context: Context) -> Cell:
        return self.show(value, context) or None

    def alters(self, before: Any, value: Any) -> bool:
        """That a number has not been checked, where it was, is no change of it: a sheet may be
        read with another country in mind."""
        if not (before and value) or before["value"] != value["value"]:
            return bool(before != value)
        known = {before["verified"], value["verified"]}
        return None not in known and len(known) > 1

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        """As it stands and without what is between its parts, so that either finds it."""
        return [value["value"], compact(value["value"])] if value else []


def identifier_key(value: Any) -> str:
    """By what a number is found again, however it was typed."""
    return compact(value["value"]) if value else ""
