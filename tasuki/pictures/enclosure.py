"""The dashed line around those who live together: it follows them, and leaves everybody else outside."""

from collections import deque
from collections.abc import Sequence
from itertools import combinations

from tasuki.pictures.svg import Box

CELL = 4
NEAR = 200  # px between two boxes that may share one straight-sided enclosure
type Point = tuple[float, float]
type Cell = tuple[int, int]


def around(inside: Sequence[Box], outside: Sequence[Box]) -> str:
    """Draw a closed soft line around all boxes of `inside` and none of `outside`, as a path's `d`.

    The convex hull, when it meets nobody else. Otherwise the hulls of near pairs that meet nobody
    else, joined by the shortest way through free space where they fall apart. "" without anybody.
    """
    if not inside:
        return ""
    hull = convex_hull([corner for box in inside for corner in _corners_of(box)])
    if not any(_touches(hull, box) for box in outside):
        return _soft([hull], 28)
    closed = {cell for box in outside for cell in _cells_in(box)}
    kept = {cell for box in inside for cell in _cells_in(box)}
    cells = set(kept)
    for one, other in combinations(inside, 2):
        bridge = convex_hull([*_corners_of(one), *_corners_of(other)])
        if _apart(one, other) < NEAR and not any(_touches(bridge, box) for box in outside):
            cells |= _cells_in_polygon(bridge)
    return _soft(_outlines(_joined(cells, closed - kept, kept)), 16)


def _corners_of(box: Box) -> list[Point]:
    return [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]


def _apart(one: Box, other: Box) -> float:
    across = max(one.left - other.right, other.left - one.right, 0)
    down = max(one.top - other.bottom, other.top - one.bottom, 0)
    return float((across**2 + down**2) ** 0.5)


def convex_hull(points: Sequence[Point]) -> list[Point]:
    """Give the corners of the convex hull (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    halves: list[list[Point]] = []
    for sequence in (ordered, ordered[::-1]):
        half: list[Point] = []
        for point in sequence:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def holds(polygon: Sequence[Point], point: Point) -> bool:
    """Tell whether a point lies inside a polygon (even-odd rule)."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _touches(polygon: Sequence[Point], box: Box) -> bool:
    return any(holds(polygon, ((x + 0.5) * CELL, (y + 0.5) * CELL)) for x, y in _cells_in(box))


def _cells_in(box: Box) -> set[Cell]:
    xs = range(int(box.left // CELL), int(-(-box.right // CELL)))
    ys = range(int(box.top // CELL), int(-(-box.bottom // CELL)))
    return {(x, y) for x in xs for y in ys}


def _cells_in_polygon(polygon: Sequence[Point]) -> set[Cell]:
    xs, ys = [point[0] for point in polygon], [point[1] for point in polygon]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    return {cell for cell in _cells_in(box) if holds(polygon, ((cell[0] + 0.5) * CELL, (cell[1] + 0.5) * CELL))}


def _near(cell: Cell) -> tuple[Cell, ...]:
    x, y = cell
    return (x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)


def _part(cells: set[Cell], start: Cell) -> set[Cell]:
    part, waiting = {start}, deque([start])
    while waiting:
        for near in _near(waiting.popleft()):
            if near in cells and near not in part:
                part.add(near)
                waiting.append(near)
    return part


def _joined(cells: set[Cell], closed: set[Cell], kept: set[Cell]) -> set[Cell]:
    """Keep the parts that hold somebody and join them."""
    whole = _part(cells, min(kept))
    left = kept - whole
    while left:
        way = _way(whole, left, closed)
        if not way:  # walled in on all sides: a second enclosure is truer than a line through a stranger
            break
        other = _part(cells, way[-1])
        whole |= other | {(x + dx, y + dy) for x, y in way for dx in (-1, 0, 1) for dy in (-1, 0, 1)} - closed
        left -= whole
    return whole | {cell for one in left for cell in _part(cells, one)}


def _way(start: set[Cell], goal: set[Cell], closed: set[Cell]) -> list[Cell]:
    xs, ys = [x for x, _ in start | goal], [y for _, y in start | goal]
    room = range(min(xs) - 30, max(xs) + 31), range(min(ys) - 30, max(ys) + 31)
    before: dict[Cell, Cell | None] = dict.fromkeys(start)
    waiting = deque(sorted(start))
    while waiting:
        here = waiting.popleft()
        if here in goal:
            return _walked(before, here)
        for near in _near(here):
            if near not in before and near not in closed and near[0] in room[0] and near[1] in room[1]:
                before[near] = here
                waiting.append(near)
    return []


def _walked(before: dict[Cell, Cell | None], end: Cell) -> list[Cell]:
    way, here = [], before[end]
    while here is not None:
        way.append(here)
        here = before[here]
    return [*reversed(way), end]


def _outlines(cells: set[Cell]) -> list[list[Point]]:
    """Trace the edges of a set of cells into closed rings of corners, inside on the right hand."""
    after: dict[Cell, list[Cell]] = {}
    for x, y in cells:
        for (nx, ny), start, end in (
            ((x, y - 1), (x, y), (x + 1, y)),
            ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
            ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
            ((x - 1, y), (x, y + 1), (x, y)),
        ):
            if (nx, ny) not in cells:
                after.setdefault(start, []).append(end)
    rings = []
    while after:
        here = min(after)
        ring = []
        while here in after:
            ring.append(here)
            ends = after[here]
            following = ends.pop()
            if not ends:
                del after[here]
            here = following
        rings.append(_corners(ring))
    return [ring for ring in rings if len(ring) > 3]


def _corners(ring: list[Cell]) -> list[Point]:
    """Straighten the stairs that cells make of a slanted edge (Douglas-Peucker, one cell and a half)."""
    points = [(x * CELL * 1.0, y * CELL * 1.0) for x, y in ring]
    far = max(range(len(points)), key=lambda n: _length(points[0], points[n]))
    return [*_straightened(points[: far + 1])[:-1], *_straightened([*points[far:], points[0]])[:-1]]


def _straightened(points: list[Point]) -> list[Point]:
    if len(points) < 3:
        return points
    worst = max(range(1, len(points) - 1), key=lambda n: _distance(points[0], points[-1], points[n]))
    if _distance(points[0], points[-1], points[worst]) <= CELL * 1.5:
        return [points[0], points[-1]]
    return [*_straightened(points[: worst + 1])[:-1], *_straightened(points[worst:])]


def _length(a: Point, b: Point) -> float:
    return float(((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5)


def _distance(a: Point, b: Point, point: Point) -> float:
    length = _length(a, b)
    return abs(_turn(a, b, point)) / length if length else _length(a, point)


def _soft(rings: Sequence[Sequence[Point]], radius: float) -> str:
    """Round every corner by at most `radius` px."""
    words = []
    for ring in rings:
        for number, corner in enumerate(ring):
            start = _towards(corner, ring[number - 1], radius)
            end = _towards(corner, ring[(number + 1) % len(ring)], radius)
            words.append(
                f"{'L' if number else 'M'}{start[0]:.1f} {start[1]:.1f}"
                f"Q{corner[0]:.1f} {corner[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
            )
        words.append("Z")
    return "".join(words)


def _towards(start: Point, end: Point, by: float) -> Point:
    length = _length(start, end)
    part = min(by / length, 0.5) if length else 0.0
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
