"""定足数 (T16): what the 要綱 of a conference asks stands between a sitting that happened and a plan judged suitable."""

from __future__ import annotations

from uuid import UUID

import pytest

from tasuki.actions import case, conference, municipality, plan, referral
from tasuki.queries import conference as queries
from tasuki.records.pen import Refused
from tests.actions.test_relay import LATER, discussed, referred
from tests.records.troupe import DAY, SPRING, Troupe


def asks(troupe: Troupe, quorum: str, of: str = "INVITED", number: int = 0) -> None:
    """Let the administrator write down what the 要綱 says of the conference for plans."""
    values = {
        "name": "重層的支援会議",
        "quorum": quorum,
        "quorum_of": of,
        "quorum_number": number,
        "quorum_source": "要綱第6条",
    }
    troupe.act(
        "admin",
        municipality.change_conference,
        conference=troupe.conferences["JUSO"],
        values=values,
        reason="要綱の制定",
    )


def called(troupe: Troupe, *, present: tuple[str, ...], second: bool = False) -> tuple[UUID, UUID]:
    """Hold a sitting about a plan with three agencies in it; `second` calls one more item with the health centre alone."""
    one, of, offer = referred(troupe)
    troupe.act("hub", referral.accept, referral=offer)
    roles = ("OUT", "JIRITSU", "SHAKYO")
    troupe.consent("hub", one, *roles, "HOKEN")
    found = case.Assessed(issues=[case.Finding(one, "介護負担")], formulation="母が倒れると止まる")
    troupe.act("hub", case.assess, case=of, people=[one], found=found)
    draft = plan.Draft(
        kind="HUB", direction="外へ", goals=["週1回"], applied=SPRING.date(),
        roles=[plan.Role(troupe.agencies[key], "訪問", LATER) for key in roles],
    )  # fmt: skip
    made = troupe.act("hub", plan.draft_plan, case=of, people=[one], draft=draft).pk
    invited = [troupe.staff[key.lower()] for key in roles]
    items = [conference.Item(about=[one], kind="初回プラン適切性", basis="CONSENT", invited=invited, plan=made)]
    if second:
        staff = [troupe.staff["hoken"]]
        items.append(
            conference.Item(about=[one], kind="情報共有・支援体制検討", basis="CONSENT", invited=staff, case=of)
        )
    juso = troupe.conferences["JUSO"]
    summoned = troupe.act("hub", conference.summon, conference=juso, at=troupe.last + DAY, items=items)
    said = [conference.Said(summoned.items[0], troupe.agencies[key], agrees=True) for key in roles]
    troupe.act(
        "hub", conference.hold, moment=troupe.last + 2 * DAY, sitting=summoned.sitting, opinions=said,
        present=[troupe.staff[key] for key in present],
    )  # fmt: skip
    return made, summoned.items[0]


def judged(troupe: Troupe, made: UUID, item: UUID, result: str = "SUITABLE") -> dict[str, object]:
    """Judge the plan and return the facts of the refusal; empty when it was judged."""
    try:
        troupe.act("hub", plan.judge_plan, plan=made, item=item, result=result, text="通う先を先に決める")
    except Refused as refused:
        return {"code": refused.refusal.code, **refused.refusal.facts}
    return {}


def short(here: int, needed: int) -> dict[str, object]:
    """Return how a judgement is refused when so many came and so many are needed."""
    return {"code": "QUORUM_MISSING", "here": here, "needed": needed}


# Fault planted: MORE_THAN_HALF taken where nothing is written.
def test_without_a_rule_of_the_town_there_is_no_quorum(troupe: Troupe) -> None:
    made, item = called(troupe, present=("out",))
    assert judged(troupe, made, item) == {}


# Fault planted: attendance left out of judge_plan().
def test_under_the_quorum_the_sitting_is_recorded_and_a_plan_is_not_judged_suitable(troupe: Troupe) -> None:
    asks(troupe, "TWO_THIRDS")
    made, item = called(troupe, present=("out",))
    assert troupe.truth("SELECT state FROM records_sitting") == ["HELD"]
    assert judged(troupe, made, item) == short(1, 2)
    assert judged(troupe, made, item, "SUITABLE_WITH_CHANGES") == short(1, 2)
    assert troupe.truth("SELECT state, judged_result FROM records_plan") == [("DRAFT", "")]
    assert judged(troupe, made, item, "RECONSIDER") == {}


# Fault planted: < read as <= in why_not_judge().
def test_with_the_quorum_the_plan_is_judged_as_before(troupe: Troupe) -> None:
    asks(troupe, "TWO_THIRDS")
    made, item = called(troupe, present=("out", "shakyo"))
    assert judged(troupe, made, item) == {}


# Faults planted: the secretariat's people without a seat not counted; those of the other item left out.
def test_members_are_counted_over_the_whole_sitting_with_the_secretariat_each_agency_once(troupe: Troupe) -> None:
    asks(troupe, "NUMBER", "MEMBERS", 4)
    made, item = called(troupe, present=("out", "hoken", "hub", "hub2"), second=True)
    assert judged(troupe, made, item) == short(3, 4)
    asks(troupe, "NUMBER", "MEMBERS", 3)
    assert judged(troupe, made, item) == {}


# Fault planted: quorum_facts() counts agencies that have ended among the members.
def test_a_member_that_has_ended_is_not_counted(troupe: Troupe) -> None:
    asks(troupe, "ALL", "MEMBERS")
    made, item = called(troupe, present=("out",))
    (members,) = troupe.truth("SELECT cardinality(members) FROM records_conference WHERE key = 'JUSO'")
    assert judged(troupe, made, item) == short(1, members)
    troupe.change("UPDATE records_agency SET valid_until = %s WHERE key = 'HW'", SPRING.date())
    assert judged(troupe, made, item) == short(1, members - 1)


# Fault planted: item_ground() left out of quorum_facts() → anybody counts who was at a sealed item.
def test_to_whom_an_item_does_not_exist_nobody_was_there(troupe: Troupe) -> None:
    asks(troupe, "ALL")
    _, item = called(troupe, present=("out",))
    assert troupe.seen("hub", "SELECT * FROM quorum_facts(%s)", item) == [(3, 1)]
    assert troupe.seen("byoin", "SELECT * FROM quorum_facts(%s)", item) == [(0, 0)]


# Fault planted: the count of those who came told before anybody has come.
def test_the_page_of_a_sitting_tells_the_quorum_and_who_came_only_once_it_was_held(troupe: Troupe) -> None:
    _, _, item = discussed(troupe)
    (sitting,) = troupe.truth("SELECT sitting_id FROM records_agendaitem WHERE id = %s", item)
    with troupe.acting("hub", troupe.last):
        assert queries.items_of(sitting)[0].quorum is None
    asks(troupe, "HALF")
    with troupe.acting("hub", troupe.last):
        told = queries.items_of(sitting)[0].quorum
    assert told is not None
    assert (told["quorum"], told["source"], told["counted"], told["here"]) == ("HALF", "要綱第6条", 1, 1)
    troupe.change("UPDATE records_sitting SET state = 'SUMMONED'")
    with troupe.acting("hub", troupe.last):
        told = queries.items_of(sitting)[0].quorum
    assert told is not None
    assert told["here"] is None


# Fault planted: why_not_quorum() not asked.
def test_a_quorum_by_number_says_the_number(troupe: Troupe) -> None:
    with pytest.raises(Refused, match="QUORUM_NUMBER_MISSING"):
        asks(troupe, "NUMBER")
