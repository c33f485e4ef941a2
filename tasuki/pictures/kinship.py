"""From 続柄 words to a family: who is whose parent and partner, as far as the words say it.

A register keeps one word for each person (母, 長男, 夫 …). With a 本人 the words are read from there;
without one the first subject, else the first person, stands in the middle, and that person's own
word says which of the others are parents, partners or children. What the words leave open is not
guessed: such a person stands beside, without a line. Lines that somebody wrote go before the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tasuki.pictures.family import Bond, BondState, Family, Member, Union, with_unions
from tasuki.pictures.kinship_lines import Pair, feelings_of, pair, taken_back, unions_of, with_descent
from tasuki.rules.kinship import Kin, KinLine

SELF = frozenset({"本人", "世帯主", ""})
PARENT = frozenset({"父", "母", "実父", "実母", "養父", "養母", "継父", "継母"})
PARTNER = frozenset({"夫", "妻", "配偶者", "パートナー"})
COMMON_LAW = frozenset({"内縁の夫", "内縁の妻", "内夫", "内妻", "未届の夫", "未届の妻", "夫(未届)", "妻(未届)"})
FORMER = frozenset({"元夫", "元妻", "前夫", "前妻"})
ADOPTED = frozenset({"養子", "養女"})
OPEN_CHILD = frozenset({"子", "息子", "娘", "実子"}) | ADOPTED
BORN_CHILD = frozenset(f"{rank}{sex}" for rank in "長次二三四五六七八九" for sex in "男女")
CHILD = OPEN_CHILD | BORN_CHILD
SIBLING = frozenset({"兄", "姉", "弟", "妹", "兄弟", "姉妹", "双子の兄", "双子の弟", "双子の姉", "双子の妹"})
GRANDPARENT = frozenset({"祖父", "祖母"})
PARENT_IN_LAW = frozenset({"義父", "義母", "夫の父", "夫の母", "妻の父", "妻の母"})
UNCLE = frozenset({"叔父", "伯父", "叔母", "伯母", "おじ", "おば"})
NIECE = frozenset({"甥", "姪"})
GRANDCHILD = frozenset({"孫"})


@dataclass
class _Reading:
    """What has been read so far; `of` are the members, changed as lines are found.

    `half` are those of whom one parent was written: words may name the other. `apart` are pairs that no word joins.
    """

    of: dict[str, Member]
    subject: str
    unions: list[Union] = field(default_factory=list)
    half: set[str] = field(default_factory=set)
    apart: set[Pair] = field(default_factory=set)

    def words(self, among: frozenset[str]) -> list[str]:
        """List the ids, other than the subject's, whose word is among these."""
        return [id_ for id_, one in self.of.items() if one.relation in among and id_ != self.subject]

    def give_parents(self, child: str, parents: Sequence[str]) -> None:
        """Hang a child on parents, unless it has some already."""
        known = self.of[child].parents
        found = [one for one in parents if frozenset((one, child)) not in self.apart and one != child]
        if found and (not known or child in self.half):
            self.of[child] = replace(self.of[child], parents=tuple(dict.fromkeys([*known, *found]))[:2])
            self.half.discard(child)

    def join(self, first: str, second: str, bond: Bond = Bond.MARRIED, state: BondState = BondState.TOGETHER) -> None:
        """Make two people partners, unless it was written how they stand to each other."""
        here = frozenset((first, second))
        if here not in self.apart and not any(here == {union.first, union.second} for union in self.unions):
            self.unions.append(Union(first, second, bond, state, len(self.unions)))

    def siblings(self) -> list[str]:
        """List those who share the subject's parents."""
        mine = self.of[self.subject].parents
        return [id_ for id_, one in self.of.items() if mine and one.parents == mine and id_ != self.subject]

    def children(self) -> list[str]:
        """List the subject's children."""
        return [id_ for id_, one in self.of.items() if self.subject in one.parents]


def from_relations(members: Sequence[Member], lines: Sequence[KinLine] = ()) -> Family:
    """Read a family from the words in `Member.relation`; parents already given are kept.

    `lines` are those that stand on the day of the picture; they decide wherever they say something.
    """
    if not members:
        return Family(())
    here = {one.id for one in members}
    lines = [line for line in lines if pair(line) <= here]  # who is not shown must leave no trace
    hung = with_descent(members, lines)
    reading = _Reading({one.id: one for one in hung}, _subject_of(members), unions_of(lines), apart=taken_back(lines))
    written = {line.second for line in lines if line.kin == Kin.PARENT}
    reading.half = {one.id for one in hung if one.id in written and len(one.parents) == 1 and not one.adopted}
    _read_partners(reading)
    _read_parents(reading)
    _read_children(reading)
    _read_grandparents(reading)
    _read_in_laws(reading)
    _read_wider(reading)
    _read_compounds(reading)
    return with_unions(Family(tuple(reading.of.values()), tuple(reading.unions), tuple(feelings_of(lines))))


