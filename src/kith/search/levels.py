"""Parts of the places, as PostgreSQL's index knows them: for each document a small, a larger and a
large one in which it stands, so that any span is a few of them."""

from kith.search.expected import Span

SMALLEST = 53
"""What is left of a place is its smallest part."""
BELOW = 3
"""A part holds eight of those below it (so many bits)."""
LEVELS = ((SMALLEST + 2 * BELOW, 3_000), (SMALLEST + BELOW, 2_000), (SMALLEST, 0))
"""The largest first: what is left of a place, and from where on its parts are numbered."""
IN_INDEX = "ARRAY[place >> 53, 2000 + (place >> 56), 3000 + (place >> 59)]"
"""As the index says it: PostgreSQL compares the words."""
MOST = 1_000
"""Of more of the smallest parts, it is no longer worth while."""


def parts_of(span: Span) -> list[int]:
    """Those that make up the span, the first and the last perhaps with what stands beside it; none
    for the larger part of all places."""
    at, end = span.first >> SMALLEST, span.last >> SMALLEST
    parts: list[int] = []
    if end - at >= MOST:
        return parts
    while at <= end:
        for shift, begin in LEVELS:
            many = 1 << (shift - SMALLEST)
            if at % many == 0 and at + many - 1 <= end:
                parts.append(begin + at // many)
                at += many
                break
    return parts
