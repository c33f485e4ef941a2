"""`./run bench`: the product beside its peers, from the same rows, on this machine; 1 when a goal is missed or a page is wrong.

One embedded PostgreSQL, durable; one world of `tasuki synth`; the product as `tasuki serve` serves a city, through the door
and under row security; the floor, the SQL limit and Django's admin (bench.peers). Only ratios count: they come from one run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psycopg

from bench.report import write_section
from tasuki.ops import synth
from tasuki.ops.database import Server, disconnect, embedded_server
from tasuki.ops.embedded import Cluster
from tasuki.ops.synth.sizes import ALONE

if TYPE_CHECKING:
    from bench.table import Found

TITLE = "Beside peers"
NAME = "bench"
MIXED_SECONDS = 12


class Way(NamedTuple):
    """How often each call is made in a round, how many seconds that may take, and for how long rounds are made again."""

    times: int
    seconds: float
    again: float


QUICK, WHOLE = Way(12, 1.5, 120), Way(40, 6, 3600)


def tell(words: str) -> None:
    """Say on the error channel how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def arguments() -> argparse.ArgumentParser:
    """Return what may be asked."""
    asked = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    asked.add_argument(
        "--quick", action="store_true", help="fewer calls and nothing side by side: a few minutes in all"
    )
    asked.add_argument(
        "--full", action="store_true", help="Lino Welfare and GNU Health as well, installed for this run"
    )
    asked.add_argument("--size", choices=[*ALONE], default="city", help="the world (city)")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--write", action="store_true", help="write the figures into docs/measured.md")
    asked.add_argument("--json", type=Path, metavar="FILE", help="put everything that was measured into a file")
    return asked


@contextmanager
def world(size: str, seed: int) -> Iterator[tuple[Server, synth.Made]]:
    """Make a world in a server of its own that counts statements; Django leads to it while the block lasts."""
    with tempfile.TemporaryDirectory(prefix="tasuki-bench-") as folder:
        Path(folder).chmod(0o711)  # as root, the server's own user must pass through
        # `tasuki serve` finds this server as that of its installation.
        os.environ["TASUKI_HOME"] = folder
        os.environ.pop("DATABASE_URL", None)
        cluster = Cluster(Path(folder) / "city")
        with cluster, psycopg.connect(embedded_server(cluster).admin, autocommit=True) as admin:
            admin.execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
            admin.execute("ALTER SYSTEM SET pg_stat_statements.track_utility = off")
        with cluster:
            server = embedded_server(cluster)
            server.make_roles()
            server.make_database(NAME)
            server.prepare(NAME)
            with psycopg.connect(server.admin_dsn(NAME)) as admin:
                admin.execute("CREATE EXTENSION pg_stat_statements")
            tell(f"making the world: {size}")
            try:
                yield server, synth.make(seed, size)
            finally:
                disconnect()


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print, perhaps write; 1 when a goal is missed or a page is wrong."""
    asked = arguments().parse_args(words)
    with world(asked.size, asked.seed) as (server, made):
        # Only now: these rooms need Django's settings.
        from bench.calls import Wrong

        try:
            found = measured(server, made, asked)
        except Wrong as trouble:
            print(trouble, file=sys.stderr)
            return 1
    return told(found, asked)


def measured(server: Server, made: synth.Made, asked: argparse.Namespace) -> Found:
    """Serve, ask and count. Raises Wrong when a page is not the right one."""
    from bench import rounds, systems
    from bench.hot import longest
    from bench.scene import scene
    from bench.serving import memory_mb, postmaster
    from bench.table import Found

    logins, way = {one.word: one.login for one in made.logins}, QUICK if asked.quick else WHOLE
    about = scene(logins["csw"], longest(logins["hub"]), logins["manager"])
    disconnect()
    environment = {"TASUKI_HOME": os.environ["TASUKI_HOME"], "TASUKI_DATABASE": NAME}
    with (
        tempfile.TemporaryDirectory(prefix="tasuki-bench-") as folder,
        systems.stand(
            server, NAME, about, made.logins[0].password, environment, guests=Path(folder) if asked.full else None
        ) as here,
    ):
        tell("everything is served")
        pace = rounds.Pace(way.times, way.seconds, time.monotonic() + way.again)
        found = rounds.rounds(here.systems, here.hello, pace, asked.rounds, postmaster(server), tell)
        with psycopg.connect(server.admin_dsn(NAME), autocommit=True) as admin:
            counted = rounds.statements(here.systems, admin, systems.ROLES)
        memory = {name: memory_mb(one.pids) for name, one in here.servers.items()}
        mix = (
            {}
            if asked.quick
            else {name: rounds.mixed(partial(here.more, name), MIXED_SECONDS) for name in here.servers}
        )
        cold = {name: one.cold for name, one in here.servers.items()}
    return Found(found, memory, cold, mix, counted, made.counts)


def command(asked: argparse.Namespace) -> str:
    """Say how the same is measured again."""
    told = "".join(f" --{one}" for one in ("quick", "full") if getattr(asked, one))
    write = " --write" if asked.write else ""
    return f"./run bench{told} --size {asked.size} --seed {asked.seed} --rounds {asked.rounds}{write}"


def told(found: Found, asked: argparse.Namespace) -> int:
    """Print the tables, write them where asked, and say which goals are missed; 1 when there are any."""
    from bench import goals
    from bench.table import as_json, section

    compared = goals.ratios(found.rounds) + goals.others(found.memory, found.statements, found.mix)
    text = section(command(asked), found, compared)
    print(text)
    if asked.write:
        write_section(TITLE, text)
    if asked.json:
        asked.json.write_text(
            json.dumps(as_json(command(asked), found, compared), ensure_ascii=False, indent=1), encoding="utf-8"
        )
    missed = goals.missed(compared)
    for one in missed:
        print(f"missed: {one}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
