"""What has ended, sleeps or has died is not moved on by an act that was begun before; a たすき goes only to who can carry it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from tasuki.actions import case, conference, consent, consultation, disclosure, plan, referral, staff, task
from tasuki.records.pen import Refused
from tests.actions.test_relay import LATER, decided, discussed, holders, referred, state, value
from tests.records.troupe import DAY, SPRING, Troupe

OPEN_BUT_ENDED = (
    "SELECT count(*) FROM records_case WHERE (state IN ('CLOSED', 'ENDED', 'RETURNED')) <> (ended_at IS NOT NULL)"
)


def moves_away(troupe: Troupe, who: str, of: UUID) -> None:
    """Let the household move to another town: the case ends at once, whatever was begun."""
    troupe.act(who, case.transfer_out, case=of, to="よその市", basis="本人同意")


def evaluated(troupe: Troupe, made: UUID, verdict: str) -> None:
    """Evaluate the plan."""
    troupe.act("hub", plan.evaluate, plan=made, attained={1: "達成"}, changes=[], verdict=verdict)


# Fault planted: why_not_take() left out of _answer().
@pytest.mark.parametrize("answer", [referral.accept, referral.accept_jointly])
def test_an_offer_of_a_case_that_has_ended_meanwhile_is_not_accepted_any_more(troupe: Troupe, answer: Any) -> None:
    _, of, offer = referred(troupe)
    moves_away(troupe, "hou3", of)
    with pytest.raises(Refused, match="CASE_ENDED"):
        troupe.act("hub", answer, referral=offer)
    assert (state(troupe), holders(troupe), value(troupe, OPEN_BUT_ENDED)) == ("CLOSED", ["HOU3"], 0)
    troupe.act("hou3", referral.withdraw_referral, referral=offer)


# Faults planted: case_over left out of why_not_decide(), of why_not_replan().
def test_a_case_that_has_ended_gets_no_decision_and_no_new_version_of_its_plan(troupe: Troupe) -> None:
    of, made, item = discussed(troupe)
    troupe.act("hub", plan.judge_plan, plan=made, item=item, result="SUITABLE")
    moves_away(troupe, "hub", of)
    with pytest.raises(Refused, match="CASE_ENDED"):
        troupe.act("city", plan.decide_support, plan=made, lead=troupe.agencies["OUT"])
    troupe.change("UPDATE records_plan SET verdict = 'REPLAN'")
    draft = plan.Draft(kind="HUB", direction="外へ", goals=["週2回"], applied=SPRING.date())
    with pytest.raises(Refused, match="CASE_ENDED"):
        troupe.act("hub", plan.replan, plan=made, people=[], draft=draft)
    assert (state(troupe), holders(troupe), value(troupe, OPEN_BUT_ENDED)) == ("CLOSED", ["HOU3", "HUB"], 0)


# Faults planted: held_by_asker and TO_SCREEN left out of why_not_screen().
def test_nobody_but_the_holder_sorts_a_case_and_nobody_once_the_hub_has_it(troupe: Troupe) -> None:
    one, of, offer = referred(troupe)
    ends: dict[str, Any] = {"case": of, "result": "INFO_ONLY", "reason": "案内で足りる"}
    with pytest.raises(Refused, match="ONLY_THE_HOLDER_SCREENS"):
        troupe.act("jiritsu", consultation.screen, **ends)
    troupe.act("hub", referral.accept, referral=offer)
    for who in ("jiritsu", "hub", "hou3"):
        with pytest.raises(Refused, match="PAST_SCREENING"):
            troupe.act(who, consultation.screen, **ends)
    assert state(troupe) == "HUB_ACCEPTED"
    assert troupe.ground("hub", "person", one) == "CONSENT"


# Fault planted: screen() passes the たすき to the lead that it names.
def test_a_screening_hands_the_tasuki_to_nobody_who_has_not_accepted_it(troupe: Troupe) -> None:
    of = troupe.receive("hou3", troupe.register("hou3", "A"))
    other = troupe.agencies["JIRITSU"]
    with pytest.raises(Refused, match="LEAD_BY_REFERRAL"):
        troupe.act("hou3", consultation.screen, case=of, result="SINGLE", lead=other)
    troupe.act("hou3", consultation.screen, case=of, result="NETWORK", lead=other)
    assert holders(troupe) == ["HOU3"]


# Faults planted: each of the three conditions on the receiver left out of why_not_hand_back().
def test_a_case_is_handed_back_only_to_an_agency_that_can_accept_it(troupe: Troupe) -> None:
    one, of, offer = referred(troupe)
    troupe.act("hub", referral.accept, referral=offer)
    troupe.act("hou3", disclosure.bar, people=[one], agencies=[troupe.agencies["OUT"]])
    troupe.change("UPDATE records_agency SET contract_until = %s WHERE key = 'JIRITSU'", SPRING.date() - DAY)
    for to, code in (("HUB", "REFERRAL_TO_ONESELF"), ("OUT", "CANNOT_BE_TOLD"), ("JIRITSU", "CONTRACT_ENDED")):
        with pytest.raises(Refused, match=code):
            troupe.act("hub", referral.hand_back, case=of, to=troupe.agencies[to], reason="整理できた")
    assert value(troupe, "SELECT count(*) FROM records_referral") == 1


# Faults planted: contract_ended() and the bar left out of can_hold(), one at a time.
def test_no_decision_gives_the_tasuki_to_who_cannot_carry_it(troupe: Troupe) -> None:
    _, made, item = discussed(troupe)
    troupe.act("hub", plan.judge_plan, plan=made, item=item, result="SUITABLE")
    troupe.act("hou3", disclosure.bar, people=[troupe.people["A"]], agencies=[troupe.agencies["JIRITSU"]])
    troupe.change("UPDATE records_agency SET contract_until = %s WHERE key = 'PAR'", SPRING.date() - DAY)
    for lead in ("JIRITSU", "PAR"):
        with pytest.raises(Refused, match="LEAD_CANNOT_HOLD"):
            troupe.act("city", plan.decide_support, plan=made, lead=troupe.agencies[lead])
    assert holders(troupe)[-1] == "HUB"


# Fault planted: set_state() wakes a suspended case up.
def test_what_happens_while_a_case_sleeps_is_where_it_goes_on(troupe: Troupe) -> None:
    of, made = decided(troupe)
    troupe.act("hub", case.suspend, case=of, reason="入院・入所", next_check=LATER)
    evaluated(troupe, made, "SUSPEND")
    assert state(troupe) == "SUSPENDED"
    troupe.act("hub", case.resume, case=of)
    assert state(troupe) == "EVALUATING"


# Fault planted: enact_decision() sets PLAN_DECIDED whatever the case is.
def test_a_decision_about_a_case_that_sleeps_does_not_wake_it_up(troupe: Troupe) -> None:
    of, made, item = discussed(troupe)
    troupe.act("hub", plan.judge_plan, plan=made, item=item, result="SUITABLE")
    troupe.act("hub", case.suspend, case=of, reason="入院・入所", next_check=LATER)
    troupe.act("city", plan.decide_support, plan=made, lead=troupe.agencies["OUT"])
    assert state(troupe) == "SUSPENDED"
    troupe.act("hub", case.resume, case=of)
    assert state(troupe) == "PLAN_DECIDED"


# Faults planted: check_suspended() without _checked(), without _check_on(); finish_task() takes every kind.
def test_a_check_of_a_case_that_sleeps_always_leaves_the_next_one(troupe: Troupe) -> None:
    of, _ = decided(troupe)
    troupe.act("hub", case.suspend, case=of, reason="連絡不能", next_check=LATER)
    (waits,) = troupe.truth("SELECT id FROM records_task WHERE kind = 'SUSPENSION_CHECK'")
    with pytest.raises(Refused, match="CHECK_ASKS_FOR_THE_NEXT"):
        troupe.act("hub", task.finish_task, task=waits)
    again = LATER + dt.timedelta(days=30)
    troupe.act("hub", case.check_suspended, case=of, text="電話に出ない", next_check=again)
    due = "SELECT due_on FROM records_task WHERE kind = 'SUSPENSION_CHECK' AND done_at IS NULL"
    assert (troupe.truth(due), value(troupe, "SELECT next_check_on FROM records_case"), state(troupe)) == (
        [again],
        again,
        "SUSPENDED",
    )
    assert value(troupe, "SELECT text FROM records_record WHERE kind = 'NOTE'") == "電話に出ない"


# Fault planted: MONITORING left out of what a note wakes up.
def test_support_goes_on_after_a_monitoring_with_what_is_done_next(troupe: Troupe) -> None:
    of, made = decided(troupe)
    troupe.act("hub", plan.monitor, plan=made, findings="通いが続いている")
    assert state(troupe) == "MONITORING"
    troupe.act("out", case.note, case=of, people=[], what=case.Note(text="訪問した"))
    assert state(troupe) == "SUPPORTING"


# Faults planted: open_since() left out of was_evaluated(), of item_was_held().
def test_what_was_evaluated_before_a_reopening_closes_nothing_after_it(troupe: Troupe) -> None:
    of, made = decided(troupe)
    troupe.act("hub", plan.role_progress, plan=made, agency=troupe.agencies["OUT"], state="INTRODUCED")
    evaluated(troupe, made, "CLOSE")
    item = conference.Item([troupe.people["A"]], "終結評価", "CONSENT", [troupe.staff["out"]], plan=made)
    room: dict[str, Any] = {"conference": troupe.conferences["JUSO"], "at": troupe.last + DAY}
    called = troupe.act("hub", conference.summon, items=[item], **room)
    troupe.act("hub", conference.hold, moment=troupe.last + 2 * DAY, sitting=called.sitting, present=[])
    form: dict[str, Any] = {"case": of, "reason": "課題解決", "notified": SPRING.date(), "no_lead_reason": "自立した"}
    troupe.act("city", case.close, **form)
    troupe.act("hou3", case.reopen, case=of, reason="再悪化", consent="STANDS")
    with pytest.raises(Refused, match="CLOSE_BEFORE_EVALUATION"):
        troupe.act("city", case.close, **form)
    evaluated(troupe, made, "CLOSE")
    with pytest.raises(Refused, match="CLOSING_ITEM_MISSING"):
        troupe.act("city", case.close, **form)


# Faults planted: has_died() asked of nobody; a death taken from any day.
def test_a_death_is_recorded_when_it_has_happened_and_nobody_consents_after_it(troupe: Troupe) -> None:
    one, _, offer = referred(troupe)
    with pytest.raises(Refused, match="DEATH_TO_COME"):
        troupe.act("hou3", case.record_death, people=[one], died=(troupe.last + DAY).date().isoformat())
    troupe.act("hou3", case.record_death, people=[one], died=troupe.last.date().isoformat())
    with pytest.raises(Refused, match="DEAD_CONSENTS_NO_MORE"):
        troupe.act(
            "hou3", consent.consent_get, person=one, form=consent.ConsentForm([troupe.agencies["PAR"]], ["BASIC"])
        )
    with pytest.raises(Refused, match="CASE_ENDED"):
        troupe.act("hub", referral.accept, referral=offer)


# Fault planted: opinion taken as given in why_not_judge().
def test_a_plan_goes_back_to_its_drafter_with_words(troupe: Troupe) -> None:
    _, made, item = discussed(troupe)
    with pytest.raises(Refused, match="OPINION_MISSING"):
        troupe.act("hub", plan.judge_plan, plan=made, item=item, result="RECONSIDER")
    troupe.act("hub", plan.judge_plan, plan=made, item=item, result="RECONSIDER", text="通う先を先に決める")
    assert value(troupe, "SELECT text FROM records_record WHERE kind = 'JUDGEMENT'") == "通う先を先に決める"


# Fault planted: the rows of who takes their cases along ended with the others, in hand_over_cases().
@pytest.mark.parametrize("to", ["HOU3", "HUB"])
def test_whoever_is_their_own_successor_goes_on_with_their_cases(troupe: Troupe, to: str) -> None:
    of = troupe.receive("hou3", troupe.register("hou3", "A"))
    me = troupe.staff["hou3"]
    troupe.act("city", staff.move_staff, staff=me, to=troupe.agencies[to], successor=me)
    assert troupe.truth("SELECT staff_id FROM records_caseworker WHERE case_id = %s AND until IS NULL", of) == [me]
