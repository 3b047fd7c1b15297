"""The parts of a query once it has been read. All texts are folded; places count characters."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """Any part of a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a whole word goes: ? is one character, * any run of them."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Whole words that stand together."""

    text: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A word that is spelt about so. `near`, once it was looked up: the words there are, those
    that differ least first: near[0] in nothing, near[1] in one letter, near[2] in two."""

    text: str
    near: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """field:value. `operator` is "", "=", ">", ">=", "<" or "<="; any of `values` will do.

    `start` and `end` say where it stands in what was typed, `word` what the field was called there.
    """

    name: str
    operator: str
    values: tuple[str, ...]
    start: int
    end: int
    word: str = dataclass_field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    part: "Part"
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Part", ...]


Text: TypeAlias = Word | Pattern | Phrase | Similar
Part: TypeAlias = Text | Named | Not | All | Either


def within(part: Part) -> Iterator[Part]:
    """The part itself and all that it is made of."""
    yield part
    if isinstance(part, Not):
        yield from within(part.part)
    elif isinstance(part, All | Either):
        for each in part.parts:
            yield from within(each)


def is_text(part: Part) -> bool:
    """Whether documents alone answer it."""
    return not any(isinstance(each, Named) for each in within(part))
