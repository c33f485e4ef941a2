"""Acts of the law that guard people: protections and bars end by two, withdrawals say what they take, summaries leave by consent."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tasuki.actions import case, conference, consent, consultation, disclosure, municipality, referral, watch
from tasuki.queries import consent as consents
from tasuki.queries import sight
from tasuki.records.asker import Invisible
from tasuki.records.door import note_confirmation
from tasuki.records.pen import Refused
from tasuki.rules.codes import DataClass
from tests.actions.test_request import code, sealed
from tests.records.troupe import DAY, Troupe

REVIEW = dt.date(2026, 6, 1)


def received(troupe: Troupe) -> tuple[UUID, UUID]:
    """Receive somebody at HOU3; return the person and the case."""
    one = troupe.register("hou3", "A", address="霞浜市松風1-1", name="潮騒原 さと")
    return one, troupe.receive("hou3", one)


# Fault planted: review_on compared in sees_address(); end_protection() without its second person.
def test_a_protection_outlives_its_day_of_review_and_ends_only_by_two_people_of_the_agency(troupe: Troupe) -> None:
    one, _ = received(troupe)
    troupe.consent("hou3", one, "HUB")
    troupe.act("hou3", disclosure.protect_address, people=[one], review_on=REVIEW)
    ask, long_after = "SELECT address FROM contact_of(%s)", troupe.last + 400 * DAY
    assert troupe.seen("hub", ask, one, at=long_after) == []
    (protection,) = troupe.truth("SELECT id FROM records_protection")
    values: dict[str, Any] = {
        "protection": protection,
        "reason": "本人が措置の終わりを申し出た",
        "checked_by": troupe.staff["hou3b"],
    }
    with pytest.raises(Invisible):
        troupe.act("hub", disclosure.end_protection, **values)
    for second in (None, troupe.staff["hou3"]):
        assert (
            code(troupe, "hou3", disclosure.end_protection, **{**values, "checked_by": second})
            == "SECOND_CHECK_MISSING"
        )
    assert code(troupe, "hou3", disclosure.end_protection, **{**values, "reason": " "}) == "REASON_MISSING"
    note_confirmation(protection, troupe.staff["hou3"], troupe.staff["hou3b"], troupe.last + dt.timedelta(hours=1))
    troupe.act("hou3", disclosure.end_protection, **values)
    assert troupe.seen("hub", ask, one) == ["霞浜市松風1-1"]
    assert code(troupe, "hou3", disclosure.end_protection, **values) == "ALREADY_LIFTED"


# Fault planted: a day of today taken by why_not_review_protection().
def test_a_protection_that_goes_on_is_looked_at_again_on_a_day_to_come(troupe: Troupe) -> None:
    one, _ = received(troupe)
    troupe.act("hou3", disclosure.protect_address, people=[one], review_on=REVIEW)
    (protection,) = troupe.truth("SELECT id FROM records_protection")
    again = disclosure.review_protection
    assert code(troupe, "hou3", again, protection=protection, next_day=troupe.last.date()) == "DAY_IS_PAST"
    troupe.act("hou3", again, protection=protection, next_day=dt.date(2027, 6, 1))
    assert troupe.truth("SELECT review_on FROM records_protection") == [dt.date(2027, 6, 1)]


# Fault planted: `ended_at` of the bar not written.
def test_a_bar_is_lifted_by_two_who_see_the_person_never_by_the_one_barred(troupe: Troupe) -> None:
    one, _ = received(troupe)
    troupe.consent("hou3", one, "HUB")
    troupe.act("hou3", disclosure.bar, people=[one], agencies=[troupe.agencies["HUB"]])
    (bar,) = troupe.truth("SELECT id FROM records_bar")
    values: dict[str, Any] = {
        "bar": bar,
        "reason": "担当が替わり、心配がなくなった",
        "checked_by": troupe.staff["hou3b"],
    }
    with pytest.raises(Invisible):
        troupe.act("hub", disclosure.lift_bar, **values)
    assert troupe.ground("hub", "person", one) is None
    note_confirmation(bar, troupe.staff["hou3"], troupe.staff["hou3b"], troupe.last + dt.timedelta(hours=1))
    troupe.act("hou3", disclosure.lift_bar, **values)
    assert troupe.ground("hub", "person", one) == "CONSENT"


# Fault planted: is_alleged() made false.
def test_the_alleged_perpetrator_consents_for_nobody_who_is_protected(troupe: Troupe) -> None:
    one, _ = received(troupe)
    husband = troupe.register("hou3", "B", household="A")
    form = consent.ConsentForm(to=[troupe.agencies["HUB"]], classes=["BASIC"], proxy=husband)
    troupe.act("hou3", consent.consent_get, person=one, form=form)
    troupe.act("hou3", disclosure.protect_address, people=[one], alleged=[husband])
    assert code(troupe, "hou3", consent.consent_get, person=one, form=form) == "PROXY_NOT_ALLOWED"


# Fault planted: grounds other than CONSENT counted by seen_by_consent_alone(); the sitting to come left out.
def test_a_withdrawal_says_before_it_happens_what_each_agency_will_lose(troupe: Troupe) -> None:
    one, of = received(troupe)
    troupe.act("hou3", case.note, case=of, people=[one], what=case.Note(text="台所"))
    troupe.consent("hou3", one, "HUB", "OUT", "HOU3")
    item = conference.Item(
        about=[one], kind="情報共有・支援体制検討", basis="CONSENT", case=of, invited=[troupe.staff["out"]]
    )
    at = troupe.last + DAY
    troupe.act("hub", conference.summon, conference=troupe.conferences["JUSO"], at=at, items=[item])
    with troupe.acting("hou3", troupe.last) as by:
        assert by is not None
        told = {
            agency: words
            for agency, words in consents.effects(by, of, troupe.last.date())
            if "はまかぜ" in agency or "まるごと" in agency
        }
    before = troupe.seen(
        "out", "SELECT count(*) FROM records_record WHERE record_ground(id) = 'CONSENT' AND sitting_id IS NULL"
    )
    assert before[0] > 0
    out, hub = told["訪問支援はまかぜ"], told["福祉まるごと室"]
    assert f"記録{before[0]}件と氏名など基本の情報が見えなくなります。" in out
    assert "会議の議題は、この機関とは開けなくなります。" in out
    assert "会議の議題は" not in hub
    troupe.act("hou3", consent.consent_withdraw, people=[one], agencies=[troupe.agencies["OUT"]])
    assert troupe.seen("out", "SELECT count(*) FROM records_record WHERE sitting_id IS NULL") == [0]
    assert troupe.ground("out", "person", one) is None


# Fault planted: consents that are withdrawn kept in sight_of_agency(); records of one's own shown whoever asks.
@pytest.mark.parametrize("withdrawn", [False, True])
def test_the_matrix_answers_as_the_policies_do(troupe: Troupe, withdrawn: bool) -> None:  # noqa: FBT001  a parameter
    one, of = received(troupe)
    troupe.act("hou3", case.note, case=of, people=[one], what=case.Note(text="通院", data_class="HEALTH"))
    troupe.consent("hou3", one, "HUB", "OUT", classes=("BASIC", "HEALTH"), until=dt.date(2026, 9, 30))
    troupe.consent("hou3", one, "JIRITSU", classes=("BASIC",))
    if withdrawn:
        troupe.act("hou3", consent.consent_withdraw, people=[one], agencies=[troupe.agencies["OUT"]])
    with troupe.acting("hub", troupe.last):
        found = sight.matrix(of)
    cells = {(cell.agency, cell.data_class): (cell.ground, cell.until) for cell in found if cell.ground == "CONSENT"}
    (health,) = troupe.truth("SELECT id FROM records_record WHERE data_class = 'HEALTH'")
    (basic,) = troupe.truth("SELECT id FROM records_record WHERE kind = 'RECEIVE'")
    for key in ("hub", "out", "jiritsu", "kikan"):
        for data_class, record in (("HEALTH", health), ("BASIC", basic)):
            said = cells.get((troupe.agencies[key.upper()], data_class), (None, None))[0]
            assert said == troupe.ground(key, "record", record), (key, data_class)
    assert cells[troupe.agencies["HUB"], "HEALTH"] == ("CONSENT", dt.date(2026, 9, 30))
    assert ((troupe.agencies["OUT"], "BASIC") in cells) != withdrawn
    assert {cell.data_class for cell in found} <= set(DataClass)


# Fault planted: sight_of_agency() without `record_ground(s.record_id) IS NOT NULL`.
def test_the_matrix_tells_nothing_of_an_agencys_own_records_that_the_asker_does_not_see(troupe: Troupe) -> None:
    one, of = received(troupe)
    troupe.consent("hou3", one, "HUB", "JIRITSU")
    there = troupe.receive("jiritsu", one)
    troupe.change("UPDATE records_record SET scope = 'OWN_AGENCY' WHERE case_id = %s", there)

    def grounds(who: str) -> set[str]:
        with troupe.acting(who, troupe.last):
            return {cell.ground for cell in sight.matrix(of) if cell.agency == troupe.agencies["JIRITSU"]}

    assert grounds("hub") == {"CONSENT"}
    assert grounds("jiritsu") == {"CONSENT", "HOLDER"}


# Faults planted: sight_of_agency() that tells ARTICLE_106_6, REFERRAL and INTERNAL to everybody who knows the person.
def test_the_matrix_tells_of_no_sealed_item_sheet_or_watch_that_the_asker_does_not_see(troupe: Troupe) -> None:
    one, of = received(troupe)
    sealed(troupe, one, of=of)
    troupe.act("hou3", consultation.screen, case=of, result="REFER", reason="世帯全体の課題")
    troupe.refer("hou3", of, "HUB", basis="NO_CONSENT", no_consent_reason="会えない")
    city = troupe.agencies["CITY"]
    troupe.act(
        "hou3",
        watch.watch,
        people=[one],
        watchers=[city],
        every_days=7,
        triggers=["返事がない"],
        first_responder=city,
        case=of,
    )
    troupe.change("UPDATE records_record SET scope = 'OWN_AGENCY'")
    troupe.consent("hou3", one, "HUB", "OUT", "JIRITSU", "CITY")

    def grounds(who: str, of_whom: str) -> set[str]:
        with troupe.acting(who, troupe.last):
            return {cell.ground for cell in sight.matrix(of) if cell.agency == troupe.agencies[of_whom]}

    assert {key: grounds("jiritsu", key) for key in ("OUT", "HUB", "CITY")} == {
        key: {"CONSENT"} for key in ("OUT", "HUB", "CITY")
    }
    assert grounds("hub", "OUT") == {"CONSENT", "ARTICLE_106_6"}
    assert grounds("hou3", "HUB") == {"CONSENT", "ARTICLE_106_6", "REFERRAL"}
    assert grounds("hou3", "CITY") == {"CONSENT", "INTERNAL"}
    assert grounds("city", "CITY") == {"CONSENT", "INTERNAL"}


# Faults planted: why_not_review() and the policy of records_emergency without who opened it.
def test_nobody_reviews_the_break_glass_that_they_opened_themselves(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    troupe.change("UPDATE records_post SET sets = '{FIRST,PRIV}' WHERE staff_id = %s", troupe.staff["jiritsu"])
    record = troupe.break_glass("jiritsu", one).pk
    assert code(troupe, "jiritsu", disclosure.review_break_glass, record=record, verdict="正当") == "OWN_OPENING"
    with troupe.acting("jiritsu", troupe.last), connection.cursor() as cursor:
        cursor.execute("UPDATE records_emergency SET verdict = '正当'")
        assert cursor.rowcount == 0
    troupe.act("priv", disclosure.review_break_glass, record=record, verdict="要改善")


# Fault planted: the consent not asked by promote_item(); SUMMARY written about nobody.
def test_a_summary_leaves_a_sealed_item_once_everybody_consented_and_only_as_far_as_the_consent_reaches(
    troupe: Troupe,
) -> None:
    one, of = received(troupe)
    item = sealed(troupe, one, of=of)
    values: dict[str, Any] = {"item": item, "text": "訪問は週1回。名乗り方をそろえる。"}
    assert code(troupe, "hub", consent.promote_item, **values) == "NOT_HELD_YET"
    (sitting,) = troupe.truth("SELECT sitting_id FROM records_agendaitem WHERE id = %s", item)
    troupe.act("hub", conference.hold, moment=troupe.last + 2 * DAY, sitting=sitting, present=[troupe.staff["out"]])
    assert code(troupe, "hub", consent.promote_item, **values) == "CONSENT_BEFORE_SUMMARY"
    troupe.consent("hou3", one, "HUB", "JIRITSU")
    assert code(troupe, "hub", consent.promote_item, **{**values, "text": " "}) == "SUMMARY_MISSING"
    made = troupe.act("hub", consent.promote_item, **values).pk
    assert troupe.ground("jiritsu", "record", made) == "CONSENT"
    assert troupe.ground("out", "record", made) is None
    assert troupe.ground("jiritsu", "agendaitem", item) is None


# Fault planted: the basis not asked by why_not_promote().
def test_only_a_sealed_item_has_a_summary(troupe: Troupe) -> None:
    one, of = received(troupe)
    troupe.consent("hou3", one, "HUB", "OUT", "HOU3")
    item = conference.Item(
        about=[one], kind="情報共有・支援体制検討", basis="CONSENT", case=of, invited=[troupe.staff["out"]]
    )
    at, where = troupe.last + DAY, troupe.conferences["JUSO"]
    called = troupe.act("hub", conference.summon, conference=where, at=at, items=[item])
    assert code(troupe, "hub", consent.promote_item, item=called.items[0], text="x") == "ONLY_FROM_A_SEALED_ITEM"
    with pytest.raises(Refused, match="NOT_YOUR_ROLE"):
        troupe.act("out", consent.promote_item, item=called.items[0], text="x")


# Fault planted: bar() without its rule.
def test_a_bar_against_nobody_is_refused_and_leaves_no_record(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    with pytest.raises(Refused, match="BAR_OF_NOBODY"):
        troupe.act("hou3", disclosure.bar, people=[one], agencies=[], staff=[])
    assert troupe.truth("SELECT count(*) FROM records_record WHERE kind = 'BAR'") == [0]


# Fault planted: the hours looked for beside the decision, where no town writes them.
def test_a_break_glass_stays_open_for_the_towns_own_hours(troupe: Troupe) -> None:
    one, _ = received(troupe)
    own = {"break_glass_hours": 8}
    troupe.act("admin", municipality.change_setting, section="clocks", body=own, reason="要綱の改正")
    troupe.break_glass("jiritsu", one)
    hours = dt.timedelta(hours=8)
    assert troupe.truth("SELECT until - opened_at FROM records_emergency") == [hours]
    assert troupe.ground("jiritsu", "person", one, troupe.last + hours - dt.timedelta(minutes=1)) == "EMERGENCY"
    assert troupe.ground("jiritsu", "person", one, troupe.last + hours) is None


# Fault planted: only_by_item taken as False in refer().
def test_where_the_town_wants_it_so_nobody_is_referred_without_consent_but_by_an_item(troupe: Troupe) -> None:
    _, of = received(troupe)
    own = {"no_consent_referral": "item_only"}
    troupe.act("hou3", consultation.screen, case=of, result="REFER", reason="世帯全体の課題")
    troupe.act("admin", municipality.change_setting, section="routing", body=own, reason="要綱の改正")
    sheet = referral.Sheet(wants="面談", tried="訪問2回", basis="NO_CONSENT", no_consent_reason="会えない")
    to = troupe.agencies["HUB"]
    assert code(troupe, "hou3", referral.refer, case=of, to=to, sheet=sheet) == "NO_CONSENT_ONLY_BY_ITEM"
    troupe.consent("hou3", troupe.people["A"], "HUB")
    troupe.refer("hou3", of, "HUB")
