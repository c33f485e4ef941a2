"""How long the pictures take: `python -m bench.pictures` prints milliseconds of processor time, the best of five."""

from collections.abc import Callable
from functools import partial
from time import process_time

from tasuki.ops.gallery.chance import thrown
from tasuki.ops.gallery.families import MADE
from tasuki.ops.gallery.others import OTHERS
from tasuki.pictures.family import Family
from tasuki.pictures.genogram import genogram


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


def main() -> None:
    """Print one line for each picture, slowest last."""
    lines = [(best(partial(_drawn, make)), title) for title, make in MADE.values()]
    lines += [(best(draw), title) for title, draw in OTHERS.values()]
    by_chance = sorted(best(partial(_drawn, partial(thrown, seed))) for seed in range(20))
    lines += [(by_chance[10], "さいころの家族の中央"), (by_chance[-1], "さいころの家族のいちばん遅いもの")]
    for took, title in sorted(lines):
        print(f"{took:8.1f} ms  {title}")


if __name__ == "__main__":
    main()
