"""Pages that belong to no slice, and how a page chooses its frame."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600
CHOICES = {
    "theme": ("auto", "light", "dark"),
    "nav": ("wide", "narrow"),
    "density": ("comfortable", "compact"),
}
FRAMES = {"dialog-body": "web/dialog.html", "peek": "web/peek.html"}


def layout(request: HttpRequest) -> str:
    """The template to extend: the dialog, the side panel or the whole shell, as htmx asked.

    A page says `{% extends layout %}` and fills the blocks `title` and `main`.
    """
    htmx = getattr(request, "htmx", None)
    return FRAMES.get(htmx.target or "" if htmx else "", "web/shell.html")


def next_url(request: HttpRequest, fallback: str = "/") -> str:
    """Where to go after, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else fallback


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remembers theme, navigation and density in this browser."""
    response = HttpResponseRedirect(next_url(request))
    for name, allowed in CHOICES.items():
        if request.POST.get(name) in allowed:
            response.set_cookie(
                name, request.POST[name], max_age=YEAR, samesite="Lax", secure=request.is_secure()
            )
    return response
