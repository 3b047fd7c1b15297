"""What a query that is still being typed will be: its brackets closed at its end, and without an
OR or a bracket that nothing follows yet. So what is found does not jump from letter to letter."""

import re

QUOTED = re.compile(r'"[^"]*(?:"|$)')
IN_A_WORD = re.compile(r'(?<=[^\s(])\([^\s()"]*\)')
BRACKET = re.compile(r"(?<![^\s(\-])\(|\)(?![^\s)])")
"""Those that group, as the grammar has them."""
DANGLING = re.compile(r"(?:(?<![^\s)])OR(?!\S)|(?<![^\s(\-])-?\(|\s)+\Z")


def closed(text: str) -> tuple[str, int | None]:
    """The text as if it had been finished, and where what is unfinished begins."""
    missing = '"' * (text.count('"') % 2)
    kept = text if missing else DANGLING.sub("", text)
    left = _left_open(kept)
    place = left[-1] if left else len(kept) if kept != text.rstrip() else None
    if place is not None:
        place += len(text[place:]) - len(text[place:].lstrip())
    return f"{kept}{missing}{')' * len(left)}", place


def _left_open(text: str) -> list[int]:
    for sign in (QUOTED, IN_A_WORD):
        text = sign.sub(lambda match: "_" * len(match[0]), text)
    left: list[int] = []
    for match in BRACKET.finditer(text):
        if match[0] == "(":
            left.append(match.start())
        elif left:
            left.pop()
    return left
