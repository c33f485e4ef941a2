"""Who is around a household, and what is missing: the ecomap, with its table twin.

Formal left, informal right, on an arc; thick = strong, thin = normal, dotted = weak, zigzag = conflict;
arrows show where support goes; ended = grey with its date; planned = dashed. Arrowheads stop before
the ellipse. "Not asked" and "asked, nobody" are different, so an empty side may be told in words.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tasuki.pictures.svg import Box, Picture, element, line, number, path, text, text_width, whole, wrapped

COLUMNS = ("名前", "種類", "強さ", "助けの向き", "いま")
CENTRE = 38.0
HALF_HEIGHT = 19.0
STOP = 2.0  # px between an arrowhead and the ellipse it points to
HEAD = 9.0
ROW = 45.0
BELOW = 16.0  # px under an ellipse, for the words of its end
LEGEND = (("強い", "tie tie-strong"), ("ふつう", "tie"), ("弱い", "tie tie-weak"), ("終わった", "tie tie-ended"))


class Strength(StrEnum):
    """How strong a tie is; CONFLICT is a tie too."""

    STRONG = "強い"
    NORMAL = "ふつう"
    WEAK = "弱い"
    CONFLICT = "対立"


class Direction(StrEnum):
    """Where support goes."""

    NONE = "なし"
    IN = "世帯へ"
    OUT = "世帯から"
    BOTH = "互いに"


@dataclass(frozen=True, slots=True)
class Tie:
    """One agency, person or place around the household. `ended_on` and `planned` are words or ""."""

    name: str
    formal: bool
    strength: Strength = Strength.NORMAL
    direction: Direction = Direction.IN
    ended_on: str = ""
    planned: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    tie: Tie
    x: float
    y: float
    half: float
    words: tuple[str, ...]


def ecomap(names: Sequence[str], ties: Sequence[Tie], *, title: str = "支え図", width: int = 340) -> Picture:
    """Draw the ties around the names in the middle; `width` in px is the least width."""
    spots, width, y, height = _spread(ties, width)
    x = width / 2
    parts = [_tie(spot, x, y) for spot in spots]
    parts.append(_middle(names, x, y))
    parts += [_place(spot) for spot in spots]
    legend, bottom = _legend(ties, width, height)
    total = int(bottom)
    drawn = whole([*parts, legend], width=width, height=total, title=title)
    return Picture(drawn, width, total, COLUMNS, twin(ties))


def twin(ties: Sequence[Tie]) -> tuple[tuple[str, ...], ...]:
    """List every tie in words."""
    return tuple(
        (
            tie.name,
            "公的" if tie.formal else "身近",
            str(tie.strength),
            str(tie.direction),
            f"{tie.ended_on}まで" if tie.ended_on else "これから" if tie.planned else "続いている",
        )
        for tie in ties
    )


def _spread(ties: Sequence[Tie], width: int) -> tuple[list[_Spot], int, float, float]:
    """Stand the ties on both sides so that every line is free; gives the spots, the width needed, y and height.

    With many ties the picture grows wider: flat lines pass between the places, steep ones do not.
    """
    spots = _stand_all(ties, width)
    while spots is None:
        width += 40
        spots = _stand_all(ties, width)
    top = min((_box(spot).top for spot in spots), default=0.0)
    lift = max(-min(top, -CENTRE), 0.0) + 8
    spots = [replace(spot, x=spot.x + width / 2, y=spot.y + lift) for spot in spots]
    low = max((_box(spot).bottom for spot in spots), default=0.0)
    return spots, width, lift, max(lift + CENTRE, low) + 8


def _stand_all(ties: Sequence[Tie], width: int) -> list[_Spot] | None:
    """Find everybody's place in px from the middle, from the middle outwards; None when one finds none."""
    spots: list[_Spot] = []
    sides = [(-1, [tie for tie in ties if tie.formal]), (1, [tie for tie in ties if not tie.formal])]
    queue = [(count - (len(own) - 1) / 2, side, tie) for side, own in sides for count, tie in enumerate(own)]
    for row, side, tie in sorted(queue, key=lambda one: (abs(one[0]), one[1], one[0])):
        spot = _stand(tie, side, row * ROW, width, spots)
        if spot is None:
            return None
        spots.append(spot)
    return spots


