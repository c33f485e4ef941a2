"""Verbs of the contract that guard and support people: each function is the verb of its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from tasuki.actions import consent as consent_acts
from tasuki.actions import disclosure as disclosure_acts
from tasuki.actions import municipality as municipality_acts
from tasuki.actions import participation as participation_acts
from tasuki.actions import person as person_acts
from tasuki.actions import resource as resource_acts
from tasuki.actions import staff as staff_acts
from tasuki.actions import watch as watch_acts
from tasuki.ops.replay.turn import Turn, number
from tasuki.queries import watch as watches
from tasuki.records.door import note_confirmation
from tasuki.rules.support import signal_in


def consent_get(t: Turn) -> UUID:
    person = t.people()[0]
    form = consent_acts.ConsentForm(
        to=t.agencies("to"), classes=list(t.step.arguments.get("classes") or []), until=t.day("until"),
        form=t.text("form") or "WRITTEN", proxy=t.person(t.step.arguments["proxy"]) if t.has("proxy") else None,
        excluded_agencies=t.agencies("excluded"), excluded_staff=t.staff_of("excluded"), text=t.text("note"),
    )  # fmt: skip
    return consent_acts.consent_get(by=t.by, now=t.now, person=person, form=form, case=t.case()).record_id


def consent_refuse(t: Turn) -> UUID:
    return consent_acts.consent_refuse(
        by=t.by, now=t.now, people=t.people(), agencies=t.agencies("from"), text=t.text("note")
    ).pk


def consent_withdraw(t: Turn) -> UUID:
    return consent_acts.consent_withdraw(
        by=t.by, now=t.now, people=t.people(), agencies=t.agencies("from"), text=t.text("note")
    ).pk


def break_glass(t: Turn) -> UUID:
    people = [t.known(key) for key in t.step.arguments.get("who") or []]
    return disclosure_acts.break_glass(by=t.by, now=t.now, people=people, reason=t.text("reason")).pk


def review_break_glass(t: Turn) -> UUID:
    return disclosure_acts.review_break_glass(by=t.by, now=t.now, record=t.one("of"), verdict=t.text("verdict")).pk


def provide_outside(t: Turn) -> UUID:
    return disclosure_acts.provide_outside(
        by=t.by,
        now=t.now,
        people=t.people(),
        to=t.text("to"),
        basis=t.text("basis"),
        what=t.text("what"),
        case=t.case(),
    ).pk


def disclose(t: Turn) -> UUID:
    people = t.people()
    requester = str(t.step.arguments["requester"])
    pack = disclosure_acts.disclose(
        by=t.by, now=t.now, people=people, requester=t.person(requester), text=t.text("note")
    )
    t.play.packs[requester] = pack.pk
    return pack.record_id


def protect_address(t: Turn) -> UUID:
    return disclosure_acts.protect_address(
        by=t.by, now=t.now, people=t.people(), tell_nothing=t.agencies("from"), note=t.text("note")
    ).pk


def bar(t: Turn) -> UUID:
    return disclosure_acts.bar(
        by=t.by,
        now=t.now,
        people=t.people(),
        agencies=t.agencies("from"),
        staff=t.staff_of("from"),
        note=t.text("note"),
    ).pk


def two(t: Turn, act: Callable[..., Any]) -> UUID:
    first, second = t.known(t.step.arguments["a"]), t.known(t.step.arguments["b"])
    checker = t.staff(t.step.arguments.get("checked_by"))
    if checker is not None:  # a story says that the second person confirmed; the door hears it
        note_confirmation(first, t.by.staff, checker, t.now)
    made = act(by=t.by, now=t.now, first=first, second=second, checked_by=checker)
    return made.pk  # type: ignore[no-any-return]  # a primary key is Any


def split_household(t: Turn) -> UUID:
    return person_acts.split_household(by=t.by, now=t.now, people=t.people(), reason=t.text("reason")).pk


def move_staff(t: Turn) -> UUID:
    to = t.text("to")
    staff_acts.move_staff(
        by=t.by, now=t.now, staff=t.staff(t.step.arguments["staff"]) or uuid4(),
        to=None if to == "OUT" else t.agency(to), successor=t.staff(t.step.arguments.get("successor")),
    )  # fmt: skip
    return uuid4()


def watch(t: Turn) -> UUID:
    people = t.people()
    return watch_acts.watch(
        by=t.by, now=t.now, people=people, watchers=t.agencies("watchers"), every_days=int(t.text("every_days") or 0),
        triggers=[str(x) for x in t.step.arguments.get("triggers") or []],
        first_responder=t.agency(t.text("first_responder")), case=t.case(), text=t.text("note"),
    ).record_id  # fmt: skip


def watch_check(t: Turn) -> UUID:
    return watch_acts.watch_check(by=t.by, now=t.now, people=t.people(), result=t.text("result"), case=t.case()).pk


def watch_trigger(t: Turn) -> UUID:
    people, said = t.people(), t.text("result")
    signal = signal_in(said, watches.signals(people))  # a story says it in words
    return watch_acts.watch_trigger(
        by=t.by, now=t.now, people=people, signal=signal, result=said, case=t.case()
    ).pk  # fmt: skip


def participation(t: Turn) -> UUID:
    people = t.people()
    return participation_acts.take_step(
        by=t.by, now=t.now, step=t.step.do, people=people, resource=t.thing("resource"), case=t.case(),
        text=t.text("note") or t.text("reason"),
    ).pk  # fmt: skip


def host_follow_up(t: Turn) -> UUID:
    return participation_acts.follow_host(by=t.by, now=t.now, resource=t.thing("resource"), text=t.text("note")).pk


def resource(t: Turn) -> UUID:
    row = t.step.arguments["resource"]
    made = resource_acts.register_resource(
        by=t.by, now=t.now, key=str(row["key"]), name=str(row.get("name", "")), kind=str(row.get("kind", "")),
        area=str(row.get("area", "")), slots=number(row.get("slots")), conditions=str(row.get("conditions", "")),
        is_host=t.step.do == "register_host", gap=t.thing("gap") if t.step.do == "launch_resource" else None,
    )  # fmt: skip
    t.play.cast.things[str(row["key"])] = made.pk
    return made.pk


def confirm_resource(t: Turn) -> UUID:
    return resource_acts.confirm_resource(by=t.by, now=t.now, resource=t.thing("resource")).pk


def register_gap(t: Turn) -> UUID:
    row = t.step.arguments["gap"]
    made = resource_acts.register_gap(
        by=t.by, now=t.now, key=str(row["key"]), need=str(row.get("need", "")), area=str(row.get("area", ""))
    )
    t.play.cast.things[str(row["key"])] = made.pk
    return made.pk


def start_resource_project(t: Turn) -> UUID:
    return resource_acts.start_resource_project(by=t.by, now=t.now, gap=t.thing("gap")).pk


def set_programme(t: Turn) -> UUID:
    since = t.day("from") or t.now.date()
    made = municipality_acts.set_programme(
        by=t.by, now=t.now, item=t.text("item"), areas=[str(a) for a in t.step.arguments.get("areas") or ["すべて"]],
        since=since, status=t.text("status"),
    )  # fmt: skip
    return made[0].pk
