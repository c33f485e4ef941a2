"""支援決定 (D2): the officer after the conference, the officer before it, or the conference itself; never a contractor."""

from __future__ import annotations

from uuid import UUID

import pytest

from tasuki.actions import municipality, plan
from tasuki.ops.invariants import MEETINGS
from tasuki.ops.replay.prompt import look
from tasuki.records.pen import Refused
from tests.actions.test_relay import discussed, holders, state
from tests.records.troupe import Troupe


def decides(troupe: Troupe, decider: str) -> None:
    """Let the town write down who decides the support."""
    body = {"d2_decider": decider, "contractor_may_decide": False}
    troupe.act("admin", municipality.change_setting, section="decision", body=body, reason="要綱の改正")


def decide(troupe: Troupe, who: str, made: UUID) -> None:
    """Decide the plan, with the outreach body as lead."""
    troupe.act(who, plan.decide_support, plan=made, lead=troupe.agencies["OUT"])


def judge(troupe: Troupe, made: UUID, item: UUID) -> None:
    """Write down the judgement of the conference."""
    troupe.act("hub", plan.judge_plan, plan=made, item=item, result="SUITABLE")


# Fault planted: deciders() gives the officer alone; enact_decision() asks for CITY.
def test_where_the_conference_decides_its_secretariat_writes_the_decision_after_the_judgement(troupe: Troupe) -> None:
    decides(troupe, "conference")
    _, made, item = discussed(troupe)
    with pytest.raises(Refused, match="NOT_JUDGED_YET"):
        decide(troupe, "hub", made)
    judge(troupe, made, item)
    decide(troupe, "hub", made)
    assert (state(troupe), holders(troupe)[-1]) == ("PLAN_DECIDED", "OUT")


# Fault planted: the contractor left out of why_not_decide().
def test_a_contractor_of_the_secretariat_writes_no_decision_even_where_the_conference_decides(troupe: Troupe) -> None:
    decides(troupe, "conference")
    _, made, item = discussed(troupe)
    judge(troupe, made, item)
    troupe.change("UPDATE records_agency SET mode = '委託' WHERE key = 'HUB'")
    with pytest.raises(Refused, match="NOT_THE_DECIDER"):
        decide(troupe, "hub", made)


# Fault planted: deciders() gives the chair and the coordinator everywhere.
def test_where_the_officer_decides_the_secretariat_does_not(troupe: Troupe) -> None:
    _, made, item = discussed(troupe)
    judge(troupe, made, item)
    with pytest.raises(Refused, match="NOT_THE_DECIDER"):
        decide(troupe, "hub", made)


# Fault planted: is_before_the_decider() without the application; judge_plan() puts a decided plan back to JUDGED.
def test_where_the_officer_decides_before_the_conference_the_judgement_comes_after_and_changes_nothing(
    troupe: Troupe,
) -> None:
    decides(troupe, "city_before")
    _, made, item = discussed(troupe)
    assert troupe.ground("city", "record", made) == "INTERNAL"
    decide(troupe, "city", made)
    assert (state(troupe), holders(troupe)[-1]) == ("PLAN_DECIDED", "OUT")
    judge(troupe, made, item)
    assert troupe.truth("SELECT state, judged_result FROM records_plan") == [("DECIDED", "SUITABLE")]


# Faults planted: the decider left out of the invariant; taken from today's setting only where the decision is older.
def test_what_the_officer_decides_before_the_conference_breaks_no_promise(troupe: Troupe) -> None:
    (promise,) = [one for one in MEETINGS if one.name == "decided_plans_were_judged_and_applied_for"]
    decides(troupe, "city_before")
    _, made, item = discussed(troupe)
    decide(troupe, "city", made)
    assert look(promise.statement, []) == []
    judge(troupe, made, item)
    decides(troupe, "city_after")
    assert look(promise.statement, []) == []
    troupe.change("UPDATE records_setting SET body = '{}' WHERE section = 'decision'")
    assert look(promise.statement, []) == [(made,)]


# Fault planted: is_before_the_decider() asks for the application wherever the town decides.
def test_where_the_officer_decides_after_the_conference_a_plan_is_hidden_until_it_was_judged(troupe: Troupe) -> None:
    _, made, item = discussed(troupe)
    assert troupe.ground("city", "record", made) is None
    judge(troupe, made, item)
    assert troupe.ground("city", "record", made) == "INTERNAL"
