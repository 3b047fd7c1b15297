"""What stands around every page. Slices register their places from `apps.ready()`.

Most of it looks the same for a user on page after page. It is drawn from a `Frame`, which holds all
that it shows, and is drawn anew only when that is another one (`web/kept.py`).
"""

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

    @cached_property
    def url(self) -> str:
        if self.url_name.startswith("/"):
            return self.url_name
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Item:
    """A place in words, as one user sees it on one page."""

    label: str
    url: str
    icon: str
    key: str
    section: str
    in_bar: bool
    dialog: bool
    here: bool
    count: str


@dataclass(frozen=True)
class Brand:
    """Whose Kith it is: a name, and the address of a logo."""

    name: str = "Kith"
    logo: str = ""

    @property
    def letter(self) -> str:
        return self.name[:1].upper()


@dataclass(frozen=True)
class Who:
    """Who is signed in, for the account menu."""

    id: int
    name: str
    email: str


@dataclass(frozen=True)
class Frame:
    """All that the shell shows of a user's pages alike."""

    theme: str
    nav: str
    density: str
    brand: Brand
    user: Who | None
    items: tuple[Item, ...]
    search_url: str
    find_url: str
    profile_url: str
    sign_out_url: str
    sign_in_url: str
    still_url: str

    @property
    def main(self) -> list[Item]:
        return self._in("main")

    @property
    def foot(self) -> list[Item]:
        return self._in("foot")

    @property
    def create(self) -> list[Item]:
        return self._in("create")

    @property
    def bar(self) -> list[Item]:
        return [item for item in self.main if item.in_bar][:3]

    def _in(self, section: str) -> list[Item]:
        return [item for item in self.items if item.section == section]


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
    def frame(self) -> Frame:
        return Frame(
            theme=self.theme,
            nav=self.nav,
            density=self.density,
            brand=self.brand,
            user=self._who(),
            items=self._items(),
            search_url=self.registry.search_url,
            find_url=self.registry.find_url,
            profile_url=self.registry.profile_url,
            sign_out_url=self.registry.sign_out_url,
            sign_in_url=self.registry.sign_in_url,
            still_url=self.registry.still_url,
        )

    def _who(self) -> Who | None:
        user = self.user
        if not getattr(user, "is_authenticated", False):
            return None
        return Who(user.id, user.name, user.email)

    def _items(self) -> tuple[Item, ...]:
        shown = [p for p in self.registry.places if p.url and self._may(p)]
        path = getattr(self.request, "shown_in", "") or getattr(self.request, "path", "")
        here = max((p.url for p in shown if path.startswith(p.url)), key=len, default="")
        return tuple(self._item(p, here=p.url == here) for p in shown)

    def _may(self, place: Place) -> bool:
        if not hasattr(self.user, "may"):
            return not (place.permission or place.allowed)
        may = not place.permission or self.user.may(place.permission)
        return may and (not place.allowed or place.allowed(self.user))

    def _item(self, place: Place, *, here: bool) -> Item:
        return Item(
            label=str(place.label),
            url=place.url,
            icon=place.icon,
            key=place.key,
            section=place.section,
            in_bar=place.in_bar,
            dialog=place.dialog,
            here=here,
            count=place.count(self.user) if place.count else "",
        )

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
