"""The input of a field: how it is drawn, and how what came back from the page is read.

One class for each way of typing; `CONTROLS` says which kind of value uses which. A new kind needs
a line here, and a template when it looks like none of the others.
"""

import json
import re
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kith.contacts.context import audiences_of, options_of, users_of
from kith.contacts.display import colour_of, flaw_of
from kith.contacts.fields.origin import SECOND_CHOICES
from kith.contacts.forms.audience import AudiencePick
from kith.contacts.forms.control import Control
from kith.contacts.forms.entries import Entries
from kith.contacts.forms.record_pick import RecordPick
from kith.contacts.settling import BLANK
from kith.core.fields import Field, Value
from kith.core.kinds.choices import may_grow
from kith.core.kinds.kind import Context
from kith.reference.queries import Options

INLINE_OPTIONS = 60
"""A list with more options than this is asked for while one types."""
_OPTION_ID = re.compile(r"id:(\d{1,18})", re.ASCII)


class Line(Control):
    pass


class Several(Line):
    """Texts with commas between them; in a form Enter writes the comma."""

    several = True


class OneLine(Line):
    """A single phone."""

    @property
    def input_type(self) -> str:
        return "tel"


class Lines(Control):
    template = "longtext"

    @property
    def shown(self) -> str:
        return str(self.value or "")


class Suggested(Control):
    """A text for which the server offers completions while one types."""

    template = "suggested"

    @property
    def url(self) -> str:
        zone = self.field.kind.widget == "time_zone"
        url = reverse("contacts:options", args=["time_zone" if zone else self.name])
        # Where the country is not on the form (a fact being changed), it is the stored one.
        country = self.context.country if self.depends_on else ""
        return f"{url}?country={country}" if country else url

    @property
    def depends_on(self) -> str:
        return "country" if self.name == "city" or self.field.kind.widget == "state" else ""

    @property
    def grow(self) -> bool:
        return BY_NAME.get(self.name) is Suggested


class Number(Control):
    @property
    def shown(self) -> str:
        return "" if self.value is None else str(self.value)


class Amount(Number):
    """Money; the currency that it is in stands behind it."""

    @property
    def unit(self) -> str:
        return self.context.currency


class Pick(Control):
    """One of a few built-in options."""

    template = "pick"

    @property
    def may_be_empty(self) -> bool:
        return not self.field.required and not isinstance(BLANK.get(self.name), str)

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label, _aliases in self.field.kind.options]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        return str(self.value or BLANK.get(self.name) or "")


