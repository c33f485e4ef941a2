"""What a scenario knows before its first step: its municipalities, their people and what each key names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tasuki.rules.profile.merging import BASE, on_base

type Profiles = Mapping[str, Mapping[str, Any]]
"""Profiles by name, each already on its base; `_base` itself among them."""

OWN = ""
"""The key of the file's own municipality; neighbours have the key that the file gives them."""


def places(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the file's own municipality (key OWN), then its neighbours."""
    yield OWN, document
    yield from document.get("neighbours", {}).items()


def profile_of(place: Mapping[str, Any], profiles: Profiles) -> Mapping[str, Any]:
    """Give the profile of a municipality, named or written inline; empty when it is not known."""
    if "profile" in place:
        return profiles.get(place["profile"], {})
    return on_base(place.get("municipality", {}), profiles.get(BASE, {}))


@dataclass
class Town:
    """The keys that steps and rows may name.

    `staff` maps a worker to the agency, `persons` a person to the member entry and the key of the
    municipality; `things` holds what a kind of key may name besides those.
    """

    agencies: set[str] = field(default_factory=set)
    staff: dict[str, str] = field(default_factory=dict)
    conferences: set[str] = field(default_factory=set)
    persons: dict[str, tuple[Mapping[str, Any], str]] = field(default_factory=dict)
    things: dict[str, set[str]] = field(default_factory=dict)

    @property
    def households(self) -> int:
        """Give how many households the file has, over all its municipalities."""
        return len({(member.get("household", "H1"), place) for member, place in self.persons.values()})

    def knows(self, kind: str, key: str) -> bool:
        """Whether `key` names something of `kind`: agency, staff, person, conference, thing, out and more."""
        match kind:
            case "agency":
                return key in self.agencies
            case "staff":
                return key in self.staff
            case "person":
                return key in self.persons
            case "conference":
                return key in self.conferences
            case "out":
                return key == "OUT"
            case _:
                return key in self.things.get(kind, set())


def town_of(document: Mapping[str, Any], profiles: Profiles) -> Town:
    """List everything that the file and its profiles name before the first step."""
    town = Town()
    for key, place in places(document):
        given = profile_of(place, profiles)
        for source in (given, place):
            agencies = source.get("agencies", {})
            town.agencies |= agencies.keys()
            for agency in agencies:
                town.staff.setdefault(agency.lower(), agency)
            town.conferences |= source.get("conferences", {}).keys()
            for worker, entry in source.get("staff", {}).items():
                town.staff[worker] = entry["agency"]
        for kind, section in (("meeting", "meetings"), ("theme", "themes")):
            town.things.setdefault(kind, set()).update(entry["key"] for entry in given.get(section, []))
        for member in place["household"]:
            town.persons.setdefault(member["key"], (member, key))
    return town
