"""A municipality as its profile describes it, and the one way to write it: added, changed, ended, never deleted."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connections, models, transaction

from tasuki.records.models import (
    Agency,
    Area,
    Conference,
    Department,
    Municipality,
    Post,
    Programme,
    RoleName,
    Setting,
    Staff,
)
from tasuki.rules.conference import Quorum, QuorumOf
from tasuki.rules.profile.codes import EVERYWHERE
from tasuki.rules.profile.reading import Start, hub_by, starts

OWNER = "owner"
ENDED_STATUS = "未実施"
_NO_SETTING = frozenset({"profile", "format", "base", "assumed"})

type Row = Mapping[str, Any]
type ProgrammeKey = tuple[str, str, dt.date | None, str]
type Mint = Callable[[str], UUID]
"""Gives the id of a new row, by its section and key."""


def at_random(name: str) -> UUID:
    """Give the id of a new row: random, so that a number in a URL tells nothing."""
    return uuid4()


class Change(NamedTuple):
    """One difference: the section's key, ADDED, CHANGED or ENDED, which one, and which columns differ."""

    section: str
    what: str
    name: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class TownPlan:
    """What is to be written. Each table: natural key → columns; agencies are named by key until they are written."""

    name: str
    prefecture: str
    kind: str
    profile: str
    areas: Mapping[str, Row]
    departments: Mapping[str, Row]
    agencies: Mapping[str, Row]
    programmes: Mapping[ProgrammeKey, Row]
    roles: Mapping[str, Row]
    conferences: Mapping[str, Row]
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """The municipality as it is now, and what had to be changed for it."""

    town: Municipality
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Appointment:
    """Somebody who works here: `posts` are (agency key, role keys); more than one is 兼務."""

    key: str
    name: str
    posts: Sequence[tuple[str, Sequence[str]]]
    account: UUID | None = None


def first_day(text: object) -> dt.date | None:
    """Return the day of a profile's date; a month alone begins on its first day."""
    return dt.date.fromisoformat(f"{text}-01"[:10]) if text else None


def last_day(text: object) -> dt.date | None:
    """Return the day of a profile's date; a month alone ends on its last day."""
    found = first_day(text)
    if found is None or len(str(text)) > len("2026-04"):
        return found
    return found.replace(day=calendar.monthrange(found.year, found.month)[1])


def plan_of(
    profile: Mapping[str, Any], *, name: str = "", agencies: Mapping[str, Row] | None = None,
    conferences: Mapping[str, Row] | None = None, programmes: Iterable[Start] | None = None,
) -> TownPlan:  # fmt: skip
    """Turn a checked profile on its base into rows; what a scenario writes itself stands for the profile's own."""
    town = profile.get("municipality", {})
    areas = {one["key"]: one for one in profile.get("areas", {}).get("list", [])}
    names = {key: one["name"] for key, one in areas.items()}
    agencies = profile.get("agencies", {}) if agencies is None else agencies
    conferences = profile.get("conferences", {}) if conferences is None else conferences
    begun = starts(profile.get("programmes", [])) if programmes is None else programmes
    return TownPlan(
        name=name or town.get("name", ""), prefecture=town.get("prefecture", ""), kind=town.get("kind", ""),
        profile=str(profile.get("profile", "")),
        areas={key: _area(one, number) for number, (key, one) in enumerate(areas.items())},
        departments={
            key: {
                "name": one["name"], "parent": one.get("parent") or "", "kind": one.get("kind") or "", "ended_on": None
            }
            for key, one in profile.get("departments", {}).items()
        },
        agencies={key: _agency(key, one, names) for key, one in agencies.items()},
        programmes=dict(_programme(row, names) for row in begun),
        roles={
            key: {"name": one.get("name", key), "sets": list(one.get("sets", [])), "ended_on": None}
            for key, one in profile.get("roles", {}).items()
        },
        conferences={key: _conference(key, one) for key, one in conferences.items()},
        settings={key: body for key, body in profile.items() if key not in _NO_SETTING},
    )  # fmt: skip


def _area(one: Row, position: int) -> Row:
    return {
        "name": one["name"], "level": one.get("level", ""), "parent": one.get("parent") or "", "position": position,
        "ended_on": None,
    }  # fmt: skip


def _agency(key: str, one: Row, names: Mapping[str, str]) -> Row:
    functions = list(one.get("functions", []))
    return {
        "name": one.get("name", key), "kind": one.get("kind", "OTHER"), "field": one.get("field") or EVERYWHERE,
        "mode": one.get("mode") or "直営", "contractor": one.get("contractor") or "",
        "department": one.get("department") or "", "functions": functions,
        "areas": [names.get(area, area) for area in one.get("areas", [])],
        "is_hub": hub_by(one.get("kind", ""), [*functions, *one.get("special_functions", [])]),
        "is_welfare": one.get("welfare", True) is not False,
        "valid_from": first_day(one.get("valid_from")), "valid_until": last_day(one.get("valid_until")),
        "contract_until": last_day(one.get("contract_until")),
    }  # fmt: skip


