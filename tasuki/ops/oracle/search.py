"""The search: worlds by chance until one differs, then the smallest such world that a short while finds."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from multiprocessing import get_context
from typing import Any

from tasuki.ops.database import Server
from tasuki.ops.oracle.compare import Bench, Difference, Tally
from tasuki.ops.oracle.stage import TEMPLATE, bench
from tasuki.ops.oracle.world import TABLES, World
from tasuki.ops.oracle.worlds import Dice, draw_world

SHRINKING_SECONDS = 25.0
# What every world has and nobody need read in a counterexample.
_ALWAYS_THERE = frozenset({
    "municipality", "conference", "area", "department", "programme", "rolename", "setting", "staff", "contact", "searchkey",
    "householdmove", "gap", "resource", "journalline", "readline", "draft", "sentform", "export", "exportpiece", "holding", "caseworker",
})  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """How a search ended: what was compared, and the smallest world that differs, with what differs in it."""

    tally: Tally
    seconds: float
    after: int = 0
    world: World | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def leaks(self) -> int:
        """How many rows were shown or written against the rules, in the smallest world."""
        return sum(one.leak for one in self.differences)

    @property
    def hidden(self) -> int:
        """How many rows were hidden or refused against the rules, in the smallest world."""
        return len(self.differences) - self.leaks


def search(on: Bench, count: int, seed: int, *, shrinking: float = SHRINKING_SECONDS) -> Outcome:
    """Compare `count` worlds thrown from `seed`; at the first that differs look for a smaller one that does."""
    start = time.monotonic()
    for number in range(count):
        world = draw_world(Dice(seed * 1_000_003 + number))
        differences = on.differences(world, number)
        if differences:
            after = on.tally.worlds
            world, differences = smaller(on, world, differences, number, time.monotonic() + shrinking)
            return Outcome(on.tally, time.monotonic() - start, after, world, tuple(differences))
    return Outcome(on.tally, time.monotonic() - start)


def smaller(
    on: Bench, world: World, differences: list[Difference], dice: int, until: float
) -> tuple[World, list[Difference]]:
    """Take rows out, each with all that refer to it, as long as one of the first differences remains."""
    kinds = {(one.mode, one.verb, one.table, one.leak) for one in differences}
    for table in reversed(TABLES):
        for row in getattr(world, table):
            if time.monotonic() > until:
                return world, differences
            less = without(world, {row.id})
            if less == world or not less.post:
                continue
            left = [one for one in on.differences(less, dice) if (one.mode, one.verb, one.table, one.leak) in kinds]
            if left:
                world, differences = less, left
    return world, differences


def without(world: World, gone: set[str]) -> World:
    """Return the world without these rows and without whatever refers to them."""
    before = 0
    while len(gone) > before:
        before = len(gone)
        for table in TABLES:
            gone |= {row.id for row in getattr(world, table) if gone & _ids_in(row)}
    kept: dict[str, Any] = {
        table: tuple(row for row in getattr(world, table) if row.id not in gone) for table in TABLES
    }
    return replace(world, **kept) if kept["municipality"] and kept["conference"] else world


def _ids_in(row: object) -> set[str]:
    values = [getattr(row, one.name) for one in fields(row)]  # type: ignore[arg-type]  # every row is a dataclass
    return {
        part for value in values for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, str)
    }


def _search_in_copy(server: Server, name: str, count: int, number: int) -> Outcome:
    with bench(server, name) as on:
        return search(on, count, number)


def search_with(server: Server, count: int, number: int, workers: int, template: str = TEMPLATE) -> list[Outcome]:
    """Share the worlds among workers, each in a copy of the prepared database, with a seed of its own."""
    names = [f"{template}_{worker}" for worker in range(workers)]
    for name in names:
        server.clone(template, name)
    afar = replace(server, cluster=None)  # another process reaches the server by its address and keeps nothing alive
    share = [count // workers + (worker < count % workers) for worker in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = [
            pool.submit(_search_in_copy, afar, name, part, number * 1000 + worker)
            for worker, (name, part) in enumerate(zip(names, share, strict=True))
            if part
        ]
        return [job.result() for job in jobs]


def told(outcome: Outcome) -> Iterable[str]:
    """Say a counterexample so that it can be read: what differs, for whom, and the rows of the world."""
    if outcome.world is None:
        return
    yield from (f"  {one}" for one in outcome.differences[:8])
    posts = {one.post for one in outcome.differences}
    yield from (f"  見る人 {_row(post)}" for post in outcome.world.post if post.id in posts)
    for table in TABLES:
        if table not in _ALWAYS_THERE:
            yield from (f"    {table}: {_row(row)}" for row in getattr(outcome.world, table))


def _row(row: object) -> str:
    shown = ((one.name, getattr(row, one.name)) for one in fields(row))  # type: ignore[arg-type]  # every row is a dataclass
    return "  ".join(f"{name}={value}" for name, value in shown if value not in (None, "", (), False))
