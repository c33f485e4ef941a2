"""Families thrown by dice: generations, several partners, single parents, twins, strangers in the house."""

from __future__ import annotations

from random import Random

from tasuki.pictures.family import Bond, BondState, Family, Member, Union

SURNAMES = ("架空", "朧沢", "霞坂", "月代", "宵月", "MIRALUNA,", "霧ヶ洞")
GIVEN = ("一", "二葉", "太郎", "まち子", "Talisay Bintang", "アレクサンドロス", "とみ", "吉継", "")
STATES = ("要介護3", "不登校", "ひきこもり傾向", "債務整理中", "精神2級", "ヤングケアラー", "日本語支援")
OLDEST = 95
TODAY = 2026


class _Growing:
    """A family while it grows."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.members: list[Member] = []
        self.unions: list[Union] = []

    def somebody(self, born: int, parents: tuple[str, ...] = (), twins: str = "") -> Member:
        """Add one person."""
        dice = self.dice
        dead = dice.random() < (0.5 if born < 1940 else 0.04)
        age = (
            str(TODAY - born) if dice.random() < 0.9 else dice.choice(("", "?", f"{TODAY - born}〜{TODAY + 1 - born}"))
        )
        made = Member(
            str(len(self.members)),
            f"{dice.choice(SURNAMES)} {dice.choice(GIVEN)}".strip(),
            sex=dice.choices(("男", "女", "その他", ""), (10, 10, 1, 1))[0],
            born=f"{born}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            died="没" if dead else "", age_text="" if dead else age,
            states=tuple(dice.sample(STATES, dice.choices((0, 1, 2, 3), (5, 3, 1, 1))[0])),
            is_subject=not self.members, key_person=dice.random() < 0.1, lives_here=not dead and dice.random() < 0.5,
            adopted=bool(parents) and dice.random() < 0.08, twins=twins, parents=parents,
        )  # fmt: skip
        self.members.append(made)
        return made

    def partners(self, one: Member, born: int) -> list[Union]:
        """Give somebody no, one or several partners, the oldest union first."""
        count = self.dice.choices((0, 1, 2, 3), (3, 8, 2, 1))[0] if born <= TODAY - 20 else 0
        made = []
        for order in range(count):
            other = self.somebody(born + self.dice.randint(-5, 5))
            last = order == count - 1
            state = self.dice.choice(tuple(BondState)) if last else BondState.DIVORCED
            custody = self.dice.choice((one.id, other.id)) if state == BondState.DIVORCED else ""
            bond = self.dice.choices(tuple(Bond), (4, 1))[0]
            made.append(Union(one.id, other.id, bond, state, order, custody))
        self.unions += made
        return made

    def children(self, parents: tuple[str, ...], born: int) -> list[Member]:
        """Give parents some children, now and then twins."""
        made: list[Member] = []
        for number in range(self.dice.choices((0, 1, 2, 3, 4), (2, 4, 4, 2, 1))[0]):
            twins = made[-1].twins if made and made[-1].twins and self.dice.random() < 0.7 else ""
            if not twins and self.dice.random() < 0.1:
                twins = f"t{len(self.members)}"
            made.append(self.somebody(min(born + 2 * number, TODAY), parents, twins))
        return made


def thrown(seed: int, most: int = 24) -> Family:
    """Throw a family of up to about `most` people; the same seed gives the same family."""
    dice = Random(seed)  # noqa: S311  no secret is thrown
    growing = _Growing(dice)
    waiting = [(growing.somebody(TODAY - dice.randint(30, OLDEST)), 0)]
    while waiting and len(growing.members) < most:
        one, generation = waiting.pop(0)
        born = int(one.born[:4])
        groups: list[tuple[str, ...]] = [(union.first, union.second) for union in growing.partners(one, born)]
        if dice.random() < 0.15:
            groups.append((one.id,))
        for later, parents in enumerate(groups):
            if born + 25 + 4 * later < TODAY and len(growing.members) < most:
                found = growing.children(parents, born + 25 + 4 * later)
                waiting += [(child, generation + 1) for child in found if generation < 3]
    for _ in range(dice.choices((0, 1, 2), (6, 2, 1))[0]):
        growing.somebody(1950)
    return Family(tuple(growing.members), tuple(growing.unions))
