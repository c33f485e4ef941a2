"""T01b: whatever people do one after the other, after each act the database looks as the rules say."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tasuki.actions import case, conference, consent, consultation, disclosure, person, referral, staff, watch
from tasuki.ops.database import APP
from tasuki.ops.oracle.compare import Bench
from tasuki.ops.oracle.reader import read
from tasuki.records.asker import Invisible
from tasuki.records.door import note_confirmation
from tasuki.records.pen import Refused
from tests.records.troupe import DAY, Troupe, city_template, troupe

__all__ = ["city_template", "troupe"]
NIGHTLY = bool(os.environ.get("TASUKI_NIGHTLY"))
DESKS = ("hou3", "hub", "jiritsu", "out", "city")
WHO = st.sampled_from(DESKS)
ONE = st.integers(0, 2)
ACTORS = 2


class Law(RuleBasedStateMachine):
    """Three people of two households among five desks; the clock goes on."""

    stage: Troupe
    bench: Bench
    counted: dict[str, int]

    @initialize()
    def begin(self) -> None:
        """Two of one household are received by one desk, somebody else by another."""
        stage, mark = self.stage, uuid4().hex[:6]
        stage.change("UPDATE records_agency SET contract_until = NULL")  # what the history before this one left
        first = stage.register("hou3", f"A{mark}")
        second = stage.register("hou3", f"B{mark}", "霧ヶ洞 透", household=f"A{mark}")
        other = stage.register("jiritsu", f"C{mark}", "霧ヶ洞 とみこ")
        self.people = [first, second, other]
        self.cases = [stage.receive("hou3", first, second), stage.receive("jiritsu", other)]
        self.offer = uuid4()
        self.turn = 0
        for who in DESKS[:4]:
            stage.act(who, consent.pledge, until=stage.last.date() + dt.timedelta(days=40))

    def attempt(self, by: str, act: Callable[..., Any], **values: Any) -> Any:
        """Let somebody try who is in office; what is refused changes nothing."""
        with self.stage.acting(by, self.stage.last + dt.timedelta(hours=1)) as asker:
            if asker is None:
                return None
        try:
            made = self.stage.act(by, act, **values)
        except (Refused, Invisible):
            return None
        self.counted[act.__name__] = self.counted.get(act.__name__, 0) + 1
        return made

    @rule(by=WHO, one=ONE, to=WHO, days=st.sampled_from((0, 1, 40)), left_out=st.booleans())
    def consented(self, by: str, one: int, to: str, days: int, left_out: bool) -> None:  # noqa: FBT001  drawn by hypothesis
        """Somebody consents, perhaps for a day, perhaps not to one of the staff."""
        form = consent.ConsentForm(
            to=[self.stage.agencies[to.upper()]], classes=("BASIC", "HEALTH"), until=self.stage.last.date() + days * DAY,
            excluded_staff=[self.stage.staff[to]] if left_out else [],
        )  # fmt: skip
        self.attempt(by, consent.consent_get, person=self.people[one], form=form)

    @rule(by=WHO, one=ONE)
    def withdrawn(self, by: str, one: int) -> None:
        """Somebody withdraws."""
        self.attempt(by, consent.consent_withdraw, people=[self.people[one]])

    @rule(by=WHO, one=ONE, whom=WHO)
    def barred(self, by: str, one: int, whom: str) -> None:
        """Somebody is barred, for as long as nobody lifts it."""
        self.attempt(by, disclosure.bar, people=[self.people[one]], staff=[self.stage.staff[whom]])

    @rule()
    def bars_lifted(self) -> None:
        """All bars come to an end."""
        self.stage.change("UPDATE records_bar SET ended_at = %s WHERE ended_at IS NULL", self.stage.last)

    @rule(by=WHO, one=ONE)
    def guarded(self, by: str, one: int) -> None:
        """An address is protected."""
        self.attempt(by, disclosure.protect_address, people=[self.people[one]])

    @rule(
        by=WHO, one=ONE, scope=st.sampled_from(("CASE_TEAM", "OWN_AGENCY")), data=st.sampled_from(("BASIC", "HEALTH"))
    )
    def noted(self, by: str, one: int, scope: str, data: str) -> None:
        """Somebody writes a note."""
        what = case.Note(text="台所", scope=scope, data_class=data)
        self.attempt(by, case.note, case=self.cases[one // 2], people=[self.people[one]], what=what)

    @rule(by=WHO, to=WHO, which=st.integers(0, 1), answer=st.sampled_from(("", "accept", "decline", "withdraw")))
    def offered(self, by: str, to: str, which: int, answer: str) -> None:
        """A case is offered, and perhaps answered."""
        self.attempt(by, consultation.screen, case=self.cases[which], result="REFER", reason="世帯全体")
        sheet = referral.Sheet(
            wants="面談", tried="訪問", text="様子", basis="NO_CONSENT", no_consent_reason="会えない"
        )
        made = self.attempt(by, referral.refer, case=self.cases[which], to=self.stage.agencies[to.upper()], sheet=sheet)
        self.offer = made.pk if made else self.offer
        if answer == "accept":
            self.attempt(to, referral.accept, referral=self.offer)
        elif answer == "decline":
            lead, day = self.stage.agencies["HUB"], self.stage.last.date() + DAY
            self.attempt(to, referral.decline, referral=self.offer, advice="電話を", lead=lead, follow_up=day)
        elif answer == "withdraw":
            self.attempt(by, referral.withdraw_referral, referral=self.offer)

    @rule(one=ONE, guest=WHO, deputy=st.booleans())
    def met(self, one: int, guest: str, deputy: bool) -> None:  # noqa: FBT001  drawn by hypothesis
        """A sealed item is called, and held a day later."""
        staff_, names = self.stage.staff, ["hou3", guest]
        invited = [staff_["hou3"]] if deputy else list(dict.fromkeys(staff_[name] for name in names))
        item = conference.Item(
            about=[self.people[one]], kind="情報共有・支援体制検討", basis="ARTICLE_106_6", reason="会えない",
            invited=invited, deputies=[staff_[guest]] if deputy and guest != "hou3" else [],
        )  # fmt: skip
        at = self.stage.last + DAY
        called = self.attempt("hub", conference.summon, conference=self.stage.conferences["SHIEN"], at=at, items=[item])
        if called:
            said: dict[UUID, str] = {called.items[0]: "鍵の話"}
            self.stage.last = at
            self.attempt("hub", conference.hold, sitting=called.sitting, present=invited, discussion=said)

    @rule(one=ONE, other=ONE, undo=st.booleans())
    def linked(self, one: int, other: int, undo: bool) -> None:  # noqa: FBT001  drawn by hypothesis
        """Two persons are found to be one, or after all not."""
        act = person.unlink_persons if undo else person.link_persons
        pair = {"first": self.people[one], "second": self.people[other], "checked_by": self.stage.staff["hou1"]}
        for by in ("hou3", "hub"):
            if undo:
                at = self.stage.last + dt.timedelta(hours=1)  # when the act is tried
                note_confirmation(self.people[one], self.stage.staff[by], self.stage.staff["hou1"], at)
            self.attempt(by, act, **pair)

    @rule(by=WHO, one=ONE)
    def glass_broken(self, by: str, one: int) -> None:
        """Somebody opens somebody in an emergency."""
        reason = f"倒れていて返事がない。救急隊が待っている。{self.turn}"
        self.attempt(by, disclosure.break_glass, people=[self.people[one]], reason=reason)

    @rule(by=WHO, one=ONE)
    def watched(self, by: str, one: int) -> None:
        """A watch begins."""
        city = self.stage.agencies["CITY"]
        self.attempt(
            by, watch.watch, people=[self.people[one]], watchers=[city], every_days=7, triggers=["新聞"], first_responder=city
        )  # fmt: skip

    @rule(by=WHO, which=st.integers(0, 1))
    def moved_away(self, by: str, which: int) -> None:
        """A household moves away."""
        self.attempt(by, case.transfer_out, case=self.cases[which], to="大朧市", basis="本人同意")

    @rule(by=WHO, one=ONE)
    def split(self, by: str, one: int) -> None:
        """Somebody leaves the household."""
        self.attempt(by, person.split_household, people=[self.people[one]], reason="転居")

    @rule(who=st.sampled_from(("jiritsu", "out")), to=WHO)
    def reposted(self, who: str, to: str) -> None:
        """A worker moves to another desk, and stays there."""
        values = {"staff": self.stage.staff[who], "to": self.stage.agencies[to.upper()], "roles": ["FIRST_LINE"]}
        self.attempt("admin", staff.move_staff, successor=self.stage.staff["hub2"], **values)

    @rule(key=st.sampled_from(("JIRITSU", "OUT", "HOU3")), days=st.integers(-1, 1), ends=st.booleans())
    def contract(self, key: str, days: int, ends: bool) -> None:  # noqa: FBT001  drawn by hypothesis
        """A contract is written to end around today, or to go on."""
        last = self.stage.last.date() + dt.timedelta(days=days) if ends else None
        self.stage.change("UPDATE records_agency SET contract_until = %s WHERE key = %s", last, key)

    @rule(days=st.sampled_from((1, 29, 30, 31)))
    def time_passes(self, days: int) -> None:
        """The clock goes on."""
        self.stage.last += days * DAY

    @invariant()
    def everybody_sees_what_the_rules_say(self) -> None:
        """A few of the desks are asked everything after every act."""
        self.turn += 1
        world, names = read(self.bench.scribe, self.stage.town, self.stage.last)
        desks = {str(self.stage.staff[who]) for who in (*DESKS, "hub2", "hou3b", "priv")}
        posts = [one for one in world.post if one.staff in desks and one.until is None]
        found = self.bench.compared(world, names, self.turn, Random(self.turn).sample(posts, ACTORS))
        assert [str(one) for one in found] == []


@pytest.fixture
def bench(troupe: Troupe) -> Iterator[Bench]:
    """Give a bench on the city's copy."""
    copy = troupe.copy
    with psycopg.connect(copy.server.admin_dsn(copy.name)) as admin, psycopg.connect(copy.dsn(APP)) as app:
        yield Bench(admin, app)


# The histories of a part share one town, so each costs more than the one before: many parts, and not one of many histories.
@pytest.mark.parametrize("part", range(15 if NIGHTLY else 1))
def test_after_every_act_everybody_sees_what_the_rules_say(troupe: Troupe, bench: Bench, part: int) -> None:
    counted: dict[str, int] = {}
    machine = seed(part)(type("OnStage", (Law,), {"stage": troupe, "bench": bench, "counted": counted}))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10 if NIGHTLY else 8, stateful_step_count=12, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    # Hypothesis leaves some acts out of each history; together they must have reached most of them.
    wanted = {"consent_get", "bar", "note", "summon", "hold", "break_glass", "refer", "split_household", "watch"}
    assert len(wanted & set(counted)) >= 4, counted
