"""Loads the municipalities of a world into the database that Django leads to, in one transaction with every check on."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import django
from django.contrib.auth.hashers import make_password
from django.db import connections, transaction

from tasuki.ops import Unfit
from tasuki.ops.files import OWN_PROFILES, profile_data
from tasuki.ops.synth import footprint, sittings
from tasuki.ops.synth.bulk import Bulk, as_law
from tasuki.ops.synth.lives import Part, part_of
from tasuki.ops.synth.rows import Rows
from tasuki.ops.synth.sizes import Size
from tasuki.ops.synth.towns import Person, Place, mint_of, people_of, places_of, profile_of, world_of
from tasuki.ops.synth.world import World
from tasuki.ops.town.cast import password_of
from tasuki.records.models import Account, Agency, Conference, Municipality, RoleName, Setting
from tasuki.records.town_plan import OWNER, Appointment, acknowledge_all, appoint, plan_of, write_town
from tasuki.rules.calendar import fiscal_year, midnight

WRITER = "tasuki synth"
EXAMPLE = OWN_PROFILES / "kasumihama.yaml"
# Cases that are made before they are copied: few enough for the memory, many enough for COPY.
PART = 2_000
# How many parts are made ahead of the one that is copied.
AHEAD = 2
# Who is told by name: the word of the login, for the runs that measure.
KNOWN = ("hub", "csw", "a1-1", "partner", "decider", "chair", "manager", "privacy", "admin")
_COUNTED = (
    "household",
    "person",
    "case",
    "record",
    "subject",
    "referral",
    "plan",
    "sitting",
    "consentreach",
    "caseworker",
)
_NUMBERS = """
    INSERT INTO number_series (municipality, series, fiscal_year, last) VALUES (%(town)s, %(series)s, %(year)s, %(last)s)
