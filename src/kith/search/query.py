"""What somebody typed into the search box, read. Any text at all gives a query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from lark import ParseTree
from lark.exceptions import UnexpectedInput
from rapidfuzz import fuzz, process

from kith.core.text import digits, fold
from kith.search.closing import closed
from kith.search.grammar import PHONE, Reader, field_key, parser
from kith.search.syntax import All, Either, Named, Not, Part, Phrase, Word, is_text, within

LONGEST = 1_000
MOST_PARTS = 60
"""More of a query than this is not read: nobody types it, and each part costs."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What could not be read, and where: the characters from `start` to `end`."""

    message: str
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """`typed` as it came; `tree` what it means; `complaints` what of it was not understood.
    What `is_too_much` was not read at all, and finds nothing."""

    typed: str = ""
    tree: All = field(default_factory=All)
    complaints: tuple[Complaint, ...] = ()
    is_too_much: bool = False

    def __bool__(self) -> bool:
        return bool(self.tree.parts)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The plain words that must occur."""
        texts = [each.text for each in self.tree.parts if isinstance(each, Word | Phrase)]
        return tuple(dict.fromkeys(texts))

    @cached_property
    def text(self) -> str:
        """The plain words, one after the other."""
        return " ".join(self.words)

    @cached_property
    def wording(self) -> All:
        """The parts that documents answer."""
        return All(tuple(each for each in self.tree.parts if is_text(each)))

    @cached_property
    def conditions(self) -> tuple[Part, ...]:
        """The other parts: those that ask for the value of a field."""
        return tuple(each for each in self.tree.parts if not is_text(each))

    @property
    def is_plain(self) -> bool:
        """Whether the wording is words and nothing else, so that names can begin with it."""
        return bool(self.words) and all(isinstance(each, Word) for each in self.wording.parts)

    def without(self, *parts: Part) -> str:
        """What was typed, less these parts (fields, and exclusions of them)."""
        text = self.typed
        for part in sorted(parts, key=lambda each: -_span(each)[0]):
            start, end = _span(part)
            text = text[:start] + text[end:]
        return " ".join(text.split())


def read_query(text: str, names: Mapping[str, str] | None = None) -> Query:
    """`names` are the fields that can be asked for, by the folded names they go by.

    A phone number in any form becomes its digits; "words in quotes" stand together.
    """
    text = text.replace("\0", " ")[:LONGEST]
    number = digits(text) if PHONE.match(text.strip()) else ""
    if len(number) >= 3:
        return Query(text, All((Word(_national(number)),)))
    if not text.strip():
        return Query(text)
    tree, complaints = _parse(text, dict(names or {}))
    if sum(1 for _each in within(tree)) > MOST_PARTS:
        said = _("This is more than can be searched for at once.")
        return Query(text, complaints=(Complaint(said, 0, 0),), is_too_much=True)
    return Query(text, _without_blanks(tree), tuple(complaints))


def _parse(text: str, names: dict[str, str]) -> tuple[Part, list[Complaint]]:
    reader = Reader(names)
    complaints: list[Complaint] = []
    try:
        tree: ParseTree | None = parser().parse(text)
    except UnexpectedInput as error:
        tree, complaint = _unfinished(text)
        if complaint is None:
            place = getattr(error, "pos_in_stream", None)
            complaint, tree = _misplaced(text, _place(text, place)), _unbracketed(text)
        complaints.append(complaint)
    if tree is None:
        return All(), complaints
    part = reader.transform(tree)
    if names:
        complaints += [_unknown(token, names) for token in reader.unknown]
    complaints += [_blank(token) for token in reader.blank]
    complaints += [_valueless(token) for token in reader.unfinished]
    return part, complaints


def _unfinished(text: str) -> tuple[ParseTree | None, Complaint | None]:
    """As if it were closed at its end; no complaint where that does not help."""
    whole, place = closed(text)
    if place is None:
        return None, None
    message = _("This is not finished: it was left out.")
    if whole.endswith(")") and text[place : place + 1] == "(":
        message = _("This bracket is not closed: it was read as if it were, at the end.")
    try:
        tree = parser().parse(whole) if whole.strip() else None
    except UnexpectedInput:
        return None, None
    end = place + (2 if text.startswith("OR", place) else 1)
    return tree, Complaint(message, place, end)


def _unbracketed(text: str) -> ParseTree | None:
    """Without brackets, quotes and OR it makes sense; blanks stand for them, so that places stay.

    Brackets go first: what stood at one may be an OR only then.
    """
    for sign in (r"[()\"]", r"(?<!\S)OR(?!\S)"):
        text = re.sub(sign, lambda match: " " * len(match[0]), text)
    try:
        return parser().parse(text)
    except UnexpectedInput:
        return None


def _place(text: str, place: int | None) -> int:
    """Where something is wrong; when only the end told, the bracket that was left open."""
    left: list[int] = []
    for at, character in enumerate(text):
        if character == "(":
            left.append(at)
        elif character == ")" and left:
            left.pop()
    if left:
        return left[-1]
    return min(place if place is not None else len(text), len(text) - 1)


def _misplaced(text: str, place: int) -> Complaint:
    found = text[place : place + 1]
    if found == "(" and text[:place].endswith(":"):
        message = _("For several values of a field write them with commas, as in city:pune,mumbai.")
    elif found in "()":
        message = _("A bracket has no partner here, so that brackets and OR were left out.")
    else:
        message = _("Something is missing here, so that brackets and OR were left out.")
    return Complaint(message, place, place + 1)


def _unknown(token: Any, names: dict[str, str]) -> Complaint:
    name = str(token).partition(":")[0]
    near = process.extractOne(field_key(name), names.keys(), scorer=fuzz.ratio, score_cutoff=70)
    message = _("There is no field “%(name)s”; it was searched for as text.")
    if near:
        message = _("There is no field “%(name)s”: did you mean %(near)s? It was searched as text.")
    said = message % {"name": name[:40], "near": near[0] if near else ""}
    return Complaint(said, token.start_pos, token.end_pos)


def _blank(token: Any) -> Complaint:
    message = _("This says too little to search for, so that it was left out.")
    return Complaint(message, token.start_pos, token.end_pos)


def _valueless(token: Any) -> Complaint:
    name = str(token).partition(":")[0][:40]
    message = _("Say which %(name)s, as in %(name)s:value; it was left out.")
    if name.lower() in ("has", "no"):
        message = _("Say what, as in %(name)s:email; it was left out.")
    said = message % {"name": name}
    return Complaint(said, token.start_pos, token.end_pos)


def _without_blanks(tree: Part) -> All:
    """Flat at the top, and without words of which folding left nothing."""
    part = _tidy(tree)
    if part is None:
        return All()
    parts = part.parts if isinstance(part, All) else (part,)
    return All(tuple(dict.fromkeys(parts)))


def _tidy(part: Part) -> Part | None:
    if isinstance(part, All | Either):
        kept = [each for each in map(_tidy, part.parts) if each is not None]
        if isinstance(part, All):
            flat = [
                sub for each in kept for sub in (each.parts if isinstance(each, All) else [each])
            ]
            return flat[0] if len(flat) == 1 else All(tuple(flat)) if flat else None
        return kept[0] if len(kept) == 1 else Either(tuple(kept)) if kept else None
    if isinstance(part, Not):
        inner = _tidy(part.part)
        return Not(inner, part.start, part.end) if inner else None
    if isinstance(part, Named):
        return part
    return part if part.text else None


def _national(number: str) -> str:
    """Without the zeros that some countries dial first: documents hold numbers as E.164."""
    return number.lstrip("0") if len(number.lstrip("0")) >= 3 else number


def _span(part: Part) -> tuple[int, int]:
    assert isinstance(part, Named | Not)
    return part.start, part.end


def similar_form(query: Query) -> str:
    """The same words, each asked for in similar spelling."""
    words = [word for text in query.words for word in fold(text).split()]
    return " ".join(f"{word}~" for word in words if len(word) > 2 and word.isalpha())
