"""What an administrator has made of a record type's fields: which there are, in what order.

The declarations are the beginning; a reader adds what the database says. It is asked once per
piece of work (a request, a job, a portion of an import), at the first glance at a field, and
reads again only when its version is another one.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, overload

from django.utils.functional import cached_property

from kith.core.fields import Field

Known = Mapping[str, "Shape"]
T = TypeVar("T")


@dataclass(frozen=True)
class Shape:
    """The fields of a record type in their order, and (name, label) of its sections."""

    fields: tuple[Field, ...]
    sections: tuple[tuple[str, Any], ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    @cached_property
    def searched(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.search)

    @cached_property
    def tracked(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.fields if each.tracked)

    @cached_property
    def custom(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.custom)

    def shown_in(self, section: str) -> Sequence[Field]:
        return [each for each in self.fields if each.section == section and not each.hidden]


class Reader(Protocol):
    def version(self) -> Any:
        """Another one whenever something has changed; one cheap query."""
        ...

    def shapes(self) -> Known: ...


class Shapes:
    """The shapes that this process knows, by the name of the record type."""

    def __init__(self) -> None:
        self._reader: Reader | None = None
        self._latest: tuple[Any, Known] = (None, {})
        self._pinned: ContextVar[Known | None] = ContextVar("shapes")

    def read_by(self, reader: Reader) -> None:
        self._reader = reader

    def look_again(self) -> None:
        """A new piece of work begins: ask at the next glance. It keeps what it then finds."""
        self._pinned.set(None)

    def forget(self) -> None:
        """As if nothing had ever been read."""
        self._latest = (None, {})
        self._pinned.set({})

    def of(self, name: str) -> Shape | None:
        known = self._pinned.get(self._latest[1])
        if known is None:
            known = self._ask()
        return known.get(name)

    def _ask(self) -> Known:
        self._pinned.set(self._latest[1])  # What the reader itself looks at must not ask again.
        if self._reader:
            version = self._reader.version()
            if version != self._latest[0]:
                self._latest = (version, self._reader.shapes())
        self._pinned.set(self._latest[1])
        return self._latest[1]


shapes = Shapes()


class Shaped(Generic[T]):
    """A part of a record type that is given when it is declared, and read from its shape."""

    def __init__(self, *default: T) -> None:
        self.default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __set__(self, instance: Any, value: T) -> None:
        instance.__dict__[f"declared_{self.name}"] = value

    @overload
    def __get__(self, instance: None, owner: type) -> "Shaped[T]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:  # The dataclass asks for the default.
            if not self.default:
                raise AttributeError(self.name)
            return self.default[0]
        return getattr(instance.shape, self.name)
