"""Currencies (ISO 4217) and languages (BCP 47), by code or by name."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pycountry
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.choices import near_spellings
from kith.core.kinds.kind import Context, Invalid, Kind, cell_text
from kith.core.languages import locale_of, reader_language
from kith.core.text import fold, plain

LANGUAGES = (
    "ar bg bn ca cs da de el en es et fa fi fr gu he hi hr hu id is it ja kn ko lt lv ml mr ms nb"
    " nl nn or pa pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur vi zh"
).split()


class Coded(Kind):
    """One of a list of codes that others keep; its name may stand for it."""

    unknown: Any = ""

    def codes(self) -> Mapping[str, str]:
        """The codes by folded code and by folded name."""
        raise NotImplementedError

    def names(self) -> Mapping[str, str]:
        """Names to be offered, by code."""
        raise NotImplementedError

    def clean(self, raw: Any, context: Context) -> str | None:
        text = plain(cell_text(raw))
        if not text:
            return None
        codes = self.codes()
        found = codes.get(fold(text)) or codes.get(fold(text.split(" ")[0]))
        if found is None:
            raise self._unknown(text)
        return found

    def _unknown(self, text: str) -> Invalid:
        near = near_spellings(text, list(self.names().values()), limit=1)
        message = _("{what} Did you mean {near}?") if near else "{what}"
        said = format_lazy(message, what=self.unknown, near=" ".join(near))
        return Invalid("unknown-code", said, text[:100])


class Currency(Coded):
    """INR, or a name like 'Indian Rupee'; INR is what is shown."""

    widget = "currency"
    unknown = _("There is no such currency. Write its three letters, like INR.")

    def codes(self) -> Mapping[str, str]:
        return _currencies()

    def names(self) -> Mapping[str, str]:
        return _currency_names(reader_language())


class Language(Coded):
    """A language by its code, its name in English, in the reader's language or in its own."""

    widget = "language"
    unknown = _("There is no such language here. Write its name, like English.")

    def codes(self) -> Mapping[str, str]:
        return _languages(reader_language())

    def names(self) -> Mapping[str, str]:
        return {code: _language(code, reader_language()) for code in LANGUAGES}

    def show(self, value: Any, context: Context) -> str:
        return _language(value, reader_language()) if value else ""

    def export(self, value: Any, context: Context) -> str | None:
        return _language(value, "en") if value else None


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    named = {fold(each.name): each.alpha_3 for each in pycountry.currencies}
    return named | {each.alpha_3.lower(): each.alpha_3 for each in pycountry.currencies}


@lru_cache(maxsize=16)
def _currency_names(language: str) -> dict[str, str]:
    names = locale_of(language).currencies
    codes = sorted(each.alpha_3 for each in pycountry.currencies)
    return {code: f"{code} {names.get(code, '')}".strip() for code in codes}


@lru_cache(maxsize=16)
def _languages(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in LANGUAGES:
        own = locale_of(code).languages.get(code, code)
        for name in (own, _language(code, language), _language(code, "en"), code):
            found[fold(name)] = code
    return found


def _language(code: str, reader: str) -> str:
    return str(locale_of(reader).languages.get(code, code))
