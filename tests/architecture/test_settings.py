"""A setting or a command that nobody can look up does not exist."""

import re

from kith.cli.main import _parser

from .source import PACKAGE, ROOT

GUIDE = ROOT / "docs" / "admin-guide.md"
NAME = re.compile(r"\bKITH_[A-Z][A-Z_]+\b")


def test_every_setting_is_in_the_administrators_guide() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    documented = set(NAME.findall(GUIDE.read_text(encoding="utf-8")))
    missing = set(NAME.findall(sources)) - documented
    assert not missing, f"docs/admin-guide.md does not explain {sorted(missing)}"


def test_every_command_is_in_the_administrators_guide() -> None:
    (subcommands,) = (action for action in _parser()._actions if action.choices)
    guide = GUIDE.read_text(encoding="utf-8")
    missing = [name for name in subcommands.choices if f"`kith {name}" not in guide]
    assert not missing, f"docs/admin-guide.md does not explain {missing}"
