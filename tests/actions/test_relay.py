"""What the acts of the relay leave behind: who holds, which tasks, which state, one footprint each."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from tasuki.actions import case, conference, consultation, plan, referral, staff, watch
from tasuki.records.asker import Invisible
from tasuki.records.pen import Refused, Stale
from tests.records.troupe import DAY, SPRING, Troupe

LATER = dt.date(2026, 9, 30)


def referred(troupe: Troupe, to: str = "HUB") -> tuple[UUID, UUID, UUID]:
    """Receive, consent, screen and offer; return person, case and offer."""
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    troupe.consent("hou3", one, "HUB", "JIRITSU", "OUT", "HOU3")
    troupe.act("hou3", consultation.screen, case=of, result="REFER", reason="世帯全体の課題")
    return one, of, troupe.refer("hou3", of, to).pk


def value(troupe: Troupe, statement: str, *values: object) -> object:
    """Return the one value of an answer."""
    (found,) = troupe.truth(statement, *values)
    return found


def state(troupe: Troupe) -> object:
    """Return the state of the only case."""
    return value(troupe, "SELECT state FROM records_case")


def holders(troupe: Troupe) -> list[str]:
    """Return the keys of all who have held the only case, in order."""
    return troupe.truth(
        "SELECT g.key FROM records_holding h JOIN records_agency g ON g.id = h.agency_id ORDER BY h.since"
    )


# Fault planted: the holidays of May left out.
def test_an_offer_on_the_eve_of_a_holiday_is_due_on_the_next_working_day(troupe: Troupe) -> None:
    troupe.last = dt.datetime(2026, 5, 1, 9, 0, tzinfo=SPRING.tzinfo)
    referred(troupe)
    due = value(troupe, "SELECT answer_by FROM records_referral")
    assert due == dt.datetime(2026, 5, 7, 17, 15, tzinfo=SPRING.tzinfo)


# Fault planted: accept() without _enter_hub().
def test_accepting_moves_the_tasuki_and_makes_it_a_case_of_the_hub(troupe: Troupe) -> None:
    _, of, offer = referred(troupe)
    troupe.act("hub", referral.accept, referral=offer)
    assert holders(troupe) == ["HOU3", "HUB"]
    assert state(troupe) == "HUB_ACCEPTED"
    assert value(troupe, "SELECT hub_id FROM records_case WHERE id = %s", of) == troupe.agencies["HUB"]
    assert value(troupe, "SELECT count(*) FROM records_caseworker WHERE case_id = %s", of) == 2


# Fault planted: pass_sash() called in accept_jointly().
def test_accepting_together_leaves_the_tasuki_with_the_sender_who_may_offer_it_again(troupe: Troupe) -> None:
    _, of, offer = referred(troupe)
    troupe.act("hub", referral.accept_jointly, referral=offer)
    assert holders(troupe) == ["HOU3"]
    again = troupe.refer("hou3", of, "JIRITSU")
    troupe.act("jiritsu", referral.accept, referral=again.pk)
    assert holders(troupe) == ["HOU3", "JIRITSU"]


# Fault planted: the task after a decline left out.
def test_a_decline_leaves_advice_a_lead_and_a_day_with_the_sender(troupe: Troupe) -> None:
    _, _, offer = referred(troupe)
    lead = troupe.agencies["HOU3"]
    with pytest.raises(Refused, match="DECLINE_WITHOUT_ADVICE"):
        troupe.act("hub", referral.decline, referral=offer, lead=lead, follow_up=LATER)
    troupe.act("hub", referral.decline, referral=offer, advice="先に家計の相談を", lead=lead, follow_up=LATER)
    assert holders(troupe) == ["HOU3"]
    task = troupe.truth("SELECT text, due_on, agency_id FROM records_task WHERE kind = 'AFTER_DECLINE'")
    assert task == [("先に家計の相談を", LATER, lead)]


# Fault planted: the version no longer compared in _locked().
def test_two_who_answer_at_once_do_not_overwrite_each_other(troupe: Troupe) -> None:
    _, _, offer = referred(troupe)
    troupe.act("hub", referral.accept, referral=offer, version=1)
    with pytest.raises(Stale, match="stale"):
        troupe.act(
            "hub2",
            referral.decline,
            referral=offer,
            advice="a",
            lead=troupe.agencies["HOU3"],
            follow_up=LATER,
            version=1,
        )


# Fault planted: end_hub_access() left out of accept().
def test_a_hand_back_that_is_accepted_ends_the_hubs_access_and_leaves_follow_ups(troupe: Troupe) -> None:
    one, of, offer = referred(troupe)
    troupe.act("hub", referral.accept, referral=offer)
    back = troupe.act("hub", referral.hand_back, case=of, to=troupe.agencies["HOU3"], reason="単独で支えられる")
    assert holders(troupe) == ["HOU3", "HUB"]
    troupe.act("hou3", referral.accept, referral=back.pk)
    assert holders(troupe) == ["HOU3", "HUB", "HOU3"]
    assert state(troupe) == "RETURNED"
    assert value(troupe, "SELECT count(*) FROM records_task WHERE kind = 'FOLLOW_UP'") == 3
    assert troupe.ground("hub", "person", one) == "CONSENT"
    assert value(troupe, "SELECT count(*) FROM records_referral WHERE closed_at IS NOT NULL") == 1


def discussed(troupe: Troupe) -> tuple[UUID, UUID, UUID]:
    """Carry a case to a plan that its conference has talked about; return case, plan and item."""
    one, of, offer = referred(troupe)
    troupe.act("hub", referral.accept, referral=offer)
    found = case.Assessed(issues=[case.Finding(one, "介護負担")], formulation="母が倒れると止まる")
    troupe.act("hub", case.assess, case=of, people=[one], found=found)
    draft = plan.Draft(
        kind="HUB",
        direction="外へ",
        goals=["週1回"],
        roles=[plan.Role(troupe.agencies["OUT"], "訪問", LATER)],
        applied=SPRING.date(),
    )
    made = troupe.act("hub", plan.draft_plan, case=of, people=[one], draft=draft).pk
    item = conference.Item(
        about=[one], kind="初回プラン適切性", basis="CONSENT", invited=[troupe.staff["out"]], plan=made
    )
    called = troupe.act(
        "hub", conference.summon, conference=troupe.conferences["JUSO"], at=troupe.last + DAY, items=[item]
    )
    said = [conference.Said(called.items[0], troupe.agencies["OUT"], agrees=True)]
    troupe.act(
        "hub",
        conference.hold,
        moment=troupe.last + 2 * DAY,
        sitting=called.sitting,
        present=[troupe.staff["out"]],
        opinions=said,
    )
    return of, made, called.items[0]


def decided(troupe: Troupe) -> tuple[UUID, UUID]:
    """Carry a case to a decided plan; return case and plan."""
    of, made, item = discussed(troupe)
    troupe.act("hub", plan.judge_plan, plan=made, item=item, result="SUITABLE")
    troupe.act("city", plan.decide_support, plan=made, lead=troupe.agencies["OUT"])
    return of, made


# Fault planted: the lead left out of enact_decision().
def test_a_decision_gives_the_tasuki_to_the_lead_and_a_task_to_every_role(troupe: Troupe) -> None:
    decided(troupe)
    assert holders(troupe) == ["HOU3", "HUB", "OUT"]
    assert state(troupe) == "PLAN_DECIDED"
    assert troupe.truth("SELECT text, due_on FROM records_task WHERE kind = 'ROLE'") == [("訪問", LATER)]


# Fault planted: was_evaluated() answered with yes.
def test_a_case_is_closed_only_after_its_evaluation_its_roles_and_its_sitting(troupe: Troupe) -> None:
    of, made = decided(troupe)
    form: dict[str, Any] = {
        "case": of,
        "reason": "課題解決",
        "lead_after": troupe.agencies["HOU3"],
        "follow_ups": [LATER],
        "notified": SPRING.date(),
    }
    steps: list[tuple[str, Any, dict[str, Any]]] = [
        (
            "CLOSE_BEFORE_EVALUATION",
            plan.evaluate,
            {"plan": made, "attained": {1: "達成"}, "changes": [], "verdict": "CLOSE"},
        ),
        (
            "ROLES_UNFINISHED",
            plan.role_progress,
            {"plan": made, "agency": troupe.agencies["OUT"], "state": "INTRODUCED"},
        ),
        ("CLOSING_ITEM_MISSING", None, {}),
    ]
    for missing, act, values in steps:
        with pytest.raises(Refused, match=missing):
            troupe.act("city", case.close, **form)
        if act is not None:
            troupe.act("hub", act, **values)
    one = troupe.people["A"]
    item = conference.Item(about=[one], kind="終結評価", basis="CONSENT", invited=[troupe.staff["out"]], plan=made)
    called = troupe.act(
        "hub", conference.summon, conference=troupe.conferences["JUSO"], at=troupe.last + DAY, items=[item]
    )
    troupe.act("hub", conference.hold, moment=troupe.last + 2 * DAY, sitting=called.sitting, present=[])
    troupe.act("city", case.close, **form)
    assert state(troupe) == "CLOSED"
    assert holders(troupe)[-1] == "HOU3"
    assert troupe.truth("SELECT due_on FROM records_task WHERE kind = 'FOLLOW_UP' AND done_at IS NULL") == [LATER]


# Fault planted: resume() sets SINGLE instead of where the case was.
def test_a_suspended_case_wakes_up_where_it_slept(troupe: Troupe) -> None:
    of, _ = decided(troupe)
    troupe.act("hub", case.suspend, case=of, reason="入院・入所", next_check=LATER)
    assert state(troupe) == "SUSPENDED"
    troupe.act("hub", case.resume, case=of)
    assert state(troupe) == "PLAN_DECIDED"
    assert value(troupe, "SELECT count(*) FROM records_task WHERE kind = 'SUSPENSION_CHECK' AND done_at IS NULL") == 0


# Fault planted: the first responder's task left out of watch_trigger().
def test_a_watch_that_calls_for_help_starts_the_first_responders_clock(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    hou3 = troupe.agencies["HOU3"]
    card: dict[str, Any] = {"watchers": [hou3], "every_days": 14, "triggers": ["新聞がたまる"], "first_responder": hou3}
    troupe.act("hou3", watch.watch, people=[one], **card)
    troupe.act("hou3", watch.watch_trigger, people=[one], signal="新聞がたまる", result="3日分")
    told = (
        "SELECT r.details ->> 'signal', r.text, t.text FROM records_record r JOIN records_task t ON t.record_id = r.id"
    )
    assert troupe.truth(told) == [("新聞がたまる", "3日分", "新聞がたまる　3日分")]
    assert value(troupe, "SELECT due_on FROM records_task WHERE kind = 'FIRST_RESPONSE'") == (troupe.last + DAY).date()
    assert value(troupe, "SELECT last_contact_at FROM records_watch") == troupe.last


# Faults planted: why_not_trigger() left out; the card's own signals left out.
def test_a_watch_calls_for_help_by_a_signal_of_its_card_a_common_one_or_another_in_words(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    hou3 = troupe.agencies["HOU3"]
    card: dict[str, Any] = {
        "watchers": [hou3],
        "every_days": 14,
        "triggers": ["猫が表に出ている"],
        "first_responder": hou3,
    }
    troupe.act("hou3", watch.watch, people=[one], **card)
    for signal, words, why in (("", "猫が外に", "SIGNAL_MISSING"), ("その他", "", "SIGNAL_WITHOUT_WORDS")):
        with pytest.raises(Refused, match=why):
            troupe.act("hou3", watch.watch_trigger, people=[one], signal=signal, result=words)
    assert value(troupe, "SELECT count(*) FROM records_task WHERE kind = 'FIRST_RESPONSE'") == 0
    for signal, words in (("猫が表に出ている", ""), ("救急搬送", ""), ("その他", "鍵が開いたまま")):
        troupe.act("hou3", watch.watch_trigger, people=[one], signal=signal, result=words)
    tasks = troupe.truth("SELECT text FROM records_task WHERE kind = 'FIRST_RESPONSE' ORDER BY opened_at")
    assert tasks == ["猫が表に出ている", "救急搬送", "鍵が開いたまま"]


# Fault planted: why_not_move_staff() left out; the cases left with the one who goes.
def test_who_holds_open_cases_leaves_only_with_a_successor(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    with pytest.raises(Refused, match="SUCCESSOR_MISSING"):
        troupe.act("city", staff.move_staff, staff=troupe.staff["hou3"], to=None)
    troupe.act("city", staff.move_staff, staff=troupe.staff["hou3"], to=None, successor=troupe.staff["hou3b"])
    workers = troupe.truth(
        "SELECT s.key FROM records_caseworker w JOIN records_staff s ON s.id = w.staff_id WHERE w.until IS NULL"
    )
    assert workers == ["hou3b"]
    with troupe.acting("hou3", troupe.last + DAY) as by:
        assert by is None


# Fault planted: note_act() left out of screen().
def test_every_act_leaves_one_footprint_and_a_refused_one_none(troupe: Troupe) -> None:
    decided(troupe)
    acts = troupe.truth("SELECT act FROM records_journalline ORDER BY at, id")
    assert acts.count("screen") == acts.count("refer") == acts.count("accept") == acts.count("decide_support") == 1
    records = value(troupe, "SELECT count(*) FROM records_record")
    with pytest.raises(Refused, match="PLAN_ALREADY_DECIDED"):
        troupe.act("city", plan.decide_support, plan=troupe.truth("SELECT id FROM records_plan")[0], lead=None)
    assert troupe.truth("SELECT act FROM records_journalline ORDER BY at, id") == acts
    assert value(troupe, "SELECT count(*) FROM records_record") == records
    named = troupe.truth("SELECT count(*) FROM records_journalline WHERE facts::text LIKE '%%霧ヶ洞%%'")
    assert named == [0]


ROTA = (
    "SELECT jsonb_build_array(t.key, f.key, l.key) FROM records_watch w LEFT JOIN records_agency t ON t.id = w.turn_id"
    " LEFT JOIN records_agency f ON f.id = w.taken_from_id LEFT JOIN records_agency l ON l.id = w.last_by_id"
)


# Fault planted: last_by_id written for whoever looked in; taken_from_id not kept; NOT_ON_ROTA not asked.
def test_a_turn_is_taken_over_and_the_rota_goes_on_as_planned(troupe: Troupe) -> None:
    one, _, _ = referred(troupe)
    rota = [troupe.agencies[key] for key in ("HOU3", "OUT", "JIRITSU")]
    card: dict[str, Any] = {"watchers": rota, "every_days": 14, "triggers": ["新聞"], "first_responder": rota[0]}
    made = troupe.act("hou3", watch.watch, people=[one], **card).pk
    troupe.act("hou3", watch.watch_check, people=[one], result="会えた")
    assert value(troupe, ROTA) == ["OUT", None, "HOU3"]
    with pytest.raises(Refused, match="NOT_ON_ROTA"):
        troupe.act("hub", watch.take_turn, watch=made)
    troupe.act("jiritsu", watch.take_turn, watch=made)
    assert value(troupe, ROTA) == ["JIRITSU", "OUT", "HOU3"]
    troupe.act("jiritsu", watch.watch_check, people=[one], result="電話で話せた")
    assert value(troupe, ROTA) == ["JIRITSU", None, "JIRITSU"]
    with pytest.raises(Refused, match="TURN_IS_YOURS"):
        troupe.act("jiritsu", watch.take_turn, watch=made)
    troupe.act("hub", watch.watch_check, people=[one], result="窓口に来た")
    assert value(troupe, ROTA) == ["JIRITSU", None, None]
    assert troupe.truth("SELECT act FROM records_journalline WHERE act = 'take_turn'") == ["take_turn"]


# Fault planted: take_turn() answers NOT_ON_ROTA before it asks whether the watch is seen.
def test_who_has_no_ground_takes_no_turn_and_does_not_learn_of_the_watch(troupe: Troupe) -> None:
    one, _, _ = referred(troupe)
    hou3 = troupe.agencies["HOU3"]
    card: dict[str, Any] = {"watchers": [hou3], "every_days": 14, "triggers": ["新聞"], "first_responder": hou3}
    made = troupe.act("hou3", watch.watch, people=[one], **card).pk
    with pytest.raises(Invisible):
        troupe.act("josei", watch.take_turn, watch=made)
