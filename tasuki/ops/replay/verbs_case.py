"""Verbs of the contract about cases: each function is the verb of its name; the contract says what it means."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from tasuki.actions import case as case_acts
from tasuki.actions import consultation as consultation_acts
from tasuki.ops.replay.turn import Turn, number, written


def notice(t: Turn) -> UUID:
    made = consultation_acts.notice(
        by=t.by,
        now=t.now,
        text=t.text("note"),
        place=t.text("place"),
        people=t.people(),
        data_class=t.text("class") or "BASIC",
    )
    return made.pk


def receive(t: Turn) -> UUID:
    heard = consultation_acts.Reception(
        route=t.text("route"), topics=list(t.step.arguments.get("topics") or []), text=t.text("note"),
        referrer=t.text("referrer"), urgency=t.text("urgency"), visited_before=t.step.arguments.get("visited_before"),
        visitor=t.person(t.step.arguments["visitor"]) if t.has("visitor") else None, **written(t),
    )  # fmt: skip
    return consultation_acts.receive(by=t.by, now=t.now, people=t.people(), heard=heard).record_id


def screen(t: Turn) -> UUID:
    return consultation_acts.screen(
        by=t.by, now=t.now, case=t.need_case(), result=t.text("result"), reason=t.text("reason"),
        lead=t.agency(t.text("lead")) if t.has("lead") else None,
    ).pk  # fmt: skip


def assess(t: Turn) -> UUID:
    people = t.people()
    issues = [
        case_acts.Finding(
            t.person(one["who"]), str(one.get("code", "")), str(one.get("status", "")), one.get("severity")
        )
        for one in t.step.arguments.get("issues") or []
        if isinstance(one, Mapping)
    ]
    found = case_acts.Assessed(
        issues=issues, formulation=t.text("formulation"), wishes=t.text("wishes"),
        by_hub=t.step.arguments.get("by_hub") is True, **written(t),
    )  # fmt: skip
    return case_acts.assess(by=t.by, now=t.now, case=t.need_case(), people=people, found=found).pk


def note(t: Turn) -> UUID:
    what = case_acts.Note(
        text=t.text("text") or t.text("note"), fact=t.text("fact"), opinion=t.text("opinion"), method=t.text("method"),
        note_kind=t.text("kind") or "DIRECT", minutes=number(t.step.arguments.get("minutes")),
        informant_confidential=t.step.arguments.get("informant_confidential") is True, **written(t),
    )  # fmt: skip
    people = t.people()
    return case_acts.note(by=t.by, now=t.now, case=t.case(), people=people, what=what).pk


def amend(t: Turn) -> UUID:
    return case_acts.amend(by=t.by, now=t.now, record=t.one("of"), text=t.text("text"), reason=t.text("reason")).pk


def close(t: Turn) -> UUID:
    return case_acts.close(
        by=t.by, now=t.now, case=t.need_case(), reason=t.text("reason"),
        lead_after=t.agency(t.text("lead_after")) if t.has("lead_after") else None, follow_ups=t.days("follow_ups"),
        no_lead_reason=t.text("no_lead_reason"), notified=t.day("notified"),
    ).pk  # fmt: skip


def suspend(t: Turn) -> UUID:
    return case_acts.suspend(
        by=t.by, now=t.now, case=t.need_case(), reason=t.text("reason"), next_check=t.day("next_check")
    ).pk


def resume(t: Turn) -> UUID:
    return case_acts.resume(by=t.by, now=t.now, case=t.need_case(), reason=t.text("reason")).pk


def reopen(t: Turn) -> UUID:
    return case_acts.reopen(
        by=t.by, now=t.now, case=t.need_case(), reason=t.text("reason"), consent=t.text("consent")
    ).pk


def follow_up(t: Turn) -> UUID:
    return case_acts.follow_up(by=t.by, now=t.now, case=t.need_case(), result=t.text("result"), text=t.text("note")).pk


def transfer_out(t: Turn) -> UUID:
    return case_acts.transfer_out(
        by=t.by, now=t.now, case=t.need_case(), to=t.text("to"), basis=t.text("basis"), text=t.text("note")
    ).pk


def record_death(t: Turn) -> UUID:
    return case_acts.record_death(by=t.by, now=t.now, people=t.people(), died=t.text("died")).pk


def advise(t: Turn) -> UUID:
    named = t.has("case") or t.has("who")
    people = t.people()
    return consultation_acts.advise(
        by=t.by,
        now=t.now,
        to=t.agency(t.text("to")),
        text=t.text("text"),
        case=t.need_case() if named else None,
        people=people,
    ).pk
