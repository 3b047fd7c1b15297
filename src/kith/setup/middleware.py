"""Around every request: the sign-in that everything needs, the user's language and time zone."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from kith.core.habits import habits
from kith.core.time_zones import known_zones
from kith.reference.company import look_again
from kith.web.pages import came_from

Answer = Callable[[HttpRequest], HttpResponse]


# Where one still gets to before one has chosen a password of one's own.
FIRST_STEPS = {"setup:profile", "setup:password", "setup:sign-out", "web:appearance"}


class SignInRequired(LoginRequiredMiddleware):
    """Every page needs a sign-in unless it says `@login_not_required`.

    Who was given a password by somebody else chooses one of their own before anything else.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None or not getattr(request.user, "must_change_password", False):
            return answer
        match = request.resolver_match
        if not getattr(view_func, "login_required", True) or (
            match and match.view_name in FIRST_STEPS
        ):
            return None
        target = reverse("setup:profile")
        return _whole_page(target) if request.htmx else HttpResponseRedirect(target)  # type: ignore[attr-defined]

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        del view_func  # Django would ask it where to sign in; here there is one place.
        if request.htmx:  # type: ignore[attr-defined]
            return _in_place()
        query = {"next": _way_back(request)}
        if getattr(request, "session_ended", False):
            query["ended"] = "1"
        if request.method == "POST" and request.path != reverse("setup:sign-out"):
            query["lost"] = "1"
        return HttpResponseRedirect(f"{reverse('setup:sign-in')}?{urlencode(query)}")


def _whole_page(target: str) -> HttpResponseRedirect:
    """A fragment can't become another page; htmx is told to load that instead."""
    response = HttpResponseClientRedirect(target)
    return cast("HttpResponseRedirect", response)


def _in_place() -> HttpResponseRedirect:
    """The page stays, with what is typed on it; `again.js` has one sign in above it."""
    response = HttpResponse(status=401)
    return cast("HttpResponseRedirect", trigger_client_event(response, "signed-out", {}))


def _way_back(request: HttpRequest) -> str:
    """The page to return to: for a form, the one that it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return came_from(request) or "/"


class Preferences:
    """The user's own language and time zone, and the firm's habits, for what is drawn in this
    request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.zones = known_zones()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.user.preferences if request.user.is_authenticated else {}
        firm = look_again()
        language, zone = chosen.get("language"), chosen.get("time_zone")
        zone = zone if zone in self.zones else firm.time_zone
        token = habits.set(firm.habits)
        try:
            with translation.override(language or translation.get_language()):
                request.LANGUAGE_CODE = translation.get_language()
                with timezone.override(ZoneInfo(zone) if zone in self.zones else None):
                    return self.get_response(request)
        finally:
            habits.reset(token)
