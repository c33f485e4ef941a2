"""The municipality of a world: its agencies and conferences as a profile, its staff, and the world that households see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID

from tasuki.ops.synth.names import given
from tasuki.ops.synth.sizes import Size
from tasuki.ops.synth.world import Desk, World, firsts, made_id, spread
from tasuki.ops.town.names import surnames
from tasuki.records.closed_days import closed_days
from tasuki.rules.calendar import fiscal_year, fiscal_year_bounds
from tasuki.rules.profile.reading import natural_roles

YEARS = 10
_AHEAD = 60  # open days for which sittings are called already
HUB, CITY, CSW, PARTNER = "HUB", "CITY", "CSW", "RENKEI"
# Kind, field, mode, name, and how often among ten agencies one is of it.
_KINDS = (
    ("COMMUNITY_GENERAL", "高齢", "委託", "{}地域包括支援センター", 4), ("SELF_RELIANCE", "困窮", "委託", "自立相談支援機関{}", 1),
    ("CHILD_FAMILY", "子ども", "直営", "{}こども家庭センター", 1), ("DISABILITY_CONSULT", "障害", "委託", "相談支援事業所{}", 1),
    ("CITY_SECTION", "庁内", "直営", "{}支所 福祉係", 1), ("SHAKYO", "その他", "委託", "社会福祉協議会 {}支部", 1),
    ("HEALTH_CENTRE", "子ども", "直営", "{}保健センター", 1),
)  # fmt: skip
_LARGE = (3, 6, 8, 4, 10, 5, 7, 2)  # workers of an agency, one size after the other
_SMALL_TOWN = 30  # with fewer workers, agencies are a third as large
OFFICE = {
    "decider": "DECIDER", "chair": "CHAIR", "manager": "MANAGER", "privacy": "PRIVACY_OFFICER", "admin": "ADMIN",
}  # fmt: skip
_AREA = [
    f"{one}{two}" for two in "風浜見浦崎原台町" for one in ("松", "汐", "東", "西", "青", "桜", "柳", "竹", "星", "鳥")
]


@dataclass(frozen=True)
class Place:
    """An agency with as many workers; `profile` is how a municipality's file writes it."""

    key: str
    kind: str
    workers: int
    profile: Mapping[str, Any]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of everybody who works there."""
        return natural_roles(self.kind)


def areas_of(size: Size) -> tuple[str, ...]:
    """Name the areas of a town, two at least."""
    return tuple(_AREA[: max(2, min(len(_AREA), size.cases // 1500))])


def places_of(size: Size) -> list[Place]:
    """List the agencies of a town: the hub, the deciding office, a worker alone, a partner with five cases, all others."""
    hub = max(1, size.workers // 25)
    found = [
        _place(HUB, "HUB", hub, "福祉まるごと室", "すべて", "直営"), _place(CITY, "CITY_OFFICE", 0, "福祉総務課", "庁内", "直営"),
        _place(CSW, "SHAKYO", 1, "社会福祉協議会 本部", "その他", "委託"), _place(PARTNER, "OTHER", 0, "こども食堂ひなた", "その他", "外部"),
    ]  # fmt: skip
    left, sizes, areas = size.workers - hub - 1, cycle(_LARGE), cycle(areas_of(size))
    kinds = cycle([one for place in range(4) for one in _KINDS if one[4] > place])
    while left > 0:
        workers = next(sizes)
        workers = min(left, max(1, workers // 3) if size.workers < _SMALL_TOWN else workers)
        kind, field, mode, name, _ = next(kinds)
        number = len(found) - 3
        label = name.format(f"{next(areas)}第{number}" if size.workers >= _SMALL_TOWN else next(areas))
        found.append(_place(f"A{number}", kind, workers, label, field, mode))
        left -= workers
    return found


def _place(key: str, kind: str, workers: int, name: str, field: str, mode: str) -> Place:
    contractor = "社会福祉法人こもれび" if mode == "委託" else ""
    return Place(
        key, kind, workers, {"name": name, "kind": kind, "field": field, "mode": mode, "contractor": contractor}
    )


def profile_of(size: Size, example: Mapping[str, Any], places: list[Place]) -> dict[str, Any]:
    """Make the profile of the town out of an example's: its ways of working, with these agencies and areas."""
    conferences = {
        key: {**one, "secretariat": [HUB], "members": [place.key for place in places]}
        for key, one in example["conferences"].items()
    }
    listed = [
        {"key": f"AREA{number}", "name": area, "level": "AREA"} for number, area in enumerate(areas_of(size), start=1)
    ]
    return {
        **example,
        "municipality": {"name": size.name, "kind": size.kind},
        "areas": {"levels": [{"key": "AREA", "name": "圏域", "count": len(listed)}], "list": listed},
        "agencies": {place.key: place.profile for place in places},
        "conferences": conferences,
    }


