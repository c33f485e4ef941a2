"""What a household's life needs to know of its town: days, desks with their workers, sittings, and how ids are made."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from random import Random

from tasuki.ops.synth.sizes import Size

DAY = 24 * 60
NINE, OFFICE_HOURS = 9 * 60, 8 * 60
# Intakes grow over the years: the n-th of all cases is opened when this power of n's share of the time has passed.
_GROWTH = 0.8
PARTNER_CASES = 5


@dataclass(frozen=True)
class Desk:
    """An agency with its id and the ids of the staff who work with households there."""

    id: str
    key: str
    kind: str
    workers: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """One municipality. A moment is a number: which open day it is on, times 1,440, and the minutes of that day.

    `days` are the days on which the office is open, ten years of them and those that sittings are called for; `years`
    their fiscal years; `past` counts those before today. `first` is the first case of each fiscal year. `sittings` and
    `sealed` are numbers of days on which a conference sits, with consent or by article 106-6.
    """

    seed: int
    size: Size
    days: tuple[str, ...]
    years: tuple[int, ...]
    past: int
    first: dict[int, int]
    areas: tuple[str, ...]
    desks: tuple[Desk, ...]
    hub: Desk
    city: Desk
    partner: Desk
    decider: str
    sittings: tuple[int, ...]
    sealed: tuple[int, ...]

    @property
    def now(self) -> int:
        """The moment before which everything has happened."""
        return self.past * DAY

    @property
    def places(self) -> list[tuple[Desk, str]]:
        """Every worker who receives households, with their desk."""
        return [(desk, worker) for desk in self.desks for worker in desk.workers]

    def moment(self, at: int) -> str:
        """Write a moment for the database."""
        return f"{self.days[at // DAY]} {at % DAY // 60:02}:{at % 60:02}+09"

    def day(self, at: int, later: int = 0) -> str:
        """Write the day of a moment, or one so many days later."""
        day = self.days[at // DAY]
        return (dt.date.fromisoformat(day) + dt.timedelta(days=later)).isoformat() if later else day

    def opened(self, case: int) -> int:
        """Give the number of the day on which a case is opened."""
        return opened(case, self.size.cases, self.past)

    def dice(self, *name: object) -> Random:
        """Give the dice of one thing of this world: always the same for the seed."""
        return Random(f"{self.seed}:{self.size.key}:{name}")  # noqa: S311  a world is no secret

    def id(self, *name: object) -> str:
        """Give the id of one thing of the town: always the same for the seed."""
        return made_id(self.seed, self.size.key, *name)

    def is_of_partner(self, case: int) -> bool:
        """Whether the partner outside, who has five cases, has a part in this one."""
        every = self.size.cases // PARTNER_CASES
        return case % every == every // 4 and case // every < PARTNER_CASES

    def next_sitting(self, at: int, *, sealed: bool = False) -> int | None:
        """Give the place of the first sitting three days after a moment or later; None when none is called yet."""
        listed = self.sealed if sealed else self.sittings
        place = bisect_left(listed, at // DAY + 3)
        return place if place < len(listed) else None


def opened(case: int, cases: int, past: int) -> int:
    """Give the number of the day on which the n-th of so many cases is opened."""
    return int(((case + 0.5) / cases) ** _GROWTH * past)


def made_id(*name: object) -> str:
    """Give the id, 32 hexadecimal figures, that belongs to a name."""
    return md5(":".join(map(str, name)).encode(), usedforsecurity=False).hexdigest()


def firsts(cases: int, past: int, years: tuple[int, ...]) -> dict[int, int]:
    """Give the first case of each fiscal year."""
    found: dict[int, int] = {}
    for case in range(cases):
        found.setdefault(years[opened(case, cases, past)], case)
    return found


def spread(count: int, until: int) -> Iterator[int]:
    """Give so many different days, evenly spread before one."""
    yield from sorted({int((place + 0.5) / count * until) for place in range(count)})
