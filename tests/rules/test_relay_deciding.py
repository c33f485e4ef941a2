"""会議, プラン and the lighter lines of support: what may be called, judged, decided and begun."""

import pytest

from tasuki.rules import conference, plan, support
from tasuki.rules.conference import Guest, quorum_needed, why_not_quorum
from tasuki.rules.plan import Attendance
from tests.rules.relay_tables import Table, Turned, allowances, name_of, refusals

GUEST = Guest(
    name="架空 一葉", in_office=True, member=True, barred=False, pledged=True, consent_reaches=True, has_role=True
)


def guest(**change: object) -> Guest:
    """Return a guest who may come, but for a change."""
    return Guest(**{**GUEST.__dict__, **change})


MEETING = [
    Table(conference.why_not_pledge, {"until_is_past": False}, [Turned("the end lies in the past", {"until_is_past": True}, "DAY_IS_PAST")]),
    Table(conference.why_not_promote, {
        "basis": "ARTICLE_106_6", "secretariat": True, "held": True, "without_consent": [], "text": "鍵を預かる人が決まった",
    }, [
        Turned("not of the secretariat", {"secretariat": False}, "NOT_YOUR_ROLE"),
        Turned("from an open item", {"basis": "CONSENT"}, "ONLY_FROM_A_SEALED_ITEM"),
        Turned("before the sitting", {"held": False}, "NOT_HELD_YET"),
        Turned("one of them has not consented", {"without_consent": ["霧ヶ洞 透"]}, "CONSENT_BEFORE_SUMMARY"),
        Turned("no words", {"text": " "}, "SUMMARY_MISSING"),
    ]),
    Table(conference.why_not_guest, {"guest": GUEST, "basis": "CONSENT", "kind": "初回プラン適切性"}, [
        Turned("not in office", {"guest": guest(in_office=False)}, "GUEST_NOT_IN_OFFICE"),
        Turned("barred", {"guest": guest(barred=True)}, "GUEST_BARRED"),
        Turned("no member", {"guest": guest(member=False)}, "GUEST_NO_MEMBER"),
        Turned("no pledge under 106条の6", {"guest": guest(pledged=False), "basis": "ARTICLE_106_6"}, "PLEDGE_MISSING"),
        Turned("outside the consent", {"guest": guest(consent_reaches=False)}, "CONSENT_DOES_NOT_REACH_GUEST"),
        Turned("no role in the plan", {"guest": guest(has_role=False)}, "ROLE_MISSING"),
    ], {"a consent item needs no pledge": {"guest": guest(pledged=False)},
        "106条の6 needs no consent": {"guest": guest(consent_reaches=False, has_role=False), "basis": "ARTICLE_106_6"},
        "sharing needs no role": {"guest": guest(has_role=False), "kind": "情報共有・支援体制検討"}}),
    Table(conference.why_not_item, {
        "purposes": ["CASE"], "bases": ["CONSENT", "ARTICLE_106_6"], "basis": "CONSENT", "kind": "初回プラン適切性", "reason": "",
        "has_plan": True, "known": True, "barred": False, "guests": [GUEST],
    }, [
        Turned("no conference for cases", {"purposes": ["POLICY"]}, "NO_CASE_CONFERENCE"),
        Turned("a basis that it does not take", {"bases": ["CONSENT"], "basis": "ARTICLE_106_6", "reason": "会えない"}, "BASIS_NOT_ALLOWED"),
        Turned("about somebody unknown", {"known": False}, "NOBODY"),
        Turned("about somebody one is barred from", {"barred": True}, "NOBODY"),
        Turned("106条の6 without a reason", {"basis": "ARTICLE_106_6"}, "REASON_MISSING"),
        Turned("a plan's item without a plan", {"has_plan": False}, "PLAN_MISSING"),
        Turned("a closing item without a plan", {"has_plan": False, "kind": "終結評価"}, "PLAN_MISSING"),
        Turned("one of two guests may not come", {"guests": [GUEST, guest(member=False)]}, "GUEST_NO_MEMBER"),
    ], {"sharing without a plan": {"kind": "情報共有・支援体制検討", "has_plan": False},
        "106条の6 with a reason": {"basis": "ARTICLE_106_6", "reason": "会えない", "kind": "情報共有・支援体制検討", "has_plan": False},
        "nobody named at all": {"basis": "NONE", "kind": "資源開発", "has_plan": False}}),
    Table(conference.why_not_hold, {"state": "SUMMONED", "too_early": False, "strangers": []}, [
        Turned("held before", {"state": "HELD"}, "ALREADY_HELD"),
        Turned("before its time", {"too_early": True}, "BEFORE_ITS_TIME"),
        Turned("somebody sits there uninvited", {"strangers": ["架空 二葉"]}, "NOT_INVITED"),
    ]),
    Table(why_not_quorum, {"quorum": "NUMBER", "number": 3}, [Turned("no number", {"number": 0}, "QUORUM_NUMBER_MISSING")],
          {"none is written": {"quorum": "", "number": 0}, "a share needs no number": {"quorum": "HALF", "number": 0}}),
    Table(conference.why_not_meeting, {"names_people": False}, [Turned("somebody is named", {"names_people": True}, "NO_PERSON_IN_MEETING")]),
]  # fmt: skip

