"""Where a case is shown to stand: on its page and in the list, which is narrowed by the same words (domain 3.3, T06, T09, T13, T15)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tasuki.actions import conference, outreach, plan, referral
from tasuki.queries import case as cases
from tasuki.queries import household
from tasuki.queries.household import Wish
from tasuki.rules.case import CaseState
from tasuki.web.words import STATES
from tests.actions.test_relay import LATER, discussed, referred
from tests.records.troupe import DAY, SPRING, Troupe


def shown(troupe: Troupe, who: str, of: UUID) -> str:
    """Return where a case is shown to stand; the page and the list agree, and no other state of the list finds it."""
    with troupe.acting(who, troupe.last) as by:
        assert by is not None
        on_page = cases.head(of).shown
        found = {
            state for state in STATES for line in household.cases(by, Wish(filters={"state": state})) if line.id == of
        }
        (listed,) = [line.state for line in household.cases(by, Wish()) if line.id == of]
    assert found == {listed} == {on_page}
    return on_page


# Faults planted: the offer left out of shown_state(); in_state compared with the state that is kept.
def test_an_offer_shows_until_it_is_answered_and_leaves_the_case_where_it_is(troupe: Troupe) -> None:
    _, of, offer = referred(troupe)
    assert shown(troupe, "hou3", of) == "REFERRED"
    assert troupe.truth("SELECT state FROM records_case") == ["SCREENED"]
    lead = troupe.agencies["HOU3"]
    troupe.act("hub", referral.decline, referral=offer, advice="先に家計の相談を", lead=lead, follow_up=LATER)
    assert shown(troupe, "hou3", of) == "SCREENED"
    troupe.refer("hou3", of, "HUB")
    troupe.act(
        "hub", referral.accept, referral=troupe.truth("SELECT id FROM records_referral WHERE state = 'OFFERED'")[0]
    )
    assert shown(troupe, "hub", of) == "HUB_ACCEPTED"


# Faults planted: RECONSIDER left out of shown_state(); the drafts that went back left out of _version().
def test_a_plan_on_an_agenda_shows_until_it_goes_back_and_comes_again_as_the_next_version(troupe: Troupe) -> None:
    of, made, item = discussed(troupe)
    assert shown(troupe, "hub", of) == "IN_CONFERENCE"
    troupe.act("hub", plan.judge_plan, plan=made, item=item, result="RECONSIDER", text="通う先を先に決める")
    assert shown(troupe, "hub", of) == "PLAN_DRAFT"
    one, out = troupe.people["A"], troupe.agencies["OUT"]
    draft = plan.Draft("HUB", "外へ", ["週1回"], [plan.Role(out, "訪問", LATER)], applied=SPRING.date())
    again = troupe.act("hub", plan.draft_plan, case=of, people=[one], draft=draft)
    assert (again.version, again.previous_id) == (2, None)
    called = conference.Item([one], "初回プラン適切性", "CONSENT", [troupe.staff["out"]], plan=again.pk)
    room = troupe.conferences["JUSO"]
    troupe.act("hub", conference.summon, conference=room, at=troupe.last + DAY, items=[called])
    assert shown(troupe, "hub", of) == "IN_CONFERENCE"


# Fault planted: the strand left out of shown_state().
def test_outreach_before_the_hub_shows_until_the_hub_has_the_case(troupe: Troupe) -> None:
    one, of, offer = referred(troupe)
    troupe.act("hou3", referral.withdraw_referral, referral=offer)
    own: dict[str, Any] = {"to": troupe.agencies["HOU3"], "basis": "OWN_PURPOSE"}
    troupe.act("hou3", outreach.start_outreach, case=of, people=[one], **own)
    assert shown(troupe, "hou3", of) == "OUTREACH_PRE"
    troupe.act("hub", referral.accept, referral=troupe.refer("hou3", of, "HUB").pk)
    assert shown(troupe, "hou3", of) == "HUB_ACCEPTED"


# Fault planted: a state taken out of STATES.
def test_every_state_has_its_word() -> None:
    assert set(STATES) == {*CaseState, "OUTREACH_PRE"}
