"""The family picture: shapes, lines and words from places, with its table twin.

男性 □ 女性 ○ otherwise △; 本人 double outline; age inside; 死亡 ×; ★ key person; 婚姻 solid, 内縁 dotted,
別居 one slash, 離婚 two; adoption solid and dashed; twins from one point; one dashed line around 同居.
How people feel about each other is drawn only when asked for, so that it cannot leak on paper.
"""

from tasuki.pictures.enclosure import CELL, around
from tasuki.pictures.family import (
    Bond,
    BondState,
    Family,
    Feeling,
    FeelingKind,
    Member,
    collapsed,
    with_unions,
)
from tasuki.pictures.genogram_legend import legend
from tasuki.pictures.genogram_places import HALF, LEVEL, LINE, STAR, Couple, Litter, Place, Places
from tasuki.pictures.genogram_spacing import places
from tasuki.pictures.genogram_words import COLUMNS, age_inside, spoken, spoken_title, twin
from tasuki.pictures.svg import Box, Picture, element, escaped, line, number, path, text, whole

LIMIT = 30
NARROWEST = 340


def genogram(family: Family, *, title: str = "家族図", feelings: bool = False) -> Picture:
    """Draw a family; more than 30 people fold their far branches, the twin still lists everybody."""
    if not family.members:
        raise ValueError("a family picture needs somebody")
    shown = with_unions(collapsed(with_unions(family), LIMIT))
    plan = places(shown)
    parts = [_enclosure(plan)]
    parts += [_couple(plan, one) for one in plan.couples]
    parts += [_litter(plan, one) for one in plan.litters]
    if feelings:
        parts += [_feeling(plan, one) for one in shown.feelings]
    parts += [_person(one) for one in plan.of.values()]
    width = int(max(plan.width, NARROWEST))
    signs, height = legend(shown, plan.height, width, feelings=feelings)
    return Picture(
        whole([*parts, signs], width=width, height=height, title=spoken_title(title, family)),
        width,
        height,
        COLUMNS,
        twin(family, feelings=feelings),
    )


def _enclosure(plan: Places) -> str:
    boxes = {one.member.id: _room(one) for one in plan.of.values()}
    inside = [boxes[one.member.id] for one in plan.of.values() if one.member.lives_here]
    if len(inside) < 2:
        return ""
    others = [one for one in plan.of.values() if not one.member.lives_here]
    outside = [boxes[one.member.id].grown(-1) for one in others]
    # The line keeps off its own people, but not where it would run into the shape of somebody who stands close beside them.
    shapes = [one.shape.grown(CELL) for one in others]
    room = [box if any(box.grown(6).meets(shape) for shape in shapes) else box.grown(6) for box in inside]
    return path(around(room, outside), "hull")


def _room(place: Place) -> Box:
    shape, label = place.shape.grown(8), place.label
    star = place.x + STAR if place.member.key_person else 0.0
    return Box(
        min(shape.left, label.left - 4),
        shape.top,
        max(shape.right, label.right + 4, star),
        max(shape.bottom, label.bottom + 4),
    )


def _person(place: Place) -> str:
    member, x, y = place.member, place.x, place.y
    parts = [element("title", escaped(spoken(member))), _shape(member, x, y)]
    if member.died:
        reach = HALF if member.sex == "男" else HALF * 0.7  # inside the circle and the triangle
        low = HALF if member.sex not in {"男", "女"} else reach
        parts.append(line(x - reach, y - reach, x + reach, y + low, "thin"))
        parts.append(line(x + reach, y - reach, x - reach, y + low, "thin"))
    elif member.age_text and not member.unborn:
        lower, size = (6, "age") if member.sex in {"男", "女"} else (16, "age age-small")
        parts.append(text(x, y + lower, age_inside(member), size))
    if member.key_person:
        parts.append(text(x + HALF + 11, y - HALF + 8, "★", "word-16"))
    for row, words in enumerate(place.words):
        parts.append(text(x, place.label.top + LINE * (row + 1) - 4, words, "bold" if not row else ""))
    return element("g", "".join(parts), class_="person", data_member=member.id)


def _shape(member: Member, x: float, y: float) -> str:
    small = 12.0 if member.unborn else HALF
    shape = "square" if member.sex == "男" else "circle" if member.sex == "女" else "triangle"
    if member.unborn:
        shape = "triangle"
    outline = _outline(shape, x, y, small, "shape")
    return outline + (_outline(shape, x, y, small - 5, "inner") if member.is_subject else "")


def _outline(shape: str, x: float, y: float, half: float, class_: str) -> str:
    if shape == "square":
        return element("rect", x=x - half, y=y - half, width=half * 2, height=half * 2, class_=class_)
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=half, class_=class_)
    points = (
        f"{number(x)},{number(y - half)} {number(x + half)},{number(y + half)} {number(x - half)},{number(y + half)}"
    )
    return element("polygon", points=points, class_=class_)