PLANNING = [
    Table(plan.why_not_draft, {"case_over": False, "assessed": True, "use_undecided": False, "goals": 1, "direction": "外へ"}, [
        Turned("the case has ended", {"case_over": True}, "CASE_ENDED"),
        Turned("nothing was assessed", {"assessed": False}, "ASSESSMENT_MISSING"),
        Turned("the city has not decided the use", {"use_undecided": True}, "USE_UNDECIDED"),
        Turned("no goal", {"goals": 0}, "DIRECTION_AND_GOALS_MISSING"),
        Turned("no direction", {"direction": ""}, "DIRECTION_AND_GOALS_MISSING"),
    ]),
    Table(plan.why_not_replan, {"case_over": False, "verdict": "REPLAN"}, [
        Turned("the case has ended", {"case_over": True}, "CASE_ENDED"),
        Turned("not evaluated", {"verdict": ""}, "REPLAN_BEFORE_EVALUATION"),
        Turned("evaluated to close", {"verdict": "CLOSE"}, "REPLAN_BEFORE_EVALUATION"),
    ]),
    Table(plan.why_not_judge, {"result": "SUITABLE", "item_held": True, "of_this_plan": True, "attendance": Attendance(2, 2), "missing": [], "opinion": False}, [
        Turned("back to the drafter, and nobody says why", {"result": "RECONSIDER"}, "OPINION_MISSING"),
        Turned("the item was about another plan", {"of_this_plan": False}, "OTHER_PLAN"),
        Turned("nobody has sat yet", {"item_held": False}, "NOT_HELD_YET"),
        Turned("an agency with a role did not agree", {"missing": ["第1圏域"]}, "AGREEMENT_MISSING"),
        Turned("fewer came than the 要綱 asks", {"attendance": Attendance(1, 2)}, "QUORUM_MISSING"),
        Turned("with changes, and one did not agree", {"result": "SUITABLE_WITH_CHANGES", "missing": ["第1圏域"]}, "AGREEMENT_MISSING"),
    ], {"back to the drafter needs no quorum": {"result": "RECONSIDER", "attendance": Attendance(0, 2), "opinion": True},
        "the conference has no quorum": {"attendance": Attendance()},
        "back to the drafter needs no agreement": {"result": "RECONSIDER", "missing": ["第1圏域"], "opinion": True}}),
    Table(plan.why_not_decide, {
        "may_decide": True, "contractor": False, "judged": True, "applied": True, "state": "JUDGED", "case_over": False, "lead_can_hold": True,
    }, [
        Turned("the case has ended meanwhile", {"case_over": True}, "CASE_ENDED"),
        Turned("the lead is out of office or must be told nothing", {"lead_can_hold": False}, "LEAD_CANNOT_HOLD"),
        Turned("without the role", {"may_decide": False}, "NOT_THE_DECIDER"),
        Turned("a contractor", {"contractor": True}, "NOT_THE_DECIDER"),
        Turned("decided before", {"state": "DECIDED"}, "PLAN_ALREADY_DECIDED"),
        Turned("a version that has ended", {"state": "ENDED"}, "PLAN_ALREADY_DECIDED"),
        Turned("not judged", {"judged": False}, "NOT_JUDGED_YET"),
        Turned("the person has not applied", {"applied": False}, "APPLICATION_MISSING"),
    ]),
    Table(plan.why_not_progress, {"has_role": True, "decided": True}, [
        Turned("no such role", {"has_role": False}, "NO_SUCH_ROLE"),
        Turned("the plan is a draft", {"decided": False}, "PLAN_NOT_DECIDED"),
    ]),
    Table(plan.why_not_monitor, {"decided": True}, [Turned("the plan is a draft", {"decided": False}, "PLAN_NOT_DECIDED")]),
]  # fmt: skip

