"""A shell with places in it, whatever the slices have registered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from kith.web.shell import Place, Registry


@dataclass(frozen=True)
class Visitor:
    name: str = "Arjun Kapoor"
    email: str = "arjun@example.com"
    id: int = 5
    is_authenticated: bool = True

    def may(self, _permission: str) -> bool:
        return True


@dataclass
class Job:
    pk: int = 1
    title: str = "Importing clients.xlsx"
    url: str = "/gallery/review/"
    message: str = ""
    done: int = 640
    total: int | None = 1000
    is_active: bool = True
    percent: int | None = 64
    is_new: bool = False
    state: str = "running"
    finished_at: dt.datetime | None = None

    def get_state_display(self) -> str:
        return "running" if self.is_active else "done"


PLACES = (
    Place(
        "Contacts", "/gallery/list/", icon="users", key="c", in_bar=True, count=lambda _u: "12,481"
    ),
    Place("Companies", "/gallery/empty/", icon="building", key="o", count=lambda _u: "932"),
    Place("Record", "/gallery/card/", icon="address-book", key="r", in_bar=True),
    Place("Form", "/gallery/form/", icon="forms", key="f"),
    Place("Imports", "/gallery/map/", icon="file-import", key="i", in_bar=True),
    Place("Parts", "/gallery/", icon="components", key="p"),
    Place("Settings", "/gallery/error/", icon="settings", section="foot"),
    Place("New contact", "/gallery/quick/", icon="user-plus", section="create", dialog=True),
)


def dressed(request: HttpRequest) -> HttpRequest:
    """The request, as if signed in and with all that a full shell shows."""
    registry = Registry(
        search_url="/gallery/list/", find_url="/gallery/find/", jobs_url="/gallery/jobs/"
    )
    registry.add(*PLACES)
    registry.current_jobs = lambda _user: [
        Job(),
        Job(2, "Export of 1,204 contacts", is_active=False, is_new=True, state="done"),
    ]
    request.shell_registry = registry  # type: ignore[attr-defined]
    user: Any = Visitor()
    request.user = user
    return request