def _programme(row: Start, names: Mapping[str, str]) -> tuple[ProgrammeKey, Row]:
    area = names.get(row.area, row.area)
    return (row.item, area, first_day(row.begins), row.name), {"field": row.field, "status": str(row.status)}


def _conference(key: str, one: Row) -> Row:
    return {
        "name": one.get("name", key), "purposes": list(one.get("purposes", [])), "bases": list(one.get("bases", [])),
        "secretariat": list(one.get("secretariat", [])), "members": list(one.get("members", [])),
        "chair": one.get("chair") or "", "frequency": str(one.get("schedule", {}).get("print", "")),
        "content": one.get("content") or "", "ended_on": None, **_quorum(one.get("quorum", {})),
    }  # fmt: skip


def _quorum(one: Row) -> Row:
    """Turn the local rule of a 要綱 into columns; a profile that says nothing of it has none (T16)."""
    share = Quorum.NUMBER if "number" in one else one.get("share", "")
    return {
        "quorum": str(share), "quorum_number": int(one.get("number", 0)), "quorum_source": one.get("source") or "",
        "quorum_of": str(one.get("of", QuorumOf.MEMBERS)) if share else "",
    }  # fmt: skip


def write_town(
    plan: TownPlan, *, key: str, at: dt.datetime, today: dt.date, by: str, keep: bool = True, mint: Mint = at_random
) -> Written:
    """Write the municipality `key` as the plan says, in one transaction as owner; with `keep` False only compare.

    `at` is the moment from which settings are in force, `today` the last day of what is ended, `by` stands in the
    history of settings.
    """
    with transaction.atomic(using=OWNER):
        town, changes = _municipality(plan, key, mint)
        over = _last_day_of("ended_on", today)
        changes += _sync(town, "areas", Area, plan.areas, over, mint)
        changes += _sync(town, "departments", Department, plan.departments, over, mint)
        changes += _sync(town, "agencies", Agency, plan.agencies, _last_day_of("valid_until", today), mint)
        changes += _programmes(town, plan.programmes, mint)
        changes += _sync(town, "roles", RoleName, plan.roles, over, mint)
        changes += _sync(town, "conferences", Conference, _with_agencies(town, plan.conferences), over, mint)
        changes += _settings(town, plan.settings, at, by, mint)
        if not keep:
            transaction.set_rollback(True, using=OWNER)
    return Written(town, tuple(changes))


def _municipality(plan: TownPlan, key: str, mint: Mint) -> tuple[Municipality, list[Change]]:
    columns = {"name": plan.name, "prefecture": plan.prefecture, "kind": plan.kind, "profile": plan.profile}
    town = Municipality.objects.using(OWNER).filter(key=key).first()
    if town is None:
        return Municipality.objects.using(OWNER).create(id=mint(key), key=key, **columns), [
            Change("municipality", "ADDED", plan.name)
        ]
    differing = _take_over(town, columns)
    return town, [Change("municipality", "CHANGED", plan.name, differing)] if differing else []


def _take_over(row: models.Model, columns: Row) -> tuple[str, ...]:
    differing = tuple(name for name, value in columns.items() if getattr(row, name) != value)
    for name in differing:
        setattr(row, name, columns[name])
    if differing:
        row.save(using=OWNER, update_fields=list(differing))
    return differing


def _last_day_of(column: str, today: dt.date) -> Callable[[Any], bool]:
    def end(row: Any) -> bool:
        if (ended := getattr(row, column)) is not None and ended <= today:
            return False
        setattr(row, column, today)
        row.save(using=OWNER, update_fields=[column])
        return True

    return end


def _sync(
    town: Municipality, section: str, model: Any, wanted: Mapping[str, Row], end: Callable[[Any], bool], mint: Mint
) -> list[Change]:
    present = {row.key: row for row in model.objects.using(OWNER).filter(municipality=town)}
    new = [key for key in wanted if key not in present]
    model.objects.using(OWNER).bulk_create(
        model(id=mint(f"{section}:{key}"), municipality=town, key=key, **wanted[key]) for key in new
    )
    changes = [Change(section, "ADDED", str(wanted[key]["name"])) for key in new]
    for key, row in present.items():
        if key in wanted:
            differing = _take_over(row, wanted[key])
            changes += [Change(section, "CHANGED", row.name, differing)] if differing else []
        elif end(row):
            changes.append(Change(section, "ENDED", row.name))
    return changes


