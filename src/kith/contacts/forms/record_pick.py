"""Another contact as the value of a field."""

import re
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.contacts.forms.control import Control

_ID = re.compile(r"id:(\d{1,18})", re.ASCII)


class RecordPick(Control):
    """Another contact, found while one types. One that is hidden from the reader stays."""

    template = "options"
    many = False
    grow = False

    @property
    def url(self) -> str:
        return reverse("contacts:options", args=["contact"])

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        if not self.value:
            return []
        if not isinstance(self.value, int):
            return [(str(self.value), str(self.value), True)]
        name = self.field.kind.show(self.value, self.context)
        return [(f"id:{self.value}", name or _("(hidden from you)"), True)]

    def read(self, data: QueryDict) -> Any:
        text = self._text(data)
        match = _ID.fullmatch(text)
        return int(match[1]) if match else text

    def named_in(self, data: QueryDict) -> bool:
        return self.name in data and self._text(data) != f"id:{self.value}"

    def _text(self, data: QueryDict) -> str:
        """Without scripts a code or a name is written beside what is chosen: that counts more."""
        return next((each for each in reversed(data.getlist(self.name)) if each.strip()), "")
