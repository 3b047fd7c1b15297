"""Twenty people at once: throughput, and how long they wait, over the loopback of a real server.

    KITH_DATA_DIR=… [KITH_DATABASE_URL=…] python -m benchmarks.crowd

With KITH_BENCH_MEANWHILE=20000 also while so many rows are imported beside; these stay.
"""

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from django.test import Client

from benchmarks import kill_sheets
from benchmarks.bench_search import kinds
from benchmarks.restricting import restricted_reader
from benchmarks.results import tell
from kith.contacts.models import Contact
from kith.contacts.queries import visible_to

PEOPLE, EACH = 20, 25
ROWS = int(os.environ.get("KITH_BENCH_MEANWHILE", "0"))


def main() -> None:
    user, count = restricted_reader(), Contact.objects.count()
    client = Client()
    client.force_login(user)
    cookie = f"kith={client.cookies['kith'].value}"
    asked = addresses(random.Random(1), list(visible_to(user).values_list("pk", flat=True)[:500]))
    port = free_port()
    server = kith("serve", "--port", str(port), "--no-worker")
    try:
        until_it_answers(port)
        crowd(port, cookie, asked[: 2 * PEOPLE])
        told("20 people at once", count, crowd(port, cookie, asked))
        if ROWS:
            with TemporaryDirectory() as folder:
                importing = start_import(Path(folder))
                times: list[float] = []
                while importing.poll() is None:
                    times += crowd(port, cookie, asked)[0]
                told("20 people beside an import", count, (times, 0.0))
    finally:
        server.terminate()
        server.wait()


def told(name: str, count: int, measured: tuple[Sequence[float], float]) -> None:
    times, seconds = sorted(measured[0]), measured[1]
    p95 = times[int(len(times) * 0.95)]
    tell(name, contacts=count, median=statistics.median(times), p95=p95, unit="ms")
    if seconds:
        tell(f"{name}, pages", contacts=count, median=len(times) / seconds, unit="/s")


def addresses(rnd: random.Random, cards: Sequence[int]) -> list[str]:
    """As people work: half of it searching, then the list, cards and the palette."""
    queries = [each for _kind, queries in kinds(rnd) for each in queries]
    found = []
    for number in range(PEOPLE * EACH):
        query = urlencode(rnd.choice(queries))
        found.append(
            (f"/contacts/?{query}", "/contacts/", f"/contacts/?{query}",
             f"/contacts/{rnd.choice(cards)}/", f"/palette/?{query}")[number % 5]
        )  # fmt: skip
    return found


def crowd(port: int, cookie: str, asked: Sequence[str]) -> tuple[list[float], float]:
    began = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as people:
        shares = [asked[number::PEOPLE] for number in range(PEOPLE)]
        times = people.map(lambda share: one(port, cookie, share), shares)
        flat = [each for found in times for each in found]
    return flat, time.perf_counter() - began


def one(port: int, cookie: str, asked: Sequence[str]) -> list[float]:
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for address in asked:
        began = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, (address, answer.status)
    connection.close()
    return times


def kith(*arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "kith", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start_import(folder: Path) -> "subprocess.Popen[bytes]":
    path = folder / "rows.csv"
    kill_sheets.write(path, ROWS, 1, int(time.time()))
    skipped = [f"--map={each}=" for each in ("Club number", "Shirt colours", "Divisions")]
    return kith("import", str(path), "--match", "code", "--json", *skipped)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until_it_answers(port: int, patience: Callable[[], float] = time.monotonic) -> None:
    until = patience() + 60
    while patience() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(port)


if __name__ == "__main__":
    main()
