"""The signs of a family picture explained under it: only those that are in it."""

from collections.abc import Callable

from tasuki.pictures.family import Bond, BondState, Family, FeelingKind
from tasuki.pictures.svg import element, line, number, path, text, text_width

type Sign = tuple[str, Callable[[Family], bool], str]


def _square(half: float) -> str:
    return element("rect", x=8 - half, y=-6 - half, width=half * 2, height=half * 2, class_="thin")


def _bond(slashes: int) -> str:
    starts = [7.0 + 6 * turn - 3 * (slashes - 1) for turn in range(slashes)]
    return line(-2, -6, 20, -6, "thin") + "".join(line(x, -1, x + 4, -12, "thin") for x in starts)


SIGNS: tuple[Sign, ...] = (
    ("本人", lambda family: any(one.is_subject for one in family.members), _square(8) + _square(4)),
    ("同居", lambda family: sum(one.lives_here for one in family.members) > 1, line(0, -6, 18, -6, "thin dashed")),
    ("鍵となる人", lambda family: any(one.key_person for one in family.members), text(8, 0, "★", "word-16")),
    ("死亡", lambda family: any(one.died for one in family.members), path("M1 -13L15 1M15 -13L1 1", "thin")),
    ("妊娠", lambda family: any(one.unborn for one in family.members), path("M8 -13L15 0H1Z", "thin")),
    (
        "内縁",
        lambda family: any(one.bond == Bond.COMMON_LAW for one in family.unions),
        line(-2, -6, 20, -6, "line dotted"),
    ),
    ("別居", lambda family: any(one.state == BondState.APART for one in family.unions), _bond(1)),
    ("離婚", lambda family: any(one.state == BondState.DIVORCED for one in family.unions), _bond(2)),
    (
        "養子",
        lambda family: any(one.adopted and one.parents for one in family.members),
        line(5, -14, 5, 2) + line(11, -14, 11, 2, "line dashed"),
    ),
    ("ほかにいる人（表にあります）", lambda family: bool(family.hidden), text(8, 0, "＋", "word-16")),
)
FEELINGS: dict[FeelingKind, str] = {
    FeelingKind.CLOSE: path("M-2 -9H20M-2 -3H20", "thin"),
    FeelingKind.DISTANT: path("M-2 -6H20", "thin dotted"),
    FeelingKind.CONFLICT: path("M-2 -6L2 -11L8 -1L14 -11L20 -6", "thin"),
    FeelingKind.CUT_OFF: path("M-2 -6H6M6 -12V0M11 -12V0M11 -6H20", "thin"),
    FeelingKind.ABUSE: path("M-2 -6L2 -11L6 -1L10 -11L13 -6", "thin") + path("M21 -6L12 -1V-11Z", "ink"),
}


def legend(family: Family, top: float, width: int, *, feelings: bool) -> tuple[str, int]:
    """Write the rows of signs from `top` px on; gives their SVG and the height that the picture then has."""
    items = [(words, sign) for words, is_there, sign in SIGNS if is_there(family)]
    if feelings:
        items += [(str(kind), sign) for kind, sign in FEELINGS.items() if any(f.kind == kind for f in family.feelings)]
    x, y, parts = 16.0, top + 14, []
    for words, sign in items:
        wide = 26 + text_width(words, 16) + 18
        if x + wide > width and x > 16:
            x, y = 16.0, y + 26
        drawn = sign + text(26, 0, words, "second word-16", "start")
        parts.append(element("g", drawn, transform=f"translate({number(x)} {number(y)})"))
        x += wide
    return "".join(parts), int(y + 12 if items else top)
