"""Beginning a session; `accounts.session_limits` ends it."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse

from kith.accounts.models import User

YEAR = 365 * 24 * 3600


def begin(request: HttpRequest, user: User) -> None:
    """Django's login makes a new session key and a new CSRF token."""
    auth.login(request, user)
    request.session.clear_expired()


def remember_theme(response: HttpResponse, request: HttpRequest, theme: str) -> None:
    """The cookie by which the shell draws the first page already in the right colours."""
    response.set_cookie(
        "theme", theme or "auto", max_age=YEAR, samesite="Lax", secure=request.is_secure()
    )
