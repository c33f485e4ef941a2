"""./run mutation: how many of the small ways to break the rules, and the policies' twin, a test notices (T31)."""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from bench.report import write_section
from tests.mutation.places import Place, places
from tests.mutation.trial import (
    ROOT,
    WORLDS,
    begin,
    collected,
    ended_well,
    install,
    items_fail,
    tests_fail,
    tests_of,
    transplant,
    worlds_differ,
)

WANTED = 0.9
# Readers of two file formats (rules/contract, rules/profile) are proved by their own broken files, and a list of words is data.
RULES = sorted(
    one for one in (ROOT / "tasuki" / "rules").glob("*.py") if one.stem not in {"__init__", "known_passwords"}
)
TWIN = [ROOT / "tasuki" / "ops" / "oracle" / f"{name}.py" for name in ("sight", "tables", "writing")]
NO_LAW = re.compile(
    r"Trial|MAKERS|NEEDS|NEW|_make_\w+|_pair|_of_kind|_once"
)  # draws the rows to try, remembers answers
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


@dataclass
class Score:
    """What became of the mutants of one module."""

    name: str
    noticed: int = 0
    survived: list[str] = field(default_factory=list)
    equal: int = 0

    @property
    def share(self) -> float:
        """The share that was noticed, of those that can be."""
        tried = self.noticed + len(self.survived)
        return self.noticed / tried if tried else 1.0


def key_of(place: Place, lines: list[str]) -> str:
    """Name a mutant so that it is found again when lines move: the line as it stands, and the change."""
    return f"{lines[place.line - 1].strip()} | {place.change}"


class Runner:
    """Tries mutants in several processes at once; each of those has its own copy of a database where one is needed."""

    def __init__(self, jobs: int, trial: Callable[[Path, ast.Module, Place, int], bool]) -> None:
        self._trial, self._free = trial, list(range(jobs))
        self._running: dict[int, tuple[int, Callable[[bool], None]]] = {}

    def start(self, path: Path, number: int, done: Callable[[bool], None]) -> None:
        """Try the mutant of this number as soon as a process is free."""
        if not self._free:
            self.wait()
        slot = self._free.pop()

        def trial() -> bool:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            place = places(tree, NO_LAW)[number]
            place.plant()
            return self._trial(path, tree, place, slot)

        self._running[begin(trial)] = (slot, done)

    def wait(self) -> None:
        """Wait for one process to end."""
        pid, status = os.wait()
        slot, done = self._running.pop(pid)
        self._free.append(slot)
        done(status != 0)

    def finish(self) -> None:
        """Wait for all that are running."""
        while self._running:
            self.wait()