WATCHER = support.Watcher(name="第2圏域", in_office=True, city_section=False, barred=False, knows=True)


def watcher(**change: object) -> support.Watcher:
    """Return a watcher who may look in, but for a change."""
    return support.Watcher(**{**WATCHER.__dict__, **change})


SUPPORT = [
    Table(support.why_not_outreach, {
        "has_case": True, "basis": "CONSENT", "to_own_agency": False, "consent_reaches": True, "invited": False, "can_be_asked": True,
    }, [
        Turned("no open case", {"has_case": False}, "NO_CASE"),
        Turned("the body cannot be asked", {"can_be_asked": False}, "CANNOT_BE_ASKED"),
        Turned("one's own purpose, another's feet", {"basis": "OWN_PURPOSE"}, "OWN_PURPOSE_IS_ONES_OWN"),
        Turned("the consent reaches others only", {"consent_reaches": False}, "CONSENT_DOES_NOT_REACH"),
        Turned("not invited to the item", {"basis": "ARTICLE_106_6"}, "NOT_INVITED_TO_ITEM"),
    ], {"invited, no consent yet": {"basis": "ARTICLE_106_6", "invited": True, "consent_reaches": False},
        "one's own purpose and feet": {"basis": "OWN_PURPOSE", "to_own_agency": True, "consent_reaches": False}}),
    Table(support.why_not_visit, {"has_strand": True}, [Turned("nobody began the outreach", {"has_strand": False}, "OUTREACH_NOT_STARTED")]),
    Table(support.why_not_watch, {"watchers": [WATCHER], "every_days": 14, "triggers": 1}, [
        Turned("no interval", {"every_days": 0}, "INTERVAL_MISSING"),
        Turned("nothing calls for help", {"triggers": 0}, "TRIGGER_MISSING"),
        Turned("the watcher's contract has ended", {"watchers": [watcher(in_office=False)]}, "CONTRACT_ENDED"),
        Turned("the watcher is barred", {"watchers": [watcher(barred=True)]}, "WATCHER_WITHOUT_GROUND"),
        Turned("the watcher has no ground", {"watchers": [watcher(knows=False)]}, "WATCHER_WITHOUT_GROUND"),
        Turned("a barred section of the city", {"watchers": [watcher(city_section=True, barred=True)]}, "WATCHER_WITHOUT_GROUND"),
    ], {"a section of the city needs no ground of its own": {"watchers": [watcher(city_section=True, knows=False)]},
        "every day": {"every_days": 1}}),
    Table(support.why_not_trigger, {"signal": "新聞がたまる", "card": ["新聞がたまる"], "words": ""}, [
        Turned("none chosen", {"signal": ""}, "SIGNAL_MISSING"),
        Turned("one that stands nowhere", {"signal": "猫が表に出ている"}, "SIGNAL_MISSING"),
        Turned("another one, and nobody says which", {"signal": "その他", "words": " "}, "SIGNAL_WITHOUT_WORDS"),
    ], {"known everywhere": {"signal": "救急搬送"}, "another one in words": {"signal": "その他", "words": "猫が表に出ている"}}),
    Table(support.why_not_take_turn, {"ended": False, "on_card": True, "has_turn": False}, [
        Turned("the watch has ended", {"ended": True}, "NO_WATCH"),
        Turned("who does not stand on the card", {"on_card": False}, "NOT_ON_ROTA"),
        Turned("whose turn it is already", {"has_turn": True}, "TURN_IS_YOURS"),
    ]),
    Table(support.why_not_participation, {"plan_wants_it": True, "programme_runs": True}, [
        Turned("the programme does not run there", {"programme_runs": False}, "PROGRAMME_NOT_RUNNING"),
        Turned("no decided plan asks for it", {"plan_wants_it": False}, "PLAN_WITHOUT_PARTICIPATION"),
    ]),
    Table(support.why_not_advise, {"names_people": True, "consent_reaches": True}, [
        Turned("a name without consent", {"consent_reaches": False}, "ADVICE_WITH_A_NAME"),
    ], {"without a name": {"names_people": False, "consent_reaches": False}}),
]  # fmt: skip
TABLES = [*MEETING, *PLANNING, *SUPPORT]


