"""What new forms begin with: asked as the field's kind allows, and refused where it can't be read.

A default is kept as text and read each time a form is drawn, so that it may name an option.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kith.core.kinds.choices import Choice, Enum, YesNo
from kith.core.kinds.kind import Context, Invalid, Kind
from kith.core.kinds.texts import split_list
from kith.core.text import fold
from kith.reference.queries import Options


def first_question(asked: forms.Field, kind: Kind, first: str) -> forms.Field:
    """A dropdown for what can be chosen, else the text `asked`; `first` is what is stored."""
    choices = _choices(kind)
    if not choices:
        return asked
    known = [text for text, _label in choices]
    if first and first not in known:  # As it was typed before there was a dropdown.
        choices.append((first, first))
    return forms.ChoiceField(
        label=asked.label, choices=[("", ""), *choices], required=False, help_text=asked.help_text
    )


def _choices(kind: Kind) -> list[tuple[str, Any]]:
    if isinstance(kind, YesNo):
        return [("yes", _("Yes")), ("no", _("No"))]
    if isinstance(kind, Enum):
        return [(value, label) for value, label, _aliases in kind.options]
    if isinstance(kind, Choice):
        return [(each.name, each.name) for each in Options(kind.list_name).of(kind.list_name)]
    return []


def why_unfit(kind: Kind, first: str, options: Sequence[str], context: Context) -> Any:
    """What is wrong with a default, in words; None where nothing is. `options` are those that are
    typed for a field that is only being made."""
    if options:
        known = {fold(each) for each in options}
        texts = split_list(first, ",;\n") if kind.many else [first]
        return None if all(fold(each) in known for each in texts) else _no_option(first)
    try:
        value = kind.clean(first, context)
    except Invalid as problem:
        return problem.message
    found = value if isinstance(value, list) else [value]
    grown = any(isinstance(each, dict) and "new" in each for each in found)
    return _no_option(first) if grown else None


def _no_option(first: str) -> str:
    return _("“%(text)s” is not one of the options.") % {"text": first}
