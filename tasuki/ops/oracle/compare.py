"""The comparison: one world, every post, every table, every verb; RLS alone, filter alone, both, and the sets of the lists."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import psycopg

from tasuki.ops.oracle import questions
from tasuki.ops.oracle.scribe import Names, Scribe
from tasuki.ops.oracle.sight import Sight
from tasuki.ops.oracle.tables import GROUNDS, SELECT, changeable, there
from tasuki.ops.oracle.world import TABLES, Id, Post, World
from tasuki.ops.oracle.writing import INSERT, Trial

TRIALS = 12
CLEARED_EVERY = 16  # as many neighbours as a world may have
NAMED_EVERY = 3  # the filter alone, and both, are asked of every third actor


@dataclass(frozen=True)
class Difference:
    """One row about which the database and the prose disagree for one post."""

    mode: str
    verb: str
    table: str
    row: str
    post: Id
    leak: bool
    detail: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        what = "漏れ" if self.leak else "隠れすぎ"
        return f"{what} {self.mode} {self.verb} {self.table} {self.row} {self.post} {self.detail}".rstrip()


@dataclass
class Tally:
    """What was compared: tables and actors seen, and questions asked by verb and mode."""

    worlds: int = 0
    actors: int = 0
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    tables: set[str] = field(default_factory=set)


class Bench:
    """Two connections to a throw-away database: the administrator's, and the serving role's, which asks."""

    def __init__(self, admin: psycopg.Connection, app: psycopg.Connection) -> None:
        self.admin, self.app = admin, app
        self.scribe = Scribe(admin)
        self.tally = Tally()

    def differences(self, world: World, dice: int) -> list[Difference]:
        """Write the world, ask everything of everybody, and return what differs from the prose."""
        if self.tally.worlds % CLEARED_EVERY == 0:
            self.scribe.clear()
        return self.compared(world, self.scribe.write(world), dice)

    def compared(self, world: World, names: Names, dice: int, posts: Iterable[Post] | None = None) -> list[Difference]:
        """Ask everything of everybody, or of some, about a world that is written already."""
        self.tally.worlds += 1
        found: list[Difference] = []
        for number, post in enumerate(world.post if posts is None else posts):
            self.tally.actors += 1
            found += self._of_post(world, names, Sight(world, post), Random(dice + number))  # noqa: S311  chance, no secret
        return found

    def _of_post(self, world: World, names: Names, sight: Sight, dice: Random) -> list[Difference]:
        judge = Judge(names, sight.post.id, self.tally)
        begin = "SELECT begin_request(%s, %s)", [names.key(sight.post.id), world.at]
        self.app.execute(*begin)
        answer = self.app.execute(questions.rows_there(), prepare=True).fetchone() or ()
        judge.rows("RLS", "SELECT", TABLES, answer, there(world, sight))
        people = {"people": [names.uuid(one.id) for one in world.person]}
        listed = self.app.execute(questions.rows_listed(), people, prepare=True).fetchone() or ()
        judge.named("一覧", questions.LISTED, listed, _listed(world, sight))
        # Who is not in force is nobody: the first question says it all, and every third time the others too.
        if sight.in_force or self.tally.actors % NAMED_EVERY == 0:
            self._write(world, names, sight, dice, judge)
            if self.tally.actors % NAMED_EVERY == 0:
                self._name(world, sight, begin, judge)
        self.app.rollback()
        return judge.found

    def _write(self, world: World, names: Names, sight: Sight, dice: Random, judge: Judge) -> None:
        trials = list(Trial(world, sight, dice).rows(TRIALS))
        rows = json.dumps([self.scribe.row(names, world, table, row) for table, row in trials])
        asked = self.app.execute("SELECT oracle_try(%s, %s)", [[table for table, _ in trials], rows], prepare=True)
        for (table, row), allowed in zip(trials, (asked.fetchone() or ([],))[0], strict=True):
            expected = sight.in_force and INSERT[table](sight, row)
            judge.one("RLS", "INSERT", table, repr(row), got=allowed, expected=expected)
        self.app.execute("SAVEPOINT before")
        answer = self.app.execute(questions.rows_changed(), prepare=True).fetchone() or ()
        self.app.execute("ROLLBACK TO before")
        judge.rows("RLS", "UPDATE", questions.CHANGED, answer, changeable(world, sight))

    def _name(self, world: World, sight: Sight, begin: tuple[str, list[Any]], judge: Judge) -> None:
        named = {name: dict(_grounds(world, sight, name)) for name in questions.FILTERED}
        both = self.app.execute(questions.rows_named(), prepare=True).fetchone() or ()
        judge.named("両方", questions.FILTERED, both, named)
        self.app.rollback()  # binding takes ended holdings back: two who bind must not wait for each other
        self.admin.execute(*begin)
        filtered = self.admin.execute(questions.rows_named(), prepare=True).fetchone() or ()
        self.admin.rollback()
        judge.named("絞り込み", questions.FILTERED, filtered, named)


def _listed(world: World, sight: Sight) -> dict[str, dict[Id, str]]:
    """The first ground of each row that a list may choose; called is a person, a story is of what is about somebody."""
    found = {name: dict(_grounds(world, sight, name)) for name in questions.LISTED if name not in {"called", "story"}}
    of_somebody = {one.record for one in world.subject}
    return found | {
        "called": found["person"],
        "story": {one: ground for one, ground in found["record"].items() if one in of_somebody},
    }


def _grounds(world: World, sight: Sight, table: str) -> Iterator[tuple[Id, str]]:
    """The first ground of each row that is there; of a detail the ground of what it hangs on."""
    for row in getattr(world, table):
        if not SELECT[table](sight, row):
            continue
        yield row.id, _first(sight, table, row)


_HANGS_ON = (
    ("item", Sight.item),
    ("plan", Sight.record),
    ("record", Sight.record),
    ("case", Sight.case),
    ("person", Sight.person),
)


def _first(sight: Sight, table: str, row: Any) -> str:
    if table in GROUNDS:
        return GROUNDS[table](sight, row.id)[0]
    if table in {"householdmove", "bar", "match", "contact"}:
        return sight.person(row.person)[0]
    name, ground = next((name, ground) for name, ground in _HANGS_ON if getattr(row, name, None) is not None)
    return ground(sight, getattr(row, name))[0]


class Judge:
    """Holds the answers to one post against the prose."""

    def __init__(self, names: Names, post: Id, tally: Tally) -> None:
        self.names, self.post, self.tally = names, post, tally
        self.found: list[Difference] = []

    def rows(
        self, mode: str, verb: str, tables: Iterable[str], answers: tuple[Any, ...], expected: dict[str, frozenset[Id]]
    ) -> None:
        """Compare which rows are there, or are changed."""
        for table, ids in zip(tables, answers, strict=True):
            got = {self.names.id(one) for one in ids or ()}
            self._count(mode, verb, table)
            self.found += [Difference(mode, verb, table, row, self.post, leak=True) for row in got - expected[table]]
            self.found += [Difference(mode, verb, table, row, self.post, leak=False) for row in expected[table] - got]

    def named(
        self, mode: str, tables: Iterable[str], answers: tuple[Any, ...], expected: dict[str, dict[Id, str]]
    ) -> None:  # fmt: skip
        """Compare the rows with the ground that is named first."""
        from uuid import UUID

        for table, lines in zip(tables, answers, strict=True):
            got = {self.names.id(UUID(line[:36])): line[37:] for line in lines or ()}
            self._count(mode, "SELECT", table)
            for row in got.keys() | expected[table].keys():
                said, should = got.get(row), expected[table].get(row)
                if said != should:
                    detail = f"データベース {said or 'なし'}、規則 {should or 'なし'}"
                    self.found.append(Difference(mode, "SELECT", table, row, self.post, said is not None, detail))

    def one(self, mode: str, verb: str, table: str, row: str, *, got: bool, expected: bool) -> None:
        """Compare one yes or no."""
        self._count(mode, verb, table)
        if got != expected:
            self.found.append(Difference(mode, verb, table, row, self.post, got))

    def _count(self, mode: str, verb: str, table: str) -> None:
        self.tally.asked[mode, verb] += 1
        self.tally.tables.add(table)
