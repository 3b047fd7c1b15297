"""Export of 100,000 contacts x 30 columns, in the order of the list, as its job does it."""

import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import tell
from kith.accounts.actors import SYSTEM
from kith.contacts.listing.asked import Asked
from kith.contacts.record import CONTACT
from kith.transfer.exporting import TABLES
from kith.transfer.services.exports import export_now, export_of
from kith.transfer.services.stages import few_collections

COLUMNS = (
    "code kind salutation name given_name family_name company designation contact_type manager"
    " accessibility mobile office_phone other_phone email website site_type address1 area city"
    " postal_code country state tags categories priority temperature gender birth_date remarks"
)
ASKED = {"xlsx": "export .xlsx (< 25 s)", "csv": "export .csv (< 8 s)", "ods": "export .ods"}
MEGABYTE = 1 << 20


def main() -> None:
    with TemporaryDirectory() as folder:
        for file_format in sys.argv[1:] or TABLES:
            seconds, count, size = measured(file_format, Path(folder) / f"out.{file_format}")
            tell(ASKED[file_format], contacts=count, median=seconds, unit="s")
            tell(f"{file_format}: size", contacts=count, median=size / MEGABYTE, unit="MB")
            tell("peak memory, so far", contacts=count, median=peak() / 1024, unit="MB")


def measured(file_format: str, to: Path) -> tuple[float, int, int]:
    began = time.perf_counter()
    export = export_of(
        actor=SYSTEM, record_type=CONTACT, file_format=file_format, fields=COLUMNS.split()
    )
    with few_collections():
        count = export_now(export=export, actor=SYSTEM, to=to, ids=Asked().in_order(SYSTEM))
    return time.perf_counter() - began, count, to.stat().st_size


def peak() -> float:
    """In kilobytes."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return float(line.split()[1])
    return 0.0


if __name__ == "__main__":
    main()
