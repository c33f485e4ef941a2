"""How long the worlds of `tasuki synth` take to load and to check: `python -m bench.worlds [--sizes …] [--write]`."""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg

from bench.report import write_section
from tasuki.ops.database import Server, disconnect, embedded_server
from tasuki.ops.embedded import Cluster
from tasuki.ops.synth import make
from tasuki.ops.synth.sizes import ALONE, PREFECTURE

TITLE = "Worlds"
GOALS = {"city": 60, "designated": 15 * 60}  # seconds


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


def taken(server: Server, size: str, seed: int) -> Taken:
    """Make one world in a database of its own, check it, and drop it."""
    name = f"world_{size}"
    server.make_database(name)
    server.prepare(name)
    from tasuki.ops.check import violations

    made = make(seed, size)
    begun = time.monotonic()
    broken = [one.name for one in violations()]
    check = time.monotonic() - begun
    disconnect()
    with psycopg.connect(server.admin_dsn(name)) as admin:
        row = admin.execute("SELECT pg_database_size(current_database())").fetchone()
    server.drop(name)
    return Taken(
        size, len(made.municipalities), made.counts, made.seconds, check, broken, int(row[0]) // 2**20 if row else 0
    )


def said(one: Taken) -> str:
    """Say one world as a row of the table."""
    counts = " | ".join(f"{one.counts[table]:,}" for table in ("case", "record", "person", "footprint"))
    return f"| {one.size} | {one.towns} | {counts} | {one.megabytes:,} | {one.load:,.1f} | {one.check:,.1f} |"


def main() -> int:
    """Load, check, print and perhaps write; 1 when a world breaks a promise or takes longer than its goal."""
    asked = argparse.ArgumentParser(prog="python -m bench.worlds", description=__doc__)
    asked.add_argument("--sizes", nargs="*", default=list(ALONE), choices=[*ALONE, PREFECTURE])
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--write", action="store_true", help="write the figures into docs/measured.md")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="tasuki-worlds-") as folder:
        Path(folder).chmod(0o711)  # as root, the server's own user must pass through
        with Cluster(Path(folder)) as cluster:
            server = embedded_server(cluster)
            server.make_roles()
            found = []
            for size in told.sizes:
                found.append(taken(server, size, told.seed))
                print(said(found[-1]), *found[-1].broken, flush=True)
    if told.write:
        head = "| World | municipalities | cases | records | people | footprint | MB | load s | `tasuki check` s |"
        day = date.today().isoformat()  # noqa: DTZ011  a day on paper
        how = f"`python -m bench.worlds --sizes {' '.join(told.sizes)} --write`, {day}, embedded PostgreSQL, durable."
        write_section(TITLE, "\n".join([how, "", head, "|" + "---|" * 9, *map(said, found)]))
    late = [one.size for one in found if one.load > GOALS.get(one.size, float("inf"))]
    if late:
        print(f"longer than the goal: {' '.join(late)}", file=sys.stderr)
    return 1 if late or any(one.broken for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
