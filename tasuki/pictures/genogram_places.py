"""Where everybody stands in a genogram: generations, order, and places in px. No SVG here.

Rules: one generation, one height; man left, woman right; of several partners the oldest union
leftmost; siblings by birth from the left; a line down never runs through anybody's words.
"""

from dataclasses import dataclass, field

from tasuki.pictures.family import BondState, Family, Member, Union
from tasuki.pictures.svg import Box, balanced, text_width, wrapped

HALF = 20.0  # half a shape
LINE = 17.0  # one line of words under it
LABEL_WIDTH = 100.0
MARGIN = 34.0
GENERATION = 112.0  # the least distance between two generations
GAP = 20.0  # between the words of two neighbours
COUPLE = 100.0  # the least distance between partners: room for slashes and a line down
BAR = 16.0  # from the sibling bar down to the shapes
LEVEL = 9.0  # between two bars that would lie on each other
ROUNDS = 160
RANGE = "〜"  # stands in an age that is known only roughly
STAR = 40.0  # from the centre to behind the star of a key person


@dataclass(slots=True)
class Place:
    """One member's place: centre of the shape in px, and the words under it."""

    member: Member
    generation: int
    words: list[str]
    x: float = 0.0
    y: float = 0.0
    before: float = HALF  # room to the left of the centre
    after: float = HALF

    @property
    def shape(self) -> Box:
        """The square around the shape."""
        return Box(self.x - HALF, self.y - HALF, self.x + HALF, self.y + HALF)

    @property
    def label(self) -> Box:
        """The box of the words; without height when there are none."""
        half = max((text_width(line) for line in self.words), default=0) / 2
        top = self.y + HALF + 3
        return Box(self.x - half, top, self.x + half, top + LINE * len(self.words))


@dataclass(slots=True)
class Couple:
    """One union as drawn: left and right id, and how far above the shapes it runs (0 = between them)."""

    union: Union
    left: str
    right: str
    lift: int = 0


@dataclass(slots=True)
class Litter:
    """Children of the same parents: where their line leaves the parents and at which bar it spreads."""

    parents: tuple[str, ...]
    children: list[str]
    couple: Couple | None
    drop: float = 0.0
    level: int = 0
    bar: float = 0.0


@dataclass(slots=True)
class Places:
    """The whole drawing's geometry."""

    family: Family
    of: dict[str, Place]
    rows: list[list[str]]
    couples: list[Couple] = field(default_factory=list)
    litters: list[Litter] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0


def words_under(family: Family, member: Member) -> list[str]:
    """Give the lines under a shape: the name, when died, at most two states, who is folded away.

    Two who would be called alike are told apart by their 続柄; an age that is only a range stands here in full.
    """
    name = _called(family, member)
    lines = balanced(name, LABEL_WIDTH, 2)
    if name and member.relation and sum(_called(family, one) == name for one in family.members) > 1:
        lines += wrapped(f"（{member.relation}）", LABEL_WIDTH, 1)
    lines += wrapped(member.died, LABEL_WIDTH, 1) if member.died else []
    lines += [f"{member.age_text}歳"] if RANGE in member.age_text and not member.died else []
    lines += [wrapped(state, LABEL_WIDTH, 1)[0] for state in member.states[:2]]
    if len(member.states) > 2:
        lines[-1] = f"ほか{len(member.states) - 1}"
    if family.hidden.get(member.id):
        lines.append(f"＋{family.hidden[member.id]}人")
    return [line for line in lines if line]


def _called(family: Family, member: Member) -> str:
    """Give the name that stands under the shape: the given name alone within the subject's own surname."""
    subject = next((one for one in family.members if one.is_subject), family.members[0])
    surname, _, given = member.name.partition(" ")
    return given if given and surname == subject.name.partition(" ")[0] else member.name


def generations(family: Family) -> dict[str, int]:
    """Count generations from the oldest, 0: partners on one height, children below their parents."""
    level = {one.id: 0 for one in family.members}
    for _ in family.members:  # as often as the longest possible line; then nothing moves any more
        _push_down(family, level)
    for _ in family.members:
        _pull_down(family, level)
    alone = [one.id for one in family.members if not family.relatives(one.id)]
    subject = next((one.id for one in family.members if one.is_subject), family.members[0].id)
    level |= dict.fromkeys(alone, level[subject])
    least = min(level.values())
    return {id_: height - least for id_, height in level.items()}


def _push_down(family: Family, level: dict[str, int]) -> None:
    for one in family.members:
        for parent in one.parents:
            level[one.id] = max(level[one.id], level[parent] + 1)
    for union in family.unions:
        level[union.first] = level[union.second] = max(level[union.first], level[union.second])


def _pull_down(family: Family, level: dict[str, int]) -> None:
    """Bring parents who married in down to just above their children."""
    for one in family.members:
        below = [level[child.id] for child in family.members if one.id in child.parents]
        if below and not one.parents and not any(union.has(one.id) for union in family.unions):
            level[one.id] = min(below) - 1
    for union in family.unions:
        _lower_couple(family, union, level)


