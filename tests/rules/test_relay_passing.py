"""つなぎ and ケース: what lets a たすき pass, and every fact that stops it."""

import pytest

from tasuki.rules import case, consultation, disclosure, referral
from tasuki.rules.case import CaseState
from tasuki.rules.referral import CaseStanding
from tests.rules.relay_tables import Table, Turned, allowances, name_of, refusals

STANDING = CaseStanding(state="SINGLE", screened=True, held_by_asker=True, open_referral=False)


def standing(**change: object) -> CaseStanding:
    """Return the standing of a case that may be passed on, but for a change."""
    return CaseStanding(**{**STANDING.__dict__, **change})


RECEIVING = [
    Table(consultation.why_not_born, {"born": "1943-05-02"}, [
        Turned("a day that never was", {"born": "1943-02-30"}, "NO_SUCH_DAY"),
        Turned("no year before an unknown month", {"born": "43-00-00"}, "NO_SUCH_DAY"),
        Turned("a year that is no number", {"born": "不明です-00-00"}, "NO_SUCH_DAY"),
    ], {"month and day unknown": {"born": "1995-00-00"}, "nothing known": {"born": ""}}),
    Table(consultation.why_not_receive, {"people": 1, "topics": 1, "route": "本人来所"}, [
        Turned("nobody is named", {"people": 0}, "NOBODY_NAMED"),
        Turned("no route", {"route": ""}, "ROUTE_MISSING"),
        Turned("no topic", {"topics": 0}, "TOPIC_MISSING"),
    ]),
    Table(consultation.why_not_screen, {
        "state": "INTAKE", "held_by_asker": True, "result": "SINGLE", "reason": "", "has_lead": True, "lead_is_holder": True,
    }, [
        Turned("the case has ended", {"state": "ENDED"}, "CASE_ENDED"),
        *[Turned(f"the hub has it: {one}", {"state": one}, "PAST_SCREENING") for one in ("HUB_ACCEPTED", "PLAN_DECIDED", "SUPPORTING")],
        Turned("the case is suspended", {"state": "SUSPENDED"}, "PAST_SCREENING"),
        Turned("somebody else holds it", {"held_by_asker": False}, "ONLY_THE_HOLDER_SCREENS"),
        Turned("one other agency alone, which has accepted nothing", {"lead_is_holder": False}, "LEAD_BY_REFERRAL"),
        Turned("one agency alone and none named", {"has_lead": False}, "LEAD_MISSING"),
        Turned("information only, without a reason", {"result": "INFO_ONLY"}, "REASON_MISSING"),
        Turned("dropped, without a reason", {"result": "DROPPED"}, "REASON_MISSING"),
    ], {"several agencies need no lead": {"result": "NETWORK", "has_lead": False, "lead_is_holder": False},
        "another leads several": {"result": "NETWORK", "lead_is_holder": False}, "a case that is open anew": {"state": "REOPENED"},
        "information only with a reason": {"result": "INFO_ONLY", "reason": "窓口の案内で足りた"}}),
    Table(consultation.why_not_call, {"call": "MADE", "number": "090-0000-4101", "method": "電話", "guarded": False}, [
        Turned("a number and no direction", {"call": ""}, "CALL_UNSAID"),
        Turned("a call in a visit", {"method": "訪問"}, "CALL_BY_OTHER_MEANS"),
        Turned("a word for a number", {"number": "本人の携帯"}, "NO_TELEPHONE_NUMBER"),
        Turned("a word before a number", {"number": "娘 090-0000-4101"}, "NO_TELEPHONE_NUMBER"),
        Turned("two figures", {"number": "90"}, "NO_TELEPHONE_NUMBER"),
        Turned("sixteen figures", {"number": "0900000410109000"}, "NO_TELEPHONE_NUMBER"),
        Turned("the telephone is protected", {"guarded": True}, "NUMBER_PROTECTED"),
    ], {"no call": {"call": "", "number": "", "method": "訪問", "guarded": True}, "no method named": {"method": ""},
        "no number of who is protected": {"number": "", "guarded": True}, "a number abroad": {"number": "+81 90-0000-4101"},
        "wide figures": {"number": "０９０（００００）４１０１"}, "three figures": {"number": "189"}}),
]  # fmt: skip

