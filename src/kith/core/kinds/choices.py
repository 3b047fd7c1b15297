"""Choices: yes or no, built-in options, options of reference lists, users."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from kith.core.kinds.kind import Context, Invalid, Kind, cell_text, unreadable
from kith.core.kinds.texts import check_count, join_list, split_list, too_long
from kith.core.text import fold, plain

_YES = frozenset(
    "yes y true t 1 on x ja j oui si sim da tak evet han haan co vrai wahr ✓ ✔".split()
)
_NO = frozenset(
    "no n false f 0 off nei nein non nao nej nie net hayir nahi nahin khong falsch faux ✗ ✘".split()
)


class YesNo(Kind):
    """True or False; empty is None."""

    widget = "yesno"

    def clean(self, raw: Any, context: Context) -> bool | None:
        text = plain(cell_text(raw)).lower()
        if not text:
            return None
        if text in _YES or fold(text) in _YES:
            return True
        if text in _NO or fold(text) in _NO:
            return False
        raise Invalid("not-yes-or-no", _("Write yes or no."), text[:100])

    def show(self, value: Any, context: Context) -> str:
        return "" if value is None else str(_("Yes") if value else _("No"))

    def export(self, value: Any, context: Context) -> str | None:
        return None if value is None else "Yes" if value else "No"

    def to_db(self, value: Any) -> Any:
        return value


class Enum(Kind):
    """One of a few built-in options: (value, label, other spellings)."""

    widget = "enum"

    def __init__(self, options: tuple[tuple[str, Any, tuple[str, ...]], ...]) -> None:
        self.options = options
        self._values = {fold(value): value for value, _label, _aliases in options}

    def clean(self, raw: Any, context: Context) -> str | None:
        text = plain(cell_text(raw))
        if not text:
            return None
        found = self._values.get(fold(text)) or self._by_name(fold(text))
        if found is None:
            raise unknown_option(text, [str(label) for _value, label, _aliases in self.options])
        return found

    def _by_name(self, folded: str) -> str | None:
        for value, label, aliases in self.options:
            if folded in (fold(str(label)), *(fold(alias) for alias in aliases)):
                return value
        return None

    def label(self, value: str) -> str:
        return next((str(label) for v, label, _aliases in self.options if v == value), value)

    def show(self, value: Any, context: Context) -> str:
        return self.label(value) if value else ""


class Choice(Kind):
    """An option of a reference list: its id, or {"new": text} where the list may grow."""

    widget = "choice"
    max_length = 100

    def __init__(self, list_name: str, *, grow: bool = False) -> None:
        self.list_name = list_name
        self.grow = grow

    def clean(self, raw: Any, context: Context) -> int | dict[str, str] | None:
        return find_option(self, raw, context)

    def show(self, value: Any, context: Context) -> str:
        return option_label(value, context)

    def to_db(self, value: Any) -> Any:
        return value

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        label = option_label(value, context) if context else ""
        return [label] if label else []


class Choices(Kind):
    """Several options of a reference list, in the order given, none twice."""

    many = True
    widget = "choices"
    max_length = 100

    def __init__(self, list_name: str, *, grow: bool = False, max_items: int = 200) -> None:
        self.list_name = list_name
        self.grow = grow
        self.max_items = max_items

    def clean(self, raw: Any, context: Context) -> list[int | dict[str, str]]:
        found: dict[Any, int | dict[str, str]] = {}
        for item in self._items(raw, context):
            value = find_option(self, item, context)
            if value is not None:
                found.setdefault(fold(value["new"]) if isinstance(value, dict) else value, value)
        check_count(found, self.max_items)
        return list(found.values())

    def _items(self, raw: Any, context: Context) -> list[Any]:
        """An option whose own name has a comma is itself, not two."""
        if isinstance(raw, dict) or (isinstance(raw, int) and not isinstance(raw, bool)):
            return [raw]
        if isinstance(raw, str) and known_option(self.list_name, raw, context) is not None:
            return [raw]
        return split_list(raw, ",;\n")

    def alters(self, before: Any, value: Any) -> bool:
        """The order in which options were ticked says nothing. Either may hold new options, where
        two rows of a sheet say something of one record."""
        return sorted(before or (), key=str) != sorted(value or (), key=str)

    def show(self, value: Any, context: Context) -> str:
        return join_list([option_label(item, context) for item in value or []])

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        """By name: a document must not tell in which order they were ticked, since what is stored
        does not."""
        labels = [option_label(item, context) for item in value or []] if context else []
        return sorted(label for label in labels if label)


class User(Kind):
    """A user of Kith (id), given by e-mail, name or employee code."""

    widget = "user"

    def clean(self, raw: Any, context: Context) -> int | None:
        if isinstance(raw, int) and not isinstance(raw, bool) and not context.from_sheet:
            if not user_label(raw, context):
                raise Invalid("unknown-user", _("There is no such user."), raw)
            return raw
        text = plain(cell_text(raw))
        if not text:
            return None
        found = context.users.find(text) if context.users else None
        if found is None:
            message = _(
                "There is no such user. Give an e-mail address, a name or an employee code."
            )
            raise Invalid("unknown-user", message, text[:100])
        return found

    def show(self, value: Any, context: Context) -> str:
        return "" if value is None else user_label(value, context)

    def to_db(self, value: Any) -> Any:
        return value


def user_label(user_id: int, context: Context) -> str:
    try:
        return context.users.label(user_id) if context.users else ""
    except LookupError:
        return ""


def option_label(value: Any, context: Context) -> str:
    """The label of an option id or of a new option; '' when there is none."""
    if isinstance(value, dict):
        return str(value.get("new", ""))
    if context.labels is not None:
        return context.labels.get(value, "")
    if value is None or context.options is None:
        return ""
    try:
        return context.options.label(value)
    except LookupError:
        return ""


def known_option(list_name: str, text: str, context: Context) -> int | None:
    text = plain(text)
    return context.options.find(list_name, text) if text and context.options else None


def _holds(list_name: str, option_id: int, context: Context) -> bool:
    """Whether an id is an option of this very list; a book may say so by itself."""
    holds = getattr(context.options, "holds", None)
    if holds:
        return bool(holds(list_name, option_id))
    label = option_label(option_id, context)
    return bool(label) and known_option(list_name, label, context) == option_id


def find_option(kind: Choice | Choices, raw: Any, context: Context) -> Any:
    """The id, None for an empty value, {"new": text} in a list that may grow; raises Invalid."""
    if isinstance(raw, dict):
        raw = _new_text(raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and not context.from_sheet:
        if _holds(kind.list_name, raw, context):
            return raw
        raise Invalid("unknown-option", _("There is no such option."), raw)
    text = plain(cell_text(raw))
    if not text:
        return None
    found = known_option(kind.list_name, text, context)
    if found is not None:
        return found
    meant = context.spelt.get(kind.list_name, {})
    if (folded := fold(text)) in meant:
        return meant[folded]
    return _new_option(kind, text, context)


def may_grow(kind: Choice | Choices, context: Context) -> bool:
    """Whether whoever gives a value may name an option that its list does not have yet."""
    return context.grows or context.growing.get(kind.list_name, kind.grow)


def _new_text(raw: dict[Any, Any]) -> str:
    text = raw.get("new")
    if not isinstance(text, str):
        raise unreadable(raw)
    return text


def _new_option(kind: Choice | Choices, text: str, context: Context) -> dict[str, str]:
    if len(text) > kind.max_length:
        raise too_long(text, kind.max_length)
    if may_grow(kind, context):
        return {"new": text}
    listing = getattr(context.options, "labels", None)
    raise unknown_option(text, listing(kind.list_name) if listing else [])


def unknown_option(text: str, labels: Iterable[str]) -> Invalid:
    """Says which options are spelt nearly so, or what there is when there is little."""
    labels = list(labels)
    near = near_spellings(text, labels)
    message = _("“{text}” is not an option here.")
    if near:
        message = _("“{text}” is not an option here: did you mean {near}?")
    elif labels and len(labels) <= 12:
        message = _("“{text}” is not an option here. Choose one of: {all}.")
    shown = format_lazy(message, text=text[:60], near=" / ".join(near), all=", ".join(labels))
    return Invalid("unknown-option", shown, text[:100])


def near_spellings(text: str, candidates: list[str], limit: int = 3) -> list[str]:
    hits = process.extract(
        text, candidates, scorer=fuzz.ratio, processor=fold, limit=limit, score_cutoff=72
    )
    return [hit[0] for hit in hits]