def _couple(plan: Places, couple: Couple) -> str:
    left, right = plan.of[couple.left], plan.of[couple.right]
    class_ = "line dotted" if couple.union.bond == Bond.COMMON_LAW else "line"
    y = left.y
    if couple.lift:
        y = left.y - HALF - LEVEL * couple.lift
        aside = max(17 - 5 * couple.lift, 3)  # beside the line that comes from the parents; the shapes cover the ends
        start, end = number(left.x + aside), number(right.x - aside)
        drawn = path(f"M{start} {number(left.y)}V{number(y)}H{end}V{number(right.y)}", class_)
    else:
        drawn = line(left.x + HALF, y, right.x - HALF, y, class_)
    slashes = {BondState.APART: 1, BondState.DIVORCED: 2}.get(couple.union.state, 0)
    middle = _slash_place(plan, couple)
    starts = [middle - 3 + 7 * turn - 3.5 * (slashes - 1) for turn in range(slashes)]
    high = 6 if couple.lift else 9
    return drawn + "".join(line(x, y + high, x + 6, y - high, "line slash") for x in starts)


def _slash_place(plan: Places, couple: Couple) -> float:
    """Put the slashes in the middle of the line, or beside the children's line when that is there."""
    left, right = plan.of[couple.left].x + HALF, plan.of[couple.right].x - HALF
    if couple.lift:
        return right - 24
    middle = (left + right) / 2
    drops = [one.drop for one in plan.litters if one.couple is couple]
    if any(abs(drop - middle) < 14 for drop in drops):
        return middle + (right - left) / 4
    return middle


def _litter(plan: Places, litter: Litter) -> str:
    parent = plan.of[litter.parents[0]]
    start = parent.y
    parts = []
    if litter.couple is None:
        edge = parent.x + (HALF if litter.drop > parent.x else -HALF)
        parts.append(line(edge, start, litter.drop, start))
    elif litter.couple.lift:
        start = parent.y - HALF - LEVEL * litter.couple.lift
    ends = _ends(plan, litter)
    reach = [litter.drop, *(top for top, _ in ends)]
    parts.append(line(litter.drop, start, litter.drop, litter.bar))
    if max(reach) - min(reach) > 0.5:
        parts.append(line(min(reach), litter.bar, max(reach), litter.bar))
    for top, id_ in ends:
        parts.append(_descent(plan.of[id_], top, litter.bar))
    return "".join(parts)


def _ends(plan: Places, litter: Litter) -> list[tuple[float, str]]:
    """Give each child and the x at which its line leaves the bar: one point for those born together."""
    points: dict[str, list[float]] = {}
    for id_ in litter.children:
        one = plan.of[id_]
        points.setdefault(one.member.twins or id_, []).append(one.x)
    middle = {key: sum(xs) / len(xs) for key, xs in points.items()}
    return [(middle[plan.of[id_].member.twins or id_], id_) for id_ in litter.children]


def _descent(place: Place, top: float, bar: float) -> str:
    end = place.y - (12 if place.member.unborn else HALF)
    if place.member.adopted:
        return line(top - 3, bar, place.x - 3, end) + line(top + 3, bar, place.x + 3, end, "line dashed")
    return line(top, bar, place.x, end)


def _feeling(plan: Places, feeling: Feeling) -> str:
    start, end = plan.of[feeling.first], plan.of[feeling.second]
    length = ((end.x - start.x) ** 2 + (end.y - start.y) ** 2) ** 0.5 or 1.0
    ux, uy = (end.x - start.x) / length, (end.y - start.y) / length
    ax, ay = start.x + ux * (HALF + 6), start.y + uy * (HALF + 6)
    reach = max(length - 2 * (HALF + 6), 12.0)

    def at(along: float, aside: float) -> str:
        return f"{number(ax + ux * along - uy * aside)} {number(ay + uy * along + ux * aside)}"

    middle = reach / 2
    zigzag = "L".join(
        [at(0, 0), *(at(step * 8 + 4, 5 if step % 2 else -5) for step in range(int(reach // 8) - 1)), at(reach, 0)]
    )
    drawn = {
        FeelingKind.CLOSE: path(f"M{at(0, 3)}L{at(reach, 3)}M{at(0, -3)}L{at(reach, -3)}", "thin"),
        FeelingKind.DISTANT: path(f"M{at(0, 0)}L{at(reach, 0)}", "thin dotted"),
        FeelingKind.CONFLICT: path(f"M{zigzag}", "thin"),
        FeelingKind.CUT_OFF: path(
            f"M{at(0, 0)}L{at(middle - 4, 0)}M{at(middle - 4, 8)}L{at(middle - 4, -8)}"
            f"M{at(middle + 4, 8)}L{at(middle + 4, -8)}M{at(middle + 4, 0)}L{at(reach, 0)}",
            "thin",
        ),
        FeelingKind.ABUSE: path(f"M{zigzag}", "thin")
        + path(f"M{at(reach + 5, 0)}L{at(reach - 6, 6)}L{at(reach - 6, -6)}Z", "ink"),
    }[feeling.kind]
    return element("g", drawn, class_=f"feeling feeling-{feeling.kind.name.lower().replace('_', '-')}")
