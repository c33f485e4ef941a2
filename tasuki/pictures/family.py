"""The family as data: who, whose child, whose partner, who feels how; no drawing.

`tasuki.pictures.kinship` makes one from 続柄 words, `tasuki.pictures.genogram` draws it.
"""

from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Bond(StrEnum):
    """What binds two partners."""

    MARRIED = "婚姻"
    COMMON_LAW = "内縁"


class BondState(StrEnum):
    """Whether the bond holds today."""

    TOGETHER = ""
    APART = "別居"
    DIVORCED = "離婚"


class FeelingKind(StrEnum):
    """The lines of the layer that is hidden by default."""

    CLOSE = "親密"
    DISTANT = "疎遠"
    CONFLICT = "対立"
    CUT_OFF = "断絶"
    ABUSE = "虐待"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the picture. `sex` is 男, 女 or anything else; `died` the words under the shape.

    `age_text` stands inside the shape (83); `states` under it. `parents` are ids of members, at most
    two. `twins` is a mark shared by those of one birth. `born` (ISO text) orders siblings.
    """

    id: str
    name: str
    kana: str = ""
    sex: str = ""
    born: str = ""
    died: str = ""
    age_text: str = ""
    relation: str = ""
    states: tuple[str, ...] = ()
    is_subject: bool = False
    key_person: bool = False
    lives_here: bool = False
    unborn: bool = False
    adopted: bool = False
    twins: str = ""
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Union:
    """Two partners by id. `order` counts a person's unions from the oldest; `custody` who has 親権."""

    first: str
    second: str
    bond: Bond = Bond.MARRIED
    state: BondState = BondState.TOGETHER
    order: int = 0
    custody: str = ""

    def has(self, member: str) -> bool:
        """Tell whether the member is one of the two."""
        return member in (self.first, self.second)

    def other(self, member: str) -> str:
        """Give the partner of one of the two."""
        return self.second if member == self.first else self.first


@dataclass(frozen=True, slots=True)
class Feeling:
    """How one member stands to another; for ABUSE from the first to the second."""

    first: str
    second: str
    kind: FeelingKind


@dataclass(frozen=True, slots=True)
class Family:
    """Everybody in one picture. `hidden` counts, per member, relatives folded away behind them."""

    members: tuple[Member, ...]
    unions: tuple[Union, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    hidden: dict[str, int] = field(default_factory=dict)

    def member(self, id_: str) -> Member:
        """Give the member with this id; KeyError when there is none."""
        for one in self.members:
            if one.id == id_:
                return one
        raise KeyError(id_)

    def children(self, *parents: str) -> list[Member]:
        """List the children whose parents are exactly these, by birth; unborn last."""
        found = [one for one in self.members if one.parents and set(one.parents) == set(parents)]
        return sorted(found, key=birth_order)

    def relatives(self, id_: str) -> list[str]:
        """List the ids one line away: parents, children, partners."""
        near = list(self.member(id_).parents)
        near += [one.id for one in self.members if id_ in one.parents]
        near += [union.other(id_) for union in self.unions if union.has(id_)]
        return near


def birth_order(member: Member) -> tuple[bool, str]:
    """Order siblings left to right: by birth, unknown births after known ones, unborn last."""
    return member.unborn, member.born or "9999"


def with_unions(family: Family) -> Family:
    """Add the union of two parents of one child where nobody wrote it: the picture needs its line.

    Drops parents and partners who are not in the picture, so that no line leads to nobody.
    """
    here = {member.id for member in family.members}
    members = tuple(
        replace(member, parents=tuple(dict.fromkeys(one for one in member.parents if one in here))[:2])
        for member in family.members
    )
    unions = [union for union in family.unions if {union.first, union.second} <= here]
    known = {frozenset((union.first, union.second)) for union in unions}
    for member in members:
        if len(member.parents) == 2 and frozenset(member.parents) not in known:
            known.add(frozenset(member.parents))
            unions.append(Union(*member.parents))
    feelings = tuple(one for one in family.feelings if {one.first, one.second} <= here)
    return replace(family, members=members, unions=tuple(unions), feelings=feelings)


def collapsed(family: Family, limit: int = 30) -> Family:
    """Fold the branches farthest from the subjects away until `limit` members stay.

    Members of the household and key persons go last. Each folded person is counted at the nearest
    one who stays, so that the picture says that somebody is missing.
    """
    if len(family.members) <= limit:
        return family
    steps = _steps_from_subjects(family)
    ranked = sorted(
        family.members, key=lambda one: (not (one.is_subject or one.lives_here or one.key_person), steps[one.id])
    )
    kept = {one.id for one in ranked[:limit]}
    hidden = dict(family.hidden)
    for one in ranked[limit:]:
        keeper = _nearest_kept(family, one.id, kept)
        hidden[keeper] = hidden.get(keeper, 0) + 1
    members = tuple(one for one in family.members if one.id in kept)
    return with_unions(replace(family, members=members, hidden=hidden))


def _steps_from_subjects(family: Family) -> dict[str, int]:
    starts = [one.id for one in family.members if one.is_subject] or [family.members[0].id]
    steps = dict.fromkeys(starts, 0)
    waiting = deque(starts)
    while waiting:
        here = waiting.popleft()
        for near in family.relatives(here):
            if near not in steps:
                steps[near] = steps[here] + 1
                waiting.append(near)
    return {one.id: steps.get(one.id, 99) for one in family.members}


def _nearest_kept(family: Family, start: str, kept: set[str]) -> str:
    seen, waiting = {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        if here in kept:
            return here
        for near in family.relatives(here):
            if near not in seen:
                seen.add(near)
                waiting.append(near)
    return next(one.id for one in family.members if one.id in kept)