# Fault planted: each condition of the rules above turned round, one at a time.
@pytest.mark.parametrize(("table", "turned"), refusals(TABLES), ids=name_of)
def test_nothing_is_decided_when(table: Table, turned: Turned) -> None:
    found = table.ask(turned.change)
    assert found is not None
    assert found.code == turned.code


@pytest.mark.parametrize(("table", "name"), allowances(TABLES), ids=name_of)
def test_it_is_decided_when_everything_is(table: Table, name: str) -> None:
    assert table.ask(table.also_allowed.get(name, {})) is None


def test_a_summons_is_refused_with_the_name_of_the_guest() -> None:
    found = conference.why_not_guest(guest(pledged=False), basis="ARTICLE_106_6", kind="情報共有・支援体制検討")
    assert found is not None
    assert found.facts["name"] == GUEST.name


# Fault planted: STOPPED taken out of DONE.
def test_a_role_is_done_when_it_was_introduced_or_stopped() -> None:
    assert {state for state in plan.RoleState if state in plan.DONE} == {"INTRODUCED", "STOPPED"}


# Fault planted: deciders() that gives nobody where the conference decides.
def test_the_officer_decides_always_and_the_conference_where_the_town_says_so() -> None:
    assert {one: set(plan.deciders(one)) for one in plan.Decider} == {
        "city_after": {"CITY"}, "city_before": {"CITY"}, "conference": {"CITY", "CHAIR", "COORD"},
    }  # fmt: skip


# Faults planted: // without the one more → half is more than half; rounded down → 2 of 4 are two thirds; the number not asked.
@pytest.mark.parametrize(
    ("quorum", "counted", "needed"),
    [
        ("", 9, 0), ("NUMBER", 9, 5), ("ALL", 4, 4), ("MORE_THAN_HALF", 4, 3), ("MORE_THAN_HALF", 5, 3), ("HALF", 4, 2), ("HALF", 5, 3),
        ("TWO_THIRDS", 3, 2), ("TWO_THIRDS", 4, 3), ("THREE_QUARTERS", 4, 3), ("THREE_QUARTERS", 5, 4), ("MORE_THAN_HALF", 0, 1),
    ],
)  # fmt: skip
def test_a_quorum_is_never_rounded_down(quorum: str, counted: int, needed: int) -> None:
    assert quorum_needed(quorum, number=5, counted=counted) == needed


# Fault planted: the common signals asked before the card's.
@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("電話に出ない、新聞がたまると隣から", "新聞がたまる"),
        ("昨夜、救急搬送", "救急搬送"),
        ("変わりなし", "その他"),
        ("", "その他"),
    ],
)
def test_words_of_a_story_are_taken_for_the_signal_that_they_say(words: str, signal: str) -> None:
    assert support.signal_in(words, ["新聞がたまる"]) == signal