OFFERING = [
    Table(referral.why_not_refer, {
        "case": STANDING, "basis": "CONSENT", "reason": "", "wants": "面談", "tried": "訪問2回", "consent_reaches": True,
        "receiver_contract_ended": False, "receiver_barred": False, "receiver_is_sender": False,
        "only_by_item": False,
    }, [
        Turned("no consent, in a town that takes it to 支援会議", {"basis": "NO_CONSENT", "reason": "会えない", "only_by_item": True}, "NO_CONSENT_ONLY_BY_ITEM"),
        Turned("the case is closed", {"case": standing(state="CLOSED")}, "CASE_ENDED_OR_SUSPENDED"),
        Turned("the case was handed back", {"case": standing(state="RETURNED")}, "CASE_ENDED_OR_SUSPENDED"),
        Turned("the case ended at the desk", {"case": standing(state="ENDED")}, "CASE_ENDED_OR_SUSPENDED"),
        Turned("the case is suspended", {"case": standing(state="SUSPENDED")}, "CASE_ENDED_OR_SUSPENDED"),
        Turned("before the screening", {"case": standing(screened=False)}, "BEFORE_SCREENING"),
        Turned("somebody else holds it", {"case": standing(held_by_asker=False)}, "ONLY_THE_HOLDER_REFERS"),
        Turned("one offer is unanswered", {"case": standing(open_referral=True)}, "REFERRAL_UNANSWERED"),
        Turned("to oneself", {"receiver_is_sender": True}, "REFERRAL_TO_ONESELF"),
        Turned("nothing tried", {"tried": ""}, "TRIED_AND_WANTS_MISSING"),
        Turned("nothing wanted", {"wants": ""}, "TRIED_AND_WANTS_MISSING"),
        Turned("the contract has ended", {"receiver_contract_ended": True}, "CONTRACT_ENDED"),
        Turned("no consent, no reason", {"basis": "NO_CONSENT"}, "NO_CONSENT_WITHOUT_REASON"),
        Turned("the receiver is barred", {"receiver_barred": True}, "CANNOT_BE_TOLD"),
        Turned("the consent reaches others only", {"consent_reaches": False}, "CONSENT_DOES_NOT_REACH"),
    ], {"with consent, whatever the town says of the rest": {"only_by_item": True}, "no consent but a reason": {"basis": "NO_CONSENT", "reason": "会えない", "consent_reaches": False},
        "a case that goes on after its reopening": {"case": standing(state="REOPENED")}}),
    Table(referral.why_not_answer, {"state": "OFFERED", "to_asker": True}, [
        Turned("asked was another agency", {"to_asker": False}, "NOT_THE_ADDRESSEE"),
        *[Turned(f"already {one}", {"state": one}, "ALREADY_ANSWERED") for one in ("ACCEPTED", "JOINED", "DECLINED", "WITHDRAWN")],
    ]),
    Table(referral.why_not_take, {"case_state": "SINGLE"}, [
        *[Turned(f"it has ended meanwhile: {one}", {"case_state": one}, "CASE_ENDED") for one in ("CLOSED", "ENDED", "RETURNED", "ARCHIVED")],
    ]),
    Table(referral.why_not_decline, {"advice": "先に家計相談へ", "has_lead": True, "has_follow_up": True, "follow_up_is_past": False}, [
        Turned("a day that has passed", {"follow_up_is_past": True}, "DAY_IS_PAST"),
        Turned("a plain no", {"advice": ""}, "DECLINE_WITHOUT_ADVICE"),
        Turned("nobody leads", {"has_lead": False}, "DECLINE_WITHOUT_ADVICE"),
        Turned("no day to follow up", {"has_follow_up": False}, "DECLINE_WITHOUT_ADVICE"),
    ]),
    Table(referral.why_not_withdraw, {"state": "OFFERED", "by_sender": True}, [
        Turned("by somebody else", {"by_sender": False}, "NOT_THE_SENDER"),
        Turned("after the answer", {"state": "ACCEPTED"}, "ALREADY_ANSWERED"),
    ]),
    Table(referral.why_not_hand_back, {
        "case": standing(held_by_asker=False), "by_hub": True, "has_decided_plan": True, "evaluated": True, "item_held": True,
        "receiver_contract_ended": False, "receiver_barred": False, "receiver_is_sender": False,
    }, [
        Turned("to oneself", {"receiver_is_sender": True}, "REFERRAL_TO_ONESELF"),
        Turned("to whose contract has ended", {"receiver_contract_ended": True}, "CONTRACT_ENDED"),
        Turned("to who must be told nothing", {"receiver_barred": True}, "CANNOT_BE_TOLD"),
        Turned("the case has ended", {"case": standing(state="CLOSED")}, "CASE_ENDED"),
        Turned("neither hub nor holder", {"by_hub": False}, "ONLY_THE_HOLDER_HANDS_BACK"),
        Turned("an offer is unanswered", {"case": standing(open_referral=True)}, "REFERRAL_UNANSWERED"),
        Turned("a decided plan, not evaluated", {"evaluated": False}, "HAND_BACK_BEFORE_EVALUATION"),
        Turned("a decided plan, no held item", {"item_held": False}, "HAND_BACK_BEFORE_EVALUATION"),
    ], {"no plan was ever decided": {"has_decided_plan": False, "evaluated": False, "item_held": False},
        "the holder itself": {"by_hub": False, "case": STANDING}}),
    Table(referral.why_not_decide_use, {"may_decide": True, "contractor": False, "accepted": True}, [
        Turned("without the role", {"may_decide": False}, "NOT_THE_DECIDER"),
        Turned("a contractor", {"contractor": True}, "NOT_THE_DECIDER"),
        Turned("before the hub accepted", {"accepted": False}, "NOT_ACCEPTED_YET"),
    ]),
]  # fmt: skip

