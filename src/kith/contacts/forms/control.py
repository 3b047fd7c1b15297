"""What the control of any field in a form can do."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kith.core.errors import Problem
from kith.core.fields import Field
from kith.core.kinds.kind import Context


@dataclasses.dataclass
class Control:
    """One field in a form. `value` is in wire form, or what was typed when that was refused;
    `types` are the types of contact that need it although others do not."""

    template: ClassVar[str] = "text"
    grouped: ClassVar[bool] = False

    field: Field
    context: Context
    value: Any = None
    required: bool = False
    errors: list[str] = dataclasses.field(default_factory=list)
    cautions: list[str] = dataclasses.field(default_factory=list)
    typed: bool = False
    types: list[str] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        """For controls that make something of what is stored."""

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def label(self) -> Any:
        return self.field.label

    @property
    def id_for_label(self) -> str:
        return f"id_{self.name}"

    @property
    def help_text(self) -> Any:
        return self.field.help

    @property
    def max_length(self) -> int:
        return int(getattr(self.field.kind, "max_length", 0) or 200)

    @property
    def input_type(self) -> str:
        return "text"

    @property
    def shown(self) -> str:
        """The text in the input."""
        if self.typed:
            return str(self.value or "")
        return self.field.kind.show(self.value, self.context)

    @property
    def coloured(self) -> list[tuple[Any, ...]]:
        """The options of a dropdown, each with its colour besides ("" for none)."""
        return [(*each, "") for each in getattr(self, "options", ())]

    def read(self, data: QueryDict) -> Any:
        """What was typed, to be cleaned by the field's kind."""
        return data.get(self.name, "")

    def named_in(self, data: QueryDict) -> bool:
        return self.name in data

    @property
    def html(self) -> SafeString:
        return render_to_string(f"contacts/control/{self.template}.html", {"control": self})


class ControlForm:
    """What forms made of controls have in common: `controls` by the names of their fields."""

    controls: Mapping[str, Control]
    non_field_errors: list[str]

    def __iter__(self) -> Iterator[Control]:
        return iter(self.controls.values())

    @property
    def errors(self) -> list[Any]:
        return [each for each in self if each.errors] + self.non_field_errors

    def complain(self, problems: Sequence[Problem]) -> None:
        """Put each problem beside its control; what has none is said above the form."""
        for problem in problems:
            control = self.controls.get(problem.field)
            errors = control.errors if control else self.non_field_errors
            if (said := said_with_link(problem)) not in errors:
                errors.append(said)


def said_with_link(problem: Problem) -> str:
    """The message; a contact that it names is a link, which leaves the form where it is."""
    message = str(problem.message)
    if problem.record is None:
        return message
    pk, words = problem.record
    before, _words, after = message.partition(words)
    url = reverse("contacts:card", args=[pk])
    link = format_html('<a href="{}" target="_blank"><bdi>{}</bdi></a>', url, words)
    return format_html("{}{}{}", before, link, after)
