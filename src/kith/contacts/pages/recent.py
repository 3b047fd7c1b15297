"""The cards that somebody opened last, which the palette offers before anything is typed.

Their own browser keeps the numbers: stored here, each look at a card would be a write. What may no
longer be seen is not shown, and whoever signs in next in that browser begins anew."""

from django.http import HttpResponse

from kith.accounts.requests import SignedInRequest
from kith.contacts.listing.rows import Row, columns, load_rows
from kith.contacts.pages.list_contacts import row_context
from kith.contacts.queries import shown_to

COOKIE, YEAR = "recent", 31_536_000
MOST = 6
MOST_DIGITS = 18


def note_opened(request: SignedInRequest, response: HttpResponse, pk: int) -> None:
    ids = [pk, *(each for each in _opened(request) if each != pk)][:MOST]
    said = f"{request.user.pk}:{'.'.join(map(str, ids))}"
    response.set_cookie(
        COOKIE, said, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )


def opened_rows(request: SignedInRequest) -> list[Row]:
    """The latest first."""
    ids = _opened(request)
    if not ids:
        return []
    found = shown_to(request.user).filter(pk__in=ids).values_list(*columns())
    cells = sorted(found, key=lambda cell: ids.index(cell[0]))
    return load_rows(request.user, cells, row_context(request.user))


def _opened(request: SignedInRequest) -> list[int]:
    whose, _colon, said = request.COOKIES.get(COOKIE, "").partition(":")
    if whose != str(request.user.pk):
        return []
    numbers = (each for each in said.split(".")[:MOST] if len(each) <= MOST_DIGITS)
    return [int(each) for each in numbers if each.isdecimal()]
