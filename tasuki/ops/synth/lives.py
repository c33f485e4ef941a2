"""How a household's case runs: received, sorted, consented to, passed on or not, written about, and ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

from tasuki.ops.synth.consents import agree
from tasuki.ops.synth.course import Course
from tasuki.ops.synth.endings import close, duration, watch
from tasuki.ops.synth.homes import settle
from tasuki.ops.synth.relays import pass_on
from tasuki.ops.synth.rows import Rows
from tasuki.ops.synth.words import marked, markers, thought, told
from tasuki.ops.synth.world import DAY, NINE, OFFICE_HOURS, Desk, World
from tasuki.records.numbering import check_digit
from tasuki.rules.profile.codes import CLOSING_REASONS, TOPICS

# Domain 9.3: how a household came to somebody's notice, as 受付 writes it: (route, referrer).
ROUTES = {
    ("関係機関・関係者紹介", "地域包括"): 35, ("関係機関・関係者紹介", "障害者相談支援"): 12,
    ("関係機関・関係者紹介", "利用者支援・こども家庭センター"): 12, ("関係機関・関係者紹介", "自立相談"): 15,
    ("関係機関・関係者紹介", "税・国保・収納"): 10, ("関係機関・関係者紹介", "民生委員・児童委員"): 8,
    ("関係機関・関係者紹介", "教育委員会・学校"): 3, ("関係機関・関係者紹介", "医療機関"): 3, ("本人来所", ""): 2,
}  # fmt: skip
_ROUTES, _ROUTES_UP_TO = list(ROUTES), list(accumulate(ROUTES.values()))
SCREENED = {"INFO_ONLY": 20, "SINGLE": 30, "NETWORK": 17, "WATCH": 3, "REFER": 30}
_SCREENED, _SCREENED_UP_TO = list(SCREENED), list(accumulate(SCREENED.values()))
_STATES = {"INFO_ONLY": "ENDED", "REFER": "SCREENED"}
CLASSES = {"BASIC": 70, "HEALTH": 12, "FINANCE": 10, "FAMILY": 5, "DISABILITY": 3}
_CLASSES, _CLASSES_UP_TO = list(CLASSES), list(accumulate(CLASSES.values()))
_METHODS = ("訪問", "電話", "来所面談", "同行")
# Every so many cases one has two hundred records; the others have ten on average.
LONG_EVERY, LONG = 500, 200
# Who works together without the hub has nearly always asked for consent.
_ASKED = 0.95
_FEWEST, _NOTES_MEDIAN, _NOTES_SPREAD = 3, 1.9, 0.85


class Part(NamedTuple):
    """Some cases of a world as COPY reads them, and how many rows of each table they are."""

    texts: dict[str, str]
    counts: dict[str, int]


def part_of(world: World, begin: int, end: int) -> Part:
    """Live the cases from one number up to before another."""
    rows, places = Rows(), world.places
    for number in range(begin, end):
        live(world, places, number, rows)
    return Part(rows.texts(), rows.counts())


def live(world: World, places: Sequence[tuple[Desk, str]], number: int, rows: Rows) -> None:
    """Write everything about the n-th case of a town."""
    dice = world.dice(number)
    desk, worker = places[number % len(places)]
    at = world.opened(number) * DAY + NINE + dice.randrange(OFFICE_HOURS)
    home = settle(world, dice, rows, at, worker)
    way = Course(
        world,
        number,
        dice,
        rows,
        home,
        desk,
        worker,
        _helpers(places, desk, dice),
        f"{dice.getrandbits(128):032x}",
        at,
        at,
    )
    way.hold(desk, at, "RECEIVED")
    _receive(way)
    _sort_out(way)
    _take_notes(way)
    way.put_down()


def _helpers(places: Sequence[tuple[Desk, str]], desk: Desk, dice: Random) -> list[tuple[Desk, str]]:
    """Find three other agencies with a worker each; fewer where the town has no more."""
    found: dict[str, tuple[Desk, str]] = {}
    wanted = min(3, len({one.id for one, _ in places}) - 1)
    while len(found) < wanted:
        other = dice.choice(places)
        if other[0] is not desk:
            found.setdefault(other[0].id, other)
    return list(found.values())


def _receive(way: Course) -> None:
    dice, year = way.dice, way.world.years[way.opened // DAY]
    route, referrer = dice.choices(_ROUTES, cum_weights=_ROUTES_UP_TO)[0]
    topics = dice.sample(TOPICS, dice.randint(1, 4))
    record = way.write("RECEIVE", way.opened, (way.desk, way.worker), way.people, text=told(dice))
    digits = f"{way.number - way.world.first[year] + 1:06d}"
    way.rows.add(
        "consultation", way.new_id(), record, f"受{year}-{digits}-{check_digit(f'{year}{digits}')}", route, referrer,
        json.dumps(topics, ensure_ascii=False), topics[0], dice.choice(("至急", "早期", "通常", "通常")), dice.randint(0, 3),
    )  # fmt: skip


def _sort_out(way: Course) -> None:
    if (at := way.after(1, 9)) is None:
        return
    way.screened = way.dice.choices(_SCREENED, cum_weights=_SCREENED_UP_TO)[0]
    if way.world.is_of_partner(way.number):
        way.screened = "NETWORK"
    way.state = _STATES.get(way.screened, way.screened)
    lead = way.desk.id if way.screened == "SINGLE" else ""
    details = json.dumps({"result": way.screened, "lead": lead})
    way.write("SCREENING", at, (way.desk, way.worker), way.people, text=thought(way.dice), details=details)
    if way.screened == "INFO_ONLY":
        way.finish(at, "ENDED", "INFO_ONLY")
    elif way.screened == "REFER":
        pass_on(way)
    else:
        if way.dice.random() < _ASKED or way.world.is_of_partner(way.number):
            agree(way)
        _work_alone(way)


def _work_alone(way: Course) -> None:
    """Without the hub: worked on, or watched over, until it ends."""
    began = way.clock
    at = way.after(*[duration(way.dice)] * 2)
    if way.screened == "WATCH":
        watch(way, began, at)
    if at is not None:
        close(way, at, way.dice.choice(CLOSING_REASONS))


def _take_notes(way: Course) -> None:
    """Write the notes of the case, spread over its time, each marker word of the case in another one."""
    dice, marks = way.dice, markers(way.number, way.world.size.cases)
    count = round(_NOTES_MEDIAN * dice.lognormvariate(0, _NOTES_SPREAD))
    if way.number % LONG_EVERY == LONG_EVERY // 10:
        count = LONG - way.records
    count = max(count, _FEWEST, len(marks))
    last = (way.ended or way.world.now - 1) // DAY
    first = way.opened // DAY
    for number, day in enumerate(sorted(first + dice.randrange(last - first + 1) for _ in range(count))):
        at = max(day * DAY + NINE + dice.randrange(OFFICE_HOURS), way.opened + 1 + number)
        _note(way, at, marks[number] if number < len(marks) else "")


def _note(way: Course, at: int, mark: str) -> None:
    dice, chance = way.dice, way.dice.random()
    text = marked(told(dice), mark) if mark else told(dice)
    by, kind = (way.desk, way.worker), "DIRECT"
    if way.hub_since is not None and at > way.hub_since and chance < 0.5:
        by, kind = (way.world.hub, way.hub_worker), "BACKUP" if chance < 0.1 else "DIRECT"
    elif way.helpers and chance > 0.85:
        by, kind = dice.choice(way.helpers[:2]), "LIAISON"
    people = way.people if dice.random() < 0.3 else (dice.choice(way.people),)
    way.write(
        "NOTE", at, by, people, fact=text, opinion=thought(dice) if chance < 0.3 else "", method=dice.choice(_METHODS),
        note_kind=kind, minutes=dice.choice((15, 20, 30, 45, 60)),
        data_class=dice.choices(_CLASSES, cum_weights=_CLASSES_UP_TO)[0],
    )  # fmt: skip
