"""The たすき never drops (P17): Hypothesis looks for a history of acts after which a case has not exactly one holder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tasuki.actions import case as case_acts
from tasuki.actions import conference, consultation, plan, referral, staff
from tasuki.ops.invariants import RELAY
from tasuki.ops.replay.prompt import look
from tasuki.records.asker import Invisible
from tasuki.records.pen import Refused
from tests.records.troupe import Troupe, city_template, troupe

__all__ = ["city_template", "troupe"]
DESKS = ("HOU3", "JIRITSU", "OUT")
AGENCIES = st.sampled_from((*DESKS, "HUB"))
# Whoever it is up to (None), or somebody whom it is not.
ANYBODY = st.one_of(st.none(), AGENCIES)
ANSWERS = st.sampled_from(("", "ACCEPT", "JOIN", "DECLINE", "ACCEPT"))
TO_HOLD = [one for one in RELAY if one.name in {"one_holder_now", "sash_unbroken", "only_acceptance_moved_the_sash"}]
TO_HOLD += [one for one in RELAY if one.name in {"acceptance_moved_the_sash", "one_open_referral"}]
SHEET = referral.Sheet(wants="面談", tried="訪問2回", basis="NO_CONSENT", no_consent_reason="まだ会えていない")


class Sash(RuleBasedStateMachine):
    """One household among four agencies, each of which may try anything at any time."""

    stage: Troupe
    counted: dict[str, int]

    @initialize(desk=st.sampled_from(DESKS))
    def receive(self, desk: str) -> None:
        """Begin with a reception by one of the desks, and everybody's consent to everybody."""
        self.person = self.stage.register(desk.lower(), f"P{uuid4().hex[:6]}")
        self.case = self.stage.receive(desk.lower(), self.person)
        self.stage.consent(desk.lower(), self.person, "HUB", *DESKS)
        self.plan: UUID | None = None
        self.referral, self.asked = uuid4(), "HUB"
        self.screen(None, "REFER", desk)

    def attempt(self, by: str, act: Callable[..., Any], **values: Any) -> Any:
        """Let an agency try; what is refused must change nothing, and is no fault."""
        try:
            made = self.stage.act(by.lower(), act, **values)
        except (Refused, Invisible):
            return None
        self.counted[act.__name__] = self.counted.get(act.__name__, 0) + 1
        return made

    @property
    def holder(self) -> str:
        """The agency that holds the case now."""
        statement = "SELECT g.key FROM records_holding h JOIN records_agency g ON g.id = h.agency_id"
        return str(look(f"{statement} WHERE h.case_id = %s AND h.until IS NULL", [self.case])[0][0])

    @property
    def later(self) -> dt.date:
        """A day a month ahead."""
        return self.stage.last.date() + dt.timedelta(days=30)

    @rule(by=st.sampled_from(DESKS))
    def receive_again(self, by: str) -> None:
        """A desk receives the same person once more."""
        heard = consultation.Reception(route="本人来所", topics=["その他"])
        self.attempt(by, consultation.receive, people=[self.person], heard=heard)

    @rule(by=ANYBODY, result=st.sampled_from(("SINGLE", "NETWORK", "REFER", "WATCH", "REFER")), lead=AGENCIES)
    def screen(self, by: str | None, result: str, lead: str) -> None:
        """Somebody sorts the case."""
        to = self.stage.agencies[lead] if result == "SINGLE" else None
        self.attempt(by or self.holder, consultation.screen, case=self.case, result=result, reason="世帯全体", lead=to)

    @rule(by=ANYBODY, to=AGENCIES, then=ANSWERS)
    def refer(self, by: str | None, to: str, then: str) -> None:
        """Somebody offers the case, and perhaps gets an answer."""
        self.offer(by, to, then, referral.refer, sheet=SHEET)

    @rule(by=ANYBODY, to=AGENCIES, then=ANSWERS)
    def hand_back(self, by: str | None, to: str, then: str) -> None:
        """Somebody hands the case back, and perhaps gets an answer."""
        self.offer(by, to, then, referral.hand_back, reason="整理できた")

    def offer(self, by: str | None, to: str, then: str, act: Callable[..., Any], **values: Any) -> None:
        """Try an offer, and remember whom it asks."""
        made = self.attempt(by or self.holder, act, case=self.case, to=self.stage.agencies[to], **values)
        if made:
            self.referral, self.asked = made.pk, to
            if then == "DECLINE":
                self.decline(None)
            elif then:
                self.accept(None, jointly=then == "JOIN")

    @rule(by=ANYBODY, jointly=st.booleans())
    def accept(self, by: str | None, jointly: bool) -> None:  # noqa: FBT001  drawn by hypothesis
        """Somebody accepts the latest offer, alone or together."""
        self.attempt(by or self.asked, referral.accept_jointly if jointly else referral.accept, referral=self.referral)

    @rule(by=ANYBODY)
    def decline(self, by: str | None) -> None:
        """Somebody sends the latest offer back."""
        lead = self.stage.agencies["HUB"]
        self.attempt(
            by or self.asked,
            referral.decline,
            referral=self.referral,
            advice="先に電話を",
            lead=lead,
            follow_up=self.later,
        )

    @rule(by=ANYBODY)
    def withdraw(self, by: str | None) -> None:
        """Somebody takes the latest offer back."""
        self.attempt(by or self.holder, referral.withdraw_referral, referral=self.referral)

    @rule(by=ANYBODY)
    def assess(self, by: str | None) -> None:
        """Somebody assesses."""
        found = case_acts.Assessed(
            issues=[case_acts.Finding(self.person, "社会的孤立")], formulation="話し相手を求めている"
        )
        self.attempt(by or self.holder, case_acts.assess, case=self.case, people=[self.person], found=found)

    @rule(lead=st.sampled_from(DESKS))
    def decide(self, lead: str) -> None:
        """The hub drafts, calls, holds and judges, the city decides: the たすき goes to who leads."""
        agency, day = self.stage.agencies[lead], self.stage.last.date()
        draft = plan.Draft("HUB", "通いを整える", ["週1回通う"], [plan.Role(agency, "調整")], applied=day)
        made = self.attempt("HUB", plan.draft_plan, case=self.case, people=[self.person], draft=draft)
        item = self.sit(lead, "初回プラン適切性", made.pk) if made else None
        if item is None:
            return
        self.attempt("HUB", plan.judge_plan, plan=made.pk, item=item, result="SUITABLE")
        if self.attempt("CITY", plan.decide_support, plan=made.pk, lead=agency):
            self.plan = made.pk

    def sit(self, guest: str, kind: str, about: UUID) -> UUID | None:
        """Call one item and hold the sitting an hour later."""
        invited = self.stage.staff[guest.lower()]
        item = conference.Item([self.person], kind, "CONSENT", [invited], plan=about)
        at = self.stage.last + dt.timedelta(hours=2)
        room = self.stage.conferences["JUSO"]
        called = self.attempt("HUB", conference.summon, conference=room, at=at, items=[item])
        if called is None:
            return None
        said = [conference.Said(called.items[0], self.stage.agencies[guest], agrees=True)]
        present = [self.stage.staff["hub"], invited]
        self.attempt("HUB", conference.hold, sitting=called.sitting, present=present, opinions=said)
        item_id: UUID = called.items[0]
        return item_id

    @rule(lead=st.sampled_from(DESKS))
    def close(self, lead: str) -> None:
        """The roles are done, the hub evaluates, the item is held, the city closes."""
        if self.plan is None:
            return
        for key in DESKS:
            agency = self.stage.agencies[key]
            self.attempt("HUB", plan.role_progress, plan=self.plan, agency=agency, state="INTRODUCED")
        words: dict[str, Any] = {"attained": {1: "達成"}, "changes": ["孤立の解消"], "verdict": "CLOSE"}
        self.attempt("HUB", plan.evaluate, plan=self.plan, **words)
        self.sit(lead, "終結評価", self.plan)
        ending = {"reason": "課題解決", "lead_after": self.stage.agencies[lead], "follow_ups": [self.later]}
        self.attempt("CITY", case_acts.close, case=self.case, notified=self.stage.last.date(), **ending)

    @rule(by=ANYBODY)
    def reopen(self, by: str | None) -> None:
        """Somebody takes an ended case up anew."""
        self.attempt(by or self.holder, case_acts.reopen, case=self.case, reason="再悪化", consent="STANDS")

    @rule(who=st.sampled_from(DESKS), to=st.sampled_from(DESKS))
    def move_staff(self, who: str, to: str) -> None:
        """The worker of a desk moves to another one, and a colleague of the hub takes their cases over; then back."""
        stage = self.stage
        move = {"staff": stage.staff[who.lower()], "successor": stage.staff["hub2"], "roles": ["FIRST_LINE"]}
        if self.attempt("admin", staff.move_staff, to=stage.agencies[to], **move):
            self.attempt("admin", staff.move_staff, to=stage.agencies[who], **move)

    @invariant()
    def exactly_one_agency_holds_the_case(self) -> None:
        """Every promise of the relay holds after every act."""
        for one in TO_HOLD:
            assert look(one.statement, []) == [], one.sentence


# Faults planted: pass_sash() that begins the new holding a second later; accept_jointly() that passes the たすき.
def test_no_history_drops_the_sash(troupe: Troupe) -> None:
    counted: dict[str, int] = {}
    machine = type("OnStage", (Sash,), {"stage": troupe, "counted": counted})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    wanted = {"refer", "accept", "accept_jointly", "decline", "withdraw_referral", "hand_back", "move_staff"}
    assert wanted <= set(counted), "the machine must have reached what it is for"
