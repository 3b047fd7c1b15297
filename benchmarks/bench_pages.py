"""How long the server works on a page, at whatever number of contacts the database holds.

    KITH_DATA_DIR=… [KITH_DATABASE_URL=…] python -m benchmarks.bench_pages

Prints one line of JSON for each thing measured; `python -m benchmarks` fills a database first.
Asked as an agent, who sees what is public or their own, through all middleware; the time is the
wall clock of one request, after a warm-up. What it saves, it undoes.
"""

import json
import os
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.base")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.full_card import full_card  # noqa: E402
from kith.accounts.models import User  # noqa: E402
from kith.accounts.roles import BuiltIn  # noqa: E402
from kith.contacts.listing.page import list_page  # noqa: E402
from kith.contacts.listing.selection import Selection  # noqa: E402
from kith.contacts.listing.state import State  # noqa: E402
from kith.contacts.models import Contact  # noqa: E402
from kith.contacts.queries import visible_to  # noqa: E402
from kith.contacts.services.contacts import contact_save  # noqa: E402
from kith.records.checking import Draft  # noqa: E402

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
    deep, full = deep_cursor(user), full_card(user)
    measured = {
        "list page": [measure(get(client, "/contacts/")) for _ in range(RUNS)],
        "list page, filtered": [
            measure(get(client, f"/contacts/?{each}")) for each in FILTERS for _ in range(5)
        ],
        "list page, 1,000 pages deep": [
            measure(get(client, f"/contacts/?after={deep}")) for _ in range(RUNS)
        ],
        "search page": [
            measure(get(client, f"/contacts/?q={each}")) for each in WORDS for _ in range(5)
        ],
        "palette": [measure(get(client, f"/palette/?q={each}")) for each in WORDS],
        "card": [measure(get(client, f"/contacts/{pk}/")) for pk in cards],
        "card with everything": [measure(get(client, f"/contacts/{full}/")) for _ in range(RUNS)],
        "save": [measure(saving(user, pk, number)) for number, pk in enumerate(cards)],
    }
    for name, times in measured.items():
        print(json.dumps(result(name, times)), flush=True)


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


def result(name: str, times: list[float]) -> dict[str, Any]:
    warm = sorted(times[1:])
    return {
        "name": name,
        "database": connection.vendor,
        "contacts": Contact.objects.count(),
        "median": round(statistics.median(warm), 1),
        "p95": round(warm[int(len(warm) * 0.95)], 1),
        "unit": "ms",
        "ratio_to_floor": None,
    }


if __name__ == "__main__":
    main()