def _stand(tie: Tie, side: int, y: float, width: float, spots: Sequence[_Spot]) -> _Spot | None:
    """Try the outermost place first, then nearer to the middle, then a little higher or lower."""
    wide = text_width(tie.name)
    narrow = 98 if wide <= 98 else min(max(wide / 2 + 8, 60), 98)
    words = tuple(wrapped(tie.name, narrow, 2))
    while words[-1].endswith("…") and narrow < 98:
        narrow = min(narrow + 14, 98)
        words = tuple(wrapped(tie.name, narrow, 2))
    half = max(45.0, max(text_width(one) for one in words) / 2 + 13)
    furthest = width / 2 - half - 2
    below = BELOW if tie.ended_on else 0.0
    others = [(other, _box(other).grown(3)) for other in spots]
    for further in range(0, 65, 8):
        at = y + math.copysign(further, y)
        for inward in range(0, int(furthest), 4):
            x = side * (furthest - inward)
            if _free(x, at, half, below, others):
                return _Spot(tie, x, at, half, words)
    return None


_MIDDLE = Box(-CENTRE, -CENTRE, CENTRE, CENTRE).grown(14)


def _free(x: float, y: float, half: float, below: float, others: list[tuple[_Spot, Box]]) -> bool:
    """Tell whether a place is free; whoever is in its way is looked at first next time, being in the way of most that follow.

    Numbers and no boxes, for some hundred places are tried for a picture.
    """
    left, top, right, bottom = x - half, y - HALF_HEIGHT, x + half, y + HALF_HEIGHT + below
    if abs(y) > HALF_HEIGHT and _meets(_MIDDLE, left, top, right, bottom):
        return False
    for count, (other, near) in enumerate(others):
        if (
            _meets(near, left, top, right, bottom)
            or _crosses(other.x, other.y, other.half, x, y)
            or _crosses(x, y, half, other.x, other.y)
        ):
            others.insert(0, others.pop(count))
            return False
    return True


def _meets(box: Box, left: float, top: float, right: float, bottom: float) -> bool:
    return box.left < right and left < box.right and box.top < bottom and top < box.bottom


def _box(spot: _Spot) -> Box:
    below = BELOW if spot.tie.ended_on else 0.0
    return Box(spot.x - spot.half, spot.y - HALF_HEIGHT, spot.x + spot.half, spot.y + HALF_HEIGHT + below)


def _crosses(x: float, y: float, half: float, to_x: float, to_y: float) -> bool:
    """Tell whether the line from the middle to a place runs through the ellipse at x, y."""
    wide, high = half + 4, HALF_HEIGHT + 4
    bx, by = to_x / wide, to_y / high  # scaled so that the ellipse is a circle of radius 1
    px, py = x / wide, y / high
    part = min(max((px * bx + py * by) / (bx**2 + by**2 or 1.0), 0.0), 1.0)
    return (px - bx * part) ** 2 + (py - by * part) ** 2 < 1


def _tie(spot: _Spot, x: float, y: float) -> str:
    """Draw the line between the edges, shortened so that its heads stop before them."""
    angle = math.atan2(spot.y - y, spot.x - x)
    far = math.hypot(spot.x - x, spot.y - y)
    edge = _edge(spot, angle)
    start, end = CENTRE + STOP, far - edge - STOP
    at = _along(x, y, angle)
    ended = "-ended" if spot.tie.ended_on else ""
    heads = ""
    if spot.tie.direction in {Direction.IN, Direction.BOTH}:
        heads += _head(at, start, 1, ended)
        start += HEAD - 2
    if spot.tie.direction in {Direction.OUT, Direction.BOTH}:
        heads += _head(at, end, -1, ended)
        end -= HEAD - 2
    return _stroke(spot.tie, at, start, end) + heads


