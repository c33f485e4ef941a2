"""How long the worlds of `tasuki synth` take to load and to check, and then what is asked most: `python -m bench.worlds`."""

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg

from bench import plans
from bench.report import REPORT, kept_rows, write_section
from tasuki.ops.database import Server, disconnect, embedded_server
from tasuki.ops.embedded import Cluster
from tasuki.ops.synth import make
from tasuki.ops.synth.sizes import ALONE, PREFECTURE

TITLE = "Worlds"
GOALS = {"city": 60, "designated": 15 * 60}  # seconds
# Of the hot queries, asked in the largest town: the database alone, under row security, without the page around it.
HOT = {
    "my_cases_all": "my cases",
    "my_cases_hub": "the hub's cases",
    "today_waiting": "今日",
    "today_hub": "the hub's 今日",
    "receptions": "受付",
    "case_opened_200": "longest case",
    "search_name": "a name",
    "search_words": "a rare word",
    "figures_year": "figures",
}
COLUMNS = (
    "World",
    "day",
    "municipalities",
    "cases",
    "records",
    "people",
    "footprint",
    "MB",
    "load s",
    "`tasuki check` s",
)


@dataclass
class Taken:
    """What loading and checking one world took (seconds), what is in it, and how large its database is (MB)."""

    size: str
    towns: int
    counts: dict[str, int]
    load: float
    check: float
    broken: list[str]
    megabytes: int
    asked: list[float]


def taken(server: Server, size: str, seed: int, *, write_plans: bool) -> Taken:
    """Make one world in a database of its own, check it, ask it, and drop it."""
    name = f"world_{size}"
    server.make_database(name)
    server.prepare(name)
    from tasuki.ops.check import violations

    made = make(seed, size)
    begun = time.monotonic()
    broken = [one.name for one in violations()]
    check = time.monotonic() - begun
    who = plans.logins(size, seed)
    if write_plans:
        plans.plans(who, None, write=True)
    asked = dict(plans.times(who, HOT))
    disconnect()
    with psycopg.connect(server.admin_dsn(name)) as admin:
        row = admin.execute("SELECT pg_database_size(current_database())").fetchone()
    server.drop(name)
    megabytes = int(row[0]) // 2**20 if row else 0
    return Taken(
        size, len(made.municipalities), made.counts, made.seconds, check, broken, megabytes, [asked[one] for one in HOT]
    )


def said(one: Taken) -> str:
    """Say one world as a row of the table."""
    day = date.today().isoformat()  # noqa: DTZ011  a day on paper
    counts = " | ".join(f"{one.counts[table]:,}" for table in ("case", "record", "person", "footprint"))
    asked = " | ".join(f"{ms:,.1f}" for ms in one.asked)
    return f"| {one.size} | {day} | {one.towns} | {counts} | {one.megabytes:,} | {one.load:,.1f} | {one.check:,.1f} | {asked} |"


def section(found: list[Taken]) -> str:
    """Say all worlds as a table; those that were not made this time keep their rows."""
    heads = [*COLUMNS, *(f"{one} ms" for one in HOT.values())]
    old = kept_rows(REPORT.read_text(encoding="utf-8"), TITLE, {one.size for one in found}, len(heads))
    order = [*ALONE, PREFECTURE]
    rows = sorted([*old, *map(said, found)], key=lambda row: order.index(row.split("|")[1].strip()))
    how = (
        f"`python -m bench.worlds --sizes … --write`, embedded PostgreSQL, durable, {os.cpu_count()} cores; each world on its day."
        " Last: what is asked most, asked in the largest town by one of its workers (the hub's: by one of the hub; figures: by"
        " its manager); the statement alone, under row security, the middle of up to 25."
    )
    return "\n".join([how, "", f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *rows])


def main() -> int:
    """Load, check, print and perhaps write; 1 when a world breaks a promise or takes longer than its goal."""
    asked = argparse.ArgumentParser(prog="python -m bench.worlds", description=__doc__)
    asked.add_argument("--sizes", nargs="*", default=list(ALONE), choices=[*ALONE, PREFECTURE])
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--plans", choices=[*ALONE, PREFECTURE], help="the world whose plans go into bench/plans")
    asked.add_argument("--write", action="store_true", help="write the figures into docs/measured.md")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="tasuki-worlds-") as folder:
        Path(folder).chmod(0o711)  # as root, the server's own user must pass through
        with Cluster(Path(folder)) as cluster:
            server = embedded_server(cluster)
            server.make_roles()
            found = []
            for size in told.sizes:
                found.append(taken(server, size, told.seed, write_plans=size == told.plans))
                print(said(found[-1]), *found[-1].broken, flush=True)
    if told.write:
        write_section(TITLE, section(found))
    late = [one.size for one in found if one.load > GOALS.get(one.size, float("inf"))]
    if late:
        print(f"longer than the goal: {' '.join(late)}", file=sys.stderr)
    return 1 if late or any(one.broken for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
