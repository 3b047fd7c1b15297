"""What a query asks of one document, as SQL for either database; and of SQLite's full-text index.

A wildcard or a phrase is about whole words. Words end where letters and digits do, and a document
begins and ends with a space, so that there is always a character to look at.
"""

import re
import string
from collections.abc import Callable, Sequence

from django.db import connection

from kith.search.syntax import All, Either, Not, Part, Pattern, Phrase, Similar, Word

TRIGRAM = 3
LONG = 12
"""So many letters are rare enough (PostgreSQL): to intersect the trigrams of a whole address takes
longer than to look at what begins like it."""
WHOLE, MOST_PIECES = 5, 4
"""So many letters SQLite looks up as they stand; of more, so many trigrams."""
SELECTIVE = 5
"""So many letters are about as rare inside a word as at its edge."""
# What folded text is made of: kith.core.text.fold leaves printable ASCII in lower case.
CHARACTERS = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in string.ascii_uppercase]
BETWEEN_WORDS = [each for each in CHARACTERS if not each.isalnum()]
EDGE = "[^a-z0-9]"


def _listed(characters: list[str]) -> str:
    """A class of characters that names each: of the others, PostgreSQL makes no trigrams."""
    return "[" + "".join(f"\\{each}" if each in "\\[]^-" else each for each in characters) + "]"


LISTED = _listed(CHARACTERS)
LISTED_EDGE = _listed(BETWEEN_WORDS)

WITHIN_WORDS = [each for each in CHARACTERS if each != " "]

Sql = tuple[str, list[str]]
Chooser = Callable[[str, int], Sequence[str]]
"""Which so many trigrams of a text are asked for."""


def predicate(part: Part, body: str, *, indexed: bool = False) -> Sql:
    """Whether the document `body` (an SQL expression) answers the part. `indexed`: said so that
    PostgreSQL's index can tell, even of two letters; slower where each document is asked."""
    match part:
        case Word(text=text):
            return _holds(text, body, indexed=indexed)
        case Similar(near=near) if not any(near):
            return "1 = 0", []
        case Pattern() | Phrase() | Similar():
            return _like(part, body, indexed=indexed)
        case Not(part=inner):
            sql, params = predicate(inner, body)
            return f"NOT ({sql})", params
        case All(parts=parts):
            return _joined(parts, body, " AND ", "1 = 1", indexed=indexed)
        case Either(parts=parts):
            return _joined(parts, body, " OR ", "1 = 0", indexed=indexed)
    raise TypeError(part)


def _joined(parts: tuple[Part, ...], body: str, word: str, empty: str, *, indexed: bool) -> Sql:
    found = [predicate(each, body, indexed=indexed) for each in parts]
    params = [param for _sql, each in found for param in each]
    return word.join(f"({sql})" for sql, _params in found) or empty, params


def _holds(text: str, body: str, *, indexed: bool) -> Sql:
    if connection.vendor == "sqlite":
        return f"instr({body}, %s) > 0", [text]
    if indexed and len(text) == TRIGRAM - 1 and text.isalnum():
        return f"{body} ~ %s", [f"{text}{LISTED}"]
    if indexed and (len(text) < TRIGRAM - 1 or not any(map(str.isalnum, text))):
        # Said so that the index of trigrams, which knows nothing of it, is not read as a whole.
        return f"({body} || '') LIKE %s", [f"%{escaped(text)}%"]
    if indexed and len(text) > LONG:
        piece = escaped(text[:LONG])
        return f"{body} LIKE %s AND strpos({body}, %s) > 0", [f"%{piece}%", text]
    return f"{body} LIKE %s", [f"%{escaped(text)}%"]


def _like(part: Pattern | Phrase | Similar, body: str, *, indexed: bool) -> Sql:
    if connection.vendor == "sqlite" and (shape := _globbed(part)):
        return f"{body} GLOB %s", [shape]
    if connection.vendor == "sqlite":
        return f"{body} REGEXP %s", [_headed(part)]
    words = [] if indexed or isinstance(part, Similar) else re.split(r"[*? ]", part.text)
    pieces = [each for each in words if len(each) > 1]
    held = "".join(f"{body} LIKE %s AND " for _each in pieces)  # Soon told, of most documents no.
    shape = regular(part, LISTED_EDGE)
    return f"{held}{body} ~ %s", [*(f"%{escaped(each)}%" for each in pieces), shape]


def _headed(part: Pattern | Phrase | Similar) -> str:
    """The regular expression for Python, which finds letters far sooner than what may stand before
    them: that is looked at behind them."""
    shape = regular(part)
    begin = EDGE + re.escape(re.split(r"[*?]", part.text)[0])
    if isinstance(part, Similar) or begin == EDGE or not shape.startswith(begin):
        return shape
    return f"{begin.removeprefix(EDGE)}(?<={begin}){shape.removeprefix(begin)}"


def _globbed(part: Pattern | Phrase | Similar) -> str:
    """The same for SQLite's own matching, which Python need not be asked for; "" for what it can't
    say: a run of characters within a word."""
    if isinstance(part, Similar) or (isinstance(part, Pattern) and "*" in part.text):
        return ""
    open_ = "[^ ]" if isinstance(part, Pattern) else "[?]"
    inside = re.sub(r"[*\[]", lambda sign: f"[{sign[0]}]", part.text).replace("?", open_)
    begin, end = _edges(part.text, EDGE)
    return f"*{begin}{inside}{end}*"


def _edges(text: str, edge: str) -> tuple[str, str]:
    """What stands around it: the end of a word, where it begins or ends within one."""
    begin, end = (edge if each.isalnum() or each == "?" else "" for each in (text[0], text[-1]))
    return begin, end


