"""Which function does which kind of job. A slice's `apps.ready` imports its `jobs` room."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the person reads when the job is done, and where the result is."""

    message: str = ""
    url: str = ""


# Called as function(progress, **arguments).
JobFunction: TypeAlias = "Callable[..., Outcome | None]"

_functions: dict[str, JobFunction] = {}
_permissions: dict[str, str] = {}


def kind(name: str, *, permission: str = "") -> Callable[[JobFunction], JobFunction]:
    """@kind("import") def run_import(progress: Progress, **arguments) -> Outcome | None.

    `permission` is what its user must have, and still have at each step.
    """

    def register(function: JobFunction) -> JobFunction:
        if _functions.setdefault(name, function) is not function:
            raise ValueError(f"Two functions for jobs of kind {name!r}")
        _permissions[name] = permission
        return function

    return register


def permission_for(name: str) -> str:
    return _permissions.get(name, "")


def function_for(name: str) -> JobFunction:
    """Raises LookupError for a kind that no slice registered."""
    try:
        return _functions[name]
    except KeyError:
        raise LookupError(f"No slice registered jobs of kind {name!r}") from None