class _along:  # noqa: N801 (a point on a line, called like a function)
    def __init__(self, x: float, y: float, angle: float) -> None:
        self.x, self.y, self.ux, self.uy = x, y, math.cos(angle), math.sin(angle)

    def __call__(self, along: float, aside: float = 0.0) -> str:
        return (
            f"{number(self.x + self.ux * along - self.uy * aside)} {number(self.y + self.uy * along + self.ux * aside)}"
        )


def _edge(spot: _Spot, angle: float) -> float:
    """Give the distance from an ellipse's centre to its edge, in the direction of the middle."""
    a, b = spot.half, HALF_HEIGHT
    return a * b / math.hypot(b * math.cos(angle), a * math.sin(angle))


def _head(at: _along, tip: float, way: int, ended: str) -> str:
    back = tip + way * HEAD
    return path(f"M{at(tip)}L{at(back, 4.5)}L{at(back, -4.5)}Z", f"tie-head{ended}")


def _stroke(tie: Tie, at: _along, start: float, end: float) -> str:
    if tie.ended_on:
        return path(f"M{at(start)}L{at(end)}", "tie tie-ended")
    if tie.strength == Strength.CONFLICT:
        steps = max(int((end - start) // 7), 1)
        turns = [at(start + 7 * (step + 0.5), 4 if step % 2 else -4) for step in range(steps)]
        return path("L".join([f"M{at(start)}", *turns, at(end)]), "tie")
    class_ = {Strength.STRONG: "tie tie-strong", Strength.WEAK: "tie tie-weak"}.get(tie.strength, "tie")
    return path(f"M{at(start)}L{at(end)}", class_)


def _middle(names: Sequence[str], x: float, y: float) -> str:
    shown = [wrapped(name, 2 * CENTRE - 14, 1)[0] for name in names[:3]]
    if len(names) > 3:
        shown[2:] = [f"ほか{len(names) - 2}人"]
    top = y - 9 * (len(shown) - 1) + 5
    words = [text(x, top + 18 * row, name, "bold") for row, name in enumerate(shown)]
    return element("circle", cx=x, cy=y, r=CENTRE, class_="centre") + "".join(words)


def _place(spot: _Spot) -> str:
    class_ = "place"
    if spot.tie.ended_on:
        class_ += " place-ended"
    elif spot.tie.planned:
        class_ += " place-planned"
    oval = element("ellipse", cx=spot.x, cy=spot.y, rx=spot.half, ry=HALF_HEIGHT, class_=class_)
    words_class = "second" if spot.tie.ended_on or spot.tie.planned else ""
    top = spot.y + 5 - 8 * (len(spot.words) - 1)
    words = [text(spot.x, top + 16 * row, one, words_class) for row, one in enumerate(spot.words)]
    if spot.tie.ended_on:
        words.append(text(spot.x, spot.y + HALF_HEIGHT + 12, f"{spot.tie.ended_on}まで", "second"))
    return oval + "".join(words)


def _legend(ties: Sequence[Tie], width: int, top: float) -> tuple[str, float]:
    """Explain the lines that are there, in rows of 16 px words."""
    used = {Strength.STRONG: "強い", Strength.NORMAL: "ふつう", Strength.WEAK: "弱い"}
    words = [word for strength, word in used.items() if any(tie.strength == strength for tie in ties)]
    if any(tie.ended_on for tie in ties):
        words.append("終わった")
    signs = dict(LEGEND)
    items = [(word, line(0, -6, 22, -6, signs[word])) for word in words]
    if any(tie.strength == Strength.CONFLICT for tie in ties):
        items.append(("対立", path("M0 -6L4 -10L10 -2L16 -10L22 -6", "tie")))
    if any(tie.planned for tie in ties):
        oval = element("ellipse", cx=11, cy=-6, rx=11, ry=7, class_="place place-planned")
        items.append(("これから", oval))
    x, y, parts = 4.0, top + 22, []
    for word, sign in items:
        wide = 28 + text_width(word, 16) + 12
        if x + wide > width and x > 4:
            x, y = 4.0, y + 26
        drawn = sign + text(28, 0, word, "second word-16", "start")
        parts.append(element("g", drawn, transform=f"translate({number(x)} {number(y)})"))
        x += wide
    return "".join(parts), (y + 10 if items else top)
