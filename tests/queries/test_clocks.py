"""Clocks (domain 3.5): what is due by the town's own periods stands on 今日 of who is to act, and on the page of the case."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from tasuki.actions import case, consultation, municipality, plan, referral
from tasuki.queries import case as cases
from tasuki.queries import record as records
from tasuki.queries import today
from tasuki.rules.calendar import JST
from tests.actions.test_relay import decided, referred
from tests.records.troupe import DAY, Troupe

EVE = dt.datetime(2026, 5, 1, 9, 0, tzinfo=JST)  # a Friday; the working days after it are the 7th, the 8th, the 11th


def waits(troupe: Troupe, who: str, at: dt.datetime | None = None) -> dict[str, dt.date | dt.datetime | None]:
    """Return what waits for somebody: until when, by kind."""
    moment = at or troupe.last
    with troupe.acting(who, moment) as by:
        assert by is not None
        return {one.kind: one.due or one.due_on for one in today.waiting(by, moment)}


def on_page(troupe: Troupe, who: str, of: UUID) -> dict[str, tuple[dt.date, str]]:
    """Return the clocks that the page of a case shows."""
    with troupe.acting(who, troupe.last):
        found = cases.family(of, today.closed_about(troupe.last)).around.clocks
        return {one.kind: (one.due_on, one.agency) for one in found}


def own_periods(troupe: Troupe, **periods: object) -> None:
    """Let the town change its clocks."""
    troupe.act("admin", municipality.change_setting, section="clocks", body=periods, reason="要綱の改正")


# Faults planted: the closed days left out of business_day_after(); the reception itself counted as acting; the own period not asked.
def test_a_reception_waits_for_its_first_action_and_then_for_its_screening(troupe: Troupe) -> None:
    own_periods(troupe, first_action_business_days=2, screening_days=10)
    one = troupe.register("hou3", "A")
    troupe.last = EVE
    of = troupe.receive("hou3", one)
    assert waits(troupe, "hou3") == {"FIRST_ACTION": dt.date(2026, 5, 8)}
    assert on_page(troupe, "hou3", of) == {"FIRST_ACTION": (dt.date(2026, 5, 8), "西地域包括支援センター")}
    troupe.act("hou3", case.note, case=of, people=[], what=case.Note(text="電話した"))
    assert waits(troupe, "hou3") == {"SCREENING": dt.date(2026, 5, 11)}
    troupe.act("hou3", consultation.screen, case=of, result="NETWORK")
    assert waits(troupe, "hou3") == {}


# Faults planted in my_clocks(): a reopened case counts for the first 90 days only; what is long screened is never waited for; the
# union with the hub's cases left out.
def test_what_is_held_waits_also_late_and_also_when_it_was_screened_by_others(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    troupe.act("hou3", case.note, case=of, people=[], what=case.Note(text="電話した"))
    long = troupe.last + 100 * DAY
    assert "SCREENING" in waits(troupe, "hou3", long)
    troupe.change("UPDATE records_case SET state = 'REOPENED', reopened_at = %s WHERE id = %s", troupe.last, of)
    assert "SCREENING" in waits(troupe, "hou3", long)
    troupe.change("UPDATE records_case SET state = 'SINGLE' WHERE id = %s", of)
    troupe.change("UPDATE records_holding SET since = %s WHERE case_id = %s", long, of)
    assert set(waits(troupe, "hou3", long)) == {"FIRST_ACTION"}


# Fault planted: at_once left out of case_clock().
def test_what_is_urgent_is_acted_upon_the_same_day(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.last = EVE
    troupe.receive("hou3", one, urgency="至急")
    assert waits(troupe, "hou3") == {"FIRST_ACTION": EVE.date()}


# Faults planted: the clock of the draft given to the holder; begun with the acceptance although it was assessed since.
@pytest.mark.parametrize("answer", [referral.accept, referral.accept_jointly])
def test_the_hub_has_a_month_from_its_assessment_to_the_draft(troupe: Troupe, answer: Any) -> None:
    own_periods(troupe, draft_plan_days=30)
    one, of, offer = referred(troupe)
    troupe.act("hub", answer, referral=offer)
    troupe.last += 5 * DAY
    found = case.Assessed(issues=[case.Finding(one, "介護負担")], formulation="母が倒れると止まる")
    troupe.act("hub", case.assess, case=of, people=[one], found=found)
    due = (troupe.last + 30 * DAY).date()
    assert (waits(troupe, "hub")["DRAFT_PLAN"], on_page(troupe, "hub", of)["DRAFT_PLAN"][0]) == (due, due)
    assert "DRAFT_PLAN" not in waits(troupe, "hou3")


# Fault planted: an evaluated plan still waits for its end.
def test_a_plan_ends_within_the_year_and_asks_for_its_evaluation_before(troupe: Troupe) -> None:
    _, made = decided(troupe)
    ends = dt.date(troupe.last.year + 1, troupe.last.month, troupe.last.day)
    assert "PLAN_END" not in waits(troupe, "hub")
    near = troupe.last + 310 * DAY
    assert waits(troupe, "hub", near)["PLAN_END"] == ends
    troupe.act("hub", plan.evaluate, moment=near, plan=made, attained={1: "達成"}, changes=[], verdict="REPLAN")
    assert "PLAN_END" not in waits(troupe, "hub")


# Fault planted: MISSED_TWICE asks for one missed check only.
def test_two_missed_checks_of_a_case_that_sleeps_ask_for_an_evaluation(troupe: Troupe) -> None:
    of, _ = decided(troupe)
    troupe.act("hub", case.suspend, case=of, reason="連絡不能", next_check=(troupe.last + 30 * DAY).date())
    for days, kind in ((31, "SUSPENSION_CHECK"), (60, "SUSPENSION_CHECK"), (62, "SUSPENSION_EVALUATION")):
        at = troupe.last + days * DAY
        assert kind in waits(troupe, "hub", at), days
    troupe.act("hub", case.resume, case=of)
    assert not {"SUSPENSION_CHECK", "SUSPENSION_EVALUATION"} & set(waits(troupe, "hub", troupe.last + 90 * DAY))


# Fault planted: opened_at + 1 day for every town.
def test_the_review_of_a_break_glass_is_due_on_the_next_working_day(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    troupe.last = EVE
    troupe.break_glass("jiritsu", one)
    assert waits(troupe, "priv")["REVIEW"] == dt.date(2026, 5, 7)


# Faults planted: the closed days left out; the town's own period not asked; the coordinator left out; the state not asked.
def test_a_sheet_that_nobody_receives_is_told_to_who_sent_it_and_to_the_coordinator_who_sees_it(troupe: Troupe) -> None:
    own_periods(troupe, sheet_unreceived_business_days=2)
    troupe.last = EVE
    referred(troupe, "JIRITSU")
    eve = EVE.replace(day=8, hour=20)
    for who in ("hou3", "jiritsu", "hub", "byoin"):
        assert "UNRECEIVED" not in waits(troupe, who, eve), who
    late = EVE.replace(day=11)
    told = [who for who in ("hou3", "jiritsu", "hub", "byoin") if "UNRECEIVED" in waits(troupe, who, late)]
    assert told == ["hou3", "hub"]
    assert waits(troupe, "hou3", late)["UNRECEIVED"] == dt.date(2026, 5, 8)
    (offer,) = troupe.truth("SELECT id FROM records_referral")
    troupe.act("jiritsu", referral.accept, referral=offer, moment=late)
    assert "UNRECEIVED" not in waits(troupe, "hou3", late + DAY)


# Fault planted: the receiver not left out, so that the hub was told of what waits for its own answer as well.
def test_a_sheet_that_the_hub_itself_has_not_answered_waits_there_once(troupe: Troupe) -> None:
    troupe.last = EVE
    referred(troupe)
    late = EVE.replace(day=20)
    assert "UNRECEIVED" in waits(troupe, "hou3", late)
    assert "REFERRAL" in waits(troupe, "hub", late)
    assert "UNRECEIVED" not in waits(troupe, "hub", late)


# Faults planted: note_is_locked() not asked by amend(); the own days not asked; < read as <=; the kinds not asked.
def test_after_the_days_of_the_town_a_note_is_added_to_and_not_struck_out(troupe: Troupe) -> None:
    own_periods(troupe, note_lock_days=3)
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    note = troupe.act("hou3", case.note, case=of, people=[one], what=case.Note(text="週3回の訪問")).pk
    found = case.Assessed(issues=[case.Finding(one, "介護負担")], formulation="母が倒れると止まる")
    seen = troupe.act("hou3", case.assess, case=of, people=[one], found=found).pk
    written = troupe.last
    for days, record, added in ((3, note, False), (4, note, True), (4, seen, False)):
        troupe.act("hou3", case.amend, record=record, text="週2回", reason="数え違い", moment=written + days * DAY)
        newest = (
            "SELECT details ? 'added' FROM records_record WHERE kind = 'AMENDMENT' ORDER BY written_at DESC, id LIMIT 1"
        )
        assert troupe.truth(newest) == [added], (days, record == note)
        troupe.change(
            "UPDATE records_record SET written_at = written_at - interval '1 minute' WHERE kind = 'AMENDMENT'"
        )
    with troupe.acting("hou3", troupe.last):
        line = records.record(note)
    assert [one["added"] for one in line.amended_by] == [False, True]
