"""The project's files as the tests here look at them."""

import ast
import gc
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "kith"


@cache
def tracked() -> tuple[Path, ...]:
    """What git knows or would add; without git, what lies where source lies."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if result.returncode:
        folders = ("src", "tests", "scripts", "docs")
        return tuple(path for name in folders for path in (ROOT / name).rglob("*"))
    names = result.stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the package: kith/contacts/pages/card.py is slice contacts, room pages."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def slice(self) -> str:
        return self.name.split("/")[0]

    @property
    def room(self) -> str:
        parts = self.name.removesuffix(".py").split("/")
        return parts[1] if len(parts) > 1 else ""


@cache
def modules() -> tuple[Module, ...]:
    """Without tests and migrations. Trees are so many objects that looking through them for
    garbage takes several times as long as making them."""
    gc.disable()
    found = tuple(
        Module(path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
    )
    gc.freeze()
    gc.enable()
    return found


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every imported name in full, with its line; relative ones are left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@cache
def floors() -> dict[str, int]:
    """Slice -> its floor, counted from the ground, as the import contract says."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): floor
        for floor, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }
