"""Whom have we not heard from: people in a ring, the further out the longer the silence, sectors by 圏域.

The centre is a contact today, the bold circle the promised day; the distance is the share of each person's own
interval. ○ quiet, ● last fifth, ◆ beyond, with the days in words. Up to 40 people all have names; beyond that only
the late and the soon ones keep theirs; a name that finds no free place stands in the table twin alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import cos, pi, sin

from tasuki.pictures.svg import Box, Picture, element, escaped, line, text, text_width, whole, wrapped

COLUMNS = ("氏名", "圏域", "連絡から", "約束の間隔", "状態")
SIZE = 520
MIDDLE = SIZE / 2
PROMISE = 170.0
EDGE = 235.0
NAMED_UP_TO = 40
SOON_SHARE = 0.8
FURTHEST = 1.28
NAME_WIDTH = 126.0
ROW = 17.0


@dataclass(frozen=True, slots=True)
class Watched:
    """A person in the ring: days since the last contact, and every how many days somebody promised to look in."""

    name: str
    area: str
    silent_days: int
    every_days: int
    href: str = ""

    @property
    def share(self) -> float:
        """How much of the own interval has passed; above 1 is beyond the promise."""
        return self.silent_days / max(1, self.every_days)

    @property
    def late(self) -> bool:
        """Beyond the promised day."""
        return self.silent_days > self.every_days

    @property
    def soon(self) -> bool:
        """In the last fifth of the interval."""
        return not self.late and self.share >= SOON_SHARE

    @property
    def state(self) -> str:
        """The state in words."""
        if self.late:
            return f"{self.silent_days - self.every_days}日 超過"
        return f"あと{self.every_days - self.silent_days}日"


def watch_ring(people: Sequence[Watched], title: str = "だれから声を聞いていないか") -> Picture:
    """Draw the ring. The order of `people` within an area does not matter; the twin is ordered by silence."""
    ordered = sorted(people, key=lambda one: (-one.share, one.name))
    sectors = [(area, list(group)) for area, group in groupby(sorted(people, key=_place), key=lambda one: one.area)]
    labels = _labels(sectors)
    parts = [
        *_circles(),
        *_borders(sectors),
        *(text(box.left, box.bottom - 4, area, "bold", "start") for area, box in labels),
    ]
    taken = [box for _, box in labels] + [_word_box(MIDDLE, MIDDLE - r, said) for r, said, _ in _WORDS]
    taken.append(Box(MIDDLE - 6, MIDDLE - 6, MIDDLE + 6, MIDDLE + 6))
    spots = [(one, *_spot(one, angle)) for one, angle in _angles(sectors)]
    taken += [Box(x - 9, y - 9, x + 9, y + 9) for _, x, y in spots]
    parts += [line(MIDDLE, MIDDLE, x, y, "ring-late-line" if one.late else "grid") for one, x, y in spots]
    everybody = len(people) <= NAMED_UP_TO
    for one, x, y in sorted(spots, key=lambda spot: -spot[0].share):
        parts.append(_mark(one, x, y))
        if everybody or one.late or one.soon:
            parts += _name(one, x, y, taken)
    parts.append(element("circle", cx=MIDDLE, cy=MIDDLE, r=4, class_="ink"))
    rows = tuple((one.name, one.area, f"{one.silent_days}日", f"{one.every_days}日ごと", one.state) for one in ordered)
    return Picture(whole(parts, width=SIZE, height=SIZE, title=title, class_="ring"), SIZE, SIZE, COLUMNS, rows)


def _place(one: Watched) -> tuple[str, float, str]:
    return one.area, one.share, one.name


_WORDS = ((PROMISE / 2, "半分", "second"), (PROMISE, "約束の日", "bold"))


def _word_box(x: float, y: float, said: str) -> Box:
    half = text_width(said) / 2 + 3
    return Box(x - half, y - 10, x + half, y + 10)


def _circles() -> list[str]:
    radii = ((PROMISE / 2, "grid"), (EDGE, "grid"), (PROMISE, "thin"))
    rings = [element("circle", cx=MIDDLE, cy=MIDDLE, r=r, class_=name, fill="none") for r, name in radii]
    for r, said, name in _WORDS:
        box = _word_box(MIDDLE, MIDDLE - r, said)
        wide = box.right - box.left
        rings.append(element("rect", x=box.left, y=box.top, width=wide, height=20, class_="plate"))
        rings.append(text(MIDDLE, MIDDLE - r + 5, said, name))
    return rings


def _borders(sectors: Sequence[tuple[str, Sequence[Watched]]]) -> list[str]:
    if len(sectors) < 2:
        return []
    total, passed, parts = sum(len(group) for _, group in sectors), 0, []
    for _, group in sectors:
        angle = _turn(passed / total)
        parts.append(line(MIDDLE, MIDDLE, MIDDLE + EDGE * cos(angle), MIDDLE + EDGE * sin(angle), "grid"))
        passed += len(group)
    return parts


def _labels(sectors: Sequence[tuple[str, Sequence[Watched]]]) -> list[tuple[str, Box]]:
    """Place the name of each area outside the ring, in the corner nearest to the middle of its sector."""
    if len(sectors) < 2:
        return []
    total, passed, found = sum(len(group) for _, group in sectors), 0, []
    for area, group in sectors:
        angle = _turn((passed + len(group) / 2) / total)
        wide = text_width(area)
        left = min(max(MIDDLE + (EDGE + 30) * cos(angle) * 1.06 - wide / 2, 2), SIZE - wide - 2)
        top = min(max(MIDDLE + (EDGE + 14) * sin(angle) * 1.06 - 9, 2), SIZE - 20)
        found.append((area, Box(left, top, left + wide, top + 18)))
        passed += len(group)
    return found


def _turn(share: float) -> float:
    return 2 * pi * share - pi / 2


def _angles(sectors: Sequence[tuple[str, Sequence[Watched]]]) -> list[tuple[Watched, float]]:
    total = max(1, sum(len(group) for _, group in sectors))
    placed, passed = [], 0
    for _, group in sectors:
        # Near and far people take turns, so that neighbours rarely share a distance and their names find room.
        mixed = [*group[::2], *reversed(group[1::2])]
        placed += [(one, _turn((passed + n + 0.5) / total)) for n, one in enumerate(mixed)]
        passed += len(group)
    return placed


def _spot(one: Watched, angle: float) -> tuple[float, float]:
    far = max(16.0, min(one.share, FURTHEST) * PROMISE)
    return MIDDLE + far * cos(angle), MIDDLE + far * sin(angle)


def _mark(one: Watched, x: float, y: float) -> str:
    if one.late:
        drawn = element("path", d=f"M{x:.1f} {y - 9:.1f}l9 9-9 9-9-9z", class_="ring-late")
    else:
        drawn = element("circle", cx=x, cy=y, r=7, class_="ink" if one.soon else "shape")
    said = f"{one.name}、{one.area}、連絡から{one.silent_days}日、{one.every_days}日ごと、{one.state}"
    inner = element("title", escaped(said)) + drawn
    return element("a", inner, href=one.href, class_="mark") if one.href else element("g", inner)


def _name(one: Watched, x: float, y: float, taken: list[Box]) -> list[str]:
    short = wrapped(one.name, NAME_WIDTH, 1)[0]
    said = [short, f"{one.silent_days}日"] if one.late else [short]
    wide, high = max(text_width(words) for words in said), ROW * len(said)
    spots = [
        (x + 12, y - high / 2),
        (x - 12 - wide, y - high / 2),
        (x - wide / 2, y + 10),
        (x - wide / 2, y - 11 - high),
    ]
    spots += [(px, py + shift) for shift in (-17, 17, -34, 34) for px, py in spots[:2]]
    boxes = [Box(px, py, px + wide, py + high) for px, py in spots]
    inside = [box for box in boxes if box.left >= 0 and box.right <= SIZE and box.top >= 0 and box.bottom <= SIZE]
    chosen = next((box for box in inside if not any(box.meets(other) for other in taken)), None)
    if chosen is None:
        return []  # no name is better than two on each other: the mark says it when pointed at, and the twin has it
    taken.append(chosen)
    plate = element("rect", x=chosen.left - 1, y=chosen.top, width=wide + 2, height=high, class_="plate")
    name = "ring-late-word" if one.late else ""
    return [plate] + [
        text(chosen.left, chosen.top + 13 + ROW * n, words, name, "start") for n, words in enumerate(said)
    ]
