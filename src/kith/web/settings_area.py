"""The settings area: slices register their pages from `apps.ready()`, its navigation draws them.

    area.add(Page(_("Roles"), "setup:roles", icon="lock", group=Group.PEOPLE,
                  permission=Permission.USER_MANAGE, text=_("What each role may do.")))

A template of such a page extends `web/settings.html` and fills the blocks `title` and `settings`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.core.text import fold

Text = str | Promise


class Group(models.TextChoices):
    """The headings of the navigation, in their order."""

    FIRM = "firm", _("General")
    PEOPLE = "people", _("People and access")
    CONTACTS = "contacts", _("Contacts")
    SYSTEM = "system", _("Installation")


@dataclass(frozen=True)
class Page:
    """One page of the settings.

    `text` says on the overview what it is for; `words` are further ones it is found by; `order`
    sorts within the group; `listed=False` leaves it to the search; `fact` is a line of figures;
    `allowed` is asked of the user where one permission does not say it.
    """

    label: Text
    url_name: str
    icon: str
    permission: str
    group: Group = Group.CONTACTS
    order: int = 50
    text: Text = ""
    words: Text = ""
    args: tuple[Any, ...] = ()
    listed: bool = True
    fact: Callable[[], Text] | None = None
    allowed: Callable[[Any], bool] | None = None

    def opens_for(self, user: Any) -> bool:
        return user.may(self.permission) and (self.allowed is None or self.allowed(user))

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.args)

    def has(self, words: Sequence[str]) -> bool:
        place = fold(f"{self.label} {self.text} {self.words} {self.group.label}")
        return all(word in place for word in words)


@dataclass
class Area:
    pages: list[Page] = field(default_factory=list)

    def add(self, *pages: Page) -> None:
        self.pages += [page for page in pages if page not in self.pages]

    def of(self, user: Any) -> list[Page]:
        """Those the user may open, in the order they are shown."""
        shown = [page for page in self.pages if page.opens_for(user)]
        order = list(Group)
        return sorted(shown, key=lambda page: (order.index(page.group), page.order))

    def opens_for(self, user: Any) -> bool:
        return any(page.listed and page.opens_for(user) for page in self.pages)


area = Area()


@dataclass(frozen=True)
class Section:
    """A heading with its pages; `here` is the one that is open."""

    label: Text
    pages: list[Page]


def sections(pages: Sequence[Page]) -> list[Section]:
    by_group = {group: [page for page in pages if page.group == group] for group in Group}
    return [Section(group.label, found) for group, found in by_group.items() if found]


def find(pages: Sequence[Page], text: str) -> list[Page]:
    """Those that have every word, however spelt; without words, those that are listed."""
    words = fold(text).split()
    return [page for page in pages if (page.has(words) if words else page.listed)]


def called(pages: Sequence[Page], text: str) -> list[Page]:
    """Those with a word that begins so in their name: for who goes to a page, not looks for one."""
    return [page for page in pages if f" {fold(text)}" in f" {fold(str(page.label))}"]


def here(pages: Sequence[Page], path: str) -> str:
    """The URL of the page that this path is of, or lies below."""
    urls = [page.url for page in pages if page.listed and path.startswith(page.url)]
    return max(urls, key=len, default="")