ENDING = [
    Table(case.why_not_close, {
        "state": "EVALUATING", "may_decide": True, "lead_and_follow_ups": True, "no_lead_reason": "", "notified": True,
        "evaluated": True, "roles_done": True, "item_held": True, "lead_can_hold": True, "a_day_is_past": False,
    }, [
        Turned("the たすき would go to nobody in office", {"lead_can_hold": False}, "LEAD_CANNOT_HOLD"),
        Turned("a follow-up on a day that has passed", {"a_day_is_past": True}, "DAY_IS_PAST"),
        Turned("closed before", {"state": "CLOSED"}, "CASE_ENDED"),
        Turned("by a contractor or without the role", {"may_decide": False}, "ONLY_THE_DECIDER_CLOSES"),
        Turned("not evaluated", {"evaluated": False}, "CLOSE_BEFORE_EVALUATION"),
        Turned("a role is still under way", {"roles_done": False}, "ROLES_UNFINISHED"),
        Turned("no sitting dealt with it", {"item_held": False}, "CLOSING_ITEM_MISSING"),
        Turned("nobody leads afterwards", {"lead_and_follow_ups": False}, "LEAD_AFTER_MISSING"),
        Turned("the person was not told", {"notified": False}, "NOTICE_TO_PERSON_MISSING"),
    ], {"nobody needs to lead, for a reason": {"lead_and_follow_ups": False, "no_lead_reason": "自立した"}}),
    Table(case.why_not_suspend, {"state": "SUPPORTING", "reason": "連絡不能", "has_next_check": True, "check_is_past": False}, [
        Turned("a day that has passed", {"check_is_past": True}, "DAY_IS_PAST"),
        Turned("it sleeps already", {"state": "SUSPENDED"}, "CASE_ENDED_OR_SUSPENDED"),
        Turned("it has ended", {"state": "CLOSED"}, "CASE_ENDED_OR_SUSPENDED"),
        Turned("no reason", {"reason": ""}, "REASON_MISSING"),
        Turned("no day to look again", {"has_next_check": False}, "NEXT_CHECK_MISSING"),
    ]),
    Table(case.why_not_check, {"state": "SUSPENDED", "text": "電話に出ない", "has_next_check": True, "check_is_past": False}, [
        Turned("it does not sleep", {"state": "SUPPORTING"}, "NOT_SUSPENDED"),
        Turned("nothing was found out", {"text": " "}, "CHECK_EMPTY"),
        Turned("no day to look again", {"has_next_check": False}, "NEXT_CHECK_MISSING"),
        Turned("a day that has passed", {"check_is_past": True}, "DAY_IS_PAST"),
    ]),
    Table(case.why_not_record_death, {"is_to_come": False}, [Turned("a day to come", {"is_to_come": True}, "DEATH_TO_COME")]),
    Table(case.why_not_resume, {"state": "SUSPENDED"}, [Turned("it does not sleep", {"state": "SUPPORTING"}, "NOT_SUSPENDED")]),
    Table(case.why_not_reopen, {"state": "CLOSED", "reason": "再悪化", "consent": "STANDS", "stands": True, "renewed": False}, [
        Turned("it is open", {"state": "SUPPORTING"}, "CASE_STILL_OPEN"),
        Turned("it is put away", {"state": "ARCHIVED"}, "CASE_ARCHIVED"),
        Turned("it is erased", {"state": "DISPOSED"}, "CASE_ARCHIVED"),
        Turned("no reason", {"reason": ""}, "REASON_MISSING"),
        Turned("nobody looked at the consent", {"consent": ""}, "CONSENT_UNCHECKED"),
        Turned("no consent stands", {"stands": False}, "CONSENT_DOES_NOT_STAND"),
        Turned("said to be renewed, and was not", {"consent": "RENEW"}, "CONSENT_NOT_RENEWED"),
    ], {"renewed since": {"consent": "RENEW", "stands": False, "renewed": True},
        "openly without consent": {"consent": "NONE", "stands": False}}),
    Table(case.why_not_follow_up, {"state": "RETURNED"}, [
        Turned("before the end", {"state": "SUPPORTING"}, "FOLLOW_UP_BEFORE_END"),
        Turned("what ended at the desk has no follow-up", {"state": "ENDED"}, "FOLLOW_UP_BEFORE_END"),
    ]),
    Table(case.why_not_transfer, {"state": "SUPPORTING", "basis": "本人同意"}, [
        Turned("it has ended", {"state": "CLOSED"}, "CASE_ENDED"),
        Turned("no basis", {"basis": " "}, "BASIS_MISSING"),
        Turned("one of them has not consented", {"without_consent": ["霧ヶ洞 透"]}, "CONSENT_BEFORE_TRANSFER"),
    ]),
    Table(disclosure.why_not_move_staff, {"open_cases": 2, "has_successor": True}, [
        Turned("open cases and no successor", {"has_successor": False}, "SUCCESSOR_MISSING"),
        Turned("one open case and no successor", {"open_cases": 1, "has_successor": False}, "SUCCESSOR_MISSING"),
    ], {"nothing to hand over": {"open_cases": 0, "has_successor": False}}),
]  # fmt: skip
TABLES = [*RECEIVING, *OFFERING, *ENDING]


# Fault planted: each condition of the rules above turned round, one at a time.
@pytest.mark.parametrize(("table", "turned"), refusals(TABLES), ids=name_of)
def test_the_tasuki_does_not_pass_when(table: Table, turned: Turned) -> None:
    found = table.ask(turned.change)
    assert found is not None
    assert found.code == turned.code


@pytest.mark.parametrize(("table", "name"), allowances(TABLES), ids=name_of)
def test_the_tasuki_passes_when_everything_is(table: Table, name: str) -> None:
    assert table.ask(table.also_allowed.get(name, {})) is None


def test_the_tasuki_is_refused_with_how_many_cases_wait_for_a_successor() -> None:
    found = disclosure.why_not_move_staff(open_cases=3, has_successor=False)
    assert found is not None
    assert found.facts["count"] == 3


# Fault planted: SUSPENDED added to OVER; CLOSED taken out.
def test_a_case_is_over_when_it_ended_was_handed_back_or_closed_and_never_before() -> None:
    over = {"ENDED", "RETURNED", "CLOSED", "ARCHIVED", "DISPOSED"}
    assert {state for state in CaseState if case.is_over(state)} == over
    assert {state for state in CaseState if not standing(state=state).open} == over
