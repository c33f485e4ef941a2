"""Rounds: every system is asked every call in turn, between two looks at how fast the machine is just now."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg

from bench.browser import Browser
from bench.calls import Meter, System
from bench.goals import CALLS, COMMON, FIGURES, LONG, MINE, RARE, SAVE, SEARCH, SHORT
from bench.serving import family

MOST_DRIFT = 0.10
TRIES = 3
HELLOS = 150
WARM = 6  # calls before anything counts: two workers of four threads each load what they need
FEWEST = 5
CLIENTS = 8
# What a morning is made of, in thousandths; what the product has no page for is left out.
MIX = {MINE: 200, SHORT: 360, LONG: 40, SEARCH: 80, RARE: 30, COMMON: 20, SAVE: 180, FIGURES: 15}

type Tell = Callable[[str], None]
type Cell = tuple[str, str]  # call, system


@dataclass(frozen=True)
class Pace:
    """How often each call is made in a round, how many seconds that may take, and until when rounds are repeated (monotonic)."""

    times: int
    seconds: float
    until: float


@dataclass(frozen=True)
class Taken:
    """One call to one system in one round: ms at the middle and for 95 of 100, CPU-ms a call of server and database, bytes."""

    p50: float
    p95: float
    app_cpu: float
    database_cpu: float
    size: int
    times: int

    @property
    def work(self) -> float:
        """The processor time of a call, in ms."""
        return self.app_cpu + self.database_cpu


@dataclass(frozen=True)
class Round:
    """One round: what was taken, the machine's pace before and after (ms for an empty page), and how often it was tried."""

    taken: dict[Cell, Taken]
    before: float
    after: float
    tries: int

    @property
    def drift(self) -> float:
        """How much slower or faster the machine became meanwhile, as a share."""
        return abs(self.after / self.before - 1)


def p95(times: Sequence[float]) -> float:
    """Return what 95 of 100 do not exceed."""
    return statistics.quantiles(times, n=100, method="inclusive")[94] if len(times) > 1 else times[0]


def taken(system: System, call: str, pace: Pace, database: Sequence[int]) -> Taken:
    """Make one call over and over. Raises Wrong at the first wrong answer."""
    meter, size, until = Meter(system.pids, database), 0, time.monotonic() + pace.seconds
    while len(meter.times) < pace.times and (len(meter.times) < FEWEST or time.monotonic() < until):
        size = system.run(call, meter)
    count = len(meter.times)
    return Taken(
        statistics.median(meter.times), p95(meter.times), meter.app_cpu / count, meter.database_cpu / count, size, count
    )  # fmt: skip


def hello(browser: Browser) -> float:
    """Return how many ms an empty page takes just now, in the middle of many."""
    meter = Meter()
    for _ in range(HELLOS):
        with meter:
            browser.ask("/hello")
    return statistics.median(meter.times)


def rounds(
    systems: Sequence[System], machine: Callable[[], float], pace: Pace, count: int, postmaster: int, tell: Tell
) -> list[Round]:  # fmt: skip
    """Make so many rounds; one in which the machine drifted is made again, at most TRIES times. Raises Wrong.

    `machine` tells the machine's pace now, in ms; `postmaster` is the database server's first process.
    """
    for system in systems:
        for call in filter(system.answers, CALLS):
            for _ in range(WARM):
                system.run(call, Meter())
    return [_steady(number, systems, machine, pace, postmaster, tell) for number in range(1, count + 1)]


def _steady(
    number: int, systems: Sequence[System], machine: Callable[[], float], pace: Pace, postmaster: int, tell: Tell
) -> Round:  # fmt: skip
    tries = 0
    while True:
        tries += 1
        before, database = machine(), family(postmaster)
        found = {
            (call, system.name): taken(system, call, pace, database)
            for call in CALLS for system in systems if system.answers(call)
        }  # fmt: skip
        made = Round(found, before, machine(), tries)
        tell(f"round {number}, try {tries}: drift {made.drift:.0%}")
        if made.drift <= MOST_DRIFT or tries == TRIES or time.monotonic() > pace.until:
            return made


def statements(
    systems: Sequence[System], admin: psycopg.Connection, roles: Mapping[str, Sequence[str]]
) -> dict[Cell, int]:
    """Count the SQL statements of each call, as the server counts them for the system's roles (pg_stat_statements)."""
    found = {}
    for system in systems:
        for call in filter(system.answers, CALLS):
            admin.execute("SELECT pg_stat_statements_reset()")
            meter = _Counting(admin, roles[system.name])
            system.run(call, meter)
            found[call, system.name] = meter.counted
    return found


class _Counting(Meter):
    """A meter that counts statements between its entry and its exit, and not the looking that follows."""

    def __init__(self, admin: psycopg.Connection, roles: Sequence[str]) -> None:
        super().__init__()
        self._admin, self._roles, self.counted = admin, list(roles), 0

    def _count(self) -> int:
        row = self._admin.execute(
            "SELECT coalesce(sum(calls), 0)::integer FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid"
            " WHERE r.rolname = ANY(%s)",
            [self._roles],
        ).fetchone()
        return int(row[0]) if row else 0

    def __enter__(self) -> None:
        self._at_first = self._count()

    def __exit__(self, *_: object) -> None:
        self.counted = self._count() - self._at_first


def mixed(made: Callable[[], System], seconds: float) -> float:
    """Let CLIENTS ask a mixed morning side by side; returns calls a second. Raises what went wrong first."""
    systems = [made() for _ in range(CLIENTS)]
    begun = time.monotonic()

    def work(number: int) -> int:
        system, dice, meter = systems[number], random.Random(number), Meter()  # noqa: S311
        calls = [call for call in MIX if system.answers(call)]
        while time.monotonic() < begun + seconds:
            system.run(dice.choices(calls, [MIX[call] for call in calls])[0], meter)
        return len(meter.times)

    with ThreadPoolExecutor(CLIENTS) as askers:
        made_in_all = sum(askers.map(work, range(CLIENTS)))
    return made_in_all / (time.monotonic() - begun)
