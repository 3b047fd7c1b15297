"""From the upload of 50 MB to the page on which its columns are chosen, as .csv and as .xlsx.
KITH_BENCH_MEGABYTES chooses another size."""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import Client

from benchmarks.results import tell
from benchmarks.sheets import write_sheet
from kith.accounts.actors import SYSTEM
from kith.accounts.roles import BuiltIn
from kith.accounts.services import user_create

MEGABYTES = int(os.environ.get("KITH_BENCH_MEGABYTES", "50"))
TIMES = 3


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(
        user_create(
            actor=SYSTEM, email="maps@example.com", name="Maps", role=BuiltIn.ADMINISTRATOR,
            password="a long enough password",
        )
    )  # fmt: skip
    client.get("/imports/new/")
    with TemporaryDirectory() as folder:
        for suffix in (".csv", ".xlsx"):
            sheet = sheet_of(Path(folder) / f"people{suffix}")
            took = sorted(seconds(client, sheet) for _ in range(TIMES))
            size = sheet.stat().st_size >> 20
            name = f"upload and mapping page, {suffix} of {size} MB"
            tell(name, contacts=0, median=took[TIMES // 2] * 1000, p95=took[-1] * 1000, unit="ms")


def sheet_of(path: Path) -> Path:
    """As many rows as make the size, by the size of some."""
    write_sheet(path, 4000)
    write_sheet(path, MEGABYTES * 4000 * (1 << 20) // path.stat().st_size)
    return path


def seconds(client: Client, sheet: Path) -> float:
    with sheet.open("rb") as file:
        began = time.perf_counter()
        answer = client.post("/imports/new/", {"file": file}, follow=True)
        spent = time.perf_counter() - began
    assert answer.status_code == 200
    assert b"Date Of Birth" in answer.content, answer.content[:2000]
    return spent


if __name__ == "__main__":
    main()
