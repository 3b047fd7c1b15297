"""How fast the kinds of query are answered, the list, its pages, the palette and the card.

    KITH_DATA_DIR=… [KITH_DATABASE_URL=…] python -m benchmarks.bench_search

`make bench-large` fills a database of a million contacts first. Each query is one whole request,
as an agent who does not see all contacts; each is asked once, so that nothing is remembered.
Then misspelt names, twenty people at once (beside an import as well, where KITH_BENCH_MEANWHILE
says of how many rows), a change to many and the index built anew; KITH_BENCH_SEARCH=pages leaves
these out. benchmarks/growth.py compares what this printed of a small and a large database.
"""

import os
import random
import statistics
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.test import Client

from benchmarks.bench_pages import deep_cursor, get, measure
from benchmarks.misspelling import misspelt
from benchmarks.restricting import restricted_reader
from benchmarks.results import tell
from kith.accounts.models import User
from kith.contacts.models import Channel, Contact, Site
from kith.contacts.queries import visible_to

EACH = 16
COMMON = ["an", "ing", "son", "ltd", "pa", "kum", "sh", "mar"]
COMMON += ["tra", "and", "com", "tech", "ind", "raj", "ali", "sol"]
FILTERS = (
    ("kind:person", "kind:company", "type:Customer", "type:Vendor", "manager:me", "tag:vip"),
    ("created:30d", "created:>-90d", "temperature:hot", "priority:5", "has:email", "country:IN"),
)


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    rnd, user = random.Random(1), restricted_reader()
    client = Client()
    client.force_login(user)
    for warm in ("/contacts/", "/contacts/?q=warm", "/contacts/?q=warn~", "/palette/?q=an"):
        measure(get(client, warm))
    search = measured(client, dict(kinds(rnd)))
    told("search, all kinds", search)
    told("palette, all kinds", [measure(get(client, url)) for url in palette(rnd)])
    measured(client, {"list with two filters": filtered(rnd)})
    deep = [urlencode({"after": deep_cursor(user, pages)}) for pages in range(200, 4_000, 200)]
    told("list page at any depth", [measure(get(client, f"/contacts/?{each}")) for each in deep])
    told("card", [measure(get(client, f"/contacts/{pk}/")) for pk in cards(rnd, user)])
    if os.environ.get("KITH_BENCH_SEARCH") != "pages":
        for each in ("spelling", "crowd", "bulk_change", "index_building"):
            import_module(f"benchmarks.{each}").main()


def measured(client: Client, asked: dict[str, list[dict[str, str]]]) -> list[float]:
    every = []
    for kind, queries in asked.items():
        times = [measure(get(client, f"/contacts/?{urlencode(each)}")) for each in queries]
        told(kind, times)
        every += times
    return every


def told(kind: str, times: list[float]) -> None:
    p95 = sorted(times)[int(len(times) * 0.95)]
    count = Contact.objects.count()
    tell(kind, contacts=count, median=statistics.median(times), p95=p95, unit="ms")


def some(rows: QuerySet[Any, Any], rnd: random.Random, number: int = EACH) -> list[str]:
    """Of so many rows drawn by their ids."""
    last = rows.order_by("-pk")[0][0]
    ids = [rnd.randint(1, last) for _ in range(40 * number)]
    found: dict[int, str] = dict(rows.filter(pk__in=ids))
    return [found[pk] for pk in ids if pk in found][:number]


def kinds(rnd: random.Random) -> Iterator[tuple[str, list[dict[str, str]]]]:
    names = some(Contact.objects.values_list("pk", "sort_name"), rnd, 10 * EACH)
    codes = some(Contact.objects.values_list("pk", "code"), rnd)
    words = sorted({each for name in names for each in name.split() if each.isalpha()})
    words = [each for each in words if len(each) > 4]
    channels = Channel.objects.values_list("pk", "value")
    phones = some(channels.filter(kind="mobile"), rnd)
    cities = some(Site.objects.exclude(city="").values_list("pk", "city"), rnd)

    def picked() -> list[str]:
        return rnd.sample(words, EACH)

    made: dict[str, list[str]] = {
        "rare part": [f"{each[:4]}{rnd.choice('qxzwj')}" for each in picked()],
        "common part": COMMON,
        "two letters": [each[1:3] for each in picked()],
        "beginning": [f"{each[:3]}*" for each in picked()],
        "one character open": [f"{each[:2]}?{each[3:]}" for each in picked()],
        "star inside": [f"{each[:2]}*{each[-2:]}" for each in picked()],
        "phrase": [f'"{name}"' for name in names[:EACH]],
        "similar": [f"{misspelt(rnd, each)}~" for each in picked()],
        "part of a phone": [each[-7:] for each in phones],
        "e-mail": some(channels.filter(kind="email"), rnd),
        "code": codes,
        "two words": [" ".join(rnd.sample(words, 2)) for _ in range(EACH)],
        "field": [f'city:"{each}"' for each in cities],
        "field and word": [f"kind:person {each[:3]}" for each in picked()],
    }
    for kind, texts in made.items():
        yield kind, [{"q": text} for text in texts]
    yield "period by name", [{"q": f"created:{n}d", "sort": "name"} for n in range(1, 160, 10)]


def filtered(rnd: random.Random) -> list[dict[str, str]]:
    pairs = [f"{one} {other}" for one in FILTERS[0] for other in FILTERS[1]]
    return [{"q": each} for each in rnd.sample(pairs, 2 * EACH)]


def palette(rnd: random.Random) -> list[str]:
    names = some(Contact.objects.values_list("pk", "sort_name"), rnd, 2 * EACH)
    texts = [each[: rnd.randint(2, 9)] for each in names]
    return [f"/palette/?{urlencode({'q': each})}" for each in texts]


def cards(rnd: random.Random, user: User) -> list[str]:
    return some(visible_to(user).values_list("pk", "pk"), rnd, 2 * EACH)


if __name__ == "__main__":
    main()
