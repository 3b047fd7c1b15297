"""The import pages of the gallery."""

from typing import Any

LABELS = ["File", "Columns", "Options", "Review", "Run", "Done"]
GROUPS = [
    ("Business card", [("given", "Given name"), ("family", "Family name"), ("company", "Company")]),
    ("Reach", [("phones", "Mobile"), ("emails", "E-mail")]),
]


def steps(here: int) -> list[dict[str, Any]]:
    return [
        {"label": x, "url": "#", "done": n < here, "here": n == here} for n, x in enumerate(LABELS)
    ]


def columns() -> list[dict[str, Any]]:
    return [
        {"index": 0, "heading": "First Name", "samples": ["Anjali", "Chloé", "Đặng"], "chosen": "given", "sure": True},
        {"index": 1, "heading": "Mobile Number", "samples": ["9.327058088E9", "+47 992 45 110", "91234"], "chosen": "phones", "sure": True},
        {"index": 2, "heading": "Firm", "samples": ["Horus Tech Solutions", "A" * 90, ""], "chosen": "company", "sure": False},
        {"index": 3, "heading": "Second E-mail", "samples": ["a@b.example"], "chosen": "emails", "sure": False, "error": "Two columns go to E-mail. Choose another, or leave one out."},
        {"index": 4, "heading": "ملاحظات", "samples": ["عميل مهم"], "chosen": ""},
    ]  # fmt: skip


def tiles() -> list[dict[str, Any]]:
    numbers = [
        ("All rows", "1,240", "", False),
        ("Ready", "1,181", "good", False),
        ("Duplicates", "41", "warn", False),
        ("Invalid", "18", "bad", True),
    ]
    return [{"label": a, "number": b, "level": c, "here": d, "url": "?show=" + a} for a, b, c, d in numbers]  # fmt: skip


def rows() -> list[dict[str, Any]]:
    bad, good = {"label": "Invalid", "level": "bad"}, {"label": "Ready", "level": "good"}
    twin = {"label": "Duplicate", "level": "warn"}
    return [
        {"number": 7, "outcome": bad, "cells": [{"value": "Ishita Sawith"}, {"value": "12", "heading": "Mobile", "level": "bad"}, {"value": "ishita@horustech.in"}], "reasons": [{"column": "Mobile", "message": "Too short for a phone number in India.", "level": "bad"}]},
        {"number": 19, "outcome": twin, "link": {"label": "C-000123", "url": "#"}, "cells": [{"value": "Anjali Smithson"}, {"value": "+91 93270 58088", "heading": "Mobile", "level": "doubt"}, {"value": ""}], "reasons": [{"column": "Mobile", "message": "The same number as Anjali Smithson.", "level": "doubt"}]},
        {"number": 24, "outcome": good, "cells": [{"value": "محمد الأنصاري"}, {"value": "+971 50 123 4567"}, {"value": "m@khaleej.example"}]},
    ]  # fmt: skip
