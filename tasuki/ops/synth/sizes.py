"""How large the worlds are: cases and workers of one municipality, and the municipalities of a prefecture."""

from __future__ import annotations

from dataclasses import dataclass

# What a worker has received in ten years (BENCH: city 5,000 cases with 83 workers, 政令市 100,000 with 1,666).
CASES_A_WORKER = 60
_HEAD = 200_000  # people in the largest municipality of the prefecture
_CASES_A_HEAD = 5_000 / 90_000  # of a city of 90,000 (domain 9.2)
_MUNICIPALITIES = 33
_FALL = 0.95  # the n-th largest has the largest's people divided by n to this power


@dataclass(frozen=True)
class Size:
    """One municipality: its key without the seed, name and kind, how many cases and how many workers."""

    key: str
    name: str
    kind: str
    cases: int
    workers: int


ALONE = {
    "village": Size("village", "藻霧村", "村", 200, 4),
    "town": Size("town", "笹凪町", "町", 1_200, 20),
    "city": Size("city", "鴫渡市", "市", 5_000, 83),
    "designated": Size("designated", "虹淵市", "市", 100_000, 1_666),
}
PREFECTURE = "prefecture"
_FIRST, _SECOND = "霧潮霞苔蓬椋榧樫朧霜雫", "洞窪畝淵砂峠舞束灯瀬杜"


def municipalities(size: str) -> list[Size]:
    """List the municipalities of a world, the largest first."""
    if size != PREFECTURE:
        return [ALONE[size]]
    return [_of_rank(rank) for rank in range(1, _MUNICIPALITIES + 1)]


def _of_rank(rank: int) -> Size:
    people = _HEAD / rank**_FALL
    cases = round(people * _CASES_A_HEAD)
    kind = "市" if people > 30_000 else "町" if people > 8_000 else "村"
    first, second = _FIRST[rank % len(_FIRST)], _SECOND[(rank + rank // len(_FIRST)) % len(_SECOND)]
    return Size(f"p{rank:02d}", f"{first}{second}{kind}", kind, cases, max(4, round(cases / CASES_A_WORKER)))