class YesNo(Pick):
    @cached_property
    def options(self) -> list[tuple[str, str]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    @property
    def chosen(self) -> str:
        if self.typed:
            return str(self.value or "")
        return "" if self.value is None else "yes" if self.value else "no"


class Rating(Pick):
    @cached_property
    def options(self) -> list[tuple[str, str]]:
        return [(str(n), "★" * n + "☆" * (5 - n)) for n in range(1, 6)]


class UserPick(Control):
    template = "options"
    many = False
    grow = False
    url = ""

    @cached_property
    def options(self) -> list[tuple[str, str, bool]]:
        users = list(users_of(self.context).choices())
        chosen = self.value if isinstance(self.value, int) else None
        if chosen is not None and chosen not in dict(users):
            users.append((chosen, self.field.kind.show(chosen, self.context)))
        return [(f"id:{pk}", name, pk == chosen) for pk, name in users]

    def read(self, data: QueryDict) -> Any:
        match = _OPTION_ID.fullmatch(data.get(self.name, ""))
        return int(match[1]) if match else data.get(self.name, "")


class GroupPick(Control):
    """Divisions or teams of the firm itself."""

    template = "options"
    many = True
    grow = False
    url = ""

    @cached_property
    def options(self) -> list[tuple[str, str, bool]]:
        sort = self.field.kind.sort  # type: ignore[attr-defined]
        chosen = [each for each in self.value or [] if isinstance(each, int)]
        groups = audiences_of(self.context).groups.items()
        mine = [
            (int(token.partition(":")[2]), name, archived)
            for token, (name, _folded, archived) in groups
            if token.startswith(sort)
        ]
        return [
            (f"id:{pk}", name, pk in chosen)
            for pk, name, archived in mine
            if pk in chosen or not archived
        ]

    def read(self, data: QueryDict) -> Any:
        texts = [text for text in data.getlist(self.name) if text.strip()]
        return [int(m[1]) if (m := _OPTION_ID.fullmatch(text)) else text for text in texts]


class OptionPick(Control):
    """Options of a reference list; what is typed and not there becomes a new one, if it may."""

    template = "options"

    @property
    def many(self) -> bool:
        return self.field.kind.many

    @property
    def grow(self) -> bool:
        return may_grow(self.field.kind, self.context)  # type: ignore[arg-type]

    @property
    def list_name(self) -> str:
        return str(self.field.kind.list_name)  # type: ignore[attr-defined]

    @property
    def book(self) -> Options:
        return options_of(self.context)

    @cached_property
    def offered(self) -> list[Any]:
        return self.book.of(self.list_name)

    @property
    def url(self) -> str:
        long = len(self.offered) > INLINE_OPTIONS
        return reverse("contacts:options", args=[self.list_name]) if long else ""

    @cached_property
    def options(self) -> list[tuple[str, str, bool]]:
        chosen = self.value if isinstance(self.value, list) else [self.value]
        ids = [each for each in chosen if isinstance(each, int)]
        shown = [] if self.url else [(each.id, each.name) for each in self.offered]
        known = {pk for pk, _name in shown}
        shown += [(pk, self._label(pk)) for pk in ids if pk not in known]
        found = [(f"id:{pk}", name, pk in ids) for pk, name in shown]
        new = [each["new"] if isinstance(each, dict) else each for each in chosen]
        return found + [(text, text, True) for text in new if isinstance(text, str) and text]

    @property
    def coloured(self) -> list[tuple[Any, ...]]:
        ids = ((each, _OPTION_ID.fullmatch(each[0])) for each in self.options)
        return [(*each, colour_of(int(m[1]) if m else None, self.context)) for each, m in ids]

    def _label(self, pk: int) -> str:
        entry = self.book.get(pk)
        return entry.name if entry else ""

    def read(self, data: QueryDict) -> Any:
        raw = [self._read_one(text) for text in data.getlist(self.name) if text.strip()]
        if self.many:
            return raw
        return raw[-1] if raw else None

    def _read_one(self, text: str) -> Any:
        """An id is taken only when the reader may know it: others are not to be tried out."""
        match = _OPTION_ID.fullmatch(text)
        entry = self.book.standing(int(match[1])) if match else None
        if match:  # 0 is nobody's id, and refused by the kind.
            return entry.id if entry and self._knows(entry) else 0
        return {"new": text} if self.grow else text

    def _knows(self, entry: Any) -> bool:
        """One of this list, and either offered or held already."""
        held = self.value if isinstance(self.value, list) else [self.value]
        known = entry.id in held or self.book.may_tell(entry)
        return known and entry.list_name == self.list_name


class SegmentPick(OptionPick):
    """The segments of the industry that is chosen beside it, or else is stored (`within`)."""

    depends_on = "industry"
    within: Any = None

    @property
    def known(self) -> list[str]:
        """Offered without scripts: the segments of the industry that is stored, else all."""
        fitting = [e for e in self.offered if e.attributes.get("industry") == self.within]
        return [each.name for each in (fitting if self.within else self.offered)[:INLINE_OPTIONS]]

    @property
    def url(self) -> str:
        url = reverse("contacts:options", args=[self.list_name])
        return f"{url}?industry={self.within}" if isinstance(self.within, int) else url


class ReferencePick(OptionPick):
    """Each option may ask a second question; the page shows the one that is asked."""

    @property
    def asks(self) -> str:
        return json.dumps(
            {
                f"id:{each.id}": SECOND_CHOICES[each.attributes["asks"]]
                for each in self.offered
                if each.attributes.get("asks") in SECOND_CHOICES
            }
        )


class Official(Line):
    """An official number; that the stored one is doubtful stands beside it."""

    def __post_init__(self) -> None:
        self.cautions += filter(None, [flaw_of(self.field.kind, self.value)])


class Hidden(Control):
    """A sensitive value: shown masked, and replaced only by what is typed anew."""

    template = "sealed"

    def __post_init__(self) -> None:
        self.stored = self.value
        self.cautions += filter(None, [flaw_of(self.field.kind, self.value)])

    @property
    def shown(self) -> str:
        return self.value if isinstance(self.value, str) else ""

    @property
    def mask(self) -> str:
        return self.field.kind.show(self.stored, self.context)

    def read(self, data: QueryDict) -> Any:
        typed = data.get(self.name, "").strip()
        if typed or f"{self.name}-remove" in data:
            return typed
        return self.stored


CONTROLS: dict[str, type[Control]] = {
    "text": Line,
    "texts": Several,
    "date": Line,
    "longtext": Lines,
    "number": Number,
    "money": Amount,
    "stars": Rating,
    "enum": Pick,
    "yesno": YesNo,
    "user": UserPick,
    "groups": GroupPick,
    "audience": AudiencePick,
    "choice": OptionPick,
    "choices": OptionPick,
    "one_phone": OneLine,
    "position": Line,
    "time_zone": Suggested,
    "country": Suggested,
    "state": Suggested,
    "phone": Entries,
    "email": Entries,
    "url": Entries,
    "social": Entries,
    "sealed": Hidden,
    "identifier": Official,
    "percent": Number,
    "currency": Suggested,
    "language": Suggested,
    "record": RecordPick,
}
BY_NAME: dict[str, type[Control]] = {
    "company": Suggested,
    "city": Suggested,
    "segment": SegmentPick,
    "reference": ReferencePick,
}
"""Fields that are drawn in a way of their own: texts for which stored ones are offered, choices
that depend on each other."""


def editable(field_: Field) -> bool:
    """Whether people may change the field in a form or on the card."""
    typed = not (field_.system or field_.given)
    return typed and field_.kind.widget in CONTROLS


def control_for(field_: Field, context: Context, value: Value = None) -> Control:
    made = BY_NAME.get(field_.name) or CONTROLS[field_.kind.widget]
    return made(field_, context, value, required=field_.required)
