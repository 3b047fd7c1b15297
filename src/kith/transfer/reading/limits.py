"""What one uploaded file may cost; the reading child works inside these limits."""

from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, times in seconds of the wall clock.

    The times are set so that an upload has its answer within ten seconds, second try included.
    """

    file_bytes: int = 1 << 30
    memory_bytes: int = 1_500_000_000
    inspect_seconds: float = 8.0
    convert_seconds: float = 3600.0
    silence_seconds: float = 60.0  # A conversion that reports nothing for so long is stopped.
    columns: int = 256
    cells: int = 250_000_000
    cell_chars: int = 100_000
    unpacked_bytes: int = 8 << 30
    small_part_bytes: int = 64 << 20  # A part of a workbook other than its rows.
    packing_ratio: int = 250
    sheets: int = 50
    sample_rows: int = 20
    glance_seconds: float = 1.5  # How long inspection looks at one sheet for rows.

    def to_json(self) -> dict[str, float]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, float]) -> Self:
        return cls(**values)  # type: ignore[arg-type]  # Written by to_json.