@dataclass(frozen=True)
class Person:
    """Somebody who works here: the key, the name, the agency and the roles."""

    key: str
    name: str
    agency: str
    roles: tuple[str, ...]


def people_of(seed: int, size: Size, places: list[Place]) -> Iterator[Person]:
    """Name everybody who works here: the offices of the town itself, the partner, and all workers of all agencies."""
    dice = Random(f"{seed}:{size.key}:staff")  # noqa: S311  a world is no secret
    listed = cycle([one.written for one in surnames(dice)])

    def named() -> str:
        return f"{next(listed)} {given(dice, man=dice.random() < 0.4, age=40)[0]}"

    for key, role in OFFICE.items():
        yield Person(key, named(), CITY, (role,))
    yield Person("partner", named(), PARTNER, ("PARTNER",))
    remembered = {HUB: "hub", CSW: "csw"}
    for place in places:
        for number in range(place.workers):
            word = remembered.get(place.key, "") if number == 0 else ""
            yield Person(word or f"{place.key.lower()}-{number + 1}", named(), place.key, place.roles)


def open_days(today: dt.date) -> tuple[tuple[str, ...], int]:
    """List the open days of ten fiscal years up to some weeks ahead, and say how many of them are before today."""
    day = fiscal_year_bounds(fiscal_year(today) - YEARS + 1)[0]
    found: list[str] = []
    past = 0
    while len(found) < past + _AHEAD or day < today:
        if day not in closed_days(day.year):
            found.append(day.isoformat())
        day += dt.timedelta(days=1)
        past = len(found) if day <= today else past
    return tuple(found), past


def world_of(seed: int, size: Size, today: dt.date, places: list[Place], ids: Mapping[str, UUID]) -> World:
    """Make what households see of the town; `ids` of agencies by key and of staff by "agency/key"."""
    days, past = open_days(today)
    years = tuple(fiscal_year(dt.date.fromisoformat(day)) for day in days)
    desks = {place.key: Desk(ids[place.key].hex, place.key, place.kind, _workers(place, ids)) for place in places}
    return World(
        seed=seed, size=size, days=days, years=years, past=past, first=firsts(size.cases, past, years),
        areas=areas_of(size), desks=tuple(desk for desk in desks.values() if desk.workers), hub=desks[HUB],
        city=desks[CITY], partner=desks[PARTNER], decider=ids[f"{CITY}/decider"].hex,
        # A plan is on some sitting's agenda; six to eight of them on one, but a conference sits four times a year at least.
        sittings=tuple(spread(max(4 * YEARS, size.cases // 60), len(days))),
        sealed=tuple(spread(max(2 * YEARS, size.cases // 100), len(days))),
    )  # fmt: skip


def _workers(place: Place, ids: Mapping[str, UUID]) -> tuple[str, ...]:
    if place.key in {CITY, PARTNER}:
        return ()
    return tuple(found.hex for name, found in ids.items() if name.startswith(f"{place.key}/"))


def mint_of(seed: int, size: Size) -> Callable[[str], UUID]:
    """Give the maker of the ids of this town's own rows."""
    return lambda name: UUID(hex=made_id(seed, size.key, "town", name))