def _programmes(town: Municipality, wanted: Mapping[ProgrammeKey, Row], mint: Mint) -> list[Change]:
    rows = Programme.objects.using(OWNER).filter(municipality=town).order_by("since", "pk")
    present = {(row.item, row.area, row.since, row.name): row for row in rows}
    changes = []
    for key, columns in wanted.items():
        if key not in present:
            item, area, since, name = key
            Programme.objects.using(OWNER).create(
                id=mint(f"programmes:{key}"), municipality=town, item=item, area=area, since=since, name=name, **columns
            )
            changes.append(Change("programmes", "ADDED", f"{item} {name}（{area}）"))
        elif differing := _take_over(present[key], columns):
            changes.append(Change("programmes", "CHANGED", f"{key[0]} {key[3]}（{key[1]}）", differing))
    for (item, area, _, name), row in present.items():
        # What was never carried out cannot be ended; what was stays, as 未実施 from its day on.
        if (item, area, row.since, name) not in wanted and row.status != ENDED_STATUS:
            _take_over(row, {"status": ENDED_STATUS})
            changes.append(Change("programmes", "ENDED", f"{item} {name}（{area}）"))
    return changes


def _with_agencies(town: Municipality, conferences: Mapping[str, Row]) -> dict[str, Row]:
    known = dict(Agency.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    lists = ("secretariat", "members")
    return {
        key: {**row, **{name: [known[one] for one in row[name] if one in known] for name in lists}}
        for key, row in conferences.items()
    }


def _settings(town: Municipality, wanted: Mapping[str, Any], at: dt.datetime, by: str, mint: Mint) -> list[Change]:
    newest = Setting.objects.using(OWNER).filter(municipality=town).order_by("section", "-since", "-pk")
    rows = list(newest.distinct("section"))
    in_force = {row.section: row.body for row in rows}
    # A row is always newer than the one that it replaces, or nobody could tell which is in force.
    at = max([at, *(row.since + dt.timedelta(microseconds=1) for row in rows)])
    # A section that left the file is emptied, not forgotten: the older rows are its history.
    bodies: dict[str, Any] = {**{section: {} for section in in_force}, **wanted}
    new = [section for section, body in bodies.items() if section not in in_force or in_force[section] != body]
    Setting.objects.using(OWNER).bulk_create(
        Setting(
            id=mint(f"settings:{section}:{at}"), municipality=town, section=section, body=bodies[section], since=at,
            changed_by=by,
        )
        for section in new
    )  # fmt: skip
    return [Change("settings", _what(section, in_force, wanted), section) for section in new]


def _what(section: str, in_force: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    if section not in wanted:
        return "ENDED"
    return "CHANGED" if section in in_force else "ADDED"


def appoint(
    town: Municipality, people: Iterable[Appointment], since: dt.datetime, mint: Mint = at_random
) -> dict[str, UUID]:
    """Write staff with their posts from `since` on, and return their ids by key. Unknown agencies are left out."""
    agencies = dict(Agency.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    sets = dict(RoleName.objects.using(OWNER).filter(municipality=town).values_list("key", "sets"))
    here = [one for one in people if any(agency in agencies for agency, _ in one.posts)]
    made = {
        one.key: Staff(id=mint(f"staff:{one.key}"), municipality=town, key=one.key, name=one.name, account=one.account)
        for one in here
    }
    Staff.objects.using(OWNER).bulk_create(made.values())
    Post.objects.using(OWNER).bulk_create(
        Post(
            id=mint(f"posts:{one.key}:{agency}"), municipality=town, staff=made[one.key], agency_id=agencies[agency], roles=list(roles), since=since,
            sets=sorted({allowed for role in roles for allowed in sets.get(role, [])}),
        )
        for one in here for agency, roles in one.posts if agency in agencies
    )  # fmt: skip
    return {key: row.pk for key, row in made.items()}


_ACKNOWLEDGED = """
    INSERT INTO records_acknowledgment (id, municipality_id, staff_id, agency_id, fiscal_year, at, wording)
    SELECT md5(p.staff_id::text || p.agency_id::text || year)::uuid, p.municipality_id, p.staff_id, p.agency_id, year,
           greatest(min(p.since), make_timestamptz(year, 4, 1, 9, 0, 0, 'Asia/Tokyo')), ''
    FROM records_post p JOIN records_agency g ON g.id = p.agency_id, unnest(%s::integer[]) year
    WHERE p.municipality_id = %s AND g.mode = '委託' GROUP BY p.municipality_id, p.staff_id, p.agency_id, year
    ON CONFLICT DO NOTHING
"""


def acknowledge_all(town: UUID, years: Iterable[int]) -> None:
    """Let every worker of a contractor of a made-up town have acknowledged secrecy in these 年度 (R10)."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(_ACKNOWLEDGED, [list(years), town])
