"""The plan of a hub case: drafted, judged at a sitting, decided, worked on, evaluated, and what comes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import accumulate

from tasuki.ops.synth.course import Course
from tasuki.ops.synth.endings import close, duration, hand_back, suspend, watch
from tasuki.ops.synth.words import thought, told, word
from tasuki.ops.synth.world import DAY, NINE
from tasuki.rules.profile.codes import CLOSING_REASONS

# Domain 9.3: what became of hub cases; the evaluation's verdict, None where nobody evaluates.
OUTCOMES = {"CLOSE": 45, "HAND_BACK": 20, "REPLAN": 20, "WATCH": 8, "SUSPEND": 7}
_OUTCOMES, _OUTCOMES_UP_TO = list(OUTCOMES), list(accumulate(OUTCOMES.values()))
_SITS_AT, _JUDGED_AT, _DECIDED_AT = NINE + 60, NINE + 160, NINE + 390
_MONITORED = 60  # open days between two looks at a plan
_BEFORE_DECISION = 45  # open days between the hub's acceptance and the decision
_PARTICIPATES = 0.3


@dataclass
class Version:
    """One version of a plan, as it stands in the end."""

    record: str
    number: int
    previous: str | None
    drafted: int
    direction: str
    item: str | None = None
    judged: int | None = None
    decided: int | None = None
    ended: int | None = None
    evaluated: int | None = None
    verdict: str = ""


def plan(way: Course, previous: Version | None = None) -> None:
    """T12–T25: from a draft to its outcome, as far as time has come. Without consent there is no plan to agree to."""
    drafted = way.after(4, 15) if way.consented else None
    if drafted is None:
        _end_without(way)
        return
    one = _draft(way, drafted, previous)
    if _sit(way, one):
        _decide(way, one, previous)
        _support(way, one)
    if one.verdict == "REPLAN":
        plan(way, one)
    _put_down(way, one)


def _end_without(way: Course) -> None:
    if not way.consented and (at := way.after(*[duration(way.dice)] * 2)) is not None:
        close(way, at, "本人辞退")


def _draft(way: Course, at: int, previous: Version | None) -> Version:
    direction = f"{word(way.dice)}と{word(way.dice)}を整え、本人と次の一歩を決める"
    record = way.write("PLAN", at, (way.world.hub, way.hub_worker), way.people, text=direction)
    way.state = "PLAN_DRAFT"
    return Version(record, previous.number + 1 if previous else 1, previous.record if previous else None, at, direction)


def _sit(way: Course, one: Version) -> bool:
    """T13–T15: on the agenda of the next sitting; whether it has been held."""
    place = way.world.next_sitting(way.clock)
    if place is None:
        return False
    day, one.item = way.world.sittings[place], way.new_id()
    held = day < way.world.past
    kind = "再プラン" if one.previous else "初回プラン適切性"
    way.rows.add(
        "agendaitem", one.item, way.world.id("sitting", place), way.id, kind, "CONSENT", "", one.record,
        1 + way.number % 9, told(way.dice) if held else "",
    )  # fmt: skip
    for person in way.people:
        way.rows.add("itemperson", way.new_id(), one.item, person)
    for desk, staff in way.helpers[:2]:
        way.rows.add("seat", way.new_id(), one.item, staff, desk.id, True if held else None)
        if held:
            way.rows.add("opinion", way.new_id(), one.item, desk.id, held, thought(way.dice))
    way.clock = max(way.clock, day * DAY + _SITS_AT)
    return held


def _decide(way: Course, one: Version, previous: Version | None) -> None:
    """T16: judged at the sitting, decided by the city the same afternoon; the たすき goes to who leads."""
    world, day = way.world, way.clock // DAY * DAY
    one.judged, one.decided = day + _JUDGED_AT, day + _DECIDED_AT
    way.clock = one.decided
    suitable = json.dumps({"result": "SUITABLE"})
    way.write("JUDGEMENT", one.judged, (world.hub, way.hub_worker), way.people, details=suitable)
    lead = way.helpers[0][0]
    record = way.write(
        "DECISION", one.decided, (world.city, world.decider), way.people, details=json.dumps({"lead": lead.id})
    )
    way.hold(lead, one.decided, "DECIDED")
    way.state = "PLAN_DECIDED"
    if previous is not None:
        previous.ended = one.decided
    for desk, _ in way.helpers[:2]:
        way.rows.add(
            "task", way.new_id(), way.id, record, desk.id, f"{word(way.dice)}を担う", "ROLE",
            world.day(one.decided, 90), _said(way, one.decided + _MONITORED * DAY), None, world.moment(one.decided),
        )  # fmt: skip


def _said(way: Course, at: int) -> str | None:
    return way.world.moment(at) if at < way.world.now else None


def _support(way: Course, one: Version) -> None:
    """T17–T25: looked at every three months, evaluated in the end."""
    hub, lasts = (way.world.hub, way.hub_worker), max(20, duration(way.dice) - _BEFORE_DECISION)
    looks = min(lasts // _MONITORED, 6)
    for _ in range(looks):
        if (at := way.after(_MONITORED, _MONITORED)) is None:
            way.state = "MONITORING"
            return
        way.state = "MONITORING"
        way.write("MONITORING", at, hub, way.people, text=told(way.dice))
    if (at := way.after(*[lasts - looks * _MONITORED + 1] * 2)) is None:
        return
    outcome = way.dice.choices(_OUTCOMES, cum_weights=_OUTCOMES_UP_TO)[0]
    if one.previous and outcome == "REPLAN":
        outcome = "CLOSE"
    if outcome == "SUSPEND":
        suspend(way, at)
        return
    _evaluate(way, one, at, outcome)
    {"CLOSE": _close, "HAND_BACK": hand_back, "WATCH": _watch, "REPLAN": _go_on}[outcome](way, at)


def _evaluate(way: Course, one: Version, at: int, verdict: str) -> None:
    one.evaluated, one.verdict = at, verdict
    changes = ["関係機関の役割分担確立", "孤立の解消"] if verdict != "REPLAN" else ["変化なし"]
    details = {
        "goals": {"1": "達成", "2": "一部達成"}, "changes": changes, "burden": way.dice.randint(2, 4), "verdict": verdict,
        "plan": one.record,
    }  # fmt: skip
    way.write(
        "EVALUATION", at, (way.world.hub, way.hub_worker), way.people, text=told(way.dice),
        details=json.dumps(details, ensure_ascii=False),
    )  # fmt: skip
    way.state = "EVALUATING"


def _close(way: Course, at: int) -> None:
    close(way, at, way.dice.choice(CLOSING_REASONS))


def _watch(way: Course, at: int) -> None:
    watch(way, at, None)
    way.state = "WATCH"


def _go_on(way: Course, at: int) -> None:
    way.clock = at


def _put_down(way: Course, one: Version) -> None:
    world, moment = way.world, way.world.moment
    ended = one.ended if one.ended is not None else way.ended
    over = ended is not None
    state = "DRAFT" if one.decided is None else "ENDED" if over else "DECIDED"
    way.rows.add(
        "plan", one.record, one.record, way.id, "HUB", one.number, one.previous, state, one.direction,
        world.day(one.drafted), "要" if way.dice.random() < _PARTICIPATES else "不要", "不要",
        moment(one.judged) if one.judged is not None else None, "SUITABLE" if one.judged is not None else "",
        one.item if one.judged is not None else None, moment(one.decided) if one.decided is not None else None,
        world.decider if one.decided is not None else None, way.helpers[0][0].id if one.decided is not None else None,
        moment(ended) if ended is not None else None, moment(one.evaluated) if one.evaluated is not None else None,
        one.verdict, world.day(way.clock, 90) if state == "DECIDED" else None,
    )  # fmt: skip
    for number in (1, 2):
        attained = ("達成", "一部達成")[number - 1] if one.verdict else ""
        way.rows.add("goal", way.new_id(), one.record, number, f"{word(way.dice)}を続ける", attained)
    for desk, _ in way.helpers[:2]:
        role = "NOT_STARTED" if one.decided is None else "INTRODUCED" if over else "UNDER_WAY"
        due, since = world.day(one.drafted, 90), moment(one.decided) if one.decided is not None else None
        way.rows.add("planrole", way.new_id(), one.record, desk.id, f"{word(way.dice)}を担う", due, role, since)
