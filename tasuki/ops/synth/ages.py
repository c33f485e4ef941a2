"""How old people are: a real age pyramid, met by all together although each household has a grown-up and some are of 8050."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random

# 昭島市の年齢(5歳階級)・男女別人口、2025年1月1日 (東京都オープンデータカタログ, 推奨データセット「地域・年齢別人口」):
# 0-4, 5-9, … 95-99, 100 and over. Men 57,486, women 58,146.
MEN = (
    2093, 2387, 2487, 2537, 3024, 3363, 3440, 3734, 3973, 4485, 4739, 4308, 3488, 3097, 3298, 3182, 2171, 1179, 409, 85, 7,
)  # fmt: skip
WOMEN = (
    1969, 2332, 2431, 2431, 2719, 2956, 3229, 3430, 3706, 3931, 4623, 3924, 3419, 3232, 3583, 3771, 3067, 1964, 1075, 291, 63,
)  # fmt: skip
GROWN = 18
# Of whom a household of 8050 has one each (domain 9.3): a parent and a child, in years.
PARENT, CHILD = (75, 92), (45, 59)
# 8050 among the households (domain 9.3), of which one with 2.6 people on average has two such people.
SHARE_8050, PEOPLE = 0.18, 2.62

type Aged = tuple[bool, int]
"""Whether a man, and how many years old."""


def _pyramid() -> dict[Aged, float]:
    total = sum(MEN) + sum(WOMEN)
    groups = [
        (man, number, count) for man, listed in ((True, MEN), (False, WOMEN)) for number, count in enumerate(listed)
    ]
    return {(man, number * 5 + year): count / 5 / total for man, number, count in groups for year in range(5)}


def _left_over(pyramid: dict[Aged, float], grown: float) -> dict[Aged, float]:
    """Give the pyramid without those whom it has already: a grown-up of each household, and the two of each of 8050."""
    firsts, pairs = (1 - SHARE_8050) / PEOPLE, SHARE_8050 / PEOPLE
    left = dict(pyramid)
    for one, share in pyramid.items():
        left[one] -= firsts * share / grown if one[1] >= GROWN else 0
        left[one] -= sum(pairs / (last - first + 1) / 2 for first, last in (PARENT, CHILD) if first <= one[1] <= last)
    return {one: max(share, 0.0) for one, share in left.items()}


class _Urn:
    """Ages to be thrown, each with its share."""

    def __init__(self, shares: dict[Aged, float]) -> None:
        self._listed, self._up_to = list(shares), list(accumulate(shares.values()))

    def one(self, dice: Random) -> Aged:
        return self._listed[bisect(self._up_to, dice.random() * self._up_to[-1])]


_PYRAMID = _pyramid()
_GROWN = {one: share for one, share in _PYRAMID.items() if one[1] >= GROWN}
_FIRSTS, _OTHERS = _Urn(_GROWN), _Urn(_left_over(_PYRAMID, sum(_GROWN.values())))


def grown_up(dice: Random) -> Aged:
    """Throw the person of eighteen years or more whom every household has."""
    return _FIRSTS.one(dice)


def another(dice: Random) -> Aged:
    """Throw one of the others, so that all together are the pyramid."""
    return _OTHERS.one(dice)


def eighty_fifty(dice: Random) -> list[Aged]:
    """Throw the parent and the child of a household of 8050."""
    return [(dice.random() < 0.5, dice.randint(*PARENT)), (dice.random() < 0.5, dice.randint(*CHILD))]
