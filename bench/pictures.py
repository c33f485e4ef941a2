"""How long the pictures take: `python -m bench.pictures [--write]` prints milliseconds of processor time, the best of five."""

import argparse
import os
from collections.abc import Callable
from datetime import date
from functools import partial
from time import process_time

from bench.report import write_section
from tasuki.ops.gallery.chance import thrown
from tasuki.ops.gallery.families import MADE
from tasuki.ops.gallery.others import OTHERS
from tasuki.pictures.family import Family
from tasuki.pictures.genogram import genogram

TITLE = "Pictures"


def best(draw: Callable[[], object]) -> float:
    """Give the shortest of five runs in ms."""
    found = []
    for _ in range(5):
        start = process_time()
        draw()
        found.append((process_time() - start) * 1000)
    return min(found)


def _drawn(make: Callable[[], Family]) -> object:
    return genogram(make())


def measured() -> list[tuple[float, str]]:
    """Return (ms, title) of each picture, the slowest last."""
    lines = [(best(partial(_drawn, make)), title) for title, make in MADE.values()]
    lines += [(best(draw), title) for title, draw in OTHERS.values()]
    by_chance = sorted(best(partial(_drawn, partial(thrown, seed))) for seed in range(20))
    lines += [(by_chance[10], "さいころの家族の中央"), (by_chance[-1], "さいころの家族のいちばん遅いもの")]
    return sorted(lines)


def main() -> None:
    """Print one line for each picture, and perhaps write them."""
    asked = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    asked.add_argument("--write", action="store_true", help="write the figures into docs/measured.md")
    told = asked.parse_args()
    lines = measured()
    for took, title in lines:
        print(f"{took:8.1f} ms  {title}")
    if told.write:
        how = (
            f"`python -m bench.pictures --write`, {date.today().isoformat()}, {os.cpu_count()} cores; processor time, the best of five."  # noqa: DTZ011  a day on paper
            " Wanted: 50 ms for 12 people, 500 ms for 40."
        )
        rows = [f"| {title} | {took:.1f} |" for took, title in lines]
        write_section(TITLE, "\n".join([how, "", "| picture | ms |", "|---|---|", *rows]))


if __name__ == "__main__":
    main()
