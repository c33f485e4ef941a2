"""The goals: which calls are made to which systems, how the product is to stand beside the others, and whether it does."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.rounds import Cell, Round

TASUKI, FLOOR, SQL, DJADMIN, LINO, HEALTH = SYSTEMS = ("tasuki", "floor", "sql", "djadmin", "lino", "gnuhealth")
GUESTS = (LINO, HEALTH)  # installed for the run
MINE, SHORT, LONG, SEARCH, RARE, COMMON, SAVE, FIGURES = CALLS = (
    "my cases", "open case, 10 records", "open case, 200 records", "search by name", "a rare word in all records",
    "a common word in all records", "save a record", "figures",
)  # fmt: skip
MIXED, MEMORY, STATEMENTS = "calls a second, 8 at once", "memory", "SQL statements of a page, the most"
# (what, against) → the most that the product may take, as a multiple of the other.
MOST = {
    (MINE, FLOOR): 8, (MINE, SQL): 30, (MINE, DJADMIN): 1 / 6,
    (SHORT, FLOOR): 10, (SHORT, SQL): 20, (SHORT, DJADMIN): 1 / 8,
    (LONG, FLOOR): 6, (LONG, SQL): 25, (LONG, DJADMIN): 1 / 40,
    (SEARCH, FLOOR): 3, (SEARCH, SQL): 4, (SEARCH, DJADMIN): 1 / 20,
    (RARE, FLOOR): 4, (RARE, DJADMIN): 1 / 120,
    (COMMON, FLOOR): 1 / 4, (COMMON, DJADMIN): 1 / 25,
    (SAVE, FLOOR): 8, (SAVE, SQL): 11, (SAVE, DJADMIN): 1.15,
    (FIGURES, FLOOR): 1 / 2, (FIGURES, SQL): 1 / 2,
    (MINE, LINO): 1 / 50, (SHORT, LINO): 1 / 80, (LONG, LINO): 1 / 60, (SEARCH, LINO): 1 / 28, (SAVE, LINO): 1 / 4,
    (MEMORY, LINO): 1 / 4, (MEMORY, FLOOR): 1.8, (MEMORY, DJADMIN): 1.2,
}  # fmt: skip
FASTER = {DJADMIN: 5, LINO: 40}  # times the calls a second
MOST_STATEMENTS = 8


@dataclass(frozen=True)
class Ratio:
    """How the product stands to another: the middle, least and most of the rounds, the goal, and whether it is reached.

    `work` is the same for the processor time of server and database together, which other guests of a machine disturb less.
    """

    what: str
    against: str
    middle: float
    least: float
    most: float
    goal: str
    reached: bool
    work: float | None = None


def multiple(value: float) -> str:
    """Say a ratio: 3.2×, or 1/6 of the other."""
    return f"{_short(value)}×" if value >= 1 else f"1/{_short(1 / value)}"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def ratios(found: Sequence[Round]) -> list[Ratio]:
    """Compare the product's times with those of each peer, round by round."""
    told = []
    for (what, against), most in MOST.items():
        pairs = [(one.taken[what, TASUKI], one.taken[what, against]) for one in found if (what, against) in one.taken]
        if pairs:
            work = statistics.median(ours.work / other.work for ours, other in pairs)
            told.append(
                replace(_ratio(what, against, [ours.p50 / other.p50 for ours, other in pairs], most), work=work)
            )
    return told


def _ratio(what: str, against: str, each: Sequence[float], most: float) -> Ratio:
    middle = statistics.median(each)
    return Ratio(what, against, middle, min(each), max(each), f"≤ {multiple(most)}", middle <= most)


def others(memory: Mapping[str, float], counted: Mapping[Cell, int], mix: Mapping[str, float]) -> list[Ratio]:
    """Compare what is no time: memory in MB by system, statements of each page, calls a second by system (if measured)."""
    told = [
        _ratio(MEMORY, against, [memory[TASUKI] / memory[against]], MOST[MEMORY, against])
        for against in (FLOOR, DJADMIN, LINO)
        if against in memory
    ]
    pages = [count for (call, system), count in counted.items() if system == TASUKI and call != SAVE]
    if pages:
        most = float(max(pages))
        told.append(Ratio(STATEMENTS, "", most, min(pages), most, f"≤ {MOST_STATEMENTS}", most <= MOST_STATEMENTS))
    for against, goal in FASTER.items():
        if against in mix:
            faster = mix[TASUKI] / mix[against]
            told.append(Ratio(MIXED, against, faster, faster, faster, f"≥ {goal}×", faster >= goal))
    return told


def missed(told: Sequence[Ratio]) -> list[str]:
    """Name the goals that are not reached."""
    return [
        f"{one.what}{f' against {one.against}' if one.against else ''}: {said(one, one.middle)}, goal {one.goal}"
        for one in told if not one.reached
    ]  # fmt: skip


def said(one: Ratio, value: float) -> str:
    """Say a value of a ratio: a multiple of the other, or a number where there is no other."""
    return multiple(value) if one.against else f"{value:.0f}"
