"""One mutant tried: in a process of its own that imports the broken module in place of the real one."""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FunctionType, ModuleType

import hypothesis
import pytest
import yaml  # noqa: F401  imported here once, and not again in each of a thousand processes

from tasuki.ops.database import Server

ROOT = Path(__file__).parents[2]
SECONDS = 90  # longer than any of these tests takes: a mutant that hangs is noticed too
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
hypothesis.settings.register_profile("mutation", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("mutation")
WORLDS = 250  # as many as tests/ops/test_oracle.py compares in every run


class Broken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module from a tree instead of from its file."""

    def __init__(self, module: str, path: Path, tree: ast.Module) -> None:
        self._module, self._path, self._tree = module, path, tree

    def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        """Answer for this module alone."""
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the tree as the module."""
        exec(compile(self._tree, str(self._path), "exec"), module.__dict__)  # noqa: S102  our own source, changed in one place


def install(module: str, path: Path, tree: ast.Module) -> None:
    """Let whatever is imported from now on meet the broken module."""
    rooms = ("tasuki.rules", "tasuki.ops.oracle", "tests.rules")
    for name in [one for one in sys.modules if one.startswith(rooms)]:
        del sys.modules[name]
    sys.meta_path.insert(0, Broken(module, path, tree))


def begin(trial: Callable[[], bool]) -> int:
    """Start a trial in a process of its own and return its number; it ends with 1 when the mutant was noticed."""
    pid = os.fork()
    if pid:
        return pid
    signal.alarm(SECONDS)
    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    try:
        noticed = trial()
    except BaseException:  # noqa: BLE001  a module that cannot even be imported is noticed
        noticed = True
    os._exit(int(noticed))


FLAGS = ("-x", "-q", "-s", "--noconftest", "--import-mode=importlib", f"--rootdir={ROOT}", "-p", "no:cacheprovider")
OF_SOURCE = ("-k", "not every_refusal")  # reads the source as it stands, which no mutant changes


class Loop:
    """A run of pytest that has collected its tests and then does something else with them than running each once."""

    def __init__(self, use: Callable[[list[pytest.Item]], None]) -> None:
        self._use = use

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Use what was collected, in place of pytest's own loop."""
        self._use(session.items)
        return True


def collected(files: Sequence[str], settings: Path, use: Callable[[list[pytest.Item]], None]) -> None:
    """Collect these files once, and use what they hold."""
    pytest.main([*FLAGS, *OF_SOURCE, "-c", str(settings), *files], plugins=[Loop(use)])


def tests_fail(files: Sequence[str], settings: Path) -> bool:
    """Run these test files alone, without the ground that needs a database; whether one of them fails."""
    return pytest.main([*FLAGS, *OF_SOURCE, "-c", str(settings), *files]) != 0


def items_fail(items: Sequence[pytest.Item]) -> bool:
    """Run tests that are collected already, as far as the first that fails; whether one does."""
    for item in items:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if item.session.testsfailed:
            return True
    return False


def transplant(module: str, path: Path, tree: ast.Module) -> bool:
    """Give the functions of a module that everybody holds already the code of the broken one; whether that was possible."""
    real = importlib.import_module(module)
    broken = ModuleType(module)
    broken.__file__ = str(path)
    exec(compile(tree, str(path), "exec"), broken.__dict__)  # noqa: S102  our own source, changed in one place
    try:
        _same(vars(real), vars(broken), module)
    except ValueError:  # another set of names from around: only a fresh import will do
        return False
    return True


def _function(held: object) -> object:
    return getattr(held, "fget", None) or getattr(held, "__func__", held)


def _same(real: Mapping[str, object], broken: Mapping[str, object], module: str) -> None:
    for name, held in list(real.items()):
        mine, theirs = _function(held), _function(broken.get(name))
        if isinstance(mine, FunctionType) and isinstance(theirs, FunctionType) and mine.__module__ == module:
            mine.__code__, mine.__kwdefaults__, mine.__defaults__ = (
                theirs.__code__,
                theirs.__kwdefaults__,
                theirs.__defaults__,
            )
        elif isinstance(mine, type) and isinstance(theirs, type) and mine.__module__ == module:
            _same(vars(mine), vars(theirs), module)


def worlds_differ(server: Server, name: str) -> bool:
    """Compare worlds by chance between the policies and their twin; whether one differs."""
    from tasuki.ops.oracle.search import search
    from tasuki.ops.oracle.stage import bench

    with bench(server, name) as on:
        return search(on, WORLDS, 1, shrinking=0).world is not None


def tests_of(module: str) -> list[str]:
    """Return the test files of tests/rules that import a module of the rules, or import what they ask of it."""
    name = module.rpartition(".")[2]
    wanted = re.compile(
        rf"^from tasuki\.rules(\.{name} import|.* import .*\b{name}\b)|^from tests\.rules import .*town", re.MULTILINE
    )
    every = sorted((ROOT / "tests" / "rules").glob("test_*.py"))
    found = [one for one in every if wanted.search(one.read_text(encoding="utf-8"))]
    return [str(one) for one in found or every]


def ended_well(pid: int) -> bool:
    """Wait for a trial and say whether nothing was noticed."""
    return os.waitpid(pid, 0)[1] == 0
