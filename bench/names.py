"""Whether the right person is offered while a name is typed: `python -m bench.names [--seeds 1 2 3] [--write]`.

A town of `tasuki synth` with 100,000 people; names of people whom the asker sees are typed with the differences of
bench/typed.py into what the telephone note asks (`household.same_people`), bound to a session as the serving role. Wanted:
the right person among the first three for 95 % of the texts of every seed, and 95 % of all answers within 100 ms, those
after each letter of a name included. Who sees most of the town has the hardest list, who sees little the longest search:
one half of the texts is asked by the hub, the other by a worker at a desk.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from bench.report import write_section
from bench.typed import DIFFERENCES, Known, questions
from tasuki.ops import synth
from tasuki.ops.database import disconnect, embedded_server
from tasuki.ops.embedded import Cluster
from tasuki.ops.synth.sizes import Size

if TYPE_CHECKING:
    from bench.hot import Bound

TITLE = "Finding people by name"
TOWN = Size("names", "虹淵市", "市", 40_000, 666)  # 2.6 people a household
ASKERS = ("hub", "a1-1")
QUESTIONS, SPELT = 600, 60
NEAR, WANTED, WANTED_MS = 3, 0.95, 100
SHOWN = 8
# Of those who are asked for, how many have changed their surname, and how many have the one of before as 旧姓 beside it.
CHANGED, BESIDE = 40, 20


@dataclass
class Found:
    """What came of the texts: the place of the right person by difference and by asker (0 where missing), and the times."""

    places: dict[str, list[int]] = field(default_factory=dict)
    askers: dict[str, list[int]] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)
    letter_ms: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def near(places: list[int]) -> float:
    """Give the share of places among the first three."""
    return sum(1 <= place <= NEAR for place in places) / max(len(places), 1)


def at(ms: list[float], share: float) -> float:
    """Give the time within which a share of the answers came."""
    return statistics.quantiles(ms, n=100, method="inclusive")[round(share * 100) - 1]


def seen(way: Bound) -> list[Known]:
    """Give the people with a whole name whom an asker sees, in an order that is the same for a seed."""
    from bench.hot import bound
    from tasuki.queries.rows import rows

    with bound(way):
        found = rows(lambda *columns: columns, "SELECT id::text, name, kana FROM records_person ORDER BY id")
    named = [(one, name.split(" "), kana.split(" ")) for one, name, kana in found]
    return [Known(one, (n[0], n[1]), (k[0], k[1])) for one, n, k in named if len(n) == len(k) == 2]


def renamed(way: Bound, people: list[Known], seed: int) -> list[Known]:
    """Give some another surname and some a 旧姓 beside the name, through the act of the screen; all as they are called then."""
    from bench.hot import bound
    from tasuki.actions.person import Identity, change_person
    from tasuki.queries.rows import one as row

    dice = Random(f"{seed}:renamed")  # noqa: S311  a world is no secret
    chosen = dice.sample(range(len(people)), CHANGED + BESIDE)
    people = list(people)
    for number, place in enumerate(chosen):
        one, other = people[place], dice.choice(people)
        before, beside = (one.name[0], one.kana[0]), ""
        if number < CHANGED:
            one = replace(one, name=(other.name[0], one.name[1]), kana=(other.kana[0], one.kana[1]))
        else:
            before = (other.name[0], other.kana[0])
            beside = f"{before[0]}（{before[1]}）"
        with bound(way) as asking:
            version, born, sex = row(
                lambda *columns: columns, "SELECT version, born, sex FROM records_person WHERE id = %s", [one.id]
            ) or (0, "", "")
            change_person(
                by=asking.by, now=asking.now, person=UUID(one.id), version=version, reason="氏の変更",
                who=Identity(name=" ".join(one.name), kana=" ".join(one.kana), alias=beside, born=born, sex=sex),
            )  # fmt: skip
        people[place] = replace(one, before=before)
    return people


def asked(way: Bound, text: str) -> tuple[list[str], float]:
    """Ask for one text as the note does; give the ids in their order and how long it took (ms)."""
    from bench.hot import bound
    from tasuki.queries.household import same_people

    with bound(way) as asking:
        begun = time.perf_counter()
        hits = same_people(asking.by, [text], None, SHOWN)
        return [str(hit.id) for hit in hits], (time.perf_counter() - begun) * 1000


def measured(ways: dict[str, Bound], seed: int, count: int, spelt: int) -> Found:
    """Ask so many texts, and some names letter by letter, half of them as each asker."""
    told = Found()
    for asker, way in ways.items():
        people = renamed(way, seen(way), seed)
        for difference, one, text in questions(people, count // len(ways), seed):
            ids, ms = asked(way, text)
            place = ids.index(one.id) + 1 if one.id in ids else 0
            told.places.setdefault(difference.name, []).append(place)
            told.askers.setdefault(asker, []).append(place)
            told.ms.append(ms)
            if not 1 <= place <= NEAR:
                told.missed.append(
                    f"{asker} {difference.name} {text} → {' '.join(one.name)} ({' '.join(one.kana)}): {place}"
                )
        for one in Random(f"{seed}:spelt").sample(people, spelt // len(ways)):  # noqa: S311  a question is no secret
            whole = "".join(one.kana)
            told.letter_ms += [asked(way, whole[:end])[1] for end in range(2, len(whole) + 1)]
    return told


@contextmanager
def world(seed: int, size: Size) -> Iterator[dict[str, Bound]]:
    """Make a world in a throw-away database; gives how to bind each asker."""
    with tempfile.TemporaryDirectory(prefix="tasuki-names-") as folder:
        Path(folder).chmod(0o711)  # as root, the server's own user must pass through
        with Cluster(Path(folder)) as cluster:
            server = embedded_server(cluster)
            server.make_roles()
            server.make_database("names")
            server.prepare("names")
            # Only now: these rooms need Django's settings.
            from bench.hot import prepare
            from tasuki.ops.synth import load

            load.load(seed, [size], date.today(), synth.Progress())  # noqa: DTZ011  the town's own day
            yield {one: prepare(f"{load.key_of(seed, size)}-{one}") for one in ASKERS}
            disconnect()


def section(found: dict[int, Found]) -> str:
    """Say the figures as a section of the report."""
    day = date.today().isoformat()  # noqa: DTZ011  a day on paper
    seeds = list(found)
    how = (
        f"`python -m bench.names --seeds {' '.join(map(str, seeds))} --write`, {day}, embedded PostgreSQL, durable;"
        f" {os.cpu_count()} cores, {platform.machine()}, load average {os.getloadavg()[0]:.1f} at the end. A town of 100,000 people for each seed;"
        f" in a column, the share of texts with the right person among the first {NEAR}. Wanted: {WANTED:.0%} of every seed,"
        f" 95 % of the answers within {WANTED_MS} ms."
    )
    rows = [
        f"| {one.name} | {one.why} | {len(found[seeds[0]].places[one.name])} | "
        + " | ".join(f"{near(found[seed].places[one.name]):.1%}" for seed in seeds) + " |"
        for one in DIFFERENCES
    ]  # fmt: skip
    rows += [
        f"| *asked by {asker}* | | {len(found[seeds[0]].askers[asker])} | "
        + " | ".join(f"{near(found[seed].askers[asker]):.1%}" for seed in seeds) + " |"
        for asker in ASKERS
    ]  # fmt: skip
    whole = {seed: [place for places in found[seed].places.values() for place in places] for seed in seeds}
    rows.append(
        f"| **all** | | {len(whole[seeds[0]])} | " + " | ".join(f"**{near(whole[seed]):.1%}**" for seed in seeds) + " |"
    )
    for name, share in (("p50", 0.50), ("p95", 0.95)):
        for what, times in (("a whole text", "ms"), ("after each letter", "letter_ms")):
            listed = [getattr(found[seed], times) for seed in seeds]
            rows.append(
                f"| {name}, {what} (ms) | | {len(listed[0])} | "
                + " | ".join(f"{at(one, share):.0f}" for one in listed)
                + " |"
            )
    head = "| what is typed | why it has its share | texts | " + " | ".join(f"seed {seed}" for seed in seeds) + " |"
    return "\n".join([how, "", head, "|---" * (3 + len(seeds)) + "|", *rows])


def main() -> int:
    """Make the towns, ask, print and perhaps write; 1 when one of them misses what is wanted."""
    argued = argparse.ArgumentParser(prog="python -m bench.names", description=__doc__)
    argued.add_argument("--seeds", nargs="+", type=int, default=[1])
    argued.add_argument("--missed", action="store_true", help="print every text whose person was not among the first")
    argued.add_argument("--write", action="store_true", help="write the figures into docs/measured.md")
    told = argued.parse_args()
    found = {}
    for seed in told.seeds:
        with world(seed, TOWN) as ways:
            found[seed] = measured(ways, seed, QUESTIONS, SPELT)
        if told.missed:
            print(*found[seed].missed, sep="\n", flush=True)
    print(section(found), flush=True)
    if told.write:
        write_section(TITLE, section(found))
    whole = [[place for places in one.places.values() for place in places] for one in found.values()]
    late = [at(one.ms + one.letter_ms, 0.95) for one in found.values()]
    return int(min(map(near, whole)) < WANTED or max(late) > WANTED_MS)


if __name__ == "__main__":
    sys.exit(main())
