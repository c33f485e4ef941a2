"""Who sees what, asked of the database as the role that serves: each rule of disclosure, and its border."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tasuki.actions import case, conference, consent, consultation, disclosure, outreach, referral, staff
from tasuki.records.asker import Asker
from tasuki.records.pen import Refused
from tests.records.troupe import DAY, SPRING, TABLES, Troupe, found_city, hire

FAR = dt.date(2027, 3, 31)


def note(who: str, city: Troupe, of: UUID, *people: UUID, **more: Any) -> UUID:
    """Let somebody write a note and return its record."""
    what = case.Note(text="台所が片付いていた", **more)
    return city.act(who, case.note, case=of, people=list(people), what=what).pk  # type: ignore[no-any-return]  # a record's id


# Fault planted: `s.agency_id = ANY(a.own)` made true in grounds_of_person.
def test_the_receiving_agency_sees_the_person_the_case_and_the_record_and_nobody_else_does(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    (record,) = troupe.truth("SELECT id FROM records_record")
    for who in troupe.staff:
        expected = "HOLDER" if who in {"hou3", "hou3b"} else None
        assert troupe.ground(who, "person", one) == expected
        assert troupe.ground(who, "case", of) == expected
        assert troupe.ground(who, "record", record) == expected


# Fault planted: MGR and PRIV added to reads_cases().
def test_figures_privacy_and_settings_see_no_case_even_in_the_receiving_agency(troupe: Troupe) -> None:
    for key, sets in {"m3": ["MGR"], "p3": ["PRIV"], "a3": ["ADMIN"], "all3": ["MGR", "PRIV", "ADMIN"]}.items():
        hire(troupe, key, "HOU3", sets)
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    for who in ("m3", "p3", "a3", "all3"):
        assert troupe.ground(who, "person", one) is None
        assert troupe.ground(who, "case", of) is None


# Fault planted: `r.data_class = class` taken out of consent_reaches().
def test_a_consent_reaches_the_agencies_and_classes_written_and_no_others(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    plain, health = note("hou3", troupe, of, one), note("hou3", troupe, of, one, data_class="HEALTH")
    troupe.consent("hou3", one, "HUB", classes=("BASIC", "HEALTH"))
    troupe.consent("hou3", one, "JIRITSU")
    assert troupe.ground("hub", "record", health) == "CONSENT"
    assert troupe.ground("jiritsu", "record", plain) == "CONSENT"
    assert troupe.ground("jiritsu", "record", health) is None
    assert troupe.ground("kikan", "person", one) is None


# Fault planted: NOT EXISTS over the subjects of a record turned into EXISTS.
def test_a_record_about_two_needs_the_consent_of_both(troupe: Troupe) -> None:
    mother = troupe.register("hou3", "A")
    son = troupe.register("hou3", "B", "霧ヶ洞 透", household="A")
    of = troupe.receive("hou3", mother, son)
    both = note("hou3", troupe, of, mother, son)
    troupe.consent("hou3", mother, "HUB")
    assert troupe.ground("hub", "record", both) is None
    troupe.consent("hou3", son, "HUB")
    assert troupe.ground("hub", "record", both) == "CONSENT"


# Fault planted: `day <= r.until` turned into `day < r.until`; then left out.
def test_a_consent_holds_on_its_last_day_and_not_on_the_day_after(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    troupe.consent("hou3", one, "HUB", until=dt.date(2026, 6, 30))
    assert troupe.ground("hub", "person", one, dt.datetime(2026, 6, 30, 23, 59, tzinfo=SPRING.tzinfo)) == "CONSENT"
    assert troupe.ground("hub", "person", one, dt.datetime(2026, 7, 1, 0, 0, tzinfo=SPRING.tzinfo)) is None


# Fault planted: `r.ended_at IS NULL` taken out of consent_reaches().
def test_a_withdrawal_acts_at_the_next_request_and_spares_what_the_agency_wrote_itself(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    theirs = note("hou3", troupe, of, one)
    troupe.consent("hou3", one, "HUB", "JIRITSU")
    own = note("jiritsu", troupe, of, one)
    assert troupe.ground("jiritsu", "record", theirs) == "CONSENT"
    troupe.act("hou3", consent.consent_withdraw, people=[one], agencies=[troupe.agencies["JIRITSU"]])
    assert troupe.ground("jiritsu", "record", theirs) is None
    assert troupe.ground("jiritsu", "record", own) == "HOLDER"
    assert troupe.ground("jiritsu", "person", one) == "WROTE"
    assert troupe.ground("hub", "record", theirs) == "CONSENT"


# Fault planted: the exclusion of staff left out of consent_reaches().
def test_an_excluded_member_of_a_named_agency_sees_nothing(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    troupe.consent("hou3", one, "HUB", excluded_staff=[troupe.staff["hub2"]])
    assert troupe.ground("hub", "person", one) == "CONSENT"
    assert troupe.ground("hub2", "person", one) is None


# Fault planted: is_barred() made false in grounds_of_record.
def test_a_bar_is_stronger_than_every_ground_and_breaks_no_glass(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    record = note("hou3", troupe, of, one)
    troupe.consent("hou3", one, "HUB")
    troupe.break_glass("hub2", one)
    troupe.act("hou3b", disclosure.bar, people=[one], staff=[troupe.staff["hou3"], troupe.staff["hub2"]], agencies=[])
    for who in ("hou3", "hub2"):
        assert troupe.ground(who, "person", one) is None
        assert troupe.ground(who, "record", record) is None
        assert troupe.ground(who, "case", of) is None
        with pytest.raises(Refused, match="NOBODY"):
            troupe.break_glass(who, one, "別の理由で、もう一度どうしても開かなければならない。")
    assert troupe.ground("hou3b", "record", record) == "HOLDER"
    assert troupe.ground("hub", "record", record) == "CONSENT"


# Fault planted: unseen_in_household() that counts whoever is not seen.
def test_who_is_barred_from_somebody_is_not_told_that_somebody_unseen_lives_there(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    other = troupe.register("hou3", "B", household="A")
    troupe.receive("hou3", one)
    troupe.receive("hou3", other)
    troupe.consent("hou3", one, "HUB")
    unseen = "SELECT unseen_in_household(household_id) FROM records_person"
    assert troupe.seen("hub", unseen) == [1]
    troupe.act("hou3", disclosure.bar, people=[other], agencies=[troupe.agencies["HUB"]], staff=[])
    assert troupe.seen("hub", unseen) == [0]


def sealed(city: Troupe) -> tuple[UUID, UUID, UUID]:
    """Summon and hold a sealed item, seated out and kikan; return person, item and the record put on it."""
    one = city.register("hou3", "A")
    of = city.receive("hou3", one)
    material = note("hou3", city, of, one)
    for who in ("hou3", "out", "kikan"):
        city.act(who, consent.pledge, until=FAR)
    item = conference.Item(
        about=[one], kind="情報共有・支援体制検討", basis="ARTICLE_106_6", reason="会えない", materials=[material], case=of,
        invited=[city.staff[who] for who in ("hou3", "out", "kikan")],
    )  # fmt: skip
    called = city.act("hub", conference.summon, conference=city.conferences["SHIEN"], at=city.last + DAY, items=[item])
    return one, called.items[0], material


# Fault planted: is_seated() made true for the case team; the pledge's last day ignored.
def test_a_sealed_item_is_there_for_those_seated_while_their_pledge_lasts(troupe: Troupe) -> None:
    one, item, material = sealed(troupe)
    for who in ("out", "kikan"):
        assert troupe.ground(who, "agendaitem", item) == "ARTICLE_106_6"
        assert troupe.ground(who, "record", material) == "ARTICLE_106_6"
        assert troupe.ground(who, "person", one) == "ARTICLE_106_6"
    for who in ("par", "city", "jiritsu", "minsei", "priv"):
        assert troupe.ground(who, "agendaitem", item) is None
        assert troupe.ground(who, "person", one) is None
    last_moment = dt.datetime(2027, 3, 31, 23, 59, tzinfo=SPRING.tzinfo)
    assert troupe.ground("out", "record", material, last_moment) == "ARTICLE_106_6"
    assert troupe.ground("out", "record", material, last_moment + DAY) is None


def test_what_was_said_at_an_item_is_read_with_that_item_and_not_with_the_sitting(troupe: Troupe) -> None:
    one, two = troupe.register("hou3", "A"), troupe.register("hou3", "B")
    cases = troupe.receive("hou3", one), troupe.receive("hou3", two)
    for who in ("hou3", "out", "jiritsu"):
        troupe.act(who, consent.pledge, until=FAR)
    kind, seats = "情報共有・支援体制検討", [troupe.staff[who] for who in ("hou3", "out")]
    both = [*seats, troupe.staff["jiritsu"]]
    items = [
        conference.Item(about=[one], kind=kind, basis="ARTICLE_106_6", reason="会えない", case=cases[0], invited=seats),
        conference.Item(about=[two], kind=kind, basis="ARTICLE_106_6", reason="会えない", case=cases[1], invited=both),
    ]
    at = troupe.last + DAY
    called = troupe.act("hub", conference.summon, conference=troupe.conferences["SHIEN"], at=at, items=items)
    said = dict(zip(called.items, ("鍵の話をした", "仕事の話をした"), strict=True))
    troupe.act("hub", conference.hold, moment=at, sitting=called.sitting, present=both, discussion=said)
    ask = "SELECT i.discussion, t.minutes FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id ORDER BY i.position"
    assert troupe.seen("out", ask) == [("鍵の話をした", ""), ("仕事の話をした", "")]
    assert troupe.seen("jiritsu", ask) == [("仕事の話をした", "")]


# Fault planted: the seat's agency no longer compared with the asker's.
def test_a_seat_does_not_move_with_the_person_nor_pass_to_a_successor(troupe: Troupe) -> None:
    _, item, _ = sealed(troupe)
    hire(troupe, "kikan2", "KIKAN", ["FIRST"])
    troupe.act("city", staff.move_staff, staff=troupe.staff["kikan"], to=troupe.agencies["SODAN"])
    assert troupe.ground("kikan", "agendaitem", item, troupe.last + DAY) is None
    assert troupe.ground("kikan2", "agendaitem", item) is None


# Fault planted: material shown whatever item it is on; the records of the case shown with the item.
def test_a_sealed_item_shows_its_materials_and_no_other_record_of_the_case(troupe: Troupe) -> None:
    one, _, material = sealed(troupe)
    (of,) = troupe.truth("SELECT case_id FROM records_record WHERE id = %s", material)
    other = note("hou3", troupe, of, one)
    assert troupe.ground("out", "record", other) is None


# Fault planted: `contract_until` left out of asker_of(); agencies_answered_for() cut to its first element, and with
# take_back_ended_holdings() looking at contracts only.
@pytest.mark.parametrize("end", ["contract_until", "valid_until"])
def test_the_day_after_its_end_an_agencys_staff_are_nobody_and_the_owner_section_answers(
    troupe: Troupe, end: str
) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    troupe.change(f"UPDATE records_agency SET {end} = '2026-06-30' WHERE key = 'HOU3'")
    last = dt.datetime(2026, 6, 30, 23, 59, tzinfo=SPRING.tzinfo)
    assert troupe.ground("hou3", "person", one, last) == "HOLDER"
    assert troupe.ground("city", "person", one, last) is None
    with troupe.acting("hou3", last + DAY) as by:
        assert by is None
    assert troupe.ground("hou3", "person", one, last + DAY) is None
    assert troupe.ground("city", "case", of, last + DAY) == "HOLDER"
    holder = "SELECT g.key FROM records_holding h JOIN records_agency g ON g.id = h.agency_id WHERE h.until IS NULL"
    assert troupe.truth(holder) == ["CITY"]


# Fault planted: `municipality_id = asker_municipality()` taken out of policies/agency.sql.
def test_another_municipality_does_not_exist(troupe: Troupe) -> None:
    there = found_city(troupe.copy, "ooboro")
    for key in there.staff:
        there.change(
            "UPDATE records_post SET sets = '{FIRST,COORD,CITY,CHAIR,PRIV,ADMIN}' WHERE staff_id = %s", there.staff[key]
        )
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    troupe.consent("hou3", one, "HUB")
    (record,) = troupe.truth("SELECT id FROM records_record WHERE kind = 'RECEIVE'")
    tables = troupe.truth("SELECT tablename FROM pg_tables WHERE tablename ^@ 'records_' AND has_any_column_privilege("
                          "'tasuki_app', tablename::regclass, 'SELECT')")  # fmt: skip
    assert len(tables) > 40
    who = next(iter(there.staff))
    for table, row in {"person": one, "case": of, "record": record}.items():
        assert there.ground(who, table, row) is None
    for table in set(tables) - {"records_municipality"}:
        assert there.seen(who, f"SELECT count(*) FROM {table} WHERE municipality_id = %s", troupe.town) == [0], table
    assert there.seen(who, "SELECT id FROM records_municipality") == [there.town]


# Fault planted: `a.at < e.until` left out of has_emergency(); `e.staff_id = a.staff` left out.
def test_break_glass_opens_to_one_worker_for_a_day_and_keeps_the_informant_hidden(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    plain = note("hou3", troupe, of, one, scope="OWN_AGENCY", data_class="DV")
    told = note("hou3", troupe, of, one, informant_confidential=True)
    troupe.break_glass("hub", one)
    opened = troupe.last
    assert troupe.ground("hub", "record", plain) == "EMERGENCY"
    assert troupe.ground("hub", "record", told) is None
    assert troupe.ground("hub2", "record", plain) is None
    assert troupe.ground("hub", "record", plain, opened + DAY - dt.timedelta(seconds=1)) == "EMERGENCY"
    assert troupe.ground("hub", "record", plain, opened + DAY) is None
    assert troupe.ground("hub", "person", one, opened + DAY) is None


# Fault planted: the LAW ground of PRIV given on every kind of record.
def test_the_privacy_officer_reads_why_the_glass_was_broken_and_nothing_else(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    plain = note("hou3", troupe, of, one)
    record = troupe.break_glass("hub", one).pk
    assert troupe.ground("priv", "record", plain) is None
    assert troupe.ground("priv", "record", record) == "LAW"
    assert troupe.ground("priv", "person", one) is None
    assert troupe.ground("hub2", "record", record) == "HOLDER"
    troupe.act("priv", disclosure.review_break_glass, record=record, verdict="正当")


# Fault planted: sees_address() made to ask for the identity only.
def test_a_protected_address_is_there_for_the_agency_that_protects_and_for_nobody_else(troupe: Troupe) -> None:
    one = troupe.register("josei", "A", address="霞浜市入江9丁目9番9号", phone="090-0000-4102")
    troupe.receive("josei", one)
    troupe.consent("josei", one, "HUB")
    question = "SELECT address FROM contact_of(%s)"
    assert troupe.seen("hub", question, one) == ["霞浜市入江9丁目9番9号"]
    troupe.act("josei", disclosure.protect_address, people=[one])
    assert troupe.seen("hub", question, one) == []
    assert troupe.seen("josei", question, one) == ["霞浜市入江9丁目9番9号"]
    assert troupe.ground("hub", "person", one) == "CONSENT"
    assert troupe.seen("hub", "SELECT kind FROM records_searchkey WHERE person_id = %s AND kind = 'PHONE'", one) == []


# Fault planted: the thirty days after a decline left out of referral_is_open().
def test_a_referred_agency_sees_the_sheet_until_it_answers_and_thirty_days_after_a_decline(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    before = note("hou3", troupe, of, one)
    troupe.act("hou3", consultation.screen, case=of, result="REFER", reason="世帯全体の課題")
    offer = troupe.refer("hou3", of, "HUB", basis="NO_CONSENT", no_consent_reason="会えない")
    assert troupe.ground("hub", "record", offer.record_id) == "REFERRAL"
    assert troupe.ground("hub", "person", one) == "REFERRAL"
    assert troupe.ground("hub", "record", before) is None
    troupe.act(
        "hub", referral.decline, referral=offer.pk, advice="先に訪問を", lead=troupe.agencies["HOU3"], follow_up=FAR
    )
    assert troupe.ground("hub", "record", offer.record_id, troupe.last + 29 * DAY) == "REFERRAL"
    assert troupe.ground("hub", "record", offer.record_id, troupe.last + 31 * DAY) is None


# Fault planted: the scope no longer asked in grounds_of_record.
def test_what_an_agency_keeps_to_itself_no_consent_opens(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    kept = note("hou3", troupe, of, one, scope="OWN_AGENCY")
    troupe.consent("hou3", one, "HUB")
    assert troupe.ground("hub", "record", kept) is None
    assert troupe.ground("hou3b", "record", kept) == "HOLDER"


# Fault planted: asker() made to return the last binding whatever the transaction.
def test_a_connection_without_an_asker_reads_nothing_at_all(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM records_{table}")
            assert cursor.fetchone() == (0,)


# Fault planted: GRANT DELETE and GRANT UPDATE (text) on records_record to tasuki_app.
@pytest.mark.parametrize("statement", [
    "DELETE FROM records_record", "UPDATE records_record SET text = ''", "TRUNCATE records_journalline",
    "UPDATE records_journalline SET act = 'x'", "DELETE FROM records_readline", "SELECT * FROM asker_binding",
    "UPDATE asker_binding SET staff = staff", "INSERT INTO rehearsal DEFAULT VALUES", "SELECT * FROM records_account",
    "SET ROLE tasuki_owner", "SELECT bind_asker(NULL)", "ALTER TABLE records_record DISABLE ROW LEVEL SECURITY",
])  # fmt: skip
def test_the_role_that_serves_may_not(troupe: Troupe, statement: str) -> None:
    with pytest.raises((ProgrammingError, psycopg.errors.InsufficientPrivilege)), troupe.acting("hou3", SPRING):
        connection.cursor().execute(statement)


# Fault planted: WITH CHECK (true) in policies/record.sql.
def test_nobody_writes_in_the_name_of_another_agency(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    named = (
        "INSERT INTO records_record (id, municipality_id, kind, agency_id, staff_id, case_id, written_at, data_class, scope,"
        " informant_confidential, text, fact, opinion, method, note_kind, details) VALUES (gen_random_uuid(), %s, 'NOTE', %s, %s,"
        " %s, %s, 'BASIC', 'CASE_TEAM', false, 'x', '', '', '', '', '{}')"
    )
    with pytest.raises(ProgrammingError, match="row-level security"), troupe.acting("hou3", troupe.last):
        connection.cursor().execute(named, [troupe.town, troupe.agencies["HUB"], troupe.staff["hub"], of, SPRING])


# Fault planted: begin_rehearsal() without its guard; `moment` taken from the request in a town that is no rehearsal.
def test_outside_a_rehearsal_nobody_is_bound_without_a_session(troupe: Troupe) -> None:
    troupe.change("DELETE FROM rehearsal")
    with pytest.raises(ProgrammingError, match="no rehearsal"), troupe.acting("hou3", SPRING):
        pass


# Fault planted: policies/person.sql asks asker_knows() instead of person_ground().
def test_table_and_ground_agree_for_everybody_about_everything(troupe: Troupe) -> None:
    one, _, _ = sealed(troupe)
    (of,) = troupe.truth("SELECT id FROM records_case")
    troupe.register("hou3", "B", "霧ヶ洞 透", household="A")
    troupe.consent("hou3", one, "HUB", "JIRITSU", classes=("BASIC", "FINANCE"))
    troupe.act("hou3", consultation.screen, case=of, result="REFER", reason="世帯全体の課題")
    offer = troupe.refer("hou3", of, "HUB")
    troupe.act("hub", referral.accept, referral=offer.pk)
    note("jiritsu", troupe, of, one, data_class="FINANCE")
    troupe.act(
        "hub",
        outreach.start_outreach,
        case=of,
        people=[one],
        to=troupe.agencies["HUB"],
        basis="OWN_PURPOSE",
        text="電話",
    )
    rows = [(table, row) for table in TABLES for row in troupe.truth(f"SELECT id FROM records_{table}")]
    assert len(rows) >= 12
    found = {(who, troupe.ground(who, table, row)) for who in troupe.staff for table, row in rows}
    assert {"HOLDER", "CONSENT", "ARTICLE_106_6", None} <= {ground for _, ground in found}


# Fault planted: staff_id left out of the binding's row.
def test_a_binding_names_the_person_the_post_and_what_they_answer_for(troupe: Troupe) -> None:
    with troupe.acting("hub", SPRING) as by:
        assert isinstance(by, Asker)
        assert (by.staff, by.agency, by.municipality) == (troupe.staff["hub"], troupe.agencies["HUB"], troupe.town)
        assert by.may("COORD")
        assert not by.contractor
