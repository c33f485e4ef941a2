"""Names say what a thing is, modules open with their room, and nothing is left half done."""

import ast
import re
import subprocess

import pytest

from tests.house.source import ROOT, Module, classes, functions, modules

EMPTY_WORDS = frozenset({"utils", "util", "helpers", "helper", "common", "core", "base"})
EMPTY_WORDS |= {"manager", "service", "handle", "process", "data", "info"}
EMPTY_CLASS = re.compile(r"^Base[A-Z]|(Utils?|Helpers?|Manager|Service|Data|Info)$")
UNDONE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
BARE_IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[[a-z-]+(,[a-z-]+)*\]\s+#\s*\S)|#\s*noqa(?!: [A-Z]+[0-9]+)")
MACHINE = re.compile(r"/(?:root|work|home/[a-z]+)/\w")
HERE = "tests/house/test_names.py"
ALL = modules("tasuki", "tests")


def name_of(module: Module) -> str:
    return module.path


# Fault planted: tasuki/rules/utils.py, a function `handle`, a class `CaseManager`.
def test_no_name_is_an_empty_word() -> None:
    empty = [part for module in ALL for part in module.path.removesuffix(".py").split("/") if part in EMPTY_WORDS]
    empty += [name for module in ALL for name, node in functions(module) if node.name in EMPTY_WORDS]
    empty += [name for module in ALL for name, node in classes(module) if EMPTY_CLASS.search(node.name)]
    assert empty == []


# Fault planted: the docstring of tasuki/ops/stop.py removed; its full stop removed.
@pytest.mark.parametrize("module", ALL, ids=name_of)
def test_every_module_opens_with_one_sentence_saying_its_room(module: Module) -> None:
    first = (ast.get_docstring(module.tree) or "").split("\n\n")[0]
    assert first.endswith((".", "。", "`", "?"))


# Fault planted: one comment of each kind in tasuki/ops/stop.py.
def test_nothing_is_left_undone_or_silenced_without_a_reason() -> None:
    found = [
        f"{module.path}:{number}"
        for module in ALL
        if module.path != HERE
        for number, line in enumerate(module.text.splitlines(), 1)
        if UNDONE.search(line) or BARE_IGNORE.search(line)
    ]
    assert found == []


# Fault planted: a bare `except Exception:` in tasuki/ops/stop.py.
def test_nobody_below_the_door_catches_everything() -> None:
    caught = [
        f"{module.path}:{node.lineno}"
        for module in modules("tasuki")
        if not module.path.startswith("tasuki/web/middleware")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert caught == []


# Fault planted: @pytest.mark.skip on a test.
def test_no_test_is_skipped() -> None:
    skipped = [
        f"{module.path}:{node.lineno}"
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail", "importorskip"}
    ]
    assert skipped == []


# Fault planted: a path below somebody's own folder in tasuki/ops/stop.py.
def test_no_file_knows_the_machine_it_was_written_on() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    suffixes = (".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sql", ".yaml", ".yml", "run")
    names = [name for name in listing.stdout.split("\0") if name.endswith(suffixes) and (ROOT / name).is_file()]
    assert names
    assert [name for name in names if MACHINE.search((ROOT / name).read_text(encoding="utf-8"))] == []
