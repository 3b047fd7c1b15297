"""How long a user's saves and searches take while an import runs in a worker beside, and how much
slower the import is for it. KITH_BENCH_MEANWHILE chooses the number of rows.

Also: two imports of the same companies at once make none of them twice, and no code.
"""

import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from benchmarks import kill_sheets
from benchmarks.results import tell
from kith.accounts.actors import SYSTEM
from kith.accounts.roles import BuiltIn
from kith.accounts.services import user_create
from kith.contacts.models import Contact

ROWS = int(os.environ.get("KITH_BENCH_MEANWHILE", "20000"))
HEADINGS = ("Club number", "Shirt colours", "Divisions")


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    with TemporaryDirectory() as folder:
        alone = finished([start(Path(folder), "alone", first=0)])
        client, times = Client(), Times()
        client.force_login(somebody())
        Times().save(client)
        times.search(client)
        began = time.perf_counter()
        running = start(Path(folder), "meanwhile", first=ROWS)
        while running.poll() is None:
            times.save(client)
            times.search(client)
            times.wait()
            time.sleep(0.1)
        spent = time.perf_counter() - began
        finished([running])
        times.tell()
        tell("import beside a user, time to alone", contacts=ROWS, median=spent / alone, unit="×")
        both = [start(Path(folder), name, first=2 * ROWS, rows=2000) for name in ("one", "two")]
        finished(both)
    nothing_is_doubled()


class Times:
    def __init__(self) -> None:
        self.saves: list[float] = []
        self.searches: list[float] = []
        self.waits: list[float] = []

    def save(self, client: Client) -> None:
        number = len(self.saves)
        began = time.perf_counter()
        values = {"kind": "person", "name": f"Meanwhile {number}", "form": "quick"}
        answer = client.post("/contacts/quick/", values)
        self.saves.append(time.perf_counter() - began)
        assert answer.status_code in (200, 204, 302), answer.content

    def wait(self) -> None:
        """What of it is waiting for a turn to write."""
        began = time.perf_counter()
        with transaction.atomic():
            pass
        self.waits.append(time.perf_counter() - began)

    def search(self, client: Client) -> None:
        began = time.perf_counter()
        answer = client.get("/contacts/", {"q": f"Person 00{len(self.searches) % 100:02d}"})
        self.searches.append(time.perf_counter() - began)
        assert answer.status_code == 200

    def tell(self) -> None:
        saved = Contact.objects.filter(name__startswith="Meanwhile").count()
        assert saved == len(self.saves) + 1
        measured = (("save", self.saves), ("search", self.searches), ("lock", self.waits))
        for name, times in measured:
            ordered = sorted(times)
            print(f"{name}: {len(ordered)}, at most {ordered[-1] * 1000:.0f} ms", file=sys.stderr)
            tell(
                f"{name} during an import",
                contacts=ROWS,
                median=statistics.median(ordered) * 1000,
                p95=ordered[int(len(ordered) * 0.95)] * 1000,
                unit="ms",
            )


def somebody() -> object:
    return user_create(
        actor=SYSTEM, email="meanwhile@example.com", name="Meanwhile", role=BuiltIn.ADMINISTRATOR,
        password="a long enough password",
    )  # fmt: skip


def start(folder: Path, name: str, *, first: int, rows: int = ROWS) -> "subprocess.Popen[bytes]":
    path = folder / f"{name}.csv"
    kill_sheets.write(path, rows, 1, first)
    command = [sys.executable, "-m", "kith", "import", str(path), "--match", "code", "--json"]
    for heading in HEADINGS:
        command += ["--map", f"{heading}="]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def finished(processes: "list[subprocess.Popen[bytes]]") -> float:
    began = time.perf_counter()
    for each in processes:
        assert each.wait() == 0
    return time.perf_counter() - began


def nothing_is_doubled() -> None:
    firms = Counter(Contact.objects.filter(kind="company").values_list("sort_name", flat=True))
    assert max(firms.values()) == 1, firms.most_common(5)
    codes = list(Contact.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes))
    print(f"{len(firms)} companies, {len(codes)} codes on {connection.vendor}", file=sys.stderr)


if __name__ == "__main__":
    main()
