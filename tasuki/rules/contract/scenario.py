"""A scenario as typed values, its municipalities complete: profile and file in one, every worker there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from tasuki.rules.contract.town import OWN, Profiles, places, profile_of
from tasuki.rules.profile.codes import EVERYWHERE
from tasuki.rules.profile.reading import Start, natural_roles, starts
from tasuki.rules.profile.shapes import Lines, line_at

JST = timezone(timedelta(hours=9), "JST")

_FRAME = frozenset({"id", "at", "by", "do", "refused", "why"})
_NOT_FIGURES = frozenset({"fiscal_year", "municipality"})


@dataclass(frozen=True)
class Place:
    """One municipality of a scenario.

    `key` is OWN ("") for the file's own, else the key of the neighbour.

    `profile` is the profile on its base. Entries of `agencies`, `staff` and `conferences` are maps as the
    contract writes them, complete: an agency has name, kind, field, mode and areas (by *name*, or
    すべて); a worker agency, name and roles; a conference members and secretariat. `programmes` are rows
    by area *name*; `household` has `household` filled in everywhere.
    """

    key: str
    name: str
    profile: Mapping[str, Any]
    agencies: Mapping[str, Mapping[str, Any]]
    staff: Mapping[str, Mapping[str, Any]]
    conferences: Mapping[str, Mapping[str, Any]]
    programmes: tuple[Start, ...]
    household: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Step:
    """One act.

    `arguments` holds everything but id, at, by, do, refused and why (so also who, case, class, scope,
    note). `number` counts from 0, `line` from 1.
    """

    id: str | None
    at: datetime
    by: str
    do: str
    arguments: Mapping[str, Any]
    refused: bool
    why: str
    line: int
    number: int


@dataclass(frozen=True)
class SeeRow:
    """One question of who may see what.

    `what` is as written; `kind` its first word, `key` the person or step, `data_class` the class, `text`
    what is searched for. `who` is a worker's key, or a person's (the disclosure pack).
    """

    at: datetime
    who: str
    what: str
    kind: str
    key: str
    data_class: str
    text: str
    of: str | None
    door: str | None
    allow: bool
    ground: str | None
    hits: int | None
    why: str
    line: int
    number: int


@dataclass(frozen=True)
class CountRow:
    """Figures that must come out for a fiscal year, of one municipality (OWN when none is written)."""

    fiscal_year: int
    municipality: str
    expected: Mapping[str, Any]
    line: int
    number: int


@dataclass(frozen=True)
class Named:
    """In which municipality a key of the file is at home (the value is the key of the Place).

    A key that only a neighbour's profile has, and that the file's own municipality has too, names the
    latter.
    """

    agencies: Mapping[str, str]
    staff: Mapping[str, str]
    conferences: Mapping[str, str]
    persons: Mapping[str, str]


@dataclass(frozen=True)
class Scenario:
    """A whole scenario, checked and complete."""

    key: str
    title: str
    municipality: Place
    neighbours: Mapping[str, Place]
    named: Named
    steps: tuple[Step, ...]
    see: tuple[SeeRow, ...]
    count: tuple[CountRow, ...]

    def place(self, key: str) -> Place:
        """Give the municipality with this key; OWN is the file's own."""
        return self.neighbours[key] if key else self.municipality

    def agency(self, key: str) -> Mapping[str, Any]:
        """Give the agency that a step names."""
        return self.place(self.named.agencies[key]).agencies[key]

    def worker(self, key: str) -> Mapping[str, Any]:
        """Give the worker that a step names."""
        return self.place(self.named.staff[key]).staff[key]


def scenario_of(document: Mapping[str, Any], lines: Lines, profiles: Profiles) -> Scenario:
    """Give a scenario from a file that `check` found nothing wrong with."""
    towns = {key: _place(key, place, profile_of(place, profiles)) for key, place in places(document)}
    return Scenario(
        key=document["scenario"],
        title=document["title"],
        municipality=towns[OWN],
        neighbours={key: town for key, town in towns.items() if key != OWN},
        named=_named(document, towns),
        steps=tuple(
            _step(row, number, line_at(lines, ("steps", number))) for number, row in enumerate(document["steps"])
        ),
        see=tuple(_see(row, number, line_at(lines, ("see", number))) for number, row in enumerate(document["see"])),
        count=tuple(
            CountRow(
                fiscal_year=row["fiscal_year"],
                municipality=row.get("municipality", OWN),
                expected={name: value for name, value in row.items() if name not in _NOT_FIGURES},
                line=line_at(lines, ("count", number)),
                number=number,
            )
            for number, row in enumerate(document["count"])
        ),
    )


def moment(text: str) -> datetime:
    """Give a moment as the contract writes it (2026-04-08T10:00), in Japanese time."""
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def _step(row: Mapping[str, Any], number: int, line: int) -> Step:
    return Step(
        id=row.get("id"),
        at=moment(row["at"]),
        by=row["by"],
        do=row["do"],
        arguments={name: value for name, value in row.items() if name not in _FRAME},
        refused=row.get("refused", False),
        why=row.get("why", ""),
        line=line,
        number=number,
    )


