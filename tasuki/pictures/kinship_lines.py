"""From lines that somebody wrote (間柄) to the parts of a family; what is written goes before what 続柄 words say."""

from collections.abc import Sequence
from dataclasses import replace

from tasuki.pictures.family import Bond, BondState, Feeling, FeelingKind, Member, Union
from tasuki.rules.kinship import FEELINGS, PARTNERS, Kin, KinLine

BONDS = {
    Kin.MARRIED: (Bond.MARRIED, BondState.TOGETHER), Kin.COMMON_LAW: (Bond.COMMON_LAW, BondState.TOGETHER),
    Kin.APART: (Bond.MARRIED, BondState.APART), Kin.DIVORCED: (Bond.MARRIED, BondState.DIVORCED),
}  # fmt: skip
KINDS = {
    Kin.CLOSE: FeelingKind.CLOSE, Kin.DISTANT: FeelingKind.DISTANT, Kin.CONFLICT: FeelingKind.CONFLICT,
    Kin.CUT_OFF: FeelingKind.CUT_OFF, Kin.ABUSE: FeelingKind.ABUSE,
}  # fmt: skip
Pair = frozenset[str]


def pair(line: KinLine) -> Pair:
    """Give the two whom a line is about."""
    return frozenset((line.first, line.second))


def taken_back(lines: Sequence[KinLine]) -> set[Pair]:
    """Give the pairs between whom nothing stands any more, whatever their words say."""
    living = {pair(line) for line in lines if line.kin != Kin.NONE}
    return {pair(line) for line in lines if line.kin == Kin.NONE} - living


def with_descent(members: Sequence[Member], lines: Sequence[KinLine]) -> list[Member]:
    """Hang members on the parents that were written; adopters go before others. Twins share a mark and their parents.

    The lines are between members only.
    """
    found = {one.id: one for one in members}
    for one in members:
        adopters = _parents(one.id, lines, Kin.ADOPTER)
        parents = adopters or _parents(one.id, lines, Kin.PARENT)
        if parents:
            found[one.id] = replace(one, parents=tuple(parents), adopted=bool(adopters))
    for line in lines:
        if line.kin == Kin.TWIN:
            _twin(found, line)
    return list(found.values())


def _parents(child: str, lines: Sequence[KinLine], kin: Kin) -> list[str]:
    return [line.first for line in lines if line.kin == kin and line.second == child]


def _twin(found: dict[str, Member], line: KinLine) -> None:
    one, other = found[line.first], found[line.second]
    mark = one.twins or other.twins or min(one.id, other.id)
    parents = one.parents or other.parents
    found[one.id] = replace(one, twins=mark, parents=one.parents or parents)
    found[other.id] = replace(other, twins=mark, parents=other.parents or parents)


def unions_of(lines: Sequence[KinLine]) -> list[Union]:
    """Give the unions that were written, each person's oldest first as far as days were said."""
    partners = sorted((line for line in lines if line.kin in PARTNERS), key=lambda line: line.since)
    return [
        Union(line.first, line.second, *BONDS[line.kin], order=order, custody=line.custody)
        for order, line in enumerate(partners)
    ]


def feelings_of(lines: Sequence[KinLine]) -> list[Feeling]:
    """Give the lines of the layer that is hidden by default."""
    return [Feeling(line.first, line.second, KINDS[line.kin]) for line in lines if line.kin in FEELINGS]
