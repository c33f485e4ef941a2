"""The stage: a fresh municipality with its agencies, people and conferences, set up as the owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from tasuki.records.models import (
    Agency,
    Area,
    Conference,
    Municipality,
    Post,
    Programme,
    RoleName,
    Setting,
    Staff,
)
from tasuki.rules.contract.scenario import Place, Scenario
from tasuki.rules.profile.reading import hub_by

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
OWNER = "owner"


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


def _day(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(text)[:10]) if text and len(str(text)) >= 10 else None  # noqa: PLR2004


def set_up(scenario: Scenario) -> Cast:
    """Write every municipality of the scenario and return the cast."""
    cast = Cast()
    for key, place in {**scenario.neighbours, "": scenario.municipality}.items():
        _town(cast, scenario, key, place)
    return cast


def _town(cast: Cast, scenario: Scenario, key: str, place: Place) -> None:
    town = Municipality.objects.using(OWNER).create(
        key=f"{scenario.key}-{key or 'own'}-{uuid4().hex[:8]}", name=place.name, profile=str(place.profile.get("profile", ""))
    )
    cast.towns[key] = town.pk
    _areas(town, place)
    _agencies(cast, scenario, town, key, place)
    _roles_and_staff(cast, scenario, town, key, place)
    _conferences(cast, scenario, town, key, place)
    Programme.objects.using(OWNER).bulk_create(
        Programme(
            municipality=town, item=row.item, area=row.area, since=_day(row.begins), status=str(row.status)
        )
        for row in place.programmes
    )
    Setting.objects.using(OWNER).bulk_create(
        Setting(municipality=town, section=section, body=place.profile[section], since=LONG_AGO)
        for section in ("clocks", "decision", "words", "routing")
        if isinstance(place.profile.get(section), Mapping)
    )


def _areas(town: Municipality, place: Place) -> None:
    listed = place.profile.get("areas", {}).get("list", [])
    Area.objects.using(OWNER).bulk_create(
        Area(municipality=town, key=one["key"], name=one["name"], level=one.get("level", ""), position=number)
        for number, one in enumerate(listed)
    )


def _agencies(cast: Cast, scenario: Scenario, town: Municipality, key: str, place: Place) -> None:
    for name, entry in place.agencies.items():
        made = Agency.objects.using(OWNER).create(
            municipality=town, key=name, name=entry.get("name", name), kind=entry.get("kind", "OTHER"),
            field=entry.get("field", ""), mode=entry.get("mode", ""), contractor=entry.get("contractor") or "",
            department=entry.get("department") or "", functions=list(entry.get("functions", [])),
            areas=list(entry.get("areas", [])), is_welfare=entry.get("welfare", True) is not False,
            is_hub=hub_by(entry.get("kind", ""), list(entry.get("functions", []))),
            contract_until=_day(entry.get("contract_until")),
        )  # fmt: skip
        if scenario.named.agencies.get(name, key) == key:
            cast.agencies[name] = made.pk


def _roles_and_staff(cast: Cast, scenario: Scenario, town: Municipality, key: str, place: Place) -> None:
    sets = {name: list(entry.get("sets", [])) for name, entry in place.profile.get("roles", {}).items()}
    RoleName.objects.using(OWNER).bulk_create(
        RoleName(municipality=town, key=name, name=place.profile["roles"][name].get("name", name), sets=found)
        for name, found in sets.items()
    )
    agencies = dict(Agency.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    for name, entry in place.staff.items():
        if entry["agency"] not in agencies:
            continue
        made = Staff.objects.using(OWNER).create(municipality=town, key=name, name=entry.get("name", name))
        allowed = sorted({one for role in entry.get("roles", []) for one in sets.get(role, [])})
        Post.objects.using(OWNER).create(
            municipality=town, staff=made, agency_id=agencies[entry["agency"]],
            roles=list(entry.get("roles", [])), sets=allowed, since=LONG_AGO,
        )  # fmt: skip
        if scenario.named.staff.get(name, key) == key:
            cast.staff[name] = made.pk


def _conferences(cast: Cast, scenario: Scenario, town: Municipality, key: str, place: Place) -> None:
    agencies = dict(Agency.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    for name, entry in place.conferences.items():
        made = Conference.objects.using(OWNER).create(
            municipality=town, key=name, name=entry.get("name", name), purposes=list(entry.get("purposes", [])),
            bases=list(entry.get("bases", [])),
            secretariat=[agencies[one] for one in entry.get("secretariat", []) if one in agencies],
            members=[agencies[one] for one in entry.get("members", []) if one in agencies],
        )  # fmt: skip
        if scenario.named.conferences.get(name, key) == key:
            cast.conferences[name] = made.pk
