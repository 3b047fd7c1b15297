"""Twenty people at once: throughput, and how long they wait, over the loopback of a real server.

    KITH_DATA_DIR=… [KITH_DATABASE_URL=…] python -m benchmarks.crowd

Once without a pause, which tells how much the machine can do (twenty who wait in line: what they
wait for is twenty times what a page costs), and once as people work: each looks at a page for a
second (KITH_BENCH_PAUSE) before the next. With KITH_BENCH_MEANWHILE=20000 both also while so many
rows are imported beside, at the worker's priority; these rows stay.
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
from dataclasses import dataclass
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
from kith.jobs.process import NICENESS

PEOPLE, EACH = 20, 25
ROWS = int(os.environ.get("KITH_BENCH_MEANWHILE", "0"))
PAUSE = float(os.environ.get("KITH_BENCH_PAUSE", "1"))
Measured = tuple[Sequence[float], float]


@dataclass(frozen=True)
class Site:
    """Where pages are asked for, and as whom."""

    port: int
    cookie: str


def main() -> None:
    user, count = restricted_reader(), Contact.objects.count()
    client = Client()
    client.force_login(user)
    cookie = f"kith={client.cookies['kith'].value}"
    asked = addresses(random.Random(1), list(visible_to(user).values_list("pk", flat=True)[:500]))
    port = free_port()
    site = Site(port, cookie)
    server = kith("serve", "--port", str(port), "--no-worker")
    try:
        until_it_answers(port)
        crowd(site, asked[: 2 * PEOPLE])
        for name, pause in ((f"{PEOPLE} people at once", 0.0), (pausing(), PAUSE)):
            told(name, count, crowd(site, asked, pause))
            if ROWS:
                told(f"{name}, beside an import", count, beside_import(site, asked, pause))
    finally:
        server.terminate()
        server.wait()


def pausing() -> str:
    return f"{PEOPLE} people, {PAUSE:g} s between pages"


def beside_import(site: Site, asked: Sequence[str], pause: float) -> Measured:
    """All pages that were asked for while it ran."""
    with TemporaryDirectory() as folder:
        importing, began, times = start_import(Path(folder)), time.perf_counter(), []

        def running() -> bool:
            return importing.poll() is None

        while running():
            times += crowd(site, asked, pause, running)[0]
        assert importing.returncode == 0, importing.returncode
        return times, time.perf_counter() - began


def told(name: str, count: int, measured: Measured) -> None:
    times, seconds = sorted(measured[0]), measured[1]
    p95 = times[int(len(times) * 0.95)]
    tell(name, contacts=count, median=statistics.median(times), p95=p95, unit="ms")
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


def crowd(
    site: Site,
    asked: Sequence[str],
    pause: float = 0.0,
    going: Callable[[], bool] = lambda: True,
) -> Measured:
    began = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as people:
        shares = [(number, asked[number::PEOPLE]) for number in range(PEOPLE)]
        times = people.map(lambda share: one(site, *share, pause, going), shares)
        flat = [each for found in times for each in found]
    return flat, time.perf_counter() - began


def one(
    site: Site,
    number: int,
    asked: Sequence[str],
    pause: float,
    going: Callable[[], bool],
) -> list[float]:
    """One person; those who pause do not begin at the same moment."""
    connection, times = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60), []
    time.sleep(pause * number / PEOPLE)
    for address in asked:
        if not going():
            break
        began = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": site.cookie})
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, (address, answer.status)
        time.sleep(pause)
    connection.close()
    return times


def kith(*arguments: str, niceness: int = 0) -> "subprocess.Popen[bytes]":
    command = ["nice", "-n", str(niceness), sys.executable, "-m", "kith", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start_import(folder: Path) -> "subprocess.Popen[bytes]":
    path = folder / "rows.csv"
    kill_sheets.write(path, ROWS, 1, int(time.time()))
    skipped = [f"--map={each}=" for each in ("Club number", "Shirt colours", "Divisions")]
    return kith("import", str(path), "--match", "code", "--json", *skipped, niceness=NICENESS)


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
