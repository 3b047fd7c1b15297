"""Pages that belong to no slice, and how a page chooses its frame."""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from kith.accounts.services import preference_change

YEAR = 365 * 24 * 3600
CHOICES = {
    "theme": ("auto", "light", "dark"),
    "nav": ("wide", "narrow"),
    "density": ("comfortable", "compact"),
}


def sheet(request: HttpRequest) -> str:
    """The template that a short page extends: the dialog, if that asked, else a whole page.

    The page says `{% extends sheet %}`, is given `title`, and fills the block `sheet`.
    """
    return "web/dialog.html" if _target(request) == "dialog-body" else "web/sheet.html"


SHELL, SETTINGS = "web/shell.html", "web/settings_sheet.html"


def layout(request: HttpRequest, whole: str = SHELL) -> str:
    """The template that a card extends: the side panel, if that asked, else the shell.

    The page says `{% extends layout %}` and fills the blocks `title` and `main`. A short page of
    the settings says `layout(request, SETTINGS)`, is given `title`, and fills the block `sheet`.
    """
    frames = {"peek": "web/peek.html", "dialog-body": "web/dialog.html"}
    return frames.get(_target(request), whole)


def _target(request: HttpRequest) -> str:
    htmx = getattr(request, "htmx", None)
    return htmx.target or "" if htmx else ""


def next_url(request: HttpRequest, fallback: str = "/") -> str:
    """Where to go after, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") else fallback


def came_from(request: HttpRequest) -> str:
    """The page of ours that this was sent from; "" when that is not known."""
    sender = urlsplit(request.headers.get("Referer", ""))
    ours = sender.netloc == request.get_host() and not sender.path.startswith("//")
    return urlunsplit(("", "", sender.path, sender.query, "")) if ours else ""


def go(request: HttpRequest, url: str) -> HttpResponse:
    """To another page, also where only a part of one was asked for."""
    part = getattr(request, "htmx", None)
    return HttpResponseClientRedirect(url) if part else HttpResponseRedirect(url)


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remembers theme, navigation and density in this browser, and density with the user."""
    density = request.POST.get("density")
    if density in CHOICES["density"] and request.user.is_authenticated:
        preference_change(user=request.user, name="density", change=lambda _was: density)
    response = HttpResponseRedirect(next_url(request))
    for name, allowed in CHOICES.items():
        if request.POST.get(name) in allowed:
            response.set_cookie(
                name, request.POST[name], max_age=YEAR, samesite="Lax", secure=request.is_secure()
            )
    return response