def escaped(text: str) -> str:
    """A text as LIKE takes it literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def regular(part: Pattern | Phrase | Similar, edge: str = EDGE) -> str:
    """The regular expression that such a part stands for; Python and PostgreSQL read it alike."""
    if isinstance(part, Similar):
        words = [re.escape(word) for level in part.near for word in level]
        return f"{edge}({'|'.join(words)}){edge}" if words else "^$"
    text = part.text
    inside = wildcards(text) if isinstance(part, Pattern) else re.escape(text)
    begin, end = _edges(text, edge)
    return f"{begin}{inside}{end}"


def rough(part: Pattern) -> tuple[str, str]:
    """An operator that is sooner asked than a regular expression, and the shape that it is given,
    of which whatever begins with the pattern is."""
    if connection.vendor == "sqlite":
        return "GLOB", re.sub(r"\[", "[[]", part.text) + "*"
    return "LIKE", escaped(part.text).replace("*", "%").replace("?", "_") + "%"


def wildcards(text: str) -> str:
    """* is any run of characters within a word, ? is one.

    What follows a star may be taken at the first place where it fits, for all stars but the last.
    Python has to be told (PostgreSQL finds out): else it tries every place for every star, which
    over one long run of letters takes hours.
    """
    head, *rest = (re.escape(each).replace(r"\?", "[^ ]") for each in text.split("*"))
    if connection.vendor != "sqlite" or len(rest) < 2:
        return "[^ ]*".join([head, *rest])
    return f"{head}{''.join(f'(?>[^ ]*?{each})' for each in rest[:-1])}[^ ]*{rest[-1]}"


def spread(text: str, number: int) -> Sequence[str]:
    """Trigrams from all over it, side by side where there are no more."""
    last = len(text) - TRIGRAM
    places = [last * each // (number - 1) for each in range(number)]
    return [text[place : place + TRIGRAM] for place in places]


def full_text(part: Part, chosen: Chooser = spread) -> tuple[str, bool]:
    """What SQLite's full-text index can say of it, "" for nothing; and whether that is all."""
    match part:
        case Word(text=text):
            return _inside(text, chosen), 1 < len(text) <= WHOLE
        case Pattern(text=text):
            return _pattern(text, chosen)
        case Phrase(text=text):
            return _phrase(text, chosen), False
        case Similar(near=near):
            words = [_inside(word) for level in near for word in level if len(word) > 1]
            return _either(words), False
        case All(parts=parts):
            found = [full_text(each, chosen) for each in parts]
            known = [f"({sql})" for sql, _exact in found if sql]
            return " AND ".join(known), all(exact for _sql, exact in found)
        case Either(parts=parts):
            found = [full_text(each, chosen) for each in parts]
            if not all(sql for sql, _exact in found):
                return "", False
            return _either([sql for sql, _ in found]), all(exact for _, exact in found)
    return "", False


def _phrase(text: str, chosen: Chooser) -> str:
    if len(text) > WHOLE:
        return _inside(text, chosen)
    return " AND ".join(filter(None, (_begins(text), _ends(text)))) or _inside(text)


def _pattern(text: str, chosen: Chooser) -> tuple[str, bool]:
    chunks, signs = re.split(r"[*?]", text), re.sub(r"[^*?]", "", text)
    found, told = [], set[int]()
    for at, sign in enumerate(signs):
        if sign == "?" and chunks[at] and chunks[at + 1]:
            found.append(_opened(chunks[at], chunks[at + 1]))
            told |= {at, at + 1}
    for at, each in enumerate(chunks):
        if at not in told and each and at in (0, len(chunks) - 1):
            found.append((_ends if at else _begins)(each))
        elif len(each) >= TRIGRAM or at not in told:
            found.append(_inside(each, chosen))
    longest = max(map(len, chunks))
    exact = "?" not in text and longest == len("".join(chunks)) < SELECTIVE
    asked = [each for each in found if each]
    return " AND ".join(asked), exact and bool(asked)


def _opened(before: str, behind: str) -> str:
    """One character open between others: each that it may be, with the next letters around it."""
    left = before[-2:]
    right = behind[: TRIGRAM - len(left)]
    return _either([_quoted(f"{left}{each}{right}") for each in WITHIN_WORDS])


def _begins(text: str) -> str:
    """The text at the beginning of a word; of a long one, anywhere."""
    if not text[0].isalnum() or len(text) >= SELECTIVE:
        return _inside(text)
    if len(text) < TRIGRAM - 1:
        return ""
    return _either([_quoted(each + text) for each in BETWEEN_WORDS])


def _ends(text: str) -> str:
    if not text[-1].isalnum() or len(text) >= SELECTIVE:
        return _inside(text)
    if len(text) < TRIGRAM - 1:
        return ""
    return _either([_quoted(text + each) for each in BETWEEN_WORDS])


def _inside(text: str, chosen: Chooser = spread) -> str:
    """Two letters are asked for as the trigrams that begin with them. Of a long text, only some of
    its trigrams: looking at a document is cheaper than to go through the list of each."""
    if len(text) > WHOLE:
        number = min(-(-len(text) // TRIGRAM), MOST_PIECES)
        return f"({' AND '.join(map(_quoted, chosen(text, number)))})"
    if len(text) >= TRIGRAM:
        return _quoted(text)
    if len(text) == TRIGRAM - 1:
        return _either([_quoted(text + each) for each in CHARACTERS])
    return ""


def _either(expressions: list[str]) -> str:
    return f"({' OR '.join(expressions)})" if expressions else ""


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