def score_of(path: Path, runner: Runner, limit: int | None, said: dict[str, str]) -> Score:
    """Try the mutants of a module, or `limit` of them evenly spread."""
    text = path.read_text(encoding="utf-8")
    found, lines = places(ast.parse(text), NO_LAW), text.splitlines()
    score, step = Score(str(path.relative_to(ROOT))), max(1, -(-len(found) // limit)) if limit else 1
    for number, place in list(enumerate(found))[::step]:
        key = key_of(place, lines)

        def done(noticed: bool, place: Place = place, key: str = key) -> None:  # noqa: FBT001  the answer of a process
            if noticed:
                score.noticed += 1
                if key in said:
                    score.survived.append(f"{place.line}: listed as equivalent, but noticed: {key}")
            elif key in said:
                score.equal += 1
            else:
                score.survived.append(f"{place.line}: {key}")

        runner.start(path, number, done)
    runner.finish()
    score.survived.sort(key=lambda one: int(one.partition(":")[0]))
    return score


def module_of(path: Path) -> str:
    """Return the dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def of_rules(jobs: int, use: Callable[[Runner], None]) -> None:
    """Use a runner that asks the tests of the rules."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "pytest.ini"
        settings.write_text("[pytest]\nmarkers = nightly\n", encoding="utf-8")
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder

        def with_tests(items: list[pytest.Item]) -> None:
            def trial(path: Path, tree: ast.Module, place: Place, slot: int) -> bool:
                files = tests_of(module_of(path))
                if place.inside and transplant(module_of(path), path, tree):
                    return items_fail([one for one in items if str(one.path) in files])
                install(module_of(path), path, tree)
                return tests_fail(files, settings)

            sound(lambda: items_fail(items))
            use(Runner(jobs, trial))

        collected(sorted({one for path in RULES for one in tests_of(module_of(path))}), settings, with_tests)


def sound(trial: Callable[[], bool]) -> None:
    """Make sure that nothing fails where nothing is broken: else every mutant would count as noticed."""
    if not ended_well(begin(trial)):
        sys.exit("The tests fail without any mutant: mend them first.")


def of_twin(jobs: int, use: Callable[[Runner], None]) -> None:
    """Use a runner that compares worlds with the policies of a database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tasuki.config.settings")
    import django

    django.setup()
    from tasuki.ops.database import fleeting_server
    from tasuki.ops.oracle.stage import TEMPLATE

    with fleeting_server(TEMPLATE) as server:
        for slot in range(jobs):
            server.clone(TEMPLATE, f"twin_{slot}")

        def trial(path: Path, tree: ast.Module, place: Place, slot: int) -> bool:
            install(module_of(path), path, tree)
            return worlds_differ(server, f"twin_{slot}")

        sound(lambda: worlds_differ(server, "twin_0"))
        use(Runner(jobs, trial))


def written(scores: list[Score], *, whole: bool) -> str:
    """Say the scores as a section of the report."""
    rows = [f"| `{one.name}` | {one.noticed} | {len(one.survived)} | {one.equal} | {one.share:.1%} |" for one in scores]
    how = "Every mutant" if whole else "A sample of the mutants, evenly spread over each module"
    day = date.today().isoformat()  # noqa: DTZ011  a day on paper
    told = f"{how}: the rules against `tests/rules`; the twin in `ops/oracle`, where listed, against {WORLDS} worlds."
    table = ["| Module | noticed | survived | equivalent | score |", "|---|---|---|---|---|", *rows]
    last = f"| all | | | | {total(scores):.1%} |"
    return "\n".join([f"`./run mutation --write`, {day}. {told}", "", *table, last])


def total(scores: list[Score]) -> float:
    """The share over all modules."""
    tried = sum(one.noticed + len(one.survived) for one in scores)
    return sum(one.noticed for one in scores) / tried if tried else 1.0


def main() -> int:
    """Try the mutants, tell the survivors, and fail below nine in ten."""
    asked = argparse.ArgumentParser(prog="./run mutation", description=__doc__)
    asked.add_argument("--only", help="one module, such as rules/case or oracle/sight; or rules, or oracle")
    asked.add_argument("--limit", type=int, help="as many mutants of each module, evenly spread")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--write", action="store_true", help="write the figures into docs/measured.md")
    told = asked.parse_args()
    said = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    scores: list[Score] = []
    for paths, open_ in ((RULES, of_rules), (TWIN, of_twin)):
        chosen = [one for one in paths if told.only in {None, one.parent.name, f"{one.parent.name}/{one.stem}"}]
        if not chosen:
            continue

        def use(runner: Runner, chosen: list[Path] = chosen) -> None:
            for path in chosen:
                score = score_of(path, runner, told.limit, said.get(f"{path.parent.name}/{path.stem}", {}))
                scores.append(score)
                line = f"{score.name}: {score.noticed} noticed, {len(score.survived)} survived, {score.share:.1%}"
                print(line, *(f"  {score.name}:{one}" for one in score.survived), sep="\n", file=sys.stderr, flush=True)

        open_(told.jobs, use)
    if told.json:
        print(json.dumps({one.name: [one.noticed, one.survived, one.equal] for one in scores}, ensure_ascii=False))
    print(f"{total(scores):.1%}", file=sys.stderr)
    if told.write:
        write_section("Mutation", written(scores, whole=told.limit is None))
    return 0 if scores and total(scores) >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