def _subject_of(members: Sequence[Member]) -> str:
    own = [one for one in members if one.relation in {"本人", "世帯主"}]
    marked = [one for one in members if one.is_subject]
    return (own or marked or list(members))[0].id


def _read_partners(reading: _Reading) -> None:
    me = reading.of[reading.subject].relation
    found: list[tuple[str, Bond, BondState]] = [
        (one, Bond.MARRIED, BondState.DIVORCED) for one in reading.words(FORMER)
    ]
    found += [(one, Bond.COMMON_LAW, BondState.TOGETHER) for one in reading.words(COMMON_LAW)]
    if me in PARENT:  # a 母 and a 父 in one household are each other's partners
        found += [(one, Bond.MARRIED, BondState.TOGETHER) for one in reading.words(PARENT) if me != _word(reading, one)]
    if me not in OPEN_CHILD:
        found += [(one, Bond.MARRIED, BondState.TOGETHER) for one in reading.words(PARTNER)]
    for one, bond, state in found:
        reading.join(reading.subject, one, bond, state)


def _word(reading: _Reading, id_: str) -> str:
    return reading.of[id_].relation


def _read_parents(reading: _Reading) -> None:
    me = _word(reading, reading.subject)
    parents = reading.words(PARENT) if me not in PARENT else []
    if me in OPEN_CHILD and not parents:
        parents = reading.words(PARTNER)
    if len(parents) > 2:
        return
    reading.give_parents(reading.subject, parents)
    parents = list(reading.of[reading.subject].parents)
    siblings = reading.words(SIBLING)
    if me in BORN_CHILD or (me in OPEN_CHILD and not reading.unions):
        siblings += reading.words(BORN_CHILD)
    if siblings and not parents:
        parents = [_unknown_parent(reading, siblings[0])]
    for one in (reading.subject, *siblings):
        reading.give_parents(one, parents)
    if len(parents) == 2:
        reading.join(parents[0], parents[1])


def _unknown_parent(reading: _Reading, beside: str) -> str:
    """Put in somebody nobody wrote down, so that siblings can hang on one line."""
    id_ = f"{beside}-parent"
    reading.of[id_] = Member(id_, "親", relation="親", age_text="?")
    return id_


def _read_children(reading: _Reading) -> None:
    now = [union for union in reading.unions if union.has(reading.subject) and union.state != BondState.DIVORCED]
    past = [union for union in reading.unions if union.has(reading.subject) and union.state == BondState.DIVORCED]
    parents = [reading.subject]
    if len(now) == 1 or (not now and len(past) == 1):
        parents.append((now or past)[0].other(reading.subject))
    for one in reading.words(CHILD):
        if reading.of[one].relation in ADOPTED:
            reading.of[one] = replace(reading.of[one], adopted=True)
        reading.give_parents(one, parents)


def _read_grandparents(reading: _Reading) -> None:
    elders = reading.words(GRANDPARENT)
    parents = reading.of[reading.subject].parents
    if not elders or len(elders) > 2 or not parents:
        return
    blood = [one for one in parents if reading.of[one].relation in {"父", "実父"}] or list(parents)
    if len(parents) == 1 or len(blood) == 1:
        reading.give_parents(blood[0], elders)


def _read_in_laws(reading: _Reading) -> None:
    partners = [union.other(reading.subject) for union in reading.unions if union.has(reading.subject)]
    elders = reading.words(PARENT_IN_LAW)
    if len(partners) == 1 and 0 < len(elders) <= 2:
        reading.give_parents(partners[0], elders)


def _read_wider(reading: _Reading) -> None:
    parents = reading.of[reading.subject].parents
    if len(parents) == 1:
        for one in reading.words(UNCLE):
            if not reading.of[parents[0]].parents:
                reading.give_parents(parents[0], [_unknown_parent(reading, one)])
            reading.give_parents(one, reading.of[parents[0]].parents)
    for words, elders in ((NIECE, reading.siblings()), (GRANDCHILD, reading.children())):
        if len(elders) == 1:
            for one in reading.words(words):
                reading.give_parents(one, elders)


def _read_compounds(reading: _Reading) -> None:
    """Read 「長男の妻」「母の妹」: the first word names one person here, the second the line from there."""
    for id_, one in list(reading.of.items()):
        if one.relation in PARENT_IN_LAW | COMMON_LAW or "の" not in one.relation:
            continue
        whose, _, word = one.relation.rpartition("の")
        found = reading.words(frozenset({whose}))
        if len(found) != 1:
            continue
        if word in PARTNER:
            reading.join(found[0], id_)
        elif word in PARENT:
            reading.give_parents(found[0], [id_])
        elif word in CHILD:
            partners = [union.other(found[0]) for union in reading.unions if union.has(found[0])]
            reading.give_parents(id_, [found[0], *partners[:1]])
        elif word in SIBLING and reading.of[found[0]].parents:
            reading.give_parents(id_, reading.of[found[0]].parents)
