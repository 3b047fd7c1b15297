"""A session ends when it is idle for too long, and after some days in any case.

As the OWASP session management cheat sheet asks; the limits are settings. The time of the last
request is written at most every five minutes, so that a page costs no write.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from kith.core import clock

BEGUN, SEEN = "begun", "seen"
WRITE_EVERY_SECONDS = 300
# The indicator of running jobs asks every few seconds; that is nobody at work.
ASKS_BY_ITSELF = "jobs"


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.now().timestamp()
            if is_over(request.session, now):
                logout(request)
                request.session_ended = True  # type: ignore[attr-defined]
            elif request.headers.get("HX-Trigger") != ASKS_BY_ITSELF:
                _mark(request.session, now)
        return self.get_response(request)


def is_over(session: SessionBase, now: float) -> bool:
    idle = now - session.get(SEEN, now)
    age = now - session.get(BEGUN, now)
    return idle > settings.SESSION_IDLE_SECONDS or age > settings.SESSION_COOKIE_AGE


def _mark(session: SessionBase, now: float) -> None:
    if BEGUN not in session:
        session[BEGUN] = now
    if now - session.get(SEEN, 0) > WRITE_EVERY_SECONDS:
        session[SEEN] = now