"""

type Tell = Callable[[str, int, int], None]
type Record = dict[str, Any]


def key_of(seed: int, size: Size) -> str:
    """Give the key of a municipality of a world, with which its logins begin."""
    return f"{size.key}{seed}"


def load(seed: int, sizes: list[Size], today: dt.date, tell: Tell) -> tuple[list[Record], dict[str, int]]:
    """Load all of them or nothing; gives the known logins and how many rows there are of each kind.

    Raises Unfit when a municipality of that key is there already.
    """
    for size in sizes:
        if Municipality.objects.using(OWNER).filter(key=key_of(seed, size)).exists():
            raise Unfit(
                f"自治体「{size.name}」（{key_of(seed, size)}）はもうこのデータベースにあります。別の --seed にしてください。"
            )
    logins: list[Record] = []
    counts: dict[str, int] = {}
    with transaction.atomic(using=OWNER):
        for size in sizes:
            world, town, told = _found(seed, size, today)
            logins += told
            for table, count in _fill(world, town, tell).items():
                counts[table] = counts.get(table, 0) + count
    with connections[OWNER].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return logins, counts


def _found(seed: int, size: Size, today: dt.date) -> tuple[World, UUID, list[Record]]:
    """Found a municipality: its agencies, conferences, staff and accounts."""
    places, mint = places_of(size), mint_of(seed, size)
    profile = profile_of(size, profile_data(EXAMPLE), places)
    begin = midnight(dt.date(today.year - 11, 4, 1))
    plan = plan_of(profile)
    key = key_of(seed, size)
    town = write_town(plan, key=key, at=begin, today=begin.date(), by=WRITER, mint=mint).town
    # As in the demo: who tries a made-up town signs in with login and password alone.
    Setting.objects.using(OWNER).create(
        id=mint("settings:sign_in"), municipality=town, section="sign_in", body={"second_factor": False}, since=begin,
        changed_by=WRITER,
    )  # fmt: skip
    people = list(people_of(seed, size, places))
    password = password_of(seed)
    accounts = _accounts(people, key, password, mint)
    staff = appoint(
        town,
        [Appointment(one.key, one.name, [(one.agency, one.roles)], accounts[one.key]) for one in people],
        begin,
        mint,
    )
    # A world made before 1 April is measured after it, too.
    acknowledge_all(town.pk, [fiscal_year(today), fiscal_year(today) + 1])
    ids = dict(Agency.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    ids |= {f"{one.agency}/{one.key}": staff[one.key] for one in people}
    return world_of(seed, size, today, places, ids), town.pk, _known(people, places, key, password, town)


def _accounts(people: list[Person], key: str, password: str, mint: Callable[[str], UUID]) -> dict[str, UUID]:
    """Make a way to sign in for everybody; one hash for all, since one that is slow to make is slow for each."""
    hashed = make_password(password, salt=mint("salt").hex)
    made = {
        one.key: Account(id=mint(f"account:{one.key}"), login=f"{key}-{one.key}", name=one.name, password=hashed)
        for one in people
    }
    Account.objects.using(OWNER).bulk_create(made.values())
    return {one: account.pk for one, account in made.items()}


def _known(people: list[Person], places: list[Place], key: str, password: str, town: Municipality) -> list[Record]:
    names = dict(RoleName.objects.using(OWNER).filter(municipality=town).values_list("key", "name"))
    agencies = {place.key: str(place.profile["name"]) for place in places}
    by_key = {one.key: one for one in people}
    return [
        {
            "municipality": key, "word": word, "login": f"{key}-{word}", "password": password, "name": by_key[word].name,
            "agency": agencies[by_key[word].agency], "roles": [names[role] for role in by_key[word].roles],
        }
        for word in KNOWN if word in by_key
    ]  # fmt: skip


def _fill(world: World, town: UUID, tell: Tell) -> dict[str, int]:
    """Write everything about the people of a municipality; gives how many rows there are of each kind."""
    rooms = Conference.objects.using(OWNER).filter(municipality=town)
    consent, sealed = (
        rooms.filter(bases__contains=[one]).order_by("key").first() for one in ("CONSENT", "ARTICLE_106_6")
    )
    if consent is None or sealed is None:
        raise LookupError("the example has no conference of each basis")
    counts = dict.fromkeys(_COUNTED, 0)
    with as_law() as cursor:
        bulk = Bulk(cursor, str(town))
        rows = Rows()
        sittings.call(world, rows, consent.pk, sealed.pk)
        _write(bulk, Part(rows.texts(), rows.counts()), counts)
        for done, part in _parts(world):
            _write(bulk, part, counts)
            tell(f"{world.size.name} ケース", done, world.size.cases)
        sittings.name_everybody(bulk, town)
        _count_on(bulk, world, town)
        counts["footprint"] = footprint.write(bulk, world, town, tell)
    return counts


def _write(bulk: Bulk, part: Part, counts: dict[str, int]) -> None:
    bulk.write(part.texts)
    for table in counts:
        counts[table] += part.counts.get(table, 0)


def _parts(world: World) -> Iterator[tuple[int, Part]]:
    """Give what is written about the people of a town, part by part, and how many cases are in it so far.

    Of a large world another process makes the next parts while this one copies: the second of two processors.
    """
    ends = [min(begin + PART, world.size.cases) for begin in range(0, world.size.cases, PART)]
    spans = list(zip([0, *ends], ends, strict=False))
    if len(spans) == 1:
        yield ends[0], part_of(world, *spans[0])
        return
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=django.setup) as maker:
        ahead: deque[Future[Part]] = deque()
        for done, span in zip([0] * AHEAD + ends, [*spans, *[None] * AHEAD], strict=False):
            if span is not None:
                ahead.append(maker.submit(part_of, world, *span))
            if done:
                yield done, ahead.popleft().result()


def _count_on(bulk: Bulk, world: World, town: UUID) -> None:
    """Let the next number of each series be one that nobody has."""
    for year in world.first:
        for series in "受つ":
            bulk.run(_NUMBERS, {"town": town, "series": series, "year": year, "last": _last(world, year, series)})


def _last(world: World, year: int, series: str) -> int:
    return 700_000 if series == "つ" else world.first.get(year + 1, world.size.cases) - world.first[year]
