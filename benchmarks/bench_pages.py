"""How long the server works on a page, at whatever number of contacts the database holds.

    KITH_DATA_DIR=… [KITH_DATABASE_URL=…] python -m benchmarks.bench_pages

Prints one line of JSON for each thing measured; `python -m benchmarks` fills a database first.
Asked as an agent, who sees what is public or their own, through all middleware; the time is the
wall clock of one request, after a warm-up. What it saves, it undoes.
"""

import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.test import Client

from benchmarks.full_card import full_card
from benchmarks.results import tell
from benchmarks.wide_rule import rule_ratio
from kith.accounts.models import User
from kith.accounts.roles import BuiltIn
from kith.contacts.listing.page import list_page
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import State
from kith.contacts.models import Contact
from kith.contacts.queries import visible_to
from kith.contacts.services.contacts import contact_save
from kith.records.checking import Draft

RUNS = 30
WORDS = ("smith", "an", "a", "ing", "9327", "kumar pa", "ltd", "C-0001", "@", "zzqq", "pune", "son")
FILTERS = (
    "q=kind:company",
    "q=manager:me",
    "q=type:Customer",
    "q=created:30d",
    "sort=-created",
    "q=kind:person+created:7d",
)


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    user = reader()
    client = Client()
    client.force_login(user)
    cards = list(visible_to(user).order_by("-pk").values_list("pk", flat=True)[:RUNS])
    deep, full, count = deep_cursor(user), full_card(user), Contact.objects.count()
    tell_times("list page", get(client, "/contacts/"))
    tell_times("list page, filtered", *(get(client, f"/contacts/?{each}") for each in FILTERS * 5))
    tell_times("list page, 1,000 pages deep", get(client, f"/contacts/?after={deep}"))
    tell_times("search page", *(get(client, f"/contacts/?q={each}") for each in WORDS * 5))
    tell_times("palette", *(get(client, f"/palette/?q={each}") for each in WORDS * 3))
    tell_times("card", *(get(client, f"/contacts/{pk}/") for pk in cards))
    tell_times("card with everything", get(client, f"/contacts/{full}/"))
    tell_times("save", *(saving(user, pk, number) for number, pk in enumerate(cards)))
    ratio = rule_ratio(user, lambda: times(get(client, "/contacts/")))
    tell("list, 200 users and 20 teams", contacts=count, median=ratio, unit="x")


def reader() -> User:
    return User.objects.get_or_create(
        email="benchmark@example.invalid",
        defaults={"name": "Benchmark", "role_id": BuiltIn.AGENT.value},
    )[0]


def get(client: Client, url: str) -> Callable[[], Any]:
    def ask() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)

    return ask


def saving(user: User, pk: int, number: int) -> Callable[[], Any]:
    draft = Draft({"remarks": f"measured {number} {perf_counter()}"}, id=pk)
    return lambda: contact_save(actor=user, draft=draft)


def measure(act: Callable[[], Any]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def deep_cursor(user: User, pages: int = 1_000) -> str:
    """A cursor so many pages down (or in the middle of a smaller database)."""
    chosen = Selection(user, State())
    at = min(pages * 50, Contact.objects.count() // 2)
    return list_page(chosen, per_page=max(at, 1)).after


def times(*acts: Callable[[], Any]) -> list[float]:
    """Of each, or of one asked again and again; the first is left out, to warm up."""
    acts = acts if len(acts) > 1 else acts * RUNS
    return [measure(act) for act in acts][1:]


def tell_times(name: str, *acts: Callable[[], Any]) -> None:
    took = sorted(times(*acts))
    high = took[int(len(took) * 0.95)]
    count = Contact.objects.count()
    tell(name, contacts=count, median=statistics.median(took), p95=high, unit="ms")


if __name__ == "__main__":
    main()
