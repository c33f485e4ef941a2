"""The house's own source, as its tests read it: files and parsed modules, in order."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tasuki"
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """One Python file: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module


@cache
def modules(*tops: str) -> tuple[Module, ...]:
    """Return every module under the given folders but migrations, which Django writes."""
    paths = sorted(path for top in tops for path in (ROOT / top).rglob("*.py") if "migrations" not in path.parts)
    texts = [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in paths]
    return tuple(Module(path, text, ast.parse(text)) for path, text in texts)


def functions(module: Module) -> Iterator[tuple[str, Function]]:
    """Give (path::name, function) of every function and method of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module.path}::{node.name}", node


def classes(module: Module) -> Iterator[tuple[str, ast.ClassDef]]:
    """Give (path::name, class) of every class of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            yield f"{module.path}::{node.name}", node


def lines(node: Function) -> int:
    """Return the number of lines of a function, without its decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
