"""What may be imported where, beyond the direction that import-linter holds."""

import ast

from .source import PACKAGE, imports, modules

HTTP = ("django.http", "django.shortcuts", "django_htmx")
DOMAIN_SLICES = {"core", "records", "history", "search"}
DOMAIN_ROOMS = {"models", "queries", "access", "services", "record", "jobs"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
CLOCK = "core/clock.py"
TELLS_TIME = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("date", "today")}


def test_the_domain_knows_no_http() -> None:
    found = [
        f"{module.name}:{line} {name}"
        for module in modules()
        if module.slice in DOMAIN_SLICES or module.room in DOMAIN_ROOMS
        for name, line in imports(module.tree)
        if name.startswith(HTTP)
    ]
    assert not found, found


def test_nobody_listens_to_model_signals() -> None:
    found = [
        f"{module.name}:{line} {name}"
        for module in modules()
        for name, line in imports(module.tree)
        if name.startswith(SIGNALS)
    ]
    assert not found, found


def test_only_the_clock_tells_the_time() -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.name != CLOCK
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in TELLS_TIME
    ]
    assert not found, f"Use kith.core.clock: {found}"


def test_a_migration_imports_none_of_our_code() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line} {name}"
        for path in PACKAGE.rglob("migrations/*.py")
        for name, line in imports(ast.parse(path.read_text(encoding="utf-8")))
        if name.startswith("kith")
    ]
    assert not found, found
