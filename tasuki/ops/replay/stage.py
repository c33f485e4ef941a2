"""The stage: a fresh municipality with its agencies, people and conferences, set up as the owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from tasuki.records.models import Agency, Conference
from tasuki.records.town_plan import OWNER, Appointment, appoint, plan_of, write_town
from tasuki.rules.contract.scenario import Place, Scenario

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass
class Cast:
    """Which row each key of the file is. `people` grows as steps name somebody new."""

    towns: dict[str, UUID] = field(default_factory=dict)
    agencies: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    conferences: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    households: dict[tuple[str, str], UUID] = field(default_factory=dict)
    things: dict[str, UUID] = field(default_factory=dict)


def set_up(scenario: Scenario) -> Cast:
    """Write every municipality of the scenario and return the cast."""
    cast = Cast()
    for key, place in {**scenario.neighbours, "": scenario.municipality}.items():
        _town(cast, scenario, key, place)
    return cast


def _town(cast: Cast, scenario: Scenario, key: str, place: Place) -> None:
    plan = plan_of(
        place.profile,
        name=place.name,
        agencies=place.agencies,
        conferences=place.conferences,
        programmes=place.programmes,
    )
    mark = f"{scenario.key}-{key or 'own'}-{uuid4().hex[:8]}"
    town = write_town(plan, key=mark, at=LONG_AGO, today=LONG_AGO.date(), by=scenario.key).town
    cast.towns[key] = town.pk
    workers = appoint(town, [_appointment(name, place) for name in place.staff], LONG_AGO)
    agencies = dict(Agency.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    conferences = dict(Conference.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    cast.agencies |= _at_home(agencies, scenario.named.agencies, key)
    cast.staff |= _at_home(workers, scenario.named.staff, key)
    cast.conferences |= _at_home(conferences, scenario.named.conferences, key)


def _appointment(name: str, place: Place) -> Appointment:
    entry = place.staff[name]
    return Appointment(name, entry.get("name", name), [(entry["agency"], list(entry.get("roles", [])))])


def _at_home(rows: Mapping[str, UUID], homes: Mapping[str, str], key: str) -> dict[str, UUID]:
    return {name: row for name, row in rows.items() if homes.get(name, key) == key}
