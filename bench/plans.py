"""The plans of the hot queries: `python -m bench.plans` compares them with bench/plans/*.txt, `--write` writes those anew.

A plan that lost an index, or reads a large table from end to end where it did not, is told, and the exit code is 1.
"""

import argparse
import re
import statistics
import sys
import time
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tasuki.ops import Unfit, synth
from tasuki.ops.database import Server, city_server, disconnect
from tasuki.ops.synth.sizes import municipalities

FOLDER = Path(__file__).with_name("plans")
LARGE = (
    "record",
    "subject",
    "person",
    "case",
    "caseperson",
    "searchkey",
    "consentreach",
    "holding",
    "readline",
    "journalline",
)
_LITERAL = re.compile(r"'(?:[^']|'')*'(?:::[a-z \[\]]+(?:\(\d+\))?)?")
_INDEX = re.compile(r"(?:Index (?:Only )?Scan(?: Backward)? using|Bitmap Index Scan on) (\S+)")
_SEQ = re.compile(r"Seq Scan on (records_\w+)")
ROUNDS, ENOUGH_MS = 25, 10_000


def masked(plan: str) -> str:
    """Take out of a plan what differs from day to day and from asker to asker."""
    return re.sub(r"\s+$", "", _LITERAL.sub("?", plan), flags=re.MULTILINE) + "\n"


def lost(before: str, now: str) -> list[str]:
    """Name the indexes that a plan no longer uses, and the large tables that it now reads from end to end."""
    gone = sorted(set(_INDEX.findall(before)) - set(_INDEX.findall(now)))
    whole = sorted(set(_SEQ.findall(now)) - set(_SEQ.findall(before)))
    return gone + [f"Seq Scan on {one}" for one in whole if one.removeprefix("records_") in LARGE]


class Explained(Exception):
    """Carries the plan out of a query that is not to be run."""


def explained(call: Callable[[], Any]) -> str:
    """Give the plan of the one statement that a query runs, without running it."""
    from django.db import connection

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's own shape
        cursor = context["cursor"].cursor
        raise Explained(
            "\n".join(str(row[0]) for row in cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", params).fetchall())
        )

    try:
        with connection.execute_wrapper(explain):
            call()
    except Explained as told:
        return masked(str(told))
    raise LookupError("nothing was asked")


def timed(measure: Callable[[], float]) -> float:
    """Give the median of some measurements after one that warms up: fewer of what is slow."""
    measure()
    taken = [measure() for _ in range(3)]
    while len(taken) < ROUNDS and sum(taken) < ENOUGH_MS:
        taken.append(measure())
    return statistics.median(taken)


def main() -> int:
    """Compare, write or measure the hot queries of one world."""
    asked = argparse.ArgumentParser(prog="python -m bench.plans", description=__doc__)
    asked.add_argument(
        "--size", default="designated", help="the world, made apart by `tasuki synth --apart` unless it is there"
    )
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--write", action="store_true", help="write the plans into bench/plans")
    asked.add_argument("--times", action="store_true", help="print the median of each query instead")
    asked.add_argument("--only", nargs="*", help="names of queries")
    told = asked.parse_args()
    with city_server() as server:
        who = entered(server, told.size, told.seed)
        try:
            if not told.times:
                return plans(who, told.only, write=told.write)
            for name, median in times(who, told.only):
                print(f"{name:20}{median:12,.1f} ms", flush=True)
            return 0
        finally:
            disconnect()


def entered(server: Server, size: str, seed: int) -> dict[str, str]:
    """Lead Django to the world, made first unless it is there; gives its logins by their words."""
    name = f"{synth.OWN_DATABASE}{size}_{seed}"
    if name in server.names():
        server.point(name)
    else:
        synth.open_database(server, name, apart=True)
        synth.make(seed, size)
    return logins(size, seed)


def logins(size: str, seed: int) -> dict[str, str]:
    """Give the logins of a world's largest town by their words, and one that works on its longest case."""
    # Only now: this room needs Django's settings.
    from bench.hot import longest
    from tasuki.ops.synth.load import KNOWN, key_of

    first = key_of(seed, municipalities(size)[0])
    return {**{word: f"{first}-{word}" for word in KNOWN}, "long": longest(f"{first}-hub")}


def plans(logins: dict[str, str], only: Collection[str] | None, *, write: bool) -> int:
    """Write the plans, or say which of them lost something."""
    from bench.hot import HOT, bound, prepare

    ways: dict[str, Any] = {}
    trouble = 0
    FOLDER.mkdir(exist_ok=True)
    for hot in HOT:
        if only and hot.name not in only:
            continue
        way = ways.setdefault(hot.word, prepare(logins[hot.word]))
        with bound(way) as asking:
            found = explained(partial(hot.call, asking))
        path = FOLDER / f"{hot.name}.txt"
        if write:
            path.write_text(found, encoding="utf-8")
        elif not path.exists():
            raise Unfit(f"no plan of {hot.name}: python -m bench.plans --write")
        elif worse := lost(path.read_text(encoding="utf-8"), found):
            trouble = 1
            print(f"{hot.name}: {', '.join(worse)}", file=sys.stderr)
    return trouble


def times(logins: dict[str, str], only: Collection[str] | None) -> Iterator[tuple[str, float]]:
    """Give the median of each query in ms; what the server gives up (bench.hot.PATIENCE_MS) has the time it was given."""
    from django.db import OperationalError

    from bench.hot import HOT, PATIENCE_MS, bound, prepare

    ways: dict[str, Any] = {}
    for hot in HOT:
        if only and hot.name not in only:
            continue
        way = ways.setdefault(hot.word, prepare(logins[hot.word]))

        def measure(hot: Any = hot, way: Any = way) -> float:
            with bound(way) as asking:
                start = time.perf_counter()
                hot.call(asking)
                return (time.perf_counter() - start) * 1000

        try:
            yield hot.name, timed(measure)
        except OperationalError:
            yield hot.name, PATIENCE_MS


if __name__ == "__main__":
    sys.exit(main())
