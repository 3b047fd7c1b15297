"""Records are written through `records.change_set` and nowhere else."""

import ast
from collections.abc import Iterator

from .source import Module, modules

# These keep books of their own (or are the door); no record type lives in them.
BOOKKEEPING = {"accounts", "cli", "config", "history", "jobs", "records", "search", "transfer"}

# Files that write rows which are no records, each with the reason.
ALLOWED: dict[str, str] = {
    "reference/numbering.py": "a series counts; what it counts are the records",
    "web/once.py": "that a form was posted is remembered for some days",
    "files/picture_child.py": "an image is saved to a file",
    "files/pictures.py": "an image is saved to memory",
}

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "save"}
ON_A_QUERY = {"create", "update", "delete"}
QUERY = {"objects", "filter", "exclude", "all", "order_by", "select_related", "using"}


# The open change set: `changes.save(...)` is the door itself.
DOOR = "changes"


def _chain(node: ast.expr) -> Iterator[str]:
    while True:
        if isinstance(node, ast.Attribute):
            yield node.attr
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            if isinstance(node, ast.Name):
                yield node.id
            return


def _writes(module: Module) -> Iterator[int]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            verb, *before = _chain(node.func)
            if DOOR in before:
                continue
            if verb in ALWAYS or (verb in ON_A_QUERY and QUERY & set(before)):
                yield node.lineno


def test_nothing_writes_past_the_door() -> None:
    found = [
        f"{module.name}:{line}"
        for module in modules()
        if module.slice not in BOOKKEEPING and module.name not in ALLOWED
        for line in _writes(module)
    ]
    assert not found, f"Use records.change_set, or say in ALLOWED why not: {found}"


def test_every_allowance_is_still_needed() -> None:
    needed = {module.name for module in modules() if any(True for _ in _writes(module))}
    assert set(ALLOWED) <= needed
