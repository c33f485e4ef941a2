"""The dashed line around those who live together: it follows them, and leaves everybody else outside."""

from collections.abc import Sequence
from itertools import combinations

from tasuki.pictures.svg import Box

CELL = 4
NECK = range(-2, 3)  # cells: how wide the enclosure stays where it passes between others
NEAR = 200  # px between two boxes that may share one straight-sided enclosure
type Point = tuple[float, float]
type Cell = int  # row * WIDE + column, both counted from OFFSET: sets of numbers are quick
WIDE = 1 << 14
OFFSET = 1 << 8
STEPS = (1, -1, WIDE, -WIDE)


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


def _touches(polygon: Sequence[Point], box: Box) -> bool:
    """Tell whether a convex polygon and a box share an area (no line separates them)."""
    corners = _corners_of(box)
    edges = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(polygon, [*polygon[1:], polygon[0]], strict=True)]
    for ax, ay in [(1.0, 0.0), (0.0, 1.0), *((-dy, dx) for dx, dy in edges)]:
        mine = [x * ax + y * ay for x, y in polygon]
        theirs = [x * ax + y * ay for x, y in corners]
        if max(mine) <= min(theirs) or max(theirs) <= min(mine):
            return False
    return True


def _cell(column: int, row: int) -> Cell:
    return (row + OFFSET) * WIDE + column + OFFSET


def _cells_in(box: Box) -> set[Cell]:
    columns = range(int(box.left // CELL), int(-(-box.right // CELL)))
    rows = range(int(box.top // CELL), int(-(-box.bottom // CELL)))
    return {_cell(column, row) for row in rows for column in columns}


def _cells_in_polygon(polygon: Sequence[Point]) -> set[Cell]:
    """Fill a convex polygon row by row."""
    ys = [point[1] for point in polygon]
    edges = list(zip(polygon, [*polygon[1:], polygon[0]], strict=True))
    cells: set[Cell] = set()
    for row in range(int(min(ys) // CELL), int(-(-max(ys) // CELL))):
        y = (row + 0.5) * CELL
        cut = [(y - ay) / (by - ay) * (bx - ax) + ax for (ax, ay), (bx, by) in edges if (ay > y) != (by > y)]
        if cut:
            first, last = -(-(min(cut) - CELL / 2) // CELL), (max(cut) - CELL / 2) // CELL
            cells.update(range(_cell(int(first), row), _cell(int(last), row) + 1))
    return cells


def _part(cells: set[Cell], start: Cell) -> set[Cell]:
    left = set(cells)
    left.discard(start)
    part, edge = {start}, {start}
    while edge:
        edge = {cell + step for cell in edge for step in STEPS} & left
        left -= edge
        part |= edge
    return part


def _joined(cells: set[Cell], closed: set[Cell], kept: set[Cell]) -> set[Cell]:
    """Keep the parts that hold somebody and join them."""
    whole = _part(cells, min(kept))
    left = kept - whole
    ground = _ground(kept) - closed if left else set()
    while left:
        way = _way(whole, left, ground)
        if not way:  # walled in on all sides: a second enclosure is truer than a line through a stranger
            break
        other = _part(cells, way[-1])
        whole |= other | {cell + dx + dy * WIDE for cell in way for dx in NECK for dy in NECK} - closed
        left -= whole
    return whole | {cell for one in left for cell in _part(cells, one)}


def _ground(cells: set[Cell]) -> set[Cell]:
    """Give everything around and between these cells, and a margin to walk around them."""
    columns, rows = [cell % WIDE for cell in cells], [cell // WIDE for cell in cells]
    first, last = min(columns) - 30, max(columns) + 30
    found: set[Cell] = set()
    for row in range(min(rows) - 30, max(rows) + 31):
        found.update(range(row * WIDE + first, row * WIDE + last + 1))
    return found


def _way(start: set[Cell], goal: set[Cell], ground: set[Cell]) -> list[Cell]:
    """Give the shortest way from one set of cells to another through free ones, start and goal included; [] if none."""
    free = ground - start
    waves = [_rim(start)]
    while waves[-1] and not waves[-1] & goal:
        waves.append({cell + step for cell in waves[-1] for step in STEPS} & free)
        free -= waves[-1]
    if not waves[-1]:
        return []
    way = [min(waves[-1] & goal)]
    for wave in reversed(waves[:-1]):
        way.append(next(way[-1] + step for step in STEPS if way[-1] + step in wave))
    return way[::-1]


def _rim(cells: set[Cell]) -> set[Cell]:
    """Give the cells that have a neighbour outside."""
    return {
        one
        for one in cells
        if not (one + 1 in cells and one - 1 in cells and one + WIDE in cells and one - WIDE in cells)
    }


def _outlines(cells: set[Cell]) -> list[list[Point]]:
    """Trace the edges of a set of cells into closed rings of corners, inside on the right hand."""
    after: dict[Cell, list[Cell]] = {}
    for cell in _rim(cells):
        right, below = cell + 1, cell + WIDE
        for beside, start, end in (
            (cell - WIDE, cell, right),
            (right, right, below + 1),
            (below, below + 1, below),
            (cell - 1, below, cell),
        ):
            if beside not in cells:
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
    points = [((cell % WIDE - OFFSET) * CELL * 1.0, (cell // WIDE - OFFSET) * CELL * 1.0) for cell in ring]
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
