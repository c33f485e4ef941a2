"""What was measured beside the peers, as a section of the report and as JSON."""

from __future__ import annotations

import os
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings

from bench.goals import CALLS, GUESTS, SQL, SYSTEMS, Ratio, multiple, said
from bench.rounds import Cell, Round
from tasuki.ops.serve import WORKERS


@dataclass(frozen=True)
class Found:
    """Everything that was measured: rounds, MB and seconds to the first page and calls a second by system, statements, rows."""

    rounds: list[Round]
    memory: dict[str, float]
    cold: dict[str, float]
    mix: dict[str, float]
    statements: dict[Cell, int]
    counts: dict[str, int]


def section(command: str, found: Found, compared: Sequence[Ratio]) -> str:
    """Say everything as a section of the report."""
    day = date.today().isoformat()  # noqa: DTZ011  a day on paper
    steady = max(one.drift for one in found.rounds)
    how = (
        f"`{command}`, {day}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}; {found.counts['case']:,} cases and"
        f" {found.counts['record']:,} records, embedded PostgreSQL, durable; {WORKERS} workers of {settings.THREADS} threads each. The client"
        f" works on the same machine: only ratios count. Every page was looked at. Middle of {len(found.rounds)} rounds in which"
        f" the systems take turns; an empty page took {_paces(found.rounds)} ms, drift at most {steady:.0%}"
        f" ({sum(one.tries - 1 for one in found.rounds)} rounds made again)."
    )
    who = (
        "*tasuki*: `tasuki serve`, through the door, row security and footprint on. *floor*: one statement and plain strings, no"
        " framework, no law. *sql*: that statement alone. *djadmin*: Django's admin, no law, no footprint. Who sees which row is"
        " looked up by the three from a table that was filled beforehand. Opening 200 records: tasuki and floor show 25 in full"
        f" and all others as marks, djadmin all in full. {_guests(found)} The goals are those for 100,000 cases."
    )
    return "\n".join(
        [how, "", who, "", *ratio_table(compared), "", *call_table(found), "", *server_table(found)],
    )


def _guests(found: Found) -> str:
    if not found.memory.keys() & {*GUESTS}:
        return "Lino Welfare and GNU Health are not part of this run (`--full`)."
    return (
        "*lino*, *gnuhealth*: Lino Welfare and GNU Health (bench/peers/*.in), every person a client or patient, a note with the first"
        " person of its case, no law; what their own programs ask for: rows as JSON, a person and then all their notes. They have no"
        " page of figures like these; no goal is set against GNU Health."
    )


def _paces(found: Sequence[Round]) -> str:
    each = [pace for one in found for pace in (one.before, one.after)]
    return f"{min(each):.2f} to {max(each):.2f}"


def ratio_table(told: Sequence[Ratio]) -> list[str]:
    """Give the ratios as lines of a table."""
    lines = ["| what | against | ratio | of the rounds | goal | | by processor time |", "|---|---|---|---|---|---|---|"]
    for one in told:
        spread = f"{said(one, one.least)} to {said(one, one.most)}"
        mark, work = "reached" if one.reached else "**missed**", "" if one.work is None else multiple(one.work)
        lines.append(
            f"| {one.what} | {one.against} | {said(one, one.middle)} | {spread} | {one.goal} | {mark} | {work} |"
        )
    return lines


def call_table(found: Found) -> list[str]:
    """Give every call to every system as lines of a table: the middle of the rounds, and least to most of the p50."""
    lines = [
        "| call | system | p50 ms | of the rounds | p95 ms | server CPU-ms | database CPU-ms | SQL | bytes |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for call in CALLS:
        lines += [_cell(found, call, system) for system in SYSTEMS if system in {*found.memory, SQL}]
    return lines


def _cell(found: Found, call: str, system: str) -> str:
    cells = [one.taken[call, system] for one in found.rounds if (call, system) in one.taken]
    if not cells:
        return f"| {call} | {system} | none | | | | | | |"
    p50 = [one.p50 for one in cells]
    late, app, base = (
        statistics.median(each) for each in zip(*((c.p95, c.app_cpu, c.database_cpu) for c in cells), strict=True)
    )
    counted = found.statements.get((call, system), "")
    return (
        f"| {call} | {system} | {statistics.median(p50):.2f} | {min(p50):.2f} to {max(p50):.2f} | {late:.2f} |"
        f" {'' if system == SQL else f'{app:.2f}'} | {base:.2f} | {counted} | {cells[-1].size or ''} |"
    )


def server_table(found: Found) -> list[str]:
    """Give each server as a line of a table."""
    lines = [
        f"| server | MB (PSS), {WORKERS} workers | MB a worker | seconds to the first page | calls a second, 8 at once |",
        "|---|---|---|---|---|",
    ]
    for system, memory in found.memory.items():
        calls = f"{found.mix[system]:.0f}" if system in found.mix else "not measured"
        lines.append(f"| {system} | {memory:.0f} | {memory / WORKERS:.0f} | {found.cold[system]:.2f} | {calls} |")
    return lines


def as_json(command: str, found: Found, compared: Sequence[Ratio]) -> dict[str, Any]:
    """Give everything in plain values."""
    return {
        "command": command,
        "cores": os.cpu_count(),
        "rounds": [{**_named(one.taken), "hello": [one.before, one.after], "tries": one.tries} for one in found.rounds],
        "statements": [[*cell, count] for cell, count in found.statements.items()],
        "memory_mb": found.memory,
        "cold_seconds": found.cold,
        "calls_a_second": found.mix,
        "rows": found.counts,
        "ratios": [asdict(one) for one in compared],
    }


def _named(taken: Mapping[Cell, Any]) -> dict[str, Any]:
    return {call: {system: asdict(one) for (of, system), one in taken.items() if of == call} for call in CALLS}
