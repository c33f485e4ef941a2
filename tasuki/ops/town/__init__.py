"""The made-up town: a municipality of ours, its people, and their last thirteen months, played through the real acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connections

from tasuki.ops.files import OWN_PROFILES, profile_data
from tasuki.ops.town import cast, endings, relay, sidelines, specials, supports
from tasuki.ops.town.homes import home, large_home
from tasuki.ops.town.names import surnames
from tasuki.ops.town.stage import Stage, Story, play
from tasuki.ops.town.themes import FORTY_EIGHTY, OLD_COUPLE, SINGLE_MOTHER, THEMES
from tasuki.records.models import Agency, Conference, Municipality, Setting
from tasuki.records.town_plan import OWNER, acknowledge_all, appoint, plan_of, write_town
from tasuki.rules.calendar import fiscal_year

JAPAN = ZoneInfo("Asia/Tokyo")
# How many households, after which profile, and how many workers at most in an agency.
SIZES = {"village": ("kirisawa", 6, 1), "town": ("kasumihama", 40, 2), "city": ("kasumihama", 300, 3)}

# Who is visited hides from people, and who takes part has a plan that says so: not every theme bears these endings.
_BEARS_ONE_THEME = (sidelines.outreach, supports.taking_part)


def make(seed: int, size: str, today: dt.date | None = None) -> list[dict[str, Any]]:
    """Make the town in the database that Django leads to, which must be empty, and return its accounts.

    The same seed, size and day give the same logins, names, texts and days. The clock comes from the play while it
    lasts; at the end the database is no rehearsal, so that it does from the server again.
    """
    name, households, most = SIZES[size]
    profile = profile_data(OWN_PROFILES / f"{name}.yaml")
    today = today or dt.datetime.now(JAPAN).date()
    with connections[OWNER].cursor() as cursor:
        cursor.execute("INSERT INTO rehearsal DEFAULT VALUES")
        try:
            stage, accounts = _set(profile, seed, today, most)
            play(_stories(stage, households), lambda: cursor.execute("ANALYZE"))
        finally:
            cursor.execute("DELETE FROM rehearsal")
        cursor.execute("ANALYZE")
    return accounts


def _set(profile: Mapping[str, Any], seed: int, today: dt.date, most: int) -> tuple[Stage, list[dict[str, Any]]]:
    begin = cast.beginning(today)
    town = write_town(plan_of(profile), key=profile["profile"], at=begin, today=begin.date(), by="demo").town
    # Who tries a made-up town signs in with login and password alone; every real one asks for more unless it says so.
    Setting.objects.using(OWNER).create(
        municipality=town, section="sign_in", body={"second_factor": False}, since=begin, changed_by="demo"
    )
    dice = Stage.random_of(seed, "people")
    names = surnames(dice)
    # Households are named from the beginning of the list, workers from its end: nobody meets a namesake.
    people = cast.workers(profile, dice, reversed(names), most=most)
    password = cast.password_of(seed)
    staff = appoint(town, cast.appointments(people, cast.open_accounts(people, password)), begin)
    acknowledge_all(town.pk, [fiscal_year(begin.date()), fiscal_year(today)])
    stage = _stage(profile, town, seed, today, people, staff, iter(names))
    return stage, cast.as_records(people, profile, password)


def _stage(
    profile: Mapping[str, Any], town: Municipality, seed: int, today: dt.date, people: list[cast.Worker],
    staff: Mapping[str, UUID], names: Iterator[Any],
) -> Stage:  # fmt: skip
    kinds: dict[str, list[str]] = {}
    for key, agency in profile["agencies"].items():
        kinds.setdefault(agency["kind"], []).append(key)
    by_agency: dict[str, list[UUID]] = {}
    for one in people:
        by_agency.setdefault(one.agency, []).append(staff[one.login])
    rooms = dict(Conference.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    consent, sealed, free = (_conference(profile, basis) for basis in ("CONSENT", "ARTICLE_106_6", ""))
    level = profile["areas"]["levels"][-1]["key"]
    return Stage(
        today=today, seed=seed, kinds=kinds, staff=by_agency, logins=dict(staff), surnames=names,
        agencies=dict(Agency.objects.using(OWNER).filter(municipality=town).values_list("key", "pk")),
        consent_conference=rooms[consent], sealed_conference=rooms[sealed], open_conference=rooms[free],
        sealed_members=tuple(key for key in profile["conferences"][sealed]["members"] if by_agency.get(key)),
        areas=tuple(one["name"] for one in profile["areas"]["list"] if one["level"] == level),
        address=profile["municipality"]["name"], hub=cast.hub_of(profile), city=cast.office_of(profile),
        outreach=next(one.agency for one in people if one.login == "outreach"),
        participation=next(one.agency for one in people if one.login == "sanka"),
        shakyo=next(one.agency for one in people if one.login == "shakyo"),
    )  # fmt: skip


def _conference(profile: Mapping[str, Any], basis: str) -> str:
    listed = profile["conferences"].items()
    return str(next(key for key, one in listed if (basis in one["bases"] if basis else not one["bases"])))


def _stories(stage: Stage, households: int) -> Iterator[Story[None]]:
    """Give every story of the town: what everything rests on first, then each household's."""
    yield from (specials.pledges(stage), specials.places(stage), specials.gaps(stage), specials.notices(stage))
    yield from (specials.meetings(stage), sidelines.advice_without_a_name(stage))
    for number in range(households):
        ending = endings.ENDINGS[number % len(endings.ENDINGS)]
        theme = FORTY_EIGHTY if ending in _BEARS_ONE_THEME else THEMES[number % len(THEMES)]
        yield ending(stage, relay.course(stage, home(stage, number, theme)))
    for number, (story, special) in enumerate(_specials(stage), start=households):
        yield story(stage, relay.course(stage, special(number)))
    yield endings.sittings_this_week(stage)


def _specials(stage: Stage) -> Iterator[tuple[endings.Ending, Any]]:
    yield specials.large, lambda number: large_home(stage, number)
    yield specials.long, lambda number: home(stage, number, OLD_COUPLE)
    yield specials.protected, lambda number: home(stage, number, SINGLE_MOTHER)
    yield specials.twice, lambda number: home(stage, number, OLD_COUPLE)
    yield specials.reviewed, lambda number: home(stage, number, OLD_COUPLE)
    yield sidelines.plan_of_outreach, lambda number: home(stage, number, FORTY_EIGHTY)
