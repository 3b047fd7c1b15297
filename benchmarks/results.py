"""How a benchmark says what it measured."""

import json

from django.db import connection


def tell(
    name: str,
    *,
    contacts: int,
    median: float,
    unit: str,
    p95: float | None = None,
    ratio_to_floor: float | None = None,
) -> None:
    result = {
        "name": name,
        "database": connection.vendor,
        "contacts": contacts,
        "median": round(median, 3),
        "p95": None if p95 is None else round(p95, 3),
        "unit": unit,
        "ratio_to_floor": None if ratio_to_floor is None else round(ratio_to_floor, 2),
    }
    print(json.dumps(result), flush=True)
