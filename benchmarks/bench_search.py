"""How fast the fourteen kinds of query are answered, and how well a misspelt name is found.

    KITH_DATA_DIR=… [KITH_DATABASE_URL=…] python -m benchmarks.bench_search

`KITH_BENCH_LARGE=1 scripts/bench search` fills a database of a million contacts first. Each query
is one whole request for the list, as an agent; each is asked once, so that nothing is remembered.
"""

import random
import statistics
import string
from collections.abc import Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from benchmarks.bench_pages import get, measure, reader
from benchmarks.results import tell
from kith.accounts.models import User
from kith.contacts.listing.page import list_page
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import state_of
from kith.contacts.models import Channel, Contact, Site

EACH = 15
NAMES = 1_000


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    rnd, user = random.Random(1), reader()
    client, count = Client(), Contact.objects.count()
    client.force_login(user)
    measure(get(client, "/contacts/?q=warm"))
    every: list[float] = []
    for kind, queries in kinds(rnd):
        times = [measure(get(client, f"/contacts/?{urlencode(each)}")) for each in queries]
        every += times
        tell(kind, contacts=count, median=statistics.median(times), p95=high(times), unit="ms")
    tell("all kinds", contacts=count, median=statistics.median(every), p95=high(every), unit="ms")
    there, first = quality(rnd, user)
    tell("misspelt name on the first page", contacts=count, median=there, unit="%")
    tell("… and there the first", contacts=count, median=first, unit="%")


def high(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def kinds(rnd: random.Random) -> Iterator[tuple[str, list[dict[str, str]]]]:
    rows = list(Contact.objects.order_by("?").values_list("sort_name", "code")[:400])
    words = [
        word for name, _code in rows for word in name.split() if len(word) > 4 and word.isalpha()
    ]
    channels = Channel.objects.order_by("?")
    emails = list(channels.filter(kind="email").values_list("value", flat=True)[:EACH])
    phones = list(channels.filter(kind="mobile").values_list("key", flat=True)[:EACH])
    cities = list(Site.objects.exclude(city="").order_by("?").values_list("city", flat=True)[:EACH])

    def picked() -> list[str]:
        return rnd.sample(words, EACH)

    made: dict[str, list[str]] = {
        "rare part": [f"{each[:4]}{rnd.choice('qxzwj')}" for each in picked()],
        "common part": (["an", "ing", "son", "ltd", "pa", "kum"] * 3)[:EACH],
        "two letters": [each[1:3] for each in picked()],
        "beginning": [f"{each[:3]}*" for each in picked()],
        "one character open": [f"{each[:2]}?{each[3:]}" for each in picked()],
        "star inside": [f"{each[:2]}*{each[-2:]}" for each in picked()],
        "phrase": [f'"{name}"' for name, _code in rows[:EACH]],
        "similar": [f"{misspelt(rnd, each)}~" for each in picked()],
        "part of a phone": [each[-7:] for each in phones],
        "e-mail": emails,
        "code": [code for _name, code in rows[:EACH]],
        "two words": [" ".join(rnd.sample(words, 2)) for _ in range(EACH)],
        "field": [f'city:"{each}"' for each in cities],
        "field and word": [f"kind:person {each[:3]}" for each in picked()],
    }
    for kind, texts in made.items():
        yield kind, [{"q": text} for text in texts]
    yield "period by name", [{"q": f"created:{n}d", "sort": "name"} for n in range(1, 150, 10)]


def quality(rnd: random.Random, user: User) -> tuple[float, float]:
    """How many of so many names with one mistake are found, and how many of these come first."""
    people = Contact.objects.filter(kind="person").order_by("pk").values_list("pk", flat=True)
    ids = rnd.sample(list(people), min(NAMES, len(people)))
    there = first = 0
    names = Contact.objects.in_bulk(ids)
    for pk in ids:
        name = names[pk].sort_name
        page = list_page(Selection(user, state_of(f'"{misspelt(rnd, name)}"~')))
        found = dict(Contact.objects.in_bulk([row[0] for row in page.rows]))
        shown = [found[row[0]].sort_name for row in page.rows]
        there += name in shown
        first += bool(shown) and shown[0] == name
    return 100 * there / len(ids), 100 * first / max(there, 1)


def misspelt(rnd: random.Random, name: str) -> str:
    """One letter too many, missing, wrong, doubled, or two in each other's place."""
    places = [n for n in range(1, len(name) - 1) if name[n].isalpha() and name[n + 1].isalpha()]
    place = rnd.choice(places or [0])
    other = rnd.choice(string.ascii_lowercase)
    before, here, after = name[:place], name[place], name[place + 1 :]
    return rnd.choice(
        (
            f"{before}{other}{here}{after}",
            f"{before}{after}",
            f"{before}{other}{after}",
            f"{before}{here}{here}{after}",
            f"{before}{after[:1]}{here}{after[1:]}",
        )
    )


if __name__ == "__main__":
    main()
