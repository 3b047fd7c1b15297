"""Functions stay short enough to be read at a glance."""

import ast
from collections.abc import Iterator

from .source import modules

MOST_LINES = 35
"""Of one function, without its docstring and the functions within it. Half of them have five."""

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def _inner(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTION):
            yield child
        else:
            yield from _inner(child)


def _lines(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]


def _own_lines(function: ast.FunctionDef) -> int:
    docstring = function.body[:1] if ast.get_docstring(function) else []
    return _lines(function) - sum(map(_lines, [*docstring, *_inner(function)]))


def test_no_function_is_too_long_to_read() -> None:
    found = {
        f"{module.name}:{node.lineno} {node.name}": lines
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, FUNCTION) and (lines := _own_lines(node)) > MOST_LINES
    }
    assert not found, f"Part them where they do two things: {found}"
