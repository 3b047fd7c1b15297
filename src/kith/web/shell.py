"""What stands around every page. Slices register their places from `apps.ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, cached_property

Text = str | Promise
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class Place:
    """A page one can go to. `key` is the letter after `g`; `section` main, foot or create."""

    label: Text
    url_name: str
    icon: str
    key: str = ""
    section: str = "main"
    permission: str = ""
    in_bar: bool = False
    dialog: bool = False
    count: Callable[[Any], str] | None = None
    allowed: Callable[[Any], bool] | None = None
    """Asked of the user where one permission does not say it."""

    @property
    def url(self) -> str:
        if self.url_name.startswith("/"):
            return self.url_name
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Brand:
    """Whose Kith it is: a name, and the address of a logo."""

    name: str = "Kith"
    logo: str = ""

    @property
    def letter(self) -> str:
        return self.name[:1].upper()


@dataclass
class Registry:
    places: list[Place] = field(default_factory=list)
    search_url: str = "/contacts/"
    """Where the search box goes, with ?q=."""
    find_url: str = ""
    """Answers ?q= with the fragment web/shell/found.html: suggestions and the palette use it."""
    jobs_url: str = "/jobs/"
    profile_url: str = "/profile/"
    sign_out_url: str = "/sign-out/"
    sign_in_url: str = "/sign-in/"
    still_url: str = "/sign-in/still/"
    """Says whether one is still signed in, for a form that was long in the making."""
    brand: Callable[[], Brand] = Brand
    current_jobs: Callable[[Any], Iterable[Any]] | None = None
    """The jobs of a user (jobs.models.Job), for the top bar."""

    def add(self, *places: Place) -> None:
        self.places += [p for p in places if p not in self.places]


registry = Registry()


class State:
    """What one request's shell shows; everything is worked out when first asked for."""

    def __init__(self, request: HttpRequest | None) -> None:
        self.request = request
        self.registry: Registry = getattr(request, "shell_registry", registry)

    @cached_property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get("theme", "auto") if self.request else "auto"
        return chosen if chosen in THEMES else "auto"

    @cached_property
    def brand(self) -> Brand:
        return self.registry.brand()

    @cached_property
    def nav(self) -> str:
        chosen = self.request.COOKIES.get("nav", "") if self.request else ""
        return chosen if chosen in ("wide", "narrow") else ""

    @cached_property
    def density(self) -> str:
        """The user's own, whatever browser they use; else what this browser remembers."""
        chosen = (getattr(self.user, "preferences", None) or {}).get("density", "")
        chosen = chosen or (self.request.COOKIES.get("density", "") if self.request else "")
        return "compact" if chosen == "compact" else ""

    @cached_property
    def user(self) -> Any:
        return getattr(self.request, "user", None)

    @cached_property
    def places(self) -> list[dict[str, Any]]:
        shown = [(p, p.url) for p in self.registry.places if self._may(p)]
        path = getattr(self.request, "shown_in", "") or getattr(self.request, "path", "")
        here = max((url for _p, url in shown if url and path.startswith(url)), key=len, default="")
        return [self._drawn(p, url, here=url == here) for p, url in shown if url]

    def _may(self, place: Place) -> bool:
        if not hasattr(self.user, "may"):
            return not (place.permission or place.allowed)
        may = not place.permission or self.user.may(place.permission)
        return may and (not place.allowed or place.allowed(self.user))

    def _drawn(self, place: Place, url: str, *, here: bool) -> dict[str, Any]:
        count = place.count(self.user) if place.count else ""
        return {"place": place, "url": url, "here": here, "count": count}

    @property
    def main(self) -> list[dict[str, Any]]:
        return [p for p in self.places if p["place"].section == "main"]

    @property
    def foot(self) -> list[dict[str, Any]]:
        return [p for p in self.places if p["place"].section == "foot"]

    @property
    def create(self) -> list[dict[str, Any]]:
        return [p for p in self.places if p["place"].section == "create"]

    @property
    def bar(self) -> list[dict[str, Any]]:
        return [p for p in self.main if p["place"].in_bar][:3]

    @property
    def search_url(self) -> str:
        return self.registry.search_url

    @property
    def find_url(self) -> str:
        return self.registry.find_url

    @cached_property
    def jobs(self) -> list[Any]:
        provider = self.registry.current_jobs
        signed_in = getattr(self.user, "is_authenticated", False)
        return list(provider(self.user)) if provider and signed_in else []


def state(request: HttpRequest | None) -> State:
    """The state of this request, made once."""
    if request is None:
        return State(None)
    if not hasattr(request, "kith_shell"):
        request.kith_shell = State(request)  # type: ignore[attr-defined]
    return request.kith_shell  # type: ignore[attr-defined]
