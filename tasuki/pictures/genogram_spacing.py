"""How far apart the members of a genogram stand: places in px from the order already settled.

Every row keeps its order and its least distances; within them each couple is drawn over its children
and each group of siblings under its parents, by repeated least squares (isotonic regression).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from tasuki.pictures.family import Family
from tasuki.pictures.genogram_places import (
    BAR,
    COUPLE,
    GAP,
    GENERATION,
    HALF,
    LEVEL,
    LINE,
    MARGIN,
    ROUNDS,
    Litter,
    Place,
    Places,
    couples_of,
    generations,
    litters_of,
    rows_of,
    words_under,
)

STILL = 0.1  # px: when nobody moves further in one round, everybody stands
MANY = 5  # so many bars over one generation are tried in every order
TOGETHER = 0.85  # how much of their distance siblings keep in one round


def places(family: Family) -> Places:
    """Place a family whose parents and partners are all in the picture (see `with_unions`)."""
    level = generations(family)
    rows = rows_of(family, level)
    of = {one.id: Place(one, level[one.id], words_under(family, one)) for one in family.members}
    couples = couples_of(family, rows)
    plan = Places(family, of, rows, couples, litters_of(family, couples))
    _give_room(plan)
    _spread(plan)
    _set_heights(plan)
    return plan


def _give_room(plan: Places) -> None:
    for place in plan.of.values():
        half = max(HALF + 2, (place.label.right - place.label.left) / 2)
        place.before = place.after = half
    for litter in plan.litters:
        if litter.couple is None:  # the line of a single parent leaves at the side and runs down there
            place = plan.of[litter.parents[0]]
            if _side(plan, litter) > 0:
                place.after += GAP
            else:
                place.before += GAP


def _side(plan: Places, litter: Litter) -> int:
    """Tell on which side the line of a single parent leaves: away from a partner on the right."""
    return -1 if any(one.left == litter.parents[0] and not one.lift for one in plan.couples) else 1


def _least(plan: Places, left: str, right: str) -> float:
    room = plan.of[left].after + plan.of[right].before + GAP
    together = any(one.left == left and one.right == right for one in plan.couples)
    return max(room, COUPLE) if together else room


def _pairs(row: list[str]) -> list[tuple[str | None, str]]:
    """Give everybody of a row with the one on their left."""
    return list(zip([None, *row], row, strict=False))


@dataclass(slots=True)
class _Pull:
    total: float = 0.0
    weight: float = 0.0

    def to(self, value: float, weight: float) -> None:
        self.total += value * weight
        self.weight += weight


def _spread(plan: Places) -> None:
    for row in plan.rows:
        x = MARGIN
        for before, here in _pairs(row):
            x += _least(plan, before, here) if before else plan.of[here].before
            plan.of[here].x = x
    _pull_together(plan)
    shift = MARGIN - min(place.x - place.before for place in plan.of.values())
    for place in plan.of.values():
        place.x = round(place.x + shift)
    for litter in plan.litters:
        litter.drop = round(_drop(plan, litter))
        if len(litter.children) == 1:  # a straight line instead of one with a step, where the words leave room
            only = plan.of[litter.children[0]]
            low, high = _room_to_drop(plan, litter)
            litter.drop = only.x if low - GAP / 3 < only.x < high + GAP / 3 else litter.drop
    plan.width = max(place.x + place.after for place in plan.of.values()) + MARGIN


def _pull_together(plan: Places) -> None:
    """Move all rows, round after round, until everybody stands still."""
    steps = [[_least(plan, before, here) if before else 0.0 for before, here in _pairs(row)] for row in plan.rows]
    for _ in range(ROUNDS):
        before_round = [place.x for place in plan.of.values()]
        pulls = _pulls(plan)
        for row, least in zip(plan.rows, steps, strict=True):
            _settle(plan, row, least, pulls)
        moved = (abs(place.x - old) for place, old in zip(plan.of.values(), before_round, strict=True))
        if max(moved) < STILL:
            break


def _pulls(plan: Places) -> dict[str, _Pull]:
    tied = {one for litter in plan.litters for one in (*litter.children, *litter.parents)}
    tied |= {one for couple in plan.couples for one in (couple.left, couple.right)}
    pulls = {id_: _Pull((place.x - (id_ not in tied) * GENERATION) * 0.2, 0.2) for id_, place in plan.of.items()}
    for litter in plan.litters:
        xs = [plan.of[one].x for one in litter.children]
        middle = (min(xs) + max(xs)) / 2
        off = _drop(plan, litter) - middle
        for one in litter.children:  # siblings draw near each other, as far as those between them allow
            pulls[one].to(middle + off + (plan.of[one].x - middle) * TOGETHER, 1.0)
        lifted = litter.couple is not None and litter.couple.lift  # there the line stands beside the left one only
        for one in (litter.couple.left,) if lifted and litter.couple else litter.parents:
            pulls[one].to(plan.of[one].x - off, 1.0)
    for couple in plan.couples:
        row = plan.rows[plan.of[couple.left].generation]
        beside = row[row.index(couple.left) + 1]  # the partner, or the first of those who stand between
        apart = _least(plan, couple.left, beside)
        pulls[couple.left].to(plan.of[beside].x - apart, 0.5)
        pulls[beside].to(plan.of[couple.left].x + apart, 0.1 if couple.lift else 0.5)
    return pulls


def _settle(plan: Places, row: list[str], least: list[float], pulls: dict[str, _Pull]) -> None:
    """Move one row to where it is pulled, as near as order and least distances allow."""
    offsets, blocks = 0.0, []  # each block: weighted sum, weight, members
    places_in_row: list[float] = []
    for step, id_ in zip(least, row, strict=True):
        offsets += step
        places_in_row.append(offsets)
        pull = pulls[id_]
        blocks.append([pull.total - offsets * pull.weight, pull.weight, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, weight, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + weight, blocks[-1][2] + count]
    start = 0
    for total, weight, count in blocks:
        for number in range(start, start + int(count)):
            plan.of[row[number]].x = total / weight + places_in_row[number]
        start += int(count)


def _room_to_drop(plan: Places, litter: Litter) -> tuple[float, float]:
    """Give the span of x in which a line may leave the parents: free of words, on the side of 親権 after a divorce."""
    if litter.couple is None:
        place = plan.of[litter.parents[0]]
        side = _side(plan, litter)
        at = place.x + side * ((place.after if side > 0 else place.before) - GAP / 2)
        return at, at
    left, right = plan.of[litter.couple.left], plan.of[litter.couple.right]
    low, high = left.x + left.after + GAP / 2, right.x - right.before - GAP / 2
    custody, third = litter.couple.union.custody, (high - low) / 3
    if litter.couple.lift:  # others stand between: only beside the far partner is the way down free
        return low, low
    if custody == litter.couple.left:
        return low, low + third
    return (high - third, high) if custody == litter.couple.right else (low, high)


def _drop(plan: Places, litter: Litter) -> float:
    """Give the x at which a line leaves the parents: the middle between them, or the edge on the side of 親権."""
    low, high = _room_to_drop(plan, litter)
    if litter.couple is None:
        return low
    middle = (plan.of[litter.couple.left].x + plan.of[litter.couple.right].x) / 2
    custody = litter.couple.union.custody
    if custody in (litter.couple.left, litter.couple.right) and not litter.couple.lift:
        return low if custody == litter.couple.left else high
    return min(max(middle, low), high)


def _set_heights(plan: Places) -> None:
    y = MARGIN + HALF
    _set_levels(plan)
    for number, row in enumerate(plan.rows):
        lifts = max((one.lift for one in plan.couples if one.left in row), default=0)
        arriving = [one for one in plan.litters if one.children[0] in row]
        y += LEVEL * lifts
        if number:
            y += LEVEL * max((one.level for one in arriving), default=0)
        for id_ in row:
            plan.of[id_].y = y
        for litter in arriving:
            litter.bar = y - HALF - BAR - LEVEL * (lifts + litter.level)
        lines = max(len(plan.of[id_].words) for id_ in row)
        y += max(GENERATION, HALF + 3 + LINE * lines + 10 + BAR + HALF)
    plan.height = max(place.label.bottom for place in plan.of.values()) + 16


def _set_levels(plan: Places) -> None:
    """Lift bars that would lie on each other, in the order that crosses the fewest lines."""
    for row in plan.rows:
        arriving = [one for one in plan.litters if one.children[0] in row]
        arriving.sort(key=lambda one: (min(_span(plan, one)), max(_span(plan, one))))
        tangled = any(_overlap(plan, one, other) for one, other in combinations(arriving, 2))
        orders = permutations(arriving) if tangled and len(arriving) <= MANY else [tuple(arriving)]
        for level, litter in zip(
            _levels(plan, best := min(orders, key=lambda one: _cost(plan, one))), best, strict=True
        ):
            litter.level = level


def _levels(plan: Places, order: Sequence[Litter]) -> list[int]:
    """Count levels from the lowest bar: each as low as the earlier ones that it would lie on allow."""
    levels: list[int] = []
    for number, litter in enumerate(order):
        below = [levels[other] for other in range(number) if _overlap(plan, order[other], litter)]
        levels.append(max(below, default=-1) + 1)
    return levels


def _cost(plan: Places, order: Sequence[Litter]) -> int:
    """Count crossings when earlier bars run below later ones, and the levels that they need."""
    crossings = 0
    for below, above in combinations(order, 2):
        low, high = min(_span(plan, below)), max(_span(plan, below))
        crossings += sum(low < plan.of[one].x < high for one in above.children)
        crossings += min(_span(plan, above)) < below.drop < max(_span(plan, above))
    return crossings * 10 + max(_levels(plan, order), default=0)


def _overlap(plan: Places, one: Litter, other: Litter) -> bool:
    first, second = _span(plan, one), _span(plan, other)
    return min(first) - 8 < max(second) and min(second) - 8 < max(first)


def _span(plan: Places, litter: Litter) -> list[float]:
    return [litter.drop, *(plan.of[one].x for one in litter.children)]