def _lower_couple(family: Family, union: Union, level: dict[str, int]) -> None:
    pair = (union.first, union.second)
    bound = any(family.member(one).parents for one in pair)
    busy = any(other is not union and (other.has(pair[0]) or other.has(pair[1])) for other in family.unions)
    below = [level[one.id] for one in family.members if set(pair) & set(one.parents)]
    if below and not bound and not busy:
        level[pair[0]] = level[pair[1]] = min(below) - 1


def _sorted_unions(family: Family, id_: str) -> list[Union]:
    mine = [union for union in family.unions if union.has(id_)]
    return sorted(mine, key=lambda union: (union.order, union.state != BondState.DIVORCED))


def cluster_of(family: Family, id_: str) -> list[str]:
    """Give everybody bound to this person by unions, left to right."""
    found = [id_]
    for one in found:
        found += [other for other in (u.other(one) for u in _sorted_unions(family, one)) if other not in found]
    if len(found) == 1:
        return found
    if len(found) == 2:
        first, second = (family.member(one) for one in found)
        return [second.id, first.id] if (first.sex, second.sex) in {("女", "男"), ("女", "")} else found
    centre = max(found, key=lambda one: (len(_sorted_unions(family, one)), -found.index(one)))
    partners = [union.other(centre) for union in _sorted_unions(family, centre)]
    row = [*partners[:-1], centre, partners[-1]]
    for one in found:
        if one not in row:
            near = next(u.other(one) for u in _sorted_unions(family, one) if u.other(one) in row)
            row.insert(0, one) if row.index(near) < row.index(centre) else row.append(one)
    return row


def rows_of(family: Family, level: dict[str, int]) -> list[list[str]]:
    """Order every generation from the left: lines of descent side by side, those beside last."""
    rows: list[list[str]] = [[] for _ in range(max(level.values()) + 1)]
    placed: set[str] = set()

    def put(id_: str) -> None:
        cluster = cluster_of(family, id_)
        if placed & set(cluster):
            return
        placed.update(cluster)
        for one in cluster:
            rows[level[one]].append(one)
        for children in _litters_under(family, cluster):
            for child in _twins_together(family, children):
                put(child.id)

    for root in _roots(family):
        put(root)
    for one in family.members:
        put(one.id)
    return rows


def _litters_under(family: Family, cluster: list[str]) -> list[list[Member]]:
    groups = {frozenset(one.parents) for one in family.members if set(one.parents) & set(cluster)}
    by_place = sorted(groups, key=lambda group: sorted(cluster.index(one) for one in group if one in cluster))
    return [family.children(*group) for group in by_place]


def _twins_together(family: Family, siblings: list[Member]) -> list[Member]:
    """Keep those of one birth beside each other, their partners at the outer sides of the group."""
    first: dict[str, int] = {}
    for number, one in enumerate(siblings):
        first.setdefault(one.twins or one.id, number)

    def partner_side(one: Member) -> int:
        row = cluster_of(family, one.id)
        return 0 if len(row) == 1 or not one.twins else -1 if row[-1] == one.id else 1

    return sorted(siblings, key=lambda one: (first[one.twins or one.id], partner_side(one)))


def _roots(family: Family) -> list[str]:
    """List the oldest of each line, the father's line before the mother's, starting from the subject."""
    found: list[str] = []
    seen: set[str] = set()

    def climb(id_: str) -> None:
        for one in cluster_of(family, id_):
            if one in seen:
                continue
            seen.add(one)
            parents = sorted(family.member(one).parents, key=lambda up: family.member(up).sex != "男")
            if parents:
                climb(parents[0])
            else:
                found.append(one)

    subjects = [one.id for one in family.members if one.is_subject] or [family.members[0].id]
    for one in subjects:
        climb(one)
    return found


def couples_of(family: Family, rows: list[list[str]]) -> list[Couple]:
    """Make the unions' lines: neighbours are joined between the shapes, others above them."""
    made: list[Couple] = []
    for row in rows:
        lift = 0
        found = [one for one in family.unions if one.first in row and one.second in row]
        ends = [sorted((row.index(one.first), row.index(one.second))) for one in found]
        for (left, right), union in sorted(zip(ends, found, strict=True), key=lambda one: one[0][1] - one[0][0]):
            apart = right - left > 1
            lift += apart  # the wider line runs above the narrower one, so that they need not cross
            made.append(Couple(union, row[left], row[right], lift if apart else 0))
    return made


def litters_of(family: Family, couples: list[Couple]) -> list[Litter]:
    """Gather the children of each couple or single parent."""
    groups = dict.fromkeys(tuple(sorted(one.parents)) for one in family.members if one.parents)
    made = []
    for parents in groups:
        couple = next((one for one in couples if {one.left, one.right} == set(parents)), None)
        made.append(Litter(parents, [one.id for one in family.children(*parents)], couple))
    return made
