"""Where a module can be broken: every small change that its tests ought to notice, one at a time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
CODE = re.compile(r"[A-Z][A-Z_0-9]{2,}")
# Types, decorators and docstrings say what something is, not what it does.
SAID = frozenset({"annotation", "returns", "decorator_list", "type_params", "bases"})
PLAIN = (ast.Compare, ast.BoolOp, ast.Constant)


@dataclass(frozen=True)
class Place:
    """One way to break a module: where, what stands there and what would; whether it lies inside a function."""

    line: int
    change: str
    parent: ast.AST
    field: str
    index: int | None
    new: ast.AST | None
    inside: bool

    def plant(self) -> None:
        """Break the tree. It stays broken: the process that does this ends with it."""
        if self.index is None:
            setattr(self.parent, self.field, self.new)
        elif self.new is None:
            del getattr(self.parent, self.field)[self.index]
        else:
            getattr(self.parent, self.field)[self.index] = self.new


def places(tree: ast.Module, left_out: re.Pattern[str] | None = None) -> list[Place]:
    """Return every place, top to bottom; what is called as `left_out` says at the top of the module is passed over."""
    kept = [one for one in tree.body if not (left_out and left_out.fullmatch(_name(one)))]
    found = [place for one in kept for place in _below(one, inside=isinstance(one, ast.FunctionDef))]
    return sorted(found, key=lambda one: one.line)


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return next((one.id for one in targets if isinstance(one, ast.Name)), "")


def _below(parent: ast.AST, *, inside: bool) -> Iterator[Place]:
    for field, value in ast.iter_fields(parent):
        if field in SAID:
            continue
        several = isinstance(value, list)
        for index, node in enumerate(value if several else [value]):
            if not isinstance(node, ast.AST) or isinstance(node, ast.TypeAlias | ast.Import | ast.ImportFrom):
                continue
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            for new in _instead(node, parent, field):
                yield _place(parent, field, index if several else None, node, new, inside=inside)
            yield from _below(node, inside=inside or isinstance(node, ast.FunctionDef))


def _place(
    parent: ast.AST, field: str, index: int | None, node: ast.AST, new: ast.AST | None, *, inside: bool
) -> Place:
    line = getattr(node, "lineno", getattr(parent, "lineno", 0))
    if new is not None:
        new = ast.fix_missing_locations(ast.copy_location(new, node))
    return Place(line, f"{_text(node)} → {_text(new) if new else 'nothing'}", parent, field, index, new, inside)


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:90]


def _instead(node: ast.AST, parent: ast.AST, field: str) -> Iterator[ast.AST | None]:
    yield from _operators(node)
    match node:
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant():
            yield from (ast.Constant(one) for one in _other(node.value))
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Call(func=ast.Name(id="refused_if")) if isinstance(parent, ast.Call):
            yield None
    if field in {"test", "ifs"} and not isinstance(node, (*PLAIN, ast.UnaryOp)):
        yield ast.UnaryOp(ast.Not(), node)  # type: ignore[arg-type]  # a test is an expression


def _operators(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for n, op in enumerate(node.ops):
            ops: list[Any] = [*node.ops[:n], SWAPS[type(op)](), *node.ops[n + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(SWAPS[type(node.op)](), node.values)  # type: ignore[arg-type]  # and, or
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
        yield ast.BinOp(node.left, SWAPS[type(node.op)](), node.right)  # type: ignore[arg-type]  # plus, minus


def _other(value: object) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, str) and CODE.fullmatch(value):
        yield f"{value}_X"
