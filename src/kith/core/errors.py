"""One small tree of errors. Each carries a code, a sentence for the person and an HTTP status.

A channel (pages, command line, later the API) translates them once; nothing else catches them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


class KithError(Exception):
    """Something that the person should be told, in words."""

    code = "error"
    status = 500
    default_message: Any = _("Something went wrong.")

    def __init__(self, message: Any = None, *, code: str | None = None) -> None:
        self.message = message or self.default_message
        self.code = code or self.code
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotFound(KithError):
    """Absent, or not for this user's eyes: the two look the same on purpose."""

    code = "not-found"
    status = 404
    default_message = _("There is nothing here, or it is not yours to see.")


class Forbidden(KithError):
    code = "forbidden"
    status = 403
    default_message = _("Your role does not allow this.")


class Refused(KithError):
    """The request can't be carried out as it was put."""

    code = "refused"
    status = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """One value that can't be taken. `index` is the draft's place in its set.

    `record`: the id of another record that the message names, and the words it names it by."""

    field: str
    code: str
    message: Any
    value: Any = None
    index: int = 0
    record: tuple[int, str] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "code": self.code,
            "message": str(self.message),
            "value": self.value,
        }


class Rejected(KithError):
    """A set of drafts was refused whole, for these problems."""

    code = "invalid"
    status = 422
    default_message = _("Some values need to be put right.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message if len(problems) == 1 else None)
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Clash:
    """Where a draft met a newer version: what the record holds now, by field."""

    record_id: int
    version: int
    now: dict[str, Any]


class Conflict(KithError):
    """Somebody else saved first; nothing was written."""

    code = "conflict"
    status = 409
    default_message = _("Somebody else changed this in the meantime.")

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__()
        self.clashes = list(clashes)
