"""Verbs of the contract about the relay, conferences and plans: each function is the verb of its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from tasuki.actions import conference as conference_acts
from tasuki.actions import consent as consent_acts
from tasuki.actions import outreach as outreach_acts
from tasuki.actions import plan as plan_acts
from tasuki.actions import referral as referral_acts
from tasuki.ops.replay import prompt
from tasuki.ops.replay.turn import Turn, number, written


def refer(t: Turn) -> UUID:
    sheet = referral_acts.Sheet(
        wants=t.text("wants"), tried=t.text("tried"), text=t.text("sheet"), basis=t.text("basis"),
        no_consent_reason=t.text("reason"), warm=t.text("warm"),
    )  # fmt: skip
    people = t.people()
    return referral_acts.refer(
        by=t.by, now=t.now, case=t.need_case(), to=t.agency(t.text("to")), sheet=sheet, people=people
    ).record_id


def accept(t: Turn) -> UUID:
    return referral_acts.accept(by=t.by, now=t.now, referral=t.referral(), text=t.text("note")).pk


def accept_jointly(t: Turn) -> UUID:
    return referral_acts.accept_jointly(by=t.by, now=t.now, referral=t.referral(), text=t.text("note")).pk


def decline(t: Turn) -> UUID:
    return referral_acts.decline(
        by=t.by, now=t.now, referral=t.referral(), advice=t.text("advice"),
        lead=t.agency(t.text("lead")) if t.has("lead") else None, follow_up=t.day("follow_up"),
    ).pk  # fmt: skip


def withdraw_referral(t: Turn) -> UUID:
    return referral_acts.withdraw_referral(
        by=t.by, now=t.now, referral=t.referral(), text=t.text("reason") or t.text("note")
    ).pk


def decide_use(t: Turn) -> UUID:
    return referral_acts.decide_use(
        by=t.by, now=t.now, case=t.need_case(), result=t.text("result"), text=t.text("note")
    ).pk


def hand_back(t: Turn) -> UUID:
    return referral_acts.hand_back(
        by=t.by, now=t.now, case=t.need_case(), to=t.agency(t.text("to")), reason=t.text("reason")
    ).record_id


def start_outreach(t: Turn) -> UUID:
    people = t.people()
    return outreach_acts.start_outreach(
        by=t.by, now=t.now, case=t.case(), people=people, to=t.agency(t.text("to")), basis=t.text("basis"),
        item=t.play.items.get(t.text("item")), text=t.text("note"),
    ).pk  # fmt: skip


def visit(t: Turn) -> UUID:
    people = t.people()
    return outreach_acts.visit(
        by=t.by, now=t.now, case=t.case(), people=people, result=t.text("result"), stage=t.text("stage"),
        text=t.text("note") or t.text("text"), **written(t),
    ).pk  # fmt: skip


def pledge(t: Turn) -> UUID:
    until = t.day("until")
    return consent_acts.pledge(by=t.by, now=t.now, until=until or dt.date.max).pk


def _item(t: Turn, row: Mapping[str, Any]) -> conference_acts.Item:
    about = [t.known(key) for key in row.get("about") or []]
    return conference_acts.Item(
        about=about, kind=str(row.get("kind", "")), basis=str(row.get("basis", "")),
        invited=[t.staff(key) or uuid4() for key in row.get("invited") or []],
        deputies=[t.staff(key) or uuid4() for key in row.get("deputies") or []],
        materials=[t.play.made.get(str(key)) or uuid4() for key in row.get("materials") or []],
        plan=(t.play.made.get(str(row["plan"])) or uuid4()) if row.get("plan") else None,
        case=t.case_of_first(row), reason=str(row.get("reason") or ""),
    )  # fmt: skip


def summon(t: Turn) -> UUID:
    rows = list(t.step.arguments.get("items") or [])
    when = _moment(t.step.arguments["when"])
    conference = t.play.cast.conferences.get(t.text("conference")) or uuid4()
    made = conference_acts.summon(
        by=t.by, now=t.now, conference=conference, at=when, items=[_item(t, row) for row in rows]
    )
    for row, item in zip(rows, made.items, strict=True):
        t.play.items[str(row["id"])] = item
    if t.step.id:
        t.play.sittings[t.step.id] = made.sitting
    return made.record


def _moment(value: Any) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.fromisoformat(str(value)).replace(tzinfo=dt.timezone(dt.timedelta(hours=9)))


def hold(t: Turn) -> UUID:
    decisions = [
        conference_acts.Agreed(
            t.play.items.get(str(row["item"])) or uuid4(), str(row.get("text", "")),
            t.agency(row["agency"]) if row.get("agency") else None,
            dt.date.fromisoformat(str(row["due"])[:10]) if row.get("due") else None,
        )
        for row in t.step.arguments.get("decisions") or []
    ]  # fmt: skip
    opinions = [
        conference_acts.Said(
            t.play.items.get(str(row["item"])) or uuid4(),
            t.agency(row["agency"]),
            row.get("agrees"),
            str(row.get("text", "")),
        )
        for row in t.step.arguments.get("opinions") or []
    ]
    sitting = t.play.sittings.get(t.text("of")) or uuid4()
    return conference_acts.hold(
        by=t.by, now=t.now, sitting=sitting,
        present=[t.staff(key) or uuid4() for key in t.step.arguments.get("present") or []],
        decisions=decisions, opinions=opinions, discussion=_said(t, sitting),
    ).pk  # fmt: skip


def _said(t: Turn, sitting: UUID) -> dict[UUID, str]:
    # The contract gives one text for a sitting: it is told at the first item that the asker may see.
    first = prompt.first_item(sitting)
    return {first: t.text("note")} if first else {}


def _draft(t: Turn) -> plan_acts.Draft:
    roles = [
        plan_acts.Role(
            t.agency(row["agency"]), str(row.get("what", "")),
            dt.date.fromisoformat(str(row["due"])[:10]) if row.get("due") else None,
        )
        for row in t.step.arguments.get("roles") or []
    ]  # fmt: skip
    return plan_acts.Draft(
        kind=t.text("kind") or "HUB", direction=t.text("direction"), goals=[str(g) for g in t.step.arguments.get("goals") or []],
        roles=roles, participation=t.text("participation") or "不要", outreach=t.text("outreach") or "不要",
        applied=t.day("applied"), **written(t),
    )  # fmt: skip


def draft_plan(t: Turn) -> UUID:
    people = t.people()
    return plan_acts.draft_plan(by=t.by, now=t.now, case=t.need_case(), people=people, draft=_draft(t)).pk


def replan(t: Turn) -> UUID:
    people = t.people()
    return plan_acts.replan(by=t.by, now=t.now, plan=t.one("of"), people=people, draft=_draft(t)).pk


def judge_plan(t: Turn) -> UUID:
    return plan_acts.judge_plan(
        by=t.by,
        now=t.now,
        plan=t.one("plan"),
        item=t.play.items.get(t.text("item")) or uuid4(),
        result=t.text("result"),
        text=t.text("note"),
    ).pk


def decide_support(t: Turn) -> UUID:
    return plan_acts.decide_support(
        by=t.by, now=t.now, plan=t.one("plan"), lead=t.agency(t.text("lead")) if t.has("lead") else None
    ).pk


def role_progress(t: Turn) -> UUID:
    return plan_acts.role_progress(
        by=t.by, now=t.now, plan=t.one("plan"), agency=t.agency(t.text("agency")), state=t.text("state")
    ).pk


def monitor(t: Turn) -> UUID:
    return plan_acts.monitor(by=t.by, now=t.now, plan=t.one("plan"), findings=t.text("findings")).pk


def evaluate(t: Turn) -> UUID:
    attained = {int(row["n"]): str(row["attained"]) for row in t.step.arguments.get("goals") or []}
    return plan_acts.evaluate(
        by=t.by, now=t.now, plan=t.one("plan"), attained=attained,
        changes=[str(c) for c in t.step.arguments.get("changes") or []], verdict=t.text("verdict"),
        burden=number(t.step.arguments.get("burden")), text=t.text("note"),
    ).pk  # fmt: skip


def hold_meeting(t: Turn) -> UUID:
    conference = t.play.cast.conferences.get(t.text("conference")) if t.has("conference") else None
    agenda: Sequence[Mapping[str, str]] = t.step.arguments.get("agenda") or []
    return conference_acts.hold_meeting(
        by=t.by, now=t.now, conference=conference, name=t.text("meeting"),
        present=[p for key in t.step.arguments.get("present") or [] if (p := t.staff(key))],
        agenda=[dict(row) for row in agenda], minutes=t.text("note"), people=t.people(),
    ).pk  # fmt: skip