def _see(row: Mapping[str, Any], number: int, line: int) -> SeeRow:
    kind, _, rest = row["what"].partition(":")
    key, _, data_class = rest.partition(":") if kind == "class" else (rest, "", "")
    return SeeRow(
        at=moment(row["at"]),
        who=row["who"],
        what=row["what"],
        kind=kind,
        key="" if kind == "search" else key,
        data_class=data_class,
        text=rest if kind == "search" else "",
        of=row.get("of"),
        door=row.get("door"),
        allow=row["allow"],
        ground=row.get("ground"),
        hits=row.get("hits"),
        why=row["why"],
        line=line,
        number=number,
    )


def _place(key: str, place: Mapping[str, Any], profile: Mapping[str, Any]) -> Place:
    names = {area["key"]: area["name"] for area in profile.get("areas", {}).get("list", [])}
    agencies = {name: _agency(entry, names) for name, entry in profile.get("agencies", {}).items()}
    agencies |= {name: _agency(entry, {}) for name, entry in place.get("agencies", {}).items()}
    conferences = {**profile.get("conferences", {}), **place.get("conferences", {})}
    return Place(
        key=key,
        name=place.get("name") or profile.get("municipality", {}).get("name", ""),
        profile=profile,
        agencies=agencies,
        staff=_staff(place, profile, agencies),
        conferences={name: {"members": [], "secretariat": [], **entry} for name, entry in conferences.items()},
        programmes=tuple(_programmes(place, profile, names)),
        household=tuple({"household": "H1", **member} for member in place["household"]),
    )


def _agency(entry: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    areas = [names.get(area, area) for area in entry.get("areas", [])]
    return {"field": EVERYWHERE, "mode": "直営", **entry, "areas": areas}


def _staff(
    place: Mapping[str, Any], profile: Mapping[str, Any], agencies: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    written = {**profile.get("staff", {}), **place.get("staff", {})}
    default = {agency.lower(): {"agency": agency} for agency in agencies}
    return {
        key: {
            "name": _made_up_name(agencies.get(entry["agency"], {})),
            "roles": list(_roles(entry["agency"], profile, agencies)),
            **entry,
        }
        for key, entry in {**default, **written}.items()
    }


def _made_up_name(agency: Mapping[str, Any]) -> str:
    return f"{agency.get('name', '')}の担当"


def _roles(agency: str, profile: Mapping[str, Any], agencies: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Give the natural role of the agency's kind, and every profile role that names the agency."""
    entry = agencies.get(agency, {})
    functions = (*entry.get("functions", ()), *entry.get("special_functions", ()))
    own = natural_roles(entry.get("kind", "OTHER"), functions, welfare=entry.get("welfare", True))
    local = (key for key, role in profile.get("roles", {}).items() if role.get("agency") == agency)
    return tuple(dict.fromkeys((*own, *local)))


def _programmes(place: Mapping[str, Any], profile: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Start]:
    """Give the profile's rows but for those that the file writes anew, then the file's."""
    written = [
        Start(item=entry["item"], area=area, begins=entry["from"], status=entry["status"])
        for entry in place.get("programmes", [])
        for area in entry["areas"]
    ]
    anew = {(row.item, row.area) for row in written}
    for row in starts(profile.get("programmes", [])):
        area = names.get(row.area, row.area)
        if (row.item, area) not in anew and (row.item, EVERYWHERE) not in anew:
            yield Start(**{**vars(row), "area": area})
    yield from written


def _named(document: Mapping[str, Any], towns: Mapping[str, Place]) -> Named:
    sections = dict(places(document))
    agencies = _homes(
        {key: tuple(place.get("agencies", {})) for key, place in sections.items()},
        {key: tuple(town.agencies) for key, town in towns.items()},
    )
    by_staff_section = {key: tuple(place.get("staff", {})) for key, place in sections.items()}
    by_agency = {key: tuple(name.lower() for name in place.get("agencies", {})) for key, place in sections.items()}
    staff = _homes(by_staff_section, by_agency, {key: tuple(town.staff) for key, town in towns.items()})
    return Named(
        agencies=agencies,
        staff=staff,
        conferences=_homes(
            {key: tuple(place.get("conferences", {})) for key, place in sections.items()},
            {key: tuple(town.conferences) for key, town in towns.items()},
        ),
        persons=_homes({key: tuple(one["key"] for one in town.household) for key, town in towns.items()}),
    )


def _homes(*ranks: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Give the place of each key.

    What the file itself writes goes before what a profile brings, and within that the file's own municipality
    before its neighbours.
    """
    home: dict[str, str] = {}
    for rank in ranks:
        for place, keys in rank.items():
            for key in keys:
                home.setdefault(key, place)
    return home
