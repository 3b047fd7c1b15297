"""The grammar of queries, and what reads it: words, "phrases", field:value, -exclusions, OR and
brackets. A word may hold anything but spaces and quotes. What can't be parsed raises lark's
UnexpectedInput; `kith.search.query` makes sense of it all the same."""

import re
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, v_args

from kith.core.text import digits, fold
from kith.search.syntax import All, Either, Named, Not, Part, Pattern, Phrase, Similar, Word

GRAMMAR = r"""
?start: either
?either: every (_OR every)*
?every: one+
?one: MINUS one -> excluded
    | _OPEN either _CLOSE
    | NAMED -> named
    | QUOTED -> quoted
    | WORD -> word

MINUS.4: /(?<![^\s(])-(?=[^\s-])/
_OR.3: /(?<![^\s)])OR(?![^\s(])/
_OPEN.3: /(?<![^\s(\-])\(/
_CLOSE.3: /\)(?![^\s)])/
NAMED.2: /(?<![^\s(\-])[^\W\d_][\w\-]*: ?(?:>=|<=|>|<|=)?(?:VALUE(?:,VALUE)*(?:,"[^"]*$)?|"[^"]*$)/
QUOTED.1: /"[^"]*(?:"~?|$)/
WORD: /(?:[^\s"()]|(?<=[^\s(])\([^\s()"]*\))+/

// All that the words end at: separators among the control characters as well.
SPACE: /\s+/
%ignore SPACE
""".replace("VALUE", r'(?:"[^"]*"|[^\s"(),]+)+')
NAMED = re.compile(r"([^:]+): ?(>=|<=|>|<|=)?(.*)", re.DOTALL)
VALUE = re.compile(r'((?:"[^"]*"|[^,"])+)')
PHONE = re.compile(r"^[\s+()./\-\d]*\d[\s+()./\-\d]*$")
CODE = re.compile(r"([a-z])(\d{6,})")
"""A contact's code without its dash, as people type it; a number of somebody's may look like it."""
LETTERS = re.compile(r"[a-z0-9]+")
SIGNS = "*?~"
MOST_STARS = 4
"""In one word."""


@cache
def parser() -> Lark:
    """Made when somebody searches for the first time, which takes some milliseconds."""
    return Lark(GRAMMAR, parser="lalr", lexer="basic", propagate_positions=True)


class Reader(Transformer[Token, Part]):
    """Makes the parts: a method for each rule of the grammar. `known` gives the field for each name
    that it goes by, as `field_key` has it.

    Left aside, for whoever tells the person: `unknown` names no field, `blank` says too little,
    `unfinished` a field without its value."""

    def __init__(self, known: "dict[str, str]") -> None:
        super().__init__()
        self.known = known
        self.unknown: list[Token] = []
        self.blank: list[Token] = []
        self.unfinished: list[Token] = []

    def either(self, parts: list[Part]) -> Part:
        return Either(tuple(parts))

    def every(self, parts: list[Part]) -> Part:
        return All(tuple(parts))

    @v_args(meta=True)
    def excluded(self, meta: Any, children: list[Any]) -> Part:
        minus, part = children
        return Not(part, minus.start_pos, meta.end_pos)

    def named(self, children: list[Token]) -> Part:
        token = children[0]
        match = NAMED.fullmatch(str(token))
        assert match
        name, operator, rest = match.groups()
        field = self.known.get(field_key(name))
        if field is None:
            if not rest.startswith("//"):
                self.unknown.append(token)
            return All(tuple(word(each) for each in str(token).split()))
        if rest.count('"') % 2:
            rest += '"'
        values, start, end = tuple(VALUE.findall(rest)), token.start_pos or 0, token.end_pos or 0
        if not values:
            self.unfinished.append(token)
            return All()
        return Named(field, operator or "", values, start, end, word=name)

    def quoted(self, children: list[Token]) -> Part:
        text = str(children[0])
        inside = fold(text.strip('~"'))
        if text.endswith('"~'):
            return similar(inside)
        return Phrase(inside)

    def word(self, children: list[Token]) -> Part:
        """Signs without a letter narrow nothing down: a star is anything, a dash may become an
        exclusion, the others say too little. A field waits for its value."""
        token = children[0]
        if not token.strip("-"):
            return All()
        if token.endswith(":") and field_key(token[:-1]) in self.known:
            self.unfinished.append(token)
            return All()
        if not token.strip(SIGNS):
            self.blank += [token] if token.strip("*") else []
            return All()
        found = word(str(token))
        if isinstance(found, Word) and (code := CODE.fullmatch(found.text)):
            return Either((found, Word("-".join(code.groups()))))
        return found


def field_key(name: str) -> str:
    """What a field's name is compared by: `Job-Title`, `job_title`."""
    return fold(name).replace("_", "-").replace(" ", "-")


def word(text: str) -> Part:
    """A word as typed, with what its signs mean: similar~, a pattern with * and ?, else any part
    of a word."""
    if text.endswith("~") and len(text) > 1:
        return similar(fold(text[:-1]))
    folded = fold(text)
    if ("*" in folded or "?" in folded) and folded.strip("*?"):
        inside = folded.strip("*")
        if folded.startswith("*") and folded.endswith("*") and not {"*", "?"} & {*inside}:
            return Word(inside)
        return Pattern(_few_stars(folded))
    return Word(_digits_of(folded))


def similar(folded: str) -> Part:
    """Each word of it in similar spelling; of a single letter there is none."""
    found = LETTERS.findall(folded)
    return All(tuple(Similar(each) if len(each) > 1 else Word(each) for each in found))


def _few_stars(text: str) -> str:
    """Runs of stars are one; more than a handful of them would be a riddle, not a word."""
    text = re.sub(r"\*+", "*", text)
    pieces = text.split("*")
    return "*".join(pieces[:MOST_STARS]) + "*" if len(pieces) > MOST_STARS + 1 else text


def _digits_of(text: str) -> str:
    """A part of a phone number beside other words is its digits as well."""
    number = digits(text) if PHONE.match(text) else ""
    return number if len(number) >= 6 or (number and text.startswith("+")) else text
